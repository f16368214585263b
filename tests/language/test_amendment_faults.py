"""A document that cannot amend is refused as a whole, with every fault and its citation."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from attrs import evolve

from policy_rules.language import (
    Amendment,
    Clause,
    DirectiveError,
    RuleTypeError,
    amended,
    load,
)
from policy_rules.language.changes import NewRules, NewValue
from policy_rules.language.expressions import Expression
from policy_rules.police import DutyMode
from tests.support.amending import (
    BASE,
    FROM,
    ISSUED,
    LABELS,
    LEAST,
    OPEN,
    SAYS,
    add,
    always,
    amendment,
    change,
    faults,
    large,
    load_faults,
    mode,
    repeal,
    replace,
    rule,
    second,
    station,
    task,
)
from tests.support.writing import at, defining, says


def zones(cite: str = "later:1/1", **said: Any) -> Any:
    """A requirement in which nothing is wrong."""
    return says(cite, **SAYS | said).demands(station, station.zones >= 2)


def number(name: str, cite: str = "later:1/1") -> Any:
    """A definition in which nothing is wrong."""
    return defining(station, name, int)(**LABELS).by(always(1, cite))


# The document


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"number": 5}, "expected `number` as a text, found 5"),
        ({"issued": "2021-01-01"}, "expected a date for `issued`, found '2021-01-01'"),
        ({"in_force": None}, "expected a date for `in_force`, found None"),
        ({"transition": "all_acts"}, "expected a `Transition`, found 'all_acts'"),
        ({"sentences": ["1/1"]}, r"expected `sentences` as a mapping, found \['1/1'\]"),
        ({"clauses": 5}, "expected `clauses` as a list of `Clause`, found 5"),
        ({"fact_classes": [5]}, r"expected `fact_classes` as a list of `type`, found \[5\]"),
        ({"fact_classes": [int]}, "expected a class of facts, such as `Room`, found <class 'int'>"),
    ],
)
def test_what_is_none_of_a_document(wrong: dict[str, Any], message: str) -> None:
    """Each was an error of Python's own, or came to light much later."""
    right: dict[str, Any] = {
        "id": "later", "number": "例2号", "issued": ISSUED, "sentences": {}, "clauses": [],
    }  # fmt: skip
    with pytest.raises(RuleTypeError, match=message):
        Amendment(**right | wrong)


DOCUMENTS: dict[str, tuple[dict[str, Any], list[str]]] = {
    "its id": (
        {"id": "莆田 8"},
        ["amendment `莆田 8`: its id is not in the form `place-2021-8`"],
    ),
    "the id of the directive": (
        {"id": "made-up"},
        ["amendment `made-up`: another document has this id"],
    ),
    "its labels": (
        {"number": " ", "zh": "", "en": ""},
        ["amendment `later`: has no `number` and no `zh` and no `en`"],
    ),
    "its day": (
        {"in_force": ISSUED},
        [
            "amendment `later`: is in force on 2020-01-01; expected a day after the directive's "
            "issue on 2020-01-01"
        ],
    ),
    "its sentences": (
        {"sentences": {"1": "", "1/1a": "", "later:1/2": "", "1/3": ""}},
        [
            "amendment `later`: `1` is not a citation: expected the form `5.1/2` or `2.1/1b`",
            "amendment `later`: `1/1a` is no sentence of its own, such as `1/1`",
            "amendment `later`: `later:1/2` is no sentence of its own, such as `1/1`",
        ],
    ),
}


@pytest.mark.parametrize("of", DOCUMENTS)
def test_what_is_wrong_with_the_document(of: str) -> None:
    given, expected = DOCUMENTS[of]
    assert faults(**given) == expected


def test_by_default_it_is_in_force_from_its_issue() -> None:
    assert evolve(amendment(), in_force=date(2020, 11, 1)).in_force == amendment().issued


def test_documents_amend_in_the_order_of_their_days() -> None:
    directive = amended(BASE, second())
    assert faults(to=directive, id="latest") == [
        "amendment `latest`: another document has this id",
        "amendment `latest`: is in force on 2021-01-01, before `latest` is (2022-01-01); "
        "amend in the order of these days",
    ]


# Citations


def test_a_change_cites_a_sentence_of_its_document() -> None:
    """Whatever it is."""
    wrong = "is no sentence of the amendment; cite one, as `later:1/1`"
    assert faults(
        change(LEAST, 15, cite="1/1", quote="十五人"),
        replace("1/5a", zones("later:1/9")),
        add(zones("latest:1/1")),
        add(at("1/7").background("背景", "background")),
        add(
            defining(station, "two", bool)(**LABELS).by(
                rule(station.pilot, True, "1/3"), otherwise=always(False, "later:1/8")
            )
        ),
        add(always(True, "1/4"), of=large),
        repeal("1/6", cite="1/6", **SAYS),
        repeal("1/3", cite="1/3", of=large, **SAYS),
    ) == [
        f"{cite}: {wrong}"
        for cite in (
            "1/1",
            "later:1/9",
            "latest:1/1",
            "1/7",
            "1/3",
            "later:1/8",
            "1/4",
            "1/6",
            "1/3",
        )
    ]


def test_a_document_without_sentences_has_none_to_cite() -> None:
    assert faults(change(LEAST, 15, cite="later:1/1", quote="十五人"), sentences={}) == [
        "later:1/1: is no sentence of the amendment; cite one, as `later:1/1`"
    ]


def test_what_is_changed_is_there() -> None:
    of_task = defining(task, "mode", bool)(**LABELS).by(always(True, "later:1/1"))
    assert faults(
        change("most", 15, cite="later:1/1", quote="十五人"),
        replace("1/7", zones("later:1/1")),
        replace("1/6", says("later:1/2", **SAYS).excepts("2/1", task.quota)),
        replace("2/2", zones("later:1/3")),
        repeal("1/1", cite="later:1/4", **SAYS),
        repeal("1/5a", cite="later:1/5", of=mode, **SAYS),
        add(always(1, "later:1/6"), of=number("size")),
        repeal("1/1", cite="later:1/7", of=of_task, **SAYS),
    ) == [
        "later:1/1: no rule has a parameter `most`",
        "later:1/1: ends 1/7, which is no such rule",
        "later:1/2: ends 1/6, which is no such rule",
        "later:1/3: ends 2/2, which is no such rule",
        "later:1/4: ends 1/1, which is a rule of `mode`; name it with `of`",
        "later:1/5: ends 1/5a, which is no such rule",
        "later:1/6: `size` of police_station is defined by no clause of the directive",
        "later:1/7: `mode` of task is defined by no clause of the directive",
    ]


def test_what_has_ended_does_not_end_again() -> None:
    once = amended(
        BASE, amendment(repeal("1/5a", cite="later:1/1", **SAYS), add(zones("later:1/2")))
    )
    assert faults(
        repeal("1/5a", cite="other:1/1", **SAYS), repeal("later:1/2", cite="other:1/2", **SAYS),
        to=once, id="other",
    ) == [
        "other:1/1: ends 1/5a, which does not hold up to 2020-12-31 and beyond",
        "other:1/2: ends later:1/2, which does not hold up to 2020-12-31 and beyond",
    ]  # fmt: skip
    assert load(amended(once, amendment(repeal("1/5", cite="other:1/1", **SAYS), id="other")))


# Values and types


def test_a_value_that_does_not_fit() -> None:
    dated = says("1/7", quote="一", **LABELS).sets("dated", 1, since={FROM: 2})
    share = says("later:1/1", **SAYS).demands(station, station.rooms >= station.officers / LEAST)
    assert faults(
        add(share),
        add(says("later:1/2", **SAYS).demands(station, station.zones >= dated)),
        change(LEAST, "十五", cite="later:1/3", quote="十五人"),
        change(LEAST, None, cite="later:1/3", quote="十五人"),
        change(LEAST, 0, cite="later:1/4", quote="零人"),
        change(dated, 3, cite="later:1/5", quote="三"),
        change(OPEN, 3, cite="later:1/6", quote=" "),
        add(always(1, "later:1/7"), of=large),
    ) == [
        "later:1/3: parameter `least` is integer, found '十五'",
        "later:1/3: None cannot stand in a rule",
        "later:1/4: the divisor may be 0, in `(police_station.officers / least)`; compare by "
        "multiplication instead: `a >= share * b`",
        "later:1/5: `dated` has a value from 2021-01-01 already, which is not before 2021-01-01",
        "later:1/6: has no `quote`",
        "later:1/7: `large` is boolean, found integer in `1`",
    ]


def test_a_rule_that_is_repealed_is_said_to_be() -> None:
    assert faults(repeal("1/6", cite="later:1/1", quote="", zh="", en=" ")) == [
        "later:1/1: has no `quote` and no `zh` and no `en`"
    ]


def test_a_definition_has_one_rule_for_all_other_cases() -> None:
    assert faults(add(of=large, otherwise=always(True, "later:1/1"))) == [
        "later:1/1: `large` has an `otherwise` (1/4); replace it by its citation"
    ]


def test_definitions_that_come_to_need_each_other() -> None:
    one, two = number("one"), number("two", "later:1/2")
    first = amended(BASE, amendment(add(one), add(two)))
    with pytest.raises(DirectiveError) as error:
        amended(
            first,
            second(
                replace("later:1/1", always(two.of(station), "latest:1/1"), of=one),
                replace("later:1/2", always(one.of(station), "latest:1/2"), of=two),
            ),
        )
    (fault,) = error.value.faults
    assert fault.text() == "latest:1/2: definitions that need each other: one → two → one"


# The directive that they make


def test_the_directive_that_they_make_is_checked_as_a_whole() -> None:
    """Together with the changes, so that all that is wrong is said at once."""
    assert faults(
        change("most", 15, cite="later:1/1", quote="十五人"),
        add(zones("later:1/2b", quote="")),
    ) == [
        "later:1/1: no rule has a parameter `most`",
        "later:1/2: the letters of its rules are b; expected a, b, … without a gap",
        "later:1/2b: has no `quote`",
    ]


def test_letters_and_names() -> None:
    least = says("later:1/1", quote="三", **LABELS).sets("least", 3)
    assert load_faults(
        add(says("later:1/1", **SAYS).demands(station, station.zones >= least)),
        add(zones("later:1/2")),
        add(zones("later:1/2")),
        add(number("large", "later:1/3")),
    ) == [
        "later:1/2: is the citation of 2 rules; letter them a, b, …",
        "`large` of police station: is defined 2 times",
        "parameter `least`: 2 different ones have this name",
    ]


def test_a_parameter_cites_a_sentence_too() -> None:
    new = says("later:2/1", quote="三", **LABELS).sets("new", 3)
    assert load_faults(add(says("later:1/1", **SAYS).demands(station, station.zones >= new))) == [
        "later:2/1: `new` cites a sentence that the directive has not"
    ]


def test_a_definition_covers_everything_in_each_stretch() -> None:
    uncovered = "are not shown to cover everything; say what holds `otherwise`"
    assert load_faults(repeal("1/2", cite="later:1/1", of=mode, **SAYS)) == [
        f"`mode` of police_station: from 2021-01-01 its rules (1/1) {uncovered}"
    ]
    some = rule(station.officers < 5, DutyMode.ZONED, "later:1/1")
    until = evolve(
        rule(station.officers >= 5, DutyMode.ZONED, "later:1/1"), valid_until=date(2021, 6, 30)
    )
    assert load_faults(replace("1/2", some, until, of=mode)) == [
        f"`mode` of police_station: from 2021-07-01 its rules (1/1, later:1/1) {uncovered}"
    ]
    assert load_faults(repeal("1/4", cite="later:1/1", of=large, **SAYS)) == [
        f"`large` of police_station: from 2021-01-01 its rules (1/3) {uncovered}"
    ]


def test_an_exception_leaves_a_gap_from_its_day_on() -> None:
    spared = says("later:1/1", **SAYS).excepts("1/2", station.pilot)
    assert load_faults(add(spared)) == [
        "`mode` of police_station: from 2021-01-01 its rules (1/1, 1/2) are not shown to cover "
        "everything; say what holds `otherwise`"
    ]
    filled = rule(station.pilot & (station.officers < LEAST), DutyMode.ZONED, "later:1/2")
    assert load(amended(BASE, amendment(add(spared), add(filled, of=mode))))
    ended = evolve(spared, valid_until=date(2021, 6, 30))
    assert load_faults(add(ended)) == [
        "`mode` of police_station: from 2021-01-01 to 2021-06-30 its rules (1/1, 1/2) are not "
        "shown to cover everything; say what holds `otherwise`"
    ]


def test_what_uses_a_definition_ends_with_it() -> None:
    both = [repeal(cite, cite="later:1/1", of=mode, **SAYS) for cite in ("1/1", "1/2")]
    assert load_faults(*both) == [
        "1/5a: uses `police_station.mode`, which no rule defines from 2021-01-01"
    ]
    assert load(amended(BASE, amendment(*both, repeal("1/5a", cite="later:1/2", **SAYS))))


def test_what_uses_a_definition_begins_with_it() -> None:
    new = evolve(
        number("size"), rules=(evolve(always(1, "later:1/1"), valid_from=date(2021, 7, 1)),)
    )
    uses = add(says("later:1/2", **SAYS).demands(station, new.of(station) > 0))
    assert load_faults(add(new), uses) == [
        "later:1/2: uses `police_station.size`, which no rule defines from 2020-01-01 to 2021-06-30"
    ]


def test_a_name_that_stands_for_something_else() -> None:
    """A definition of another type that is used but not added is not the directive's own."""
    other = defining(station, "mode", int)(**LABELS).by(always(1, "later:1/1"))
    assert load_faults(add(says("later:1/1", **SAYS).demands(station, other.of(station) > 0))) == [
        "later:1/1: uses `police_station.mode`, which no clause of the directive defines"
    ]


# Words


@pytest.mark.parametrize("text", ["莆田:1/1", ":1/1", "later:1", "later/1/1", "Later:1/1"])
def test_a_citation_with_a_document_has_one_form(text: str) -> None:
    with pytest.raises(ValueError, match="is not a citation"):
        change(LEAST, 1, cite=text, quote="一")


def test_a_change_can_name_its_parameter() -> None:
    made = change("least", {"a"}, cite="later:1/1", quote="一")
    assert isinstance(made, NewValue)
    assert (made.parameter, made.value) == ("least", frozenset({"a"}))


# How deep it may be


def deep(times: int = 1000) -> Expression:
    """Ands and ors, each within the next."""
    found: Expression = station.pilot
    for place in range(times):
        leaf = station.zones >= place
        found = (found & leaf) if place % 2 else (found | leaf)
    return found


@pytest.mark.parametrize(
    ("new", "name"),
    [
        (says("later:1/2", **SAYS).demands(station, deep()), "later:1/2"),
        (says("later:1/2", **SAYS).excepts("2/1", deep()), "later:1/2"),
        (
            add(rule(deep(), True, "later:1/2"), of=large),
            "`large` of police_station (later:1/2)",
        ),
    ],
)
def test_what_an_amendment_adds_may_not_be_too_deep_either(new: Any, name: str) -> None:
    """Beside a change for which all that is written is gone through."""
    made = new if isinstance(new, NewRules) else add(new)
    changes = [made, change(LEAST, 13, cite="later:1/1", quote="应当")]
    assert faults(*changes) == [
        f"{name}: more than 120 expressions stand within each other; "
        "define a part of them under a name of its own"
    ]


def test_what_is_amended_may_not_be_too_deep_either() -> None:
    whole = Clause("1", "一", "one", [says("1/1", **SAYS).demands(station, deep())])
    with pytest.raises(DirectiveError) as error:
        amended(evolve(BASE, clauses=[whole, *BASE.clauses[1:]]), amendment())
    (fault,) = error.value.faults
    assert fault.en.startswith("1/1: more than 120 expressions")
