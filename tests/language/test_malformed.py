"""What authors write wrongly: each is one clear error of ours, in Chinese and English.

None is an error of Python's own, and none loads in silence.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, Final

import pytest

from policy_rules.language import (
    Clause,
    Directive,
    DirectiveError,
    RuleTypeError,
    Sentence,
    count,
    each,
    empty,
    first_known,
    held,
    load,
    percent,
    set_of,
    subject,
    the,
    total,
)
from policy_rules.police import Officer, Station, Task

station: Any = subject(Station)
officer: Any = each(Officer, station_id=station)
task: Any = subject(Task)
W: Final = ("汉", "en")
Writing = Callable[[Any, Any], object]

# By what is said of it: a clause and its first sentence, wrongly used.
WRONG: Final[dict[str, list[Writing]]] = {
    "expected how strongly it binds, such as `Modality.TARGET`": [
        lambda _, s: s.binding("must"),
        lambda _, s: s.binding(5),
    ],
    "expected the words of the sentence as a text": [lambda _, s: s(5), lambda _, s: s(None)],
    "expected what they say in Chinese as a text": [lambda _, s: s("x")(5, "en")],
    "expected what they say in English as a text": [lambda _, s: s("x")("z", None)],
    "expected a subject, such as `subject(Room)`": [
        lambda _, s: s("x")(*W).demands(Station, station.pilot),
        lambda _, s: s("x")(*W).demands(5, station.pilot),
        lambda _, __: count(5),  # type: ignore[arg-type]
        lambda _, __: count(Officer),  # type: ignore[arg-type]
    ],
    "expected an expression, such as `room.seats >= 12`": [
        lambda _, s: s("x")(*W).demands(station, 5),
        lambda _, s: s("x")(*W).demands(station, "station.pilot"),
        lambda _, s: s("x")(*W).demands(station, station.pilot, applies=5),
        lambda _, s: s("x")(*W).forbids(task, task.quota, on="starts_on"),
        lambda _, s: s("x")(*W).forbids(task, 5),
        lambda _, s: s("x").makes(1, when=5),
        lambda _, __: count(officer, 5),  # type: ignore[arg-type]
        lambda _, __: total(officer, "x"),  # type: ignore[arg-type]
        lambda _, __: held(officer, True, on=5, every=5),  # type: ignore[arg-type]
        lambda _, __: first_known(5, 6),  # type: ignore[arg-type]
    ],
    "found False; `==` compares Python's objects: write `.is_(…)`": [
        lambda _, s: s("x")(*W).demands(station, station.officers == 5),
    ],
    "1.1/1: what is due is a parameter with a date": [
        # FOUND: what is no date as `due=` was a raw AttributeError.
        lambda _, s: s("x")(*W).demands(station, station.pilot, due=5),
        lambda _, s: s("x")(*W).demands(station, station.pilot, due=date(2020, 1, 1)),
        lambda _, s: s("x")(*W).demands(task, task.quota, due=task.quota),
    ],
    "`^` is not for rules: one of two is": [lambda _, __: task.quota ^ task.branch_duty],
    "`<<` and `>>` is not for rules": [lambda _, __: station.officers << 3],
    "`@` is not for rules": [lambda _, __: station.officers @ 3],
    "`a fact as a value` is not for rules: take one of its fields": [
        lambda _, __: officer >= 3,
        lambda _, __: 3 + officer,
        lambda _, __: ~station,
    ],
    "officer cannot stand in a rule": [lambda _, __: station.pilot & officer],
    "expected a number of per cent, such as `percent(40)`, found": [
        lambda _, __: percent("40"),  # type: ignore[arg-type]
        lambda _, __: percent(date(2020, 1, 1)),  # type: ignore[arg-type]
    ],
    "count facts: `count(xs)`": [lambda _, __: len(task.guarantees)],
    "`x y/1` is not a citation": [lambda _, __: Clause("x y", "a", "b").sentences(1)],
    "expected a step, `s1(…)(…).step(…)`": [
        lambda _, s: s("x")(*W).needs(task, 5, on=task.starts_on),
    ],
    "1.1/1: needs one step or more": [lambda _, s: s("x")(*W).needs(task, on=task.starts_on)],
    "expected a citation such as `5.1/2`, or a sentence": [
        lambda _, s: s("x")(*W).excepts(5, station.pilot)
    ],
    "expected `since` as a mapping": [lambda _, s: s("x")(*W).sets("p", 5, since=[1])],
    "expected the dates from which values hold": [
        lambda _, s: s("x")(*W).sets("p", 5, since={"2020": 1})
    ],
    "expected a type such as `int`, `bool` or an enumeration": [
        lambda _, s: s("x")(*W).leaves_open("p", 5),
        lambda _, s: s("x")(*W).leaves_open("p", "int"),
        lambda c, _: c.defines(station, "size", "int"),
    ],
    "expected a name of letters, digits and underscores, such as `room_class`": [
        lambda _, s: s("x")(*W).sets(5, 5),
        lambda _, s: s("x")(*W).sets("", 5),
        lambda _, s: s("x")(*W).decides(station, "a b", station.pilot),
        lambda _, s: s("x")(*W).step(5, task.quota),
        lambda _, s: s.reading(5, default="one"),
        lambda c, _: c.defines(station, "a-b", int),
    ],
    "expected rules such as `s1(…).makes(value, when=…)`": [
        lambda c, _: c.defines(station, "size", int)(*W).by(5),
        lambda c, s: c.defines(station, "size", int)(*W).by(s("x")),
        lambda c, s: c.defines(station, "size", int)(*W).by(
            s("x").makes(1, when=station.pilot), otherwise=5
        ),
    ],
    "expected a Chinese and an English text": [
        lambda _, __: count(officer).called(5, 6),  # type: ignore[arg-type]
        lambda c, _: c.defines(station, "size", int, unit="x"),
        lambda _, s: s("x")(*W).sets("p", 5, unit="人"),
        lambda _, s: s.reading("r", default="one")(*W).options(one="x", two=W, why=W),
        lambda _, s: s.qualitative(5, 6),
        lambda _, __: Clause("1.2", 5, "b"),  # type: ignore[arg-type]
    ],
    "reading `r` needs a reason for its default": [
        lambda _, s: s.reading("r", default="one")(*W).options(one=W, two=W)
    ],
    "expected a class of facts, such as `Room`": [
        lambda _, __: subject(5),  # type: ignore[arg-type]
        lambda _, __: subject("Station"),  # type: ignore[arg-type]
        lambda _, __: each(5),  # type: ignore[arg-type]
        lambda _, __: the(5, officer.station_id),  # type: ignore[arg-type]
    ],
    "expected a definition to attach": [
        lambda _, __: subject(Station, 5)  # type: ignore[arg-type]
    ],
    "expected an enumeration, such as `Colour`": [
        lambda _, __: empty(5),  # type: ignore[arg-type]
        lambda c, _: c.defines(station, "kinds", set_of(5)),
    ],
    "`in_year` takes a number of years from the policy's": [
        lambda _, __: station.grades.in_year("x")
    ],
    "expected the number of a heading as a text": [
        lambda _, __: Clause(5, "a", "b")  # type: ignore[arg-type]
    ],
    "1.2: expected the number of its sentences": [
        lambda _, __: Clause("1.2", "a", "b").sentences("x"),  # type: ignore[arg-type]
        lambda _, __: Clause("1.2", "a", "b").sentences(0),
    ],
}


@pytest.mark.parametrize(
    ("said", "write"), [(said, write) for said, writings in WRONG.items() for write in writings]
)
def test_what_an_author_writes_wrongly_is_said_at_once(said: str, write: Writing) -> None:
    clause = Clause("1.1", "章", "clause")
    sentence: Sentence = clause.sentences(1)[0]
    with pytest.raises(RuleTypeError) as error:
        write(clause, sentence)
    assert said in error.value.en
    assert error.value.zh != error.value.en


def directive(**given: Any) -> Directive:
    """A directive of which everything is right but what is given."""
    right: dict[str, Any] = {
        "id": "x-1", "zh": "章程", "en": "charter", "number": "n", "issued": date(2020, 1, 1),
        "clauses": [], "sentences": {},
    }  # fmt: skip
    return Directive(**right | given)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"id": 5}, "expected `id` as a text, found 5"),
        ({"id": ""}, "expected an id such as `city-2024-5`, found ''"),
        ({"id": "a b"}, "expected an id such as `city-2024-5`, found 'a b'"),
        ({"zh": 5}, "expected `zh` as a text, found 5"),
        ({"number": None}, "expected `number` as a text, found None"),
        ({"issued": "2020"}, "expected a date for `issued`, found '2020'"),
        ({"issued": None}, "expected a date for `issued`, found None"),
        (
            {"issued": datetime(2020, 1, 1)},
            "expected a date for `issued`, found datetime.datetime(2020, 1, 1, 0, 0)",
        ),
        ({"in_force_until": "x"}, "expected a date for `in_force_until`, found 'x'"),
        ({"printed": "x"}, "expected a date for `printed`, found 'x'"),
        ({"clauses": 5}, "expected `clauses` as a list of `Clause`, found 5"),
        ({"clauses": [5]}, "expected `clauses` as a list of `Clause`, found [5]"),
        ({"sentences": ["1.1/1"]}, "expected `sentences` as a mapping, found ['1.1/1']"),
        ({"sentences": {5: "a"}}, "expected each sentence by its citation as a text, found 5"),
        ({"sentences": {"1/1": 5}}, "expected the fingerprint of 1/1 as a text, found 5"),
        ({"languages": 5}, "expected `languages` as `zh`, `en` or both, found 5"),
        ({"region_of": 5}, "`region_of` is a function of an id, found 5"),
        ({"fact_classes": [5]}, "expected `fact_classes` as a list of `type`, found [5]"),
        (
            {"fact_classes": [int]},
            "expected a class of facts, such as `Room`, found <class 'int'>",
        ),
        ({"vocabulary": 5}, "expected a vocabulary, found 5"),
        ({"issuer": "x"}, 'expected a Chinese and an English text, such as ("座", "seats")'),
        ({"oddities": [5]}, "expected `oddities` as a list of `Oddity`, found [5]"),
        ({"amendments": 5}, "expected `amendments` as a list of `Amendment`, found 5"),
    ],
)
def test_what_a_directive_is_made_of(given: dict[str, Any], said: str) -> None:
    with pytest.raises(RuleTypeError) as error:
        directive(**given)
    assert error.value.en.startswith(said)


def test_a_sentence_has_a_citation() -> None:
    with pytest.raises(DirectiveError) as error:
        load(directive(sentences={"x": "a"}))
    assert "`x` is not a citation: expected the form" in error.value.faults[0].en


def test_a_definition_is_not_called_as_a_field() -> None:
    clause = Clause("1.1", "章", "clause")
    (s1,) = clause.sentences(1)
    s1("x")(*W).decides(station, "officers", station.pilot)
    with pytest.raises(DirectiveError) as error:
        load(directive(clauses=[clause], sentences={"1.1/1": ""}))
    assert [each.en for each in error.value.faults] == [
        "`officers` of police station: is the name of a field; give it another"
    ]
