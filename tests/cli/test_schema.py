"""The command `schema`, and answers by an independent validator, with every key that they have."""

from __future__ import annotations

import json
from copy import deepcopy
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

import duckdb
import pytest
from hypothesis import given, settings
from jsonschema import Draft202012Validator

import policy_rules as pr
from policy_rules.cli import main
from policy_rules.cli.report_schema import report_schema
from policy_rules.formats.answers_schema import answers_schema
from policy_rules.formats.facts_schema import facts_schema
from policy_rules.policy import answers_document
from policy_rules.testing.random_facts import random_exemptions, random_facts
from policy_rules.testing.strategies import chosen
from tests.support.command_line import LATE, MIXED, write
from tests.support.places import EXAMPLES

PUTIAN: Final = pr.load("putian-2019-52")
DAY: Final = date(2020, 6, 30)
COMMANDS: Final = ("audit", "decide", "check")


@cache
def validator(directive: str = "putian-2019-52") -> Draft202012Validator:
    """The validator of answers under a directive."""
    return Draft202012Validator(answers_schema(pr.load(directive).rules, "en"))


def errors(document: object, of: Draft202012Validator) -> list[str]:
    return [f"{each.json_path}: {each.message[:200]}" for each in of.iter_errors(document)]


@pytest.mark.parametrize("of", ["facts", "answers", "report"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_command(
    of: str, lang: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["schema", of, "--lang", lang]) == 0
    shown = capsys.readouterr().out
    made = json.loads(shown)
    Draft202012Validator.check_schema(made)
    assert made["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    output = tmp_path / "s.json"
    assert main(["schema", of, "--lang", lang, "--output", str(output)]) == 0
    assert json.loads(output.read_text("utf-8")) == made
    assert main(["schema", of, "--output", str(tmp_path / "s.csv")]) == 2
    assert main(["schema", of, "--directive", "none"]) == 2


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("document", ["example", "mixed", "late", "tolerated"])
def test_answers(
    command: str, document: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    documents = {"mixed": MIXED, "late": LATE}
    path, options = str(EXAMPLES / "putian" / "facts.json"), ["--set", "most_age=51"]
    if document == "tolerated":
        stations = [{"id": "S1", "officers": -1}, {"id": "S2", "officers": "?"}, {"name": "x"}]
        path = write(tmp_path / "facts.json", {"stations": stations})
        options = ["--tolerate"]
    elif document in documents:
        path = write(tmp_path / "facts.json", documents[document])
    main([command, path, *options, "--format", "json"])
    answers = json.loads(capsys.readouterr().out)
    assert errors(answers, validator()) == []


@pytest.mark.parametrize("command", COMMANDS)
def test_answers_from_tables(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "facts.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute("CREATE TABLE townships AS SELECT 'T1' AS id, 19 AS patrol_members")
        connection.execute("CREATE TABLE cases AS SELECT 'A1' AS id, 'assist' AS role")
    main([command, str(path), "--as-of", "2020-06-30", "--format", "json"])
    assert errors(json.loads(capsys.readouterr().out), validator()) == []


@pytest.mark.parametrize("kind", ["inspection", "overview"])
def test_reports(
    kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of ten officers and four beds six are lacking; of very many facts there are numbers."""
    if kind == "overview":
        monkeypatch.setattr("policy_rules.cli.reporting._MOST_IN_ONE", 1)
    path = tmp_path / "facts.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute("CREATE TABLE bureaus AS SELECT '350302000000' AS id, '甲分局' AS name")
        connection.execute(
            "CREATE TABLE stations AS SELECT '350302540000' AS id, '一所' AS name, "
            "'350302000000' AS bureau_id, 'urban' AS setting, 10 AS officers, 4 AS beds"
        )
        connection.execute("CREATE TABLE cases AS SELECT 'A1' AS id, 'assist' AS role")
    given = ["--as-of", "2020-12-31", "--format", "report-json"]
    assert main(["audit", str(path), *given]) == 1
    told = json.loads(capsys.readouterr().out)
    of = Draft202012Validator(report_schema(PUTIAN.rules, "en"))
    assert errors(told, of) == []
    assert told["kind"] == kind
    assert told["outcomes"] == {"permitted": 1}
    if kind == "inspection":
        (beds,) = (each for each in told["problems"] if each["cite"] == "4.1/5a")
        (gap,) = beds["open"]
        said = [gap["finding"][key] for key in ("subject", "actual", "required", "shortfall")]
        assert said == ["stations/350302540000", 4, 10, 6]
        (bureau,) = told["ranking"]["bureaus"]
        assert bureau["body"] == {"subject": "bureaus/350302000000", "name": "甲分局"}
    else:
        (beds,) = (each for each in told["spreads"] if each["cite"] == "4.1/5a")
        assert beds["share"] == {"met": 0, "unmet": 1, "open": 0}
        assert [each["region"]["value"] for each in told["regions"]] == ["35"]
    # What no key is described for is refused.
    assert errors({**told, "other": 1}, of) != []


def test_the_report_of_the_example_has_no_key_that_is_not_described(
    capsys: pytest.CaptureFixture[str],
) -> None:
    main(["audit", str(EXAMPLES / "putian" / "facts.json"), "--format", "report-json"])
    told = json.loads(capsys.readouterr().out)
    assert errors(told, Draft202012Validator(report_schema(PUTIAN.rules, "zh"))) == []
    assert set(told["soon"]) == {"30", "90"}


def test_answers_of_an_amended_directive(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = "tests.support.amending:AMENDED"
    tasks = [{"id": "T1", "quota": True, "starts_on": "2021-01-01"}, {"id": "T2"}]
    document = write(tmp_path / "facts.json", {"tasks": tasks})
    for command in COMMANDS:
        main([command, document, "--directive", own, "--as-of", "2021-06-01", "--format", "json"])
        answers = json.loads(capsys.readouterr().out)
        assert errors(answers, validator(own)) == []
    assert answers["verdicts"][0]["amended_by"] == ["later"]


@settings(max_examples=15)
@given(chosen(lambda choose: (choose, random_facts(choose, PUTIAN.rules, DAY, most=3))))
def test_answers_on_any_facts(drawn: tuple[Any, pr.Facts]) -> None:
    choose, facts = drawn
    policy = PUTIAN.policy(
        as_of=DAY, exemptions=random_exemptions(choose, PUTIAN.rules, facts, DAY)
    )
    document = answers_document(
        policy,
        lists=policy.lists_of(facts),
        decisions=policy.decisions_of(facts),
        verdicts=policy.verdicts_of(facts),
        findings=policy.audit(facts),
        agreements=policy.agreements_of(facts),
    )
    assert errors(json.loads(json.dumps(document)), validator()) == []


def test_no_key_is_there_that_is_not_described(capsys: pytest.CaptureFixture[str]) -> None:
    """Nor is one left out: of each answer, and of the document, every key says what it means."""
    main(["audit", str(EXAMPLES / "putian" / "facts.json"), "--format", "json"])
    answers = json.loads(capsys.readouterr().out)
    kinds = {
        "decisions": "Decision", "verdicts": "Verdict", "findings": "Finding",
        "agreements": "Agreement", "lists": "List",
    }  # fmt: skip
    # Each validation takes as long as there are answers.
    answers |= {kind: answers[kind][:1] for kind in kinds}
    definitions = answers_schema(PUTIAN.rules, "en")["$defs"]
    for kind, name in kinds.items():
        described = definitions[name]["properties"]
        assert list(described) == list(answers[kind][0])
        assert all(each["description"] for each in described.values())
        more = deepcopy(answers)
        more[kind][0]["more"] = 1
        assert len(errors(more, validator())) == 1
        less = deepcopy(answers)
        del less[kind][0]["cite" if "cite" in described else "needs"]
        assert len(errors(less, validator())) == 1
    assert errors(answers | {"more": 1}, validator())
    assert errors(answers | {"as_of": "today"}, validator())


@pytest.mark.parametrize(
    ("own", "folder", "facts"),
    [
        ("examples.reading_rooms:DIRECTIVE", ".", "reading_rooms.json"),
        ("millbrook_market:DIRECTIVE", "millbrook-market", "millbrook-market/facts.json"),
    ],
)
def test_directives_of_others(
    own: str,
    folder: str,
    facts: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Both schemas, of another vocabulary."""
    monkeypatch.syspath_prepend(EXAMPLES / folder)
    classes = pr.load(own).rules.directive.classes
    path = EXAMPLES / facts
    given = json.loads(path.read_text("utf-8"))
    assert errors(given, Draft202012Validator(facts_schema(classes, "en"))) == []
    for command in COMMANDS:
        main([command, str(path), "--directive", own, "--format", "json"])
        assert errors(json.loads(capsys.readouterr().out), validator(own)) == []
