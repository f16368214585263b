"""What readers see of an amended directive: explanations, listings, and texts that are compared."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, Final

import pytest
from attrs import evolve
from made_up_amendment import AMENDMENT, DIRECTIVE, TEXT

import policy_rules as pr
from policy_rules.cli import main
from policy_rules.directives.putian_2019_52 import DIRECTIVE as ISSUED
from policy_rules.language import Transition, amended, load
from policy_rules.language.sentences import check_text
from policy_rules.policy import LoadedDirective
from policy_rules.testing.cases import Case, differences, read_cases
from policy_rules.testing.killing import survivors
from tests.support.amending import (
    BASE,
    BEFORE,
    FROM,
    SAYS,
    add,
    always,
    amendment,
    change,
    changed,
    large,
    on,
    repeal,
    replace,
    second,
    station,
    task,
)
from tests.support.places import EXAMPLES
from tests.support.writing import says

EXAMPLE: Final = "made_up_amendment:DIRECTIVE"
CASES: Final = tuple(read_cases(EXAMPLES / "made_up_amendment.toml"))

# The example


@pytest.mark.parametrize("engine", ["python", "interpreter"])
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case_of_the_example(case: Case, engine: Any) -> None:
    assert differences(case, pr.load(DIRECTIVE), engine) == []


@pytest.mark.mutants
def test_the_cases_notice_every_slip_in_the_amendment() -> None:
    """Of the clauses that it changes: what it sets, replaces, adds and repeals, and from when."""
    headings = ("0", "2.1", "2.2", "5.1", "6.1")  # and those of whose words the rules make use
    touched = [each for each in ISSUED.clauses if each.heading in headings]
    of_them = {
        cite: known
        for cite, known in ISSUED.sentences.items()
        if cite.partition("/")[0] in headings
    }
    lists = [each for each in ISSUED.lists if str(each.cite.of_sentence) in of_them]
    made = evolve(
        ISSUED, clauses=touched, sentences=of_them, lists=lists, oddities=(), rulings=(),
        monotone=(),
    )  # fmt: skip
    few = amended(made, AMENDMENT)
    left = [
        str(each)
        for each in survivors(few, CASES)
        if each.cite.document or "valid_" in each.change or "since 20" in each.change
    ]
    # No half-year ends on the day before, so nothing is judged on it.
    assert left == ["made-up-2020-8:1/5: valid_from becomes 2020-12-31"]


def test_every_sentence_of_the_example_is_accounted_for(asked: Asked) -> None:
    (rows,) = asked("directive", "--coverage").values()
    own = [row for row in rows if row["cite"].startswith("made-up")]
    assert [(row["rules"], row["excuse"] and row["excuse"]["kind"]) for row in own] == [
        ([], "background"),
        (["two_team_strength"], None),
        (["secondment_number"], None),
        (["made-up-2020-8:1/4"], None),
        (["made-up-2020-8:1/5"], "qualitative"),
        (["5.1/3a"], None),
    ]


# Explanations


def explained(directive: LoadedDirective, day: date, cite: str, **fields: Any) -> list[str]:
    """Why a finding about a station is what it is, in both languages, without its first lines."""
    policy = on(directive, day)
    facts = pr.Facts(stations=[pr.Station(id="S", **fields)])
    (finding,) = [each for each in policy.audit(facts) if str(each.cite) == cite]
    zh, en = policy.explain(finding, "zh"), policy.explain(finding, "en")
    return [*zh.splitlines()[1:], *en.splitlines()[1:]]


def test_an_explanation_says_where_a_value_is_from() -> None:
    directive = pr.load(DIRECTIVE)
    fact = pr.Station(id="S", name="梧塘派出所", pilot=False, officers=14)
    policy = on(directive, FROM)
    decision = policy.decide(fact, "duty_mode")
    zh, en = policy.explain(decision, "zh"), policy.explain(decision, "en")
    assert (
        "\n    ✓ 实行两队一室的最低警力：自2021年1月1日起为15人，原为12人"
        "［示例〔2020〕8号（虚构）第一部分第二句“由12人改为15人”］\n"
    ) in zh
    assert (
        "\n    ✓ minimum strength for two teams and one room: 15 officers from 2021-01-01, "
        "12 officers before [示例〔2020〕8号（虚构）, 1 sentence 2: “由12人改为15人”]\n"
    ) in en
    for other in (
        on(directive, BEFORE),
        directive.policy(as_of=FROM, parameters={"two_team_strength": 15}),
    ):
        text = other.explain(other.decide(fact, "duty_mode"), "zh")
        assert "示例" not in text


def test_an_explanation_of_what_was_not_set_before() -> None:
    directive = changed(change("open", 2, cite="later:1/1", quote="两间"))
    assert explained(directive, FROM, "1/5b", rooms=1)[2::3] == [
        "  ✓ 数量：自2021年1月1日起为2，原未设定［试〔2020〕8号第一部分第一句“两间”］",
        "  ✓ quantity: 2 from 2021-01-01, not set before [试〔2020〕8号, 1 sentence 1: “两间”]",
    ]


def test_an_explanation_of_a_rule_that_has_ended_or_not_begun() -> None:
    new = says("later:1/1", **SAYS).demands(station, station.zones >= 2)
    gone: dict[str, Any] = {
        "cite": "later:1/2",
        "quote": "停止",
        "zh": "不再要求",
        "en": "no longer asked for",
    }
    directive = changed(replace("1/5a", new), repeal("1/6", **gone))
    assert explained(directive, BEFORE, "later:1/1") == [
        "  ✓ 自2021年1月1日起适用，2020年12月31日尚不适用",
        "  ✓ holds from 2021-01-01, so not yet on 2020-12-31",
    ]
    assert explained(directive, FROM, "1/5a") == [
        "  ✓ 适用至2020年12月31日止，由另一规定取代［试〔2020〕8号第一部分第一句“应当”］",
        "  ✓ held until 2020-12-31, then replaced [试〔2020〕8号, 1 sentence 1: “应当”]",
    ]
    assert explained(directive, FROM, "1/6") == [
        "  ✓ 适用至2020年12月31日止：不再要求［试〔2020〕8号第一部分第二句“停止”］",
        "  ✓ held until 2020-12-31: no longer asked for [试〔2020〕8号, 1 sentence 2: “停止”]",
    ]
    passing = changed(add(evolve(new, valid_until=date(2021, 6, 30))))
    assert explained(passing, date(2021, 7, 1), "later:1/1") == [
        "  ✓ 适用至2021年6月30日止",
        "  ✓ held until 2021-06-30",
    ]


def test_an_explanation_of_what_an_amendment_asks_of_acts_is_not_denied() -> None:
    """What is prohibited is not to meet something: it is said what to meet, on any day."""
    new = says("later:1/1", **SAYS).forbids(task, ~task.within_statutory_duty)
    directive = pr.load(
        amended(BASE, amendment(replace("2/1", new), transition=Transition.ACTS_FROM_ITS_DAY))
    )
    policy = on(directive, FROM)
    fact = pr.Task(id="T", within_statutory_duty=False, starts_on=FROM)
    lines = policy.explain(policy.check(fact), "zh").splitlines()
    assert lines[2:5] == [
        "    ✗ 要求",
        "      ✗ 适用试〔2020〕8号修改后的规定（自2021年1月1日起）",
        "        ✗ 属法定职责",
    ]


def test_an_explanation_of_what_is_no_longer_prohibited() -> None:
    gone: dict[str, Any] = {
        "cite": "later:1/1",
        "quote": "取消",
        "zh": "不再禁止",
        "en": "no longer forbidden",
    }
    directive = changed(repeal("2/1", **gone))
    policy = on(directive, FROM)
    fact = pr.Task(id="T", quota=True, within_statutory_duty=True, starts_on=FROM)
    verdict = policy.check(fact)
    assert str(verdict.outcome) == "permitted"
    assert policy.explain(verdict, "zh").splitlines()[-2:] == [
        "  ✓ 应当：不再适用［第二部分第一句“应当”］",
        "    ✓ 适用至2020年12月31日止：不再禁止［试〔2020〕8号第一部分第一句“取消”］",
    ]
    assert policy.explain(verdict, "en").splitlines()[-2:] == [
        "  ✓ must: no longer holds [2 sentence 1: “应当”]",
        "    ✓ held until 2020-12-31: no longer forbidden [试〔2020〕8号, 1 sentence 1: “取消”]",
    ]


def test_an_explanation_of_a_decision_that_no_rule_gives_any_more() -> None:
    both = [repeal(cite, cite="later:1/1", of=large, **SAYS) for cite in ("1/3", "1/4")]
    policy = on(changed(*both), FROM)
    lines = policy.explain(policy.decide(pr.Station(id="S"), "large"), "zh").splitlines()
    assert lines == [
        "派出所（stations/S）大所：不适用",
        *["  ✓ 适用至2020年12月31日止：应当［试〔2020〕8号第一部分第一句“应当”］"] * 2,
    ]


def test_an_explanation_of_what_holds_otherwise() -> None:
    """It looks at the rules of the day only."""
    new = add(always(True, "later:1/1"), of=large)
    policy = on(changed(new), BEFORE)
    fact = pr.Station(id="S", pilot=False)
    assert policy.explain(policy.decide(fact, "large"), "en").splitlines() == [
        "police station (stations/S), large: no",
        "  ✓ not large (the following does not hold) [1 sentence 4: “应当”]",
        "    ✗ a pilot",
    ]


# Texts


def test_each_text_is_compared_with_its_own_document() -> None:
    rules = load(DIRECTIVE)
    report = check_text(rules, TEXT, "made-up-2020-8")
    assert (report.agrees, report.sentences, report.quotations) == (True, 6, 7)
    plain = "".join(line.partition(" ")[2] for line in TEXT.splitlines())
    assert check_text(rules, plain, "made-up-2020-8").agrees
    own = check_text(rules, TEXT)
    assert own.sentences == len(ISSUED.sentences)
    assert own.quotations == check_text(load(ISSUED), "").quotations


def test_a_text_of_an_amendment_that_differs() -> None:
    text = TEXT.replace("不少于2人", "不少于3人") + "1/7 附则。\n"
    report = check_text(load(DIRECTIVE), text, "made-up-2020-8")
    assert report.changed == ("made-up-2020-8:1/3",)
    assert report.absent == (("made-up-2020-8:1/3", "不少于2人"),)
    assert report.added == ("made-up-2020-8:1/7",)


# The command line

Asked = Callable[..., Any]


@pytest.fixture
def asked(capsys: pytest.CaptureFixture[str]) -> Asked:
    """Run a command on the example, and read its JSON."""

    def ask(*arguments: str) -> Any:
        main([*arguments, "--directive", EXAMPLE, "--format", "json"])
        return json.loads(capsys.readouterr().out)

    return ask


def shown(capsys: pytest.CaptureFixture[str], *arguments: str, status: int = 0) -> str:
    """What a command on the example prints."""
    assert main([*arguments, "--directive", EXAMPLE]) == status
    return capsys.readouterr().out


def test_the_directive_shows_its_amendments(asked: Asked) -> None:
    answer = asked("directive")
    (document,) = answer["amendments"]
    assert document["id"] == "made-up-2020-8"
    assert document["number"] == "示例〔2020〕8号（虚构）"
    assert (document["issued"], document["in_force"]) == ("2020-11-20", "2021-01-01")
    rows = {
        row["cite"]: row
        for clause in answer["clauses"]
        for sentence in clause["sentences"]
        for row in sentence["rules"]
        if row["form"] != "excuse"
    }
    of = {
        cite: [rows[cite][key] for key in ("form", "valid_from", "valid_until", "ended_by", "ends")]
        for cite in ("2.2/2c", "5.1/3a", "3.4/1", *(f"made-up-2020-8:1/{n}" for n in range(2, 7)))
    }
    assert of == {
        "2.2/2c": ["forbid", None, "2020-12-31", "made-up-2020-8:1/4", None],
        "5.1/3a": ["require", None, "2020-12-31", "made-up-2020-8:1/6", None],
        "3.4/1": ["forbid", None, None, None, None],
        "made-up-2020-8:1/2": ["change", None, None, None, None],
        "made-up-2020-8:1/3": ["change", None, None, None, None],
        "made-up-2020-8:1/4": ["forbid", "2021-01-01", None, None, None],
        "made-up-2020-8:1/5": ["require", "2021-01-01", None, None, None],
        "made-up-2020-8:1/6": ["repeal", None, None, None, "5.1/3a"],
    }
    assert rows["made-up-2020-8:1/2"]["parameters"] == ["two_team_strength"]


@pytest.mark.parametrize("option", ["", "--coverage"])
def test_the_listing_shows_what_an_amendment_does(
    option: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "300")
    text = shown(capsys, "directive", *([option] if option else []), "--lang", "zh")
    for words in (
        "（two_team_strength）：15人",
        "不再要求划分警务区（虚构）（5.1/3a）",
        "至 2020-12-31 止，由 made-up-2020-8:1/4 取代",
        "至 2020-12-31 止，经 made-up-2020-8:1/6 废止",
        "自 2021-01-01 起",
        "设定",
        "废止",
        "示例〔2020〕8号（虚构）",
    ):
        assert words in text
    assert "尚未建模" not in text.replace("0 句尚未建模", "")
    text = shown(capsys, "directive", *([option] if option else []), "--lang", "en")
    assert "(two_team_strength): 15 officers" in text
    assert "repealed by made-up-2020-8:1/6" in text
    assert "replaced by made-up-2020-8:1/4" in text
    assert "sets" in text
    assert "repeals" in text


@pytest.mark.parametrize(
    ("day", "by"), [("2020-12-31", None), ("2021-01-01", "made-up-2020-8:1/2")]
)
def test_the_parameters_say_who_set_them(
    day: str,
    by: str | None,
    asked: Asked,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (parameters,) = asked("directive", "--parameters", "--as-of", day).values()
    (strength,) = [each for each in parameters if each["name"] == "two_team_strength"]
    assert (strength["value"], strength["amended_by"]) == (15 if by else 12, by)
    monkeypatch.setenv("COLUMNS", "300")
    text = shown(capsys, "directive", "--parameters", "--as-of", day, "--lang", "zh")
    words = "自 2021-01-01 起，经示例〔2020〕8号（虚构）第一部分第二句修改"
    assert (words in text) == (by is not None)
    text = shown(capsys, "directive", "--parameters", "--as-of", day, "--lang", "en")
    assert ("from 2021-01-01, by 示例〔2020〕8号（虚构）, 1 sentence 2" in text) == (by is not None)


def test_facts_are_audited_under_an_amended_directive(
    tmp_path: Path, asked: Asked, capsys: pytest.CaptureFixture[str]
) -> None:
    facts = tmp_path / "facts.json"
    facts.write_text('{"stations": [{"id": "S", "pilot": false, "officers": 14, "zones": 0}]}')
    answer = asked("decide", str(facts), "--as-of", "2021-01-01", "--name", "duty_mode")
    assert answer["decisions"][0]["value"] == "zoned"
    answer = asked("audit", str(facts), "--as-of", "2021-07-01")
    of = {each["cite"]: each["status"] for each in answer["findings"]}
    assert (of["5.1/3a"], of["made-up-2020-8:1/5"]) == ("not_applicable", "undetermined")
    shown(capsys, "audit", str(facts), "--as-of", "2021-07-01", "--lang", "zh", status=1)
    cite = "made-up-2020-8:1/5"
    text = shown(
        capsys, "explain", str(facts), "--subject", "stations/S", "--cite", cite,
        "--as-of", "2021-07-01", "--lang", "en", status=1,
    )  # fmt: skip
    assert "[示例〔2020〕8号（虚构）, 1 sentence 5" in " ".join(text.split())


def test_the_heading_of_an_amendment_is_its_own_beside_the_title_of_the_document(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    facts = tmp_path / "facts.json"
    facts.write_text(
        '{"bureaus": [{"id": "B"}], "stations": [{"id": "S", "bureau_id": "B"}], '
        '"complete": ["events"]}'
    )
    arguments = "audit", str(facts), "--as-of", "2022-07-01", "--lang", "zh"
    text = shown(capsys, *arguments, status=1)
    assert re.search(r"\n一 +示例〔2020〕8号（虚构） 关于修改", text)
    output = tmp_path / "report.html"
    shown(capsys, *arguments, "--output", str(output), status=1)
    assert (
        ">示例〔2020〕8号（虚构） 关于修改公安派出所建设工作意见的通知（示例，虚构）<"
        in output.read_text("utf-8")
    )


def test_a_text_is_checked_by_its_document(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "text.md"
    path.write_text(TEXT, "utf-8")
    arguments = ["directive", "--check-text", str(path), "--document", "made-up-2020-8"]
    assert "6 sentences and 7 quotations checked: all agree" in shown(
        capsys, *arguments, "--lang", "en"
    )
    path.write_text(TEXT.replace("15人", "16人"), "utf-8")
    text = shown(capsys, *arguments, "--lang", "en", status=1)
    assert "made-up-2020-8:1/2  its words differ, or it is not found" in text


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--document", "made-up-2020-8"], "--document: goes with --check-text"),
        (
            ["--document", "made-up", "--check-text", __file__],
            '--document: there is no amendment "made-up"; did you mean `made-up-2020-8`? '
            "there are `made-up-2020-8`",
        ),
    ],
)
def test_a_document_that_is_not_there(
    arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["directive", "--directive", EXAMPLE, "--lang", "en", *arguments]) == 2
    streams = capsys.readouterr()
    assert streams.out == ""
    assert message in streams.err


def test_a_module_whose_amendment_has_faults(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "faulty_amendment.py").write_text(
        "from attrs import evolve\n"
        "from made_up_amendment import AMENDMENT, ISSUED\n"
        "from policy_rules.language import amended\n"
        "LATE = amended(ISSUED, evolve(AMENDMENT, number='', changes=AMENDMENT.changes[1:2] * 2))\n"
    )
    monkeypatch.syspath_prepend(tmp_path)
    assert main(["directive", "--directive", "faulty_amendment:LATE", "--lang", "en"]) == 2
    errors = capsys.readouterr().err
    assert "amendment `made-up-2020-8`: has no `number`" in errors
    assert "made-up-2020-8:1/2: `two_team_strength` has a value from 2021-01-01 already" in errors


def test_amendments_of_one_day_follow_each_other() -> None:
    """In the order in which they are applied."""
    again = second(add(always(True, "latest:1/1"), of=large), in_force=FROM)
    directive = amended(amended(BASE, amendment()), again)
    assert [each.id for each in directive.amendments] == ["later", "latest"]
    assert pr.load(directive)
