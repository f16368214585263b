"""A directive that is written in one language: it loads, and readers of the other are told it."""

from __future__ import annotations

import pickle
from datetime import date
from typing import Any

import pytest
from attrs import evolve

import policy_rules as pr
from policy_rules.cli import main
from policy_rules.facts import Fact, Labelled, Unit, fact, fields_of, unsaid_of
from policy_rules.facts.fields import boolean, choice, day, identity, integer
from policy_rules.language import (
    Amendment,
    Clause,
    Directive,
    DirectiveError,
    Oddity,
    RuleTypeError,
    amended,
    count,
    each,
    load,
    subject,
    the,
)
from policy_rules.policy import LoadedDirective


class Size(Labelled):
    """A choice without Chinese labels."""

    SMALL = ("small", "", "small")
    LARGE = ("large", "", "large")


@fact(collection="libraries", en="library")
class Library(Fact):
    """A class without Chinese labels."""

    id: str = identity()
    volumes: int | None = integer(en="stock", unit=Unit(en="volumes"), meaning="Volumes.")
    open: bool | None = boolean(en="open", meaning="Whether it is open.")
    size: Size | None = choice(Size, en="size", meaning="Its size.")


@fact(collection="visits", en="visit", act_day="on")
class Visit(Fact):
    """An act."""

    id: str = identity()
    library_id: str | None = pr.facts.reference("libraries", en="library", meaning="The library.")
    on: date | None = day(en="day", meaning="The day.")


clause = Clause("1", en="Libraries")
s1, s2, s3, s4, s5, s6 = clause.sentences(6)
library, visit = subject(Library), subject(Visit)
visits = each(Visit, library_id=library)
COUNTS = s1.reading("counts", default="all")(en="which volumes count?").options(
    all=("", "all of them"), none=("", "none of them"), why=("", "the text does not say")
)
LEAST = s1("1,000 volumes")(en="least stock").sets("least", 1000, unit=("", "volumes"))
s1.background(en="a number")
stocked = s2("well stocked")(en="well stocked").decides(
    library,
    "stocked",
    (COUNTS.is_("all") & (library.volumes >= LEAST))
    | (COUNTS.is_("none") & (library.volumes >= LEAST + LEAST)),
)
size = clause.defines(library, "class_of", Size)(en="class").by(
    s2("large").makes(Size.LARGE, when=stocked.of(library)), otherwise=s2("small").makes(Size.SMALL)
)
s3("at least 1,000")(en="it has volumes enough").demands(library, library.volumes >= LEAST)
s4.a("is visited")(en="it is visited").demands(library, count(visits).called(en="its visits") >= 1)
s4.b("a system")(en="there is a system").attests(library)
s5.a("no visits")(en="no visit to one that is closed").forbids(
    visit, ~the(Library, visit.library_id).open, on=visit.on
)
s5("except")(en="a library that is large").excepts(
    s5.a, the(Library, visit.library_id).size.is_(Size.LARGE)
)
s5.b("a day")(en="the day is known").needs(
    visit, s5("a day")(en="a day").step("day", visit.on.is_known()), on=visit.on
)
s6.qualitative(en="it gives no measure")

DIRECTIVE = Directive(
    id="libraries", number="LIB 1", en="Libraries regulations", languages=["en"],
    issued=date(2020, 1, 1), sentences={f"1/{n}": "" for n in range(1, 7)}, clauses=[clause],
    fact_classes=[Library, Visit], issuer=("", "The Council"),
    oddities=[Oddity(zh="", en="odd", cites=["1/1"], treatment_zh="", treatment_en="as it is")],
)  # fmt: skip
POLICY = pr.load(DIRECTIVE).policy(as_of=date(2020, 6, 1))
FACTS = pr.Facts(
    others=[
        Library(id="L", volumes=999, open=False),
        Visit(id="V", library_id="L", on=date(2020, 5, 1)),
    ]
)


def answers() -> list[Any]:
    report = POLICY.audit(FACTS)
    return [*report.decisions, *report.verdicts, *report]


def test_every_explanation_has_words_in_both_languages() -> None:
    """What there is only in English stands for the Chinese: never nothing."""
    for answer in answers():
        zh, en = POLICY.explain(answer, "zh"), POLICY.explain(answer, "en")
        assert len(zh.splitlines()) == len(en.splitlines())
        for line in (*zh.splitlines(), *en.splitlines()):
            assert line.strip(" ✓✗？：:；()（）")
    found = {str(getattr(each, "cite", "")): each for each in answers()}
    assert POLICY.explain(found["1/3"], "zh").splitlines() == [
        "library（libraries/L）：it has volumes enough：不符合"
        "（实有999volumes，应有1,000volumes，差1volumes）［第一部分第三句“at least 1,000”］",
        "  ✗ 要求",
        "    ✗ stock不少于1,000volumes（实为999volumes）",
    ]


def test_a_denial_in_the_other_language() -> None:
    decision = POLICY.decide(Library(id="L", volumes=1), "stocked")
    assert "not well stocked" in POLICY.explain(decision, "zh")
    assert fields_of(Library)["open"].no_zh == "not open"


@pytest.mark.parametrize("command", ["audit", "directive", "readings", "oddities", "coverage"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_command_line_in_both(
    command: str, lang: str, capsys: pytest.CaptureFixture[str], tmp_path: Any
) -> None:
    document = tmp_path / "facts.json"
    document.write_text('{"as_of": "2020-06-01", "libraries": [{"id": "L", "volumes": 999}]}')
    arguments = [command, str(document)] if command == "audit" else ["directive"]
    if command not in ("audit", "directive"):
        arguments.append(f"--{command}")
    status = main([*arguments, "--directive", f"{__name__}:DIRECTIVE", "--lang", lang])
    assert status in (0, 1)
    printed = capsys.readouterr()
    assert printed.err == ""
    words = {"oddities": "as it is", "readings": "which volumes count?"}
    assert words.get(command, "it has volumes enough") in printed.out


def test_it_can_be_pickled_by_its_name() -> None:
    policy = pickle.loads(pickle.dumps(POLICY))
    assert policy.rules is POLICY.rules


def test_it_can_be_amended() -> None:
    change = Clause("1", en="Changes", document="lib-2")
    c1, c2 = change.sentences(2)
    c1("2,000").changes(LEAST, 2000)
    c2("none")(en="it need not be visited").repeals("1/4a")
    document = Amendment(
        id="lib-2", number="LIB 2", en="Amending regulations", issued=date(2021, 1, 1),
        sentences={"1/1": "", "1/2": ""}, clauses=[change],
    )  # fmt: skip
    directive = LoadedDirective(load(amended(DIRECTIVE, document)))
    policy = directive.policy(as_of=date(2021, 6, 1))
    finding = next(f for f in policy.audit(FACTS) if str(f.cite) == "1/3")
    assert (finding.required, str(finding.status)) == (2000, "breached")
    assert "it need not be visited" in "".join(
        policy.explain(f, "zh") for f in policy.audit(FACTS) if str(f.cite) == "1/4a"
    )


def faults(directive: Directive) -> list[str]:
    with pytest.raises(DirectiveError) as error:
        load(directive)
    return [each.text() for each in error.value.faults]


def test_in_a_directive_in_both_languages_a_missing_label_is_a_fault() -> None:
    found = "\n".join(faults(evolve(DIRECTIVE, languages=["zh", "en"], oddities=[])))
    for words in (
        "the title: has no `zh`",
        "`issuer`: has no Chinese",
        "`Library`: has no `zh`",
        "`Library.volumes`: has no `zh`",
        "1/3: has no `zh`",
        "parameter `least`: has no `zh`",
        "reading `counts`: has no `zh` and no `why_zh`",
        "reading `counts`: `all`: has no `zh`",
    ):
        assert words in found
    assert "has no `en`" not in found


def test_what_it_lacks_in_its_own_language_is_a_fault() -> None:
    found = faults(evolve(DIRECTIVE, languages=["zh"], oddities=[]))
    assert any("1/3: has no `zh`" in each for each in found)


def test_a_directive_in_chinese_alone() -> None:
    here = Clause("1", "一")
    (first,) = here.sentences(1)
    first("不少于")("藏书达标").demands(library, library.volumes >= 1)
    made = Directive(
        id="zh", number="示例", zh="办法", languages=["zh"], issued=date(2020, 1, 1),
        sentences={"1/1": ""}, clauses=[here], fact_classes=[],
    )  # fmt: skip
    policy = LoadedDirective(load(made)).policy(as_of=date(2020, 6, 1))
    (finding,) = policy.audit(FACTS)
    assert policy.explain(finding, "en").startswith("library (libraries/L): 藏书达标: satisfied")


def test_classes_say_what_they_lack() -> None:
    """Both of a station's labels are there; a library has English ones only."""
    assert unsaid_of(pr.Station) == {}
    assert unsaid_of(Visit) == {"": "zh", "library_id": "zh", "on": "zh"}
    assert (Library.zh, Library.en) == ("library", "library")
    assert (Size.SMALL.zh, fields_of(Library)["volumes"].unit) == (
        "small",
        Unit("volumes", "volumes"),
    )


def test_whether_it_is_public_is_yes_or_no() -> None:
    wrong: Any = "x"
    with pytest.raises(RuleTypeError, match="expected `public`, yes or no, found 'x'"):
        evolve(DIRECTIVE, public=wrong)


def test_languages_are_those_that_there_are() -> None:
    for wrong in ([], ["fr"]):
        with pytest.raises(RuleTypeError, match="expected `languages` as `zh`, `en` or both"):
            evolve(DIRECTIVE, languages=wrong)
