"""The example shows the whole directive, and its files are as the script writes them."""

import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

import policy_rules as pr
from policy_rules.answers import Outcome, Status
from policy_rules.formats import Document, read
from policy_rules.language.rules import AttestationRule
from tests.support.places import EXAMPLES

BAISHA = "350303570000"
# What no finding settles: numbers that the text leaves open, and what no one attests.
OPEN = {"1.3/1b", "1.3/1c", "5.2/3b", "6.3/1", "6.4/1a"}
# What applies by another reading than the usual one.
OTHERWISE_READ = {"1.1/2d", "2.2/2d", "2.2/2e", "2.2/2f"}
NOT_ATTESTED = {
    "1.2/2c", "1.2/2d", "1.2/3c", "1.2/3d", "2.3/1c", "3.2/4", "4.2/1b", "4.4/1b", "6.1/1a",
    "6.4/1e",
}  # fmt: skip


@pytest.fixture(scope="module")
def document() -> Document:
    """The example document."""
    return read(EXAMPLES / "putian" / "facts.json")


@pytest.fixture(scope="module")
def report(document: Document) -> pr.Report:
    """Its audit."""
    assert document.as_of is not None
    directive = pr.load("putian-2019-52")
    policy = directive.policy(as_of=document.as_of, exemptions=document.exemptions)
    return policy.audit(document.facts)


@pytest.fixture
def maker(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    """The script that writes the files."""
    monkeypatch.syspath_prepend(str(EXAMPLES / "putian"))
    before = set(sys.modules)
    yield import_module("make_facts")
    for name in set(sys.modules) - before:
        if name.startswith("putian_") or name == "make_facts":
            del sys.modules[name]


def test_the_files_are_as_the_script_writes_them(maker: ModuleType, tmp_path: Path) -> None:
    facts = maker.document()
    assert (EXAMPLES / "putian" / "facts.json").read_text("utf-8") == maker.as_json(facts)
    maker.write_csv(facts, tmp_path)
    kept = {path.name: path for path in (EXAMPLES / "putian_csv").iterdir()}
    for readme in ("README.md", "README.zh.md"):
        kept.pop(readme)
    assert {path.name for path in tmp_path.iterdir()} == set(kept)
    for path in tmp_path.iterdir():
        assert path.read_bytes() == kept[path.name].read_bytes()


def test_every_kind_of_answer_occurs(report: pr.Report) -> None:
    assert {each.status for each in report} == set(Status) - {Status.CONFLICT}
    outcomes = {each.outcome for each in report.verdicts}
    assert outcomes == set(Outcome) - {Outcome.CONFLICT, Outcome.NOT_APPLICABLE}
    assert any(each.met_on for each in report)
    assert any(each.periods for each in report)
    assert any(each.exemption for each in report)
    attested = {each.status for each in report if isinstance(each.rule, AttestationRule)}
    assert attested >= {Status.SATISFIED, Status.BREACHED, Status.PENDING, Status.UNDETERMINED}


def test_every_rule_has_something_to_judge(report: pr.Report) -> None:
    rules = report.policy.rules
    judged = {each.cite for each in report}
    for fact_class in {rule.subject.fact_class for rule in rules.rules}:
        assert {rule.cite for rule in rules.requirements_of(fact_class)} <= judged
    unsettled = {Status.UNDETERMINED, Status.NOT_APPLICABLE}
    idle = {str(row.cite) for row in report.summary() if row.counts.keys() <= unsettled}
    assert idle == OPEN | NOT_ATTESTED | OTHERWISE_READ
    for row in report.summary():
        if str(row.cite) in NOT_ATTESTED:
            assert row.attested


def test_every_decision_is_settled_for_something(report: pr.Report) -> None:
    decided = {each.name for each in report.decisions if each.cites}
    names = {each.name for each in report.policy.rules.definitions.values()}
    assert names - decided == {"other_pilots"}  # of one station it is unknown


def test_at_one_station_nothing_is_wrong(report: pr.Report) -> None:
    own = [each for each in report if BAISHA in each.subject]
    assert own
    for each in own:
        assert each.status in (Status.SATISFIED, Status.NOT_APPLICABLE) or (
            str(each.cite) in OPEN | NOT_ATTESTED
        )


def test_the_csv_is_a_part_of_it(document: Document) -> None:
    part = read(EXAMPLES / "putian_csv")
    assert part.as_of == document.as_of
    assert set(part.exemptions) <= set(document.exemptions)
    for fact in part.facts:
        assert document.facts.get(type(fact), fact.id) == fact
