"""Arguments of wrong kinds: public functions say which one it is, and never another."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, Final

import pytest

import policy_rules as pr
from policy_rules import decision_log, formats, report
from policy_rules.analysis.differences import differences
from policy_rules.analysis.how_to import how_to
from policy_rules.arguments import ArgumentError, public
from policy_rules.calendar import to_ics
from policy_rules.language.sentences import check_text, coverage
from policy_rules.policy import answers_document

PUTIAN: Final = pr.load("putian-2019-52")
POLICY: Final = PUTIAN.policy(as_of=date(2022, 4, 1))
STATION: Final = pr.Station(id="S1", officers=14)
FACTS: Final = pr.Facts(stations=[STATION])
# Each with arguments that it takes.
CALLS: Final[list[tuple[Callable[..., object], dict[str, Any]]]] = [
    (FACTS.including, {"facts": [pr.Station(id="S2")], "complete": ["stations"]}),
    (formats.parse, {"mapping": {}, "extra_classes": [pr.Station], "among": FACTS}),
    (formats.parse_mapping, {"given": {}, "extra_classes": (pr.Station,)}),
    (formats.to_json, {"facts": FACTS, "exemptions": [], "as_of": date(2022, 4, 1)}),
    (answers_document, {"policy": POLICY, "decisions": [POLICY.decide(STATION, "duty_mode")]}),
    (report.inspected, {"report": POLICY.audit(FACTS), "readings": False, "horizons": (30, 90)}),
    (report.share_of, {"findings": [*POLICY.audit(FACTS)]}),
    (to_ics, {"policy": POLICY, "dues": [], "subject": STATION}),
    (how_to, {"policy": POLICY, "subject": STATION, "goal": "5.1/4", "keep": []}),
    (differences, {"one": POLICY, "other": PUTIAN.policy(as_of=date(2022, 4, 1))}),
    (check_text, {"rules": PUTIAN.rules, "text": ""}),
    (coverage, {"rules": PUTIAN.rules}),
    (pr.Session, {"policy": POLICY, "facts": FACTS, "journal": None}),
    (decision_log.read_checkpoint, {"text": "o\n0\n"}),
]  # fmt: skip
WRONG: Final[list[Any]] = [5, 2.5, object(), {5: 5}, len]


@pytest.mark.parametrize(("function", "given"), CALLS)
def test_the_argument_is_named(function: Callable[..., object], given: dict[str, Any]) -> None:
    refused = []
    for name in given:
        for wrong in WRONG:
            try:
                function(**{**given, name: wrong})
            except Exception as error:
                refused.append((name, error))
    raw = [each for _, each in refused if not type(each).__module__.startswith("policy_rules")]
    assert not raw
    found = [(name, each) for name, each in refused if isinstance(each, ArgumentError)]
    assert found
    for name, each in found:
        assert f"` as `{name}`, found" in each.en
        assert f"的参数 `{name}` 应为 `" in each.zh


def test_it_says_what_is_expected() -> None:
    wrong: Any = "stations"
    with pytest.raises(ArgumentError) as error:
        FACTS.including(wrong)
    assert str(error.value) == (
        "`Facts.including` takes `Iterable[Fact]` as `facts`, found 'stations'"
    )
    assert pickle.loads(pickle.dumps(error.value)).zh == error.value.zh


@pytest.mark.parametrize("ask", [FACTS.all, lambda cls: FACTS.get(cls, "S1")])
def test_what_is_no_class_has_no_facts(ask: Callable[[Any], object]) -> None:
    assert not ask(pr.Bureau)
    for wrong in ("stations", int, STATION):
        with pytest.raises(ArgumentError, match="takes `type"):
            ask(wrong)


def test_a_generator_is_refused_where_it_is_called() -> None:
    wrong: Any = "log"
    with pytest.raises(ArgumentError, match="takes `DecisionLogReader` as `reader`, found 'log'"):
        decision_log.entries_as_json(wrong)


def test_a_log_is_asked_for_its_entries_by_number(tmp_path: Path) -> None:
    log = pr.DecisionLog(tmp_path / "log", origin="example")
    wrong: Any = "1"
    for ask in (log.entry, log.checkpoint, log.leaf_hash, log.erase):
        with pytest.raises(ArgumentError, match=r"`int(?: \| None)?` as `(?:index|size)`"):
            ask(wrong)


def test_a_fault_of_its_own_is_no_argument_of_a_wrong_kind() -> None:
    @public
    def divided(by: int, *of: float, **named: object) -> float:
        length: Any = named["x"]
        return float(sum(of) / by + len(length))

    assert divided(2, 1, 3.0, x="") == 2
    with pytest.raises(ZeroDivisionError):
        divided(0, 1, x="")
    with pytest.raises(KeyError):
        divided(1)
    with pytest.raises(TypeError, match="missing 1 required"):
        divided()  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="has no len"):
        divided(1, x=5)
    with pytest.raises(ArgumentError, match="takes `float` as `of`, found 'y'"):
        divided(1, 2, "y")  # type: ignore[arg-type]
