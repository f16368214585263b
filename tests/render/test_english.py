"""English words agree with the labels they stand next to."""

from __future__ import annotations

import pytest

import policy_rules as pr
from policy_rules.facts import Kind, fields_of
from policy_rules.police import POLICE
from policy_rules.render.english import agreeing, counted, denied, several


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("officers on the roster", True),
        ("seconded officers", True),
        ("protective sets held", True),
        ("safety actions carried out", True),
        ("limit of people per community officer", False),
        ("premises", True),
        ("strength of its stations", False),
        ("resident population", False),
        ("analysis of officers' thinking", False),
        ("the policy's date", False),
        ("in service since", False),
    ],
)
def test_whether_a_label_names_several_things(label: str, expected: bool) -> None:
    assert several(label) is expected
    assert agreeing(label, "is", "are") == ("are" if expected else "is")


@pytest.mark.parametrize(
    ("number", "unit", "expected"),
    [
        (1, "people", "person"),
        (1, "deputies", "deputy"),
        (1, "officers", "officer"),
        (1, "yuan", "yuan"),
        (1, "", ""),
        (0, "people", "people"),
        (2, "deputies", "deputies"),
    ],
)
def test_a_unit_of_one_is_in_the_singular(number: int, unit: str, expected: str) -> None:
    assert counted(number, unit) == expected


def test_what_is_counted_in_a_unit_is_said_in_the_same_number() -> None:
    """A whole number of officers has a label in the plural, or one of an amount."""
    amounts = {"total strength", "resident population", "monthly stipend"}
    for cls in POLICE.classes:
        for spec in fields_of(cls).values():
            if spec.kind is Kind.INTEGER or (spec.kind is Kind.BY_YEAR and spec.unit):
                assert several(spec.en) or spec.en in amounts, spec.en


def test_labels_of_a_class_differ_also_from_what_is_decided_of_it() -> None:
    definitions = pr.load("putian-2019-52").rules.definitions.values()
    for cls in POLICE.classes:
        labels = [spec.en for spec in fields_of(cls).values()]
        labels += [each.en for each in definitions if each.subject.fact_class is cls]
        assert len(set(labels)) == len(labels), cls


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("eligible for exchange", "not eligible for exchange"),
        ("may be granted", "may not be granted"),
        ("has held a contest", "has not held a contest"),
        ("may", "not may"),
    ],
)
def test_how_a_yes_or_no_is_denied(label: str, expected: str) -> None:
    assert denied(label) == expected
