"""The engine `durable`: choosing it, how its rule sets are driven, errors, threads, and growth.

That it answers as the other engines do is tested with them; `benchmarks/soak_durable.py` asks it
for long.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

import policy_rules as pr
from policy_rules.engines.durable.cutting import MOST_ALTERNATIVES
from policy_rules.engines.durable.rule_sets import RuleSet, Shelf
from policy_rules.testing.comparing import said
from tests.support.present import needs_durable

PUTIAN = pr.load("putian-2019-52")
DAY = date(2019, 9, 1)
STATION = pr.Station(id="S", pilot=False, officers=14)
CASE: dict[str, Any] = {
    "causation_clear": True, "simple": True, "means": {pr.Means.IMAGE}, "complex": False,
    "place_codes": {"350304"}, "category": pr.CaseCategory.ORDINARY, "role": pr.CaseRole.LEAD,
}  # fmt: skip
GOOD = pr.CriminalCase(id="A1", **CASE)

# Where it cannot be had


def test_where_it_cannot_be_imported_the_choice_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """One clear error in both languages that says what to choose; the other engines work."""
    monkeypatch.setitem(sys.modules, "durable_rules_engine", None)
    with pytest.raises(pr.ChoiceError) as refused:
        PUTIAN.policy(as_of=date(2018, 1, 1), engine="durable")
    ((zh, en),) = refused.value.faults
    assert "无法导入" in zh
    assert "请安装 `policy-rules[durable]`" in zh
    assert zh.endswith("或改用 `python`")
    assert "cannot be imported here" in en
    assert "install `policy-rules[durable]`" in en
    assert "Python below 3.13" in en
    assert en.endswith("or use `python`")
    policy = PUTIAN.policy(as_of=date(2019, 9, 2), engine="python")
    assert policy.decide(STATION, "duty_mode").value is pr.DutyMode.TWO_TEAMS_ONE_ROOM


# The rule sets: which rule fires


def fired(rules: dict[str, Any], *events: str) -> list[str]:
    """The rules that fire when the events are posted one after the other, each by an action."""
    names = []
    following = iter(events)

    def react(name: str) -> str | None:
        names.append(name)
        return next(following, None)

    text = json.dumps(rules)[1:-1]
    shelf = Shelf(100)
    with shelf.in_use():
        shelf.rule_set(text, len(rules)).run(next(following), react)
        shelf.rule_set(text, len(rules)).run(events[0], lambda name: None)
    return names


def matching(*tests: dict[str, Any], pri: int = 0) -> dict[str, Any]:
    """A rule that matches an event that passes all the tests."""
    return {"pri": pri, "all": [{"m": {"$and": [{"s0": 1}, *tests]}}]}


@needs_durable
@pytest.mark.parametrize("ways", [1, 2, MOST_ALTERNATIVES])
def test_of_the_rules_that_match_one_fires_and_the_catch_all_only_alone(ways: int) -> None:
    """However many alternatives hold at once, and in whatever order the rules are written."""
    often = {f"t{n}": matching({"$gte": {"f0": -n}}) for n in range(ways)}
    rest = {"u": matching(pri=1)}
    for rules in ({**often, **rest}, {**rest, **often}):
        names = fired(
            rules, '{"id":"e0","s0":1,"f0":5}', '{"id":"e1","s0":1,"f0":-99}',
            '{"id":"e0","s0":1,"f0":0}',
        )  # fmt: skip
        assert [name[0] for name in names] == ["t", "u", "t"]


def test_the_names_that_are_used_have_hashes_of_their_own() -> None:
    """durable-rules tells names, and events, apart by a hash of 32 bits alone."""

    def fnv(text: str) -> int:
        found = 0x811C9DC5
        for letter in text.encode():
            found = (found ^ letter) * 16777619 % 2**32
        return found

    assert (fnv("id"), fnv("sid")) == (926444256, 3593476751)  # as its source has them
    numbers = range(1000)
    names = ["id", "sid", "opening", "$s", "$forward", "$time"]
    names += [f"s{number}" for number in numbers] + [f"f{number}" for number in numbers]
    ids = ["opening", "sid-0", "$pulse", *(f"e{number}" for number in numbers)]
    for these in (names, ids):
        assert len({fnv(name) for name in these}) == len(these)


# Errors


class Unreadable(frozenset[str]):
    """A set that raises when it is looked through."""

    def __new__(cls, error: BaseException) -> Unreadable:
        made = super().__new__(cls)
        made.error = error
        return made

    error: BaseException

    def __iter__(self) -> Iterator[str]:
        raise self.error


def case(places: frozenset[str]) -> pr.CriminalCase:
    """The good case with other places, which need not be any that a fact could have."""
    made = pr.CriminalCase(id="A1", **CASE)
    object.__setattr__(made, "place_codes", places)
    return made


@needs_durable
def test_an_error_on_the_way_says_where_and_leaves_nothing() -> None:
    """It is of the rule whose condition was sought; the next answers are as if it had not been."""
    policy = PUTIAN.policy(as_of=DAY, engine="durable")
    expected = said(PUTIAN.policy(as_of=DAY, engine="interpreter").check(GOOD))
    for _ in range(20):
        assert said(policy.check(GOOD)) == expected
        with pytest.raises(pr.EngineError) as raised:
            policy.check(case(Unreadable(ValueError("no such code"))))
        assert str(raised.value) == (
            "engine `durable` could not settle a condition of 3.1/2: ValueError: no such code"
        )
        assert (raised.value.engine, str(raised.value.cite)) == ("durable", "3.1/2")
        assert isinstance(raised.value.__cause__, ValueError)
        assert said(policy.check(GOOD)) == expected


@needs_durable
@pytest.mark.parametrize("error", [KeyboardInterrupt, SystemExit])
def test_an_interruption_stays_what_it_is(error: type[BaseException]) -> None:
    """It is raised as it is, and leaves nothing either."""
    policy = PUTIAN.policy(as_of=DAY, engine="durable")
    with pytest.raises(error):
        policy.check(case(Unreadable(error())))
    assert policy.check(GOOD).permitted


@needs_durable
def test_an_event_that_no_rule_takes_is_an_error() -> None:
    """It cannot be with the rules that are written; if it were, it would not pass in silence."""
    with pytest.raises(RuntimeError, match=r"did not take the event .*\(result 1\)"):
        fired({"t": matching()}, '{"id":"e0","s1":1}')


@needs_durable
def test_to_ask_in_the_middle_of_an_answer_is_refused() -> None:
    """As a signal handler or a finalizer can: the answer under way is not disturbed."""
    policy = PUTIAN.policy(as_of=DAY, engine="durable")
    met: list[BaseException] = []

    class Asking(frozenset[str]):
        def __iter__(self) -> Iterator[str]:
            with pytest.raises(RuntimeError, match="while it seeks an answer") as refused:
                policy.decide(STATION, "duty_mode")
            met.append(refused.value)
            return iter({"350304"})

    assert policy.check(case(Asking())).permitted
    assert len(met) == 1
    assert policy.decide(STATION, "duty_mode").value is pr.DutyMode.TWO_TEAMS_ONE_ROOM


# Growth


@needs_durable
def test_rule_sets_are_shared_closed_and_opened_again() -> None:
    """Only so many rules are open at once; one that is closed opens again when it is asked."""
    shelf = Shelf(most_rules=5)

    def rule_set(number: int) -> RuleSet:
        rules = {"t": matching({"f0": number}), "u": matching(pri=1)}
        return shelf.rule_set(json.dumps(rules)[1:-1], 2)

    def ask(asked: RuleSet, found: int) -> str:
        names: list[str] = []
        with shelf.in_use():
            asked.run(f'{{"id":"e0","s0":1,"f0":{found}}}', lambda name: names.append(name))
        return names[0]

    first = rule_set(1)
    assert rule_set(1) is first
    assert [ask(first, 1), ask(rule_set(2), 2), ask(first, 3)] == ["t", "t", "u"]
    ask(rule_set(3), 3)  # closes the second, which was not used for longest
    assert [each._handle is not None for each in (first, rule_set(2), rule_set(3))] == [
        True, False, True,
    ]  # fmt: skip
    for _ in range(50):
        assert [ask(rule_set(n), n) for n in range(6)] == ["t"] * 6
    assert sum(each.rules for each in shelf._open) <= 5
    first.close()
    first.close()


@pytest.mark.long
@needs_durable
@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="reads the memory from /proc")
def test_memory_does_not_grow() -> None:
    """Neither with answers, nor with policies and errors; the benchmark asks for longer."""
    broken = case(Unreadable(ValueError()))

    def ask(times: int) -> int:
        for number in range(times):
            policy = PUTIAN.policy(as_of=DAY + timedelta(days=number % 70), engine="durable")
            policy.decide(STATION, "duty_mode")
            if number % 10 == 0:
                with pytest.raises(pr.EngineError):
                    policy.check(broken)
        return int(Path("/proc/self/statm").read_text().split()[1]) * 4

    before = ask(200)
    assert ask(1000) - before < 4000  # KB; a rule set that is not freed takes a hundred or more


@needs_durable
def test_threads_share_it() -> None:
    """One at a time runs in durable-rules, whatever the rule sets that they ask."""
    stations = [pr.Station(id=f"S{n}", officers=n, pilot=n % 5 == 0) for n in range(40)]
    one = PUTIAN.policy(as_of=DAY, engine="interpreter")
    policies = [PUTIAN.policy(as_of=DAY + timedelta(days=n), engine="durable") for n in range(4)]
    expected = [one.decide(station, "duty_mode").value for station in stations]

    def ask(number: int) -> list[Any]:
        policy = policies[number % len(policies)]
        return [policy.decide(station, "duty_mode").value for station in stations]

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(ask, range(64))) == [expected] * 64
