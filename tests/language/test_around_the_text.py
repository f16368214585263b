"""What stands around the sentences of a directive, and the oddities of its text."""

from __future__ import annotations

import re
from datetime import date
from importlib import metadata
from typing import Any

import pytest
from attrs import evolve

import policy_rules as pr
from policy_rules.facts import Fact, fact, fields_of, identity
from policy_rules.formats.directive_json import clauses
from policy_rules.language import (
    Cite,
    Clause,
    Directive,
    DirectiveError,
    Oddity,
    RuleSet,
    RuleTypeError,
    Ruling,
    load,
    regime,
)
from policy_rules.police import POLICE, Station
from policy_rules.render.coverage_tables import coverage_parts
from policy_rules.render.directive_tables import header_lines
from policy_rules.render.wording import Language, cite_words
from policy_rules.testing.made_up import Office
from tests.support.writing import at

PUTIAN = pr.load("putian-2019-52")
RULES = PUTIAN.rules


def odd(**changed: Any) -> Oddity:
    """An oddity in which nothing is wrong."""
    given: dict[str, Any] = {
        "zh": "有误", "en": "is odd", "cites": ["1/1"],
        "treatment_zh": "照字面", "treatment_en": "by the letter",
    }  # fmt: skip
    return Oddity(**(given | changed))


def ruled(**changed: Any) -> Ruling:
    """A ruling in which nothing is wrong."""
    given: dict[str, Any] = {
        "zh": "几个？", "en": "how many?", "cites": ["1/1"], "taken_zh": "一个", "taken_en": "one",
        "instead_zh": "两个", "instead_en": "two", "why_zh": "从少", "why_en": "fewer will do",
    }  # fmt: skip
    return Ruling(**(given | changed))


def directive(**around: Any) -> Directive:
    """A made-up directive of one sentence."""
    provisions = [at("1/1").background("背景", "background")]
    return Directive(
        id="made-up", number="试", zh="试行", en="made up", issued=date(2020, 1, 2),
        sentences={"1/1": ""},
        clauses=[Clause(heading="1", zh="一", en="one", provisions=provisions)],
        **around,
    )  # fmt: skip


def test_a_directive_that_says_all_of_it_loads() -> None:
    rules = load(
        directive(
            issuer=("某办", "an office"), authority=("意见", "an opinion"),
            addressees=("各单位", "all"), copied_to=("某委", "a committee"),
            printed=date(2020, 1, 2), public=True, oddities=[odd(), odd(cites=[])],
            rulings=[ruled(cites=["1/1a"]), ruled(cites=[])],
        )
    )  # fmt: skip
    assert [each.cites for each in rules.directive.oddities] == [["1/1"], []]


def test_a_directive_that_says_none_of_it_loads() -> None:
    made = load(directive()).directive
    assert (made.issuer, made.printed, made.public, made.oddities) == (("", ""), None, None, ())


@pytest.mark.parametrize(
    ("around", "fault"),
    [
        ({"issuer": ("某办", " ")}, "`issuer`: has no English"),
        ({"authority": ("", "an opinion")}, "`authority`: has no Chinese"),
        ({"addressees": ("各单位", "")}, "`addressees`: has no English"),
        ({"copied_to": ("", "all")}, "`copied_to`: has no Chinese"),
        (
            {"printed": date(2020, 1, 1)},
            "`printed`: 2020-01-01 is before the directive was issued",
        ),
        (
            {"oddities": [odd(), odd(en="", treatment_zh=" ")]},
            "oddity 2: has no `en` and no `treatment_zh`",
        ),
        (
            {"oddities": [odd(cites=["5。1"])]},
            "oddity 1: `5。1` is not a citation: expected the form `5.1/2` or `2.1/1b`",
        ),
        (
            {"oddities": [odd(cites=["1/2"])]},
            "1/2: oddity 1 cites a sentence that the directive has not",
        ),
        (
            {"rulings": [ruled(), ruled(why_zh="")]},
            "ruling 2: has no `why_zh`",
        ),
        (
            {"rulings": [ruled(cites=["2/1"])]},
            "2/1: ruling 1 cites a sentence that the directive has not",
        ),
    ],
)
def test_faults(around: dict[str, Any], fault: str) -> None:
    with pytest.raises(DirectiveError) as error:
        load(directive(**around))
    assert [each.text() for each in error.value.faults] == [fault]


def test_rulings_of_a_function_are_read_when_they_are_asked_for() -> None:
    asked = []

    def rulings() -> list[Ruling]:
        asked.append(1)
        return [ruled()]

    rules = load(directive(rulings=rulings))
    assert not asked
    assert [each.en for each in rules.rulings] == ["how many?"]
    assert rules.rulings_on(Cite.parse("1/1")) == rules.rulings
    assert len(asked) == 1


def test_rulings_of_a_function_are_checked_when_they_are_read() -> None:
    rules = load(directive(rulings=lambda: [ruled(), ruled(cites=["2/1"])]))
    with pytest.raises(DirectiveError) as error:
        rules.rulings  # noqa: B018  reading it is what is tested
    assert [each.text() for each in error.value.faults] == [
        "2/1: ruling 2 cites a sentence that the directive has not"
    ]
    with pytest.raises(RuleTypeError, match="expected `rulings` as a list of `Ruling`"):
        load(directive(rulings=lambda: [odd()])).rulings  # noqa: B018  as above
    with pytest.raises(RuleTypeError, match="expected `rulings` as a list of `Ruling`"):
        directive(rulings=[odd()])


def test_an_explanation_names_the_rulings_on_its_rule() -> None:
    policy = PUTIAN.policy(as_of=date(2019, 9, 1))
    settled = "ruled: does “according to their strength” leave a choice? no: from 12 officers on"
    station = pr.Station(id="S1", officers=14, pilot=False)
    assert settled in policy.explain(policy.decide(station, "duty_mode"), "en")
    findings = {str(each.cite): each for each in policy.audit(pr.Facts(stations=[station]))}
    assert settled in policy.explain(findings["5.1/2"], "en")
    assert settled not in policy.explain(findings["5.1/4"], "en")


# Of this directive


def test_what_stands_around_the_sentences() -> None:
    made = RULES.directive
    assert (made.issued, made.printed, made.public) == (date(2019, 7, 16), date(2019, 7, 17), True)
    assert made.issuer[0] == "莆田市人民政府办公室"
    assert made.addressees[0] == "各县（区）人民政府（管委会），市直有关单位"
    assert made.copied_to[0] == "市委、市人大常委会、市政协办公室"


def test_the_oddities_are_in_the_order_of_the_text() -> None:
    order = list(RULES.directive.sentences)
    places = [
        order.index(each.cites[0]) if each.cites else len(order)
        for each in RULES.directive.oddities
    ]
    assert len(places) == 23
    assert places == sorted(places)


@pytest.mark.parametrize("oddity", RULES.directive.oddities, ids=lambda each: str(each.cites))
def test_a_treatment_names_only_what_there_is(oddity: Oddity) -> None:
    """Readings, parameters, decisions, fields and options by their names; rules by citation."""
    known = {
        *RULES.readings, *RULES.parameters, *(name for _, name in RULES.definitions),
        *(name for cls in POLICE.classes for name in fields_of(cls)),
        *(each.value for each in pr.Team), "retroactive", "--check-text",
    }  # fmt: skip
    cited = {str(rule.cite) for rule in RULES.rules} | set(RULES.directive.sentences)
    for text in (oddity.treatment_zh, oddity.treatment_en):
        assert named_in(text) <= known
        assert cited_in(text) <= cited


def named_in(text: str) -> set[str]:
    return set(re.findall("`([^`]*)`", text))


def cited_in(text: str) -> set[str]:
    """As they are typed, and as they are said in Chinese."""
    for each in sorted(RULES.directive.sentences, key=len, reverse=True):
        text = text.replace(cite_words(Cite.parse(each), "zh"), f" {each}")
    return set(re.findall(r"\d+(?:\.\d+)?/\d+[a-z]?", text))


def test_both_languages_name_the_same() -> None:
    oddities = [(each.treatment_zh, each.treatment_en) for each in RULES.directive.oddities]
    for zh, en in oddities + [pair for each in RULES.rulings for pair in said(each)]:
        assert (named_in(zh), cited_in(zh)) == (named_in(en), cited_in(en)), en


def said(ruling: Ruling) -> list[tuple[str, str]]:
    """All that a ruling says, in Chinese and English."""
    return [
        (ruling.zh, ruling.en), (ruling.taken_zh, ruling.taken_en),
        (ruling.instead_zh, ruling.instead_en), (ruling.why_zh, ruling.why_en),
    ]  # fmt: skip


@pytest.mark.parametrize("ruling", RULES.rulings, ids=lambda each: str(each.cites))
def test_a_ruling_is_of_rules_and_names_only_what_there_is(ruling: Ruling) -> None:
    known = {
        *RULES.readings, *RULES.parameters, *(name for _, name in RULES.definitions),
        *(name for cls in POLICE.classes for name in fields_of(cls)),
    }  # fmt: skip
    defined = {str(o.cite) for each in RULES.definitions.values() for o in each.outcomes()}
    lettered = {str(rule.cite) for rule in RULES.rules} | defined
    cited = lettered | {str(Cite.parse(cite).of_sentence) for cite in lettered}
    assert set(ruling.cites) <= cited
    assert len(set(ruling.cites)) == len(ruling.cites)
    for pair in said(ruling):
        for text in pair:
            assert named_in(text) <= known
            assert cited_in(text) <= cited


def test_a_ruling_asks_and_is_not_said_twice() -> None:
    assert all(each.zh.endswith("？") and each.en.endswith("?") for each in RULES.rulings)
    assert len({each.zh for each in RULES.rulings}) == len(RULES.rulings)
    for each in RULES.rulings:
        assert each.taken_zh != each.instead_zh, each.zh
        assert each.taken_en != each.instead_en, each.en


def test_the_rulings_of_a_clause_are_in_the_order_of_the_text() -> None:
    """Before them is what is of the document as a whole, or of several clauses."""
    order = list(RULES.directive.sentences)
    of_one = [
        Cite.parse(each.cites[0])
        for each in RULES.rulings
        if len({Cite.parse(cite).heading for cite in each.cites}) == 1
    ]
    places = [order.index(str(cite.of_sentence)) for cite in of_one]
    assert places == sorted(places)


def test_explanations_stay_short() -> None:
    """No rule or value has so many rulings that they hide its proof."""
    cites = {rule.cite for rule in RULES.rules}
    cites |= {o.cite for each in RULES.definitions.values() for o in each.outcomes()}
    assert {str(cite): len(RULES.rulings_on(cite)) for cite in cites
            if len(RULES.rulings_on(cite)) > 5} == {}  # fmt: skip


def test_the_retroactive_deadline_shows_in_its_finding() -> None:
    station = Station(id="S1", pilot=True, duty_mode_in_use=pr.DutyMode.ZONED)
    policy = PUTIAN.policy(as_of=date(2019, 9, 1))
    (finding,) = (f for f in policy.audit(pr.Facts(stations=[station])) if str(f.cite) == "5.1/4")
    assert finding.retroactive
    assert finding.status is pr.Status.BREACHED
    assert "期限2019年6月30日（早于文件成文日期）" in finding.zh
    assert "due 2019-06-30 (before the directive was issued)" in finding.en


def test_oddities_and_rulings_take_no_part_in_the_answers() -> None:
    def answers(rules: RuleSet) -> list[Any]:
        policy = pr.LoadedDirective(rules).policy(as_of=date(2019, 9, 1))
        return [each.as_json() for each in policy.audit(pr.Facts(stations=[Station(id="S1")]))]

    assert answers(load(evolve(RULES.directive, oddities=(), rulings=()))) == answers(RULES)


# Own classes of facts, and versions


def bare(**given: Any) -> Directive:
    clause = Clause("1", "一", "one")
    (s1,) = clause.sentences(1)
    s1.background("背景", "background")
    return Directive(
        id="bare", number="1", zh="办法", en="measures", issued=date(2020, 1, 1),
        sentences={"1/1": ""}, clauses=[clause], **given,
    )  # fmt: skip


def faults(directive: Directive, lang: Any = "en") -> list[str]:
    with pytest.raises(DirectiveError) as error:
        load(directive)
    return [each.text(lang) for each in error.value.faults]


@fact(collection="stations", zh="消防站", en="fire station")
class FireStation(Fact):
    """A class of a list that is called as that of police stations."""

    id: str = identity()


def test_an_own_class_may_not_take_the_list_of_another() -> None:
    """Else facts of that list would be of the one class, and the rules of the other."""
    taken = bare(fact_classes=[FireStation], vocabulary=POLICE)
    assert faults(taken) == [
        "`FireStation`: its collection `stations` is that of `Station` (police station); give it "
        "another name, and what it adds to such a fact as a class of its own that refers to it"
    ]
    assert faults(taken, "zh") == [
        "`FireStation`：列表名 `stations` 已用于 `Station`（派出所）；请另取列表名，"
        "对该类的补充请写成引用它的单独一类"
    ]
    assert load(bare(fact_classes=[Office], vocabulary=POLICE)).directive.classes[-1] is Office


def _called(collection: str, zh: str, en: str) -> type[Fact]:
    """A class of facts that is called so."""

    @fact(collection=collection, zh=zh, en=en)
    class Site(Fact):
        """A made-up site."""

        id: str = identity()

    return Site


@pytest.mark.parametrize(
    ("called", "word", "of"),
    [
        (("sites", "派出所", "site"), "派出所", "Station"),
        (("sites", "场地", "police station"), "police station", "Station"),
        (("sites", "stations", "site"), "stations", "Station"),
        (("派出所", "场地", "site"), "派出所", "Station"),
        (("sites", "豁免", "exemption"), "exemption", "Exemption"),
    ],
)
def test_nor_be_called_as_it(called: tuple[str, str, str], word: str, of: str) -> None:
    """A sheet of that name would be of the one class or of the other."""
    found = faults(bare(fact_classes=[_called(*called)], vocabulary=POLICE))
    assert (
        f"`Site`: its {'collection' if called[0] == word else 'label'} `{word}` is that of `{of}`"
        in found[0]
    )


@pytest.mark.parametrize("word", ["complete", "as_of", "format", "document", "完整列表", "设置"])
def test_nor_as_a_setting_of_documents(word: str) -> None:
    """`complete` of a document would be a list of facts, and a list of lists."""
    for called in ((word, "场地", "site"), ("sites", word, "site")):
        assert faults(bare(fact_classes=[_called(*called)], vocabulary=POLICE)) == [
            f"`Site`: `{word}` is a setting of documents; call its list otherwise"
        ]


def test_a_class_of_facts_is_not_extended() -> None:
    with pytest.raises(TypeError, match="a class of its own, with a reference to it"):

        class Larger(Station):
            """It would have fields that no door reads."""


@pytest.mark.parametrize("version", ["", "0", "0.0.9", "0.1", "0.1.0", "0.1.0rc1"])
def test_a_version_that_is_there(version: str) -> None:
    load(bare(needs_version=version, version="1.2"))


def test_a_version_that_is_not() -> None:
    there = metadata.version("policy-rules")
    assert faults(bare(needs_version="99.1")) == [
        f"needs policy-rules 99.1 or later, found {there}; upgrade it"
    ]
    assert faults(bare(needs_version="99.1"), "zh") == [
        f"需要 policy-rules 99.1 以上版本，现为 {there}；请升级"
    ]
    assert faults(bare(needs_version="new")) == [
        "`needs_version`: expected a version such as `0.2`, found `new`"
    ]


def test_the_listing_gives_the_version_of_the_rules() -> None:
    assert str(header_lines(bare(version="1.2"), "en")[2]) == (
        "issued 2020-01-01, rules in version 1.2"
    )
    assert str(header_lines(bare(), "zh")[2]) == "2020年1月1日成文"


def test_a_heading_says_in_which_document_it_stands() -> None:
    """Where a directive puts several together; the listing shows it, and JSON."""
    clause = Clause(
        "1",
        "一",
        "one",
        instrument=("示例令第1号", "Order 1"),
        authority=("法第9条", "s 9 of the Act"),
    )  # fmt: skip
    (s1,) = clause.sentences(1)
    s1.background("背景", "background")
    plain = Clause("2", "二", "two")
    (s2,) = plain.sentences(1)
    s2.background("背景", "background")
    made = Directive(
        id="several", number="1", zh="办法", en="measures", issued=date(2020, 1, 1),
        sentences={"1/1": "", "2/1": ""}, clauses=[clause, plain],
    )  # fmt: skip
    rules = load(made)
    said: dict[Language, tuple[str, ...]] = {
        "zh": ("示例令第1号", "法第9条"), "en": ("Order 1", "s 9 of the Act"),
    }  # fmt: skip
    for lang, words in said.items():
        parts = coverage_parts(regime(rules, date(2020, 1, 1)), "", lang)
        assert [str(each) for each in parts if str(each) in words] == [*words]
    first, second = clauses(rules)
    assert (first["instrument_zh"], first["authority_en"]) == ("示例令第1号", "s 9 of the Act")
    assert "instrument_en" not in second
    kept = clause.with_provisions(())
    assert (kept.instrument, kept.authority) == (clause.instrument, clause.authority)
