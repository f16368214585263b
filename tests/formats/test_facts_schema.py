"""The schema of facts documents, by an independent validator: what it takes is what is read."""

from __future__ import annotations

import json
from datetime import date
from typing import Any, Final, cast

import pytest
from hypothesis import given, settings
from jsonschema import Draft202012Validator

import policy_rules as pr
from policy_rules.facts import Exemption, Fact, Kind, fields_of
from policy_rules.formats import InputError, parse, to_json
from policy_rules.formats.facts_schema import facts_schema
from policy_rules.formats.json_values import loaded
from policy_rules.police import POLICE
from policy_rules.testing.random_facts import random_facts
from policy_rules.testing.strategies import chosen
from tests.cli.test_bad_documents import DOCUMENTS
from tests.support.command_line import LATE, MIXED
from tests.support.dirty_documents import damaged
from tests.support.parcels import Parcel
from tests.support.places import EXAMPLES

PUTIAN: Final = pr.load("putian-2019-52")
DAY: Final = date(2020, 6, 30)
CLASSES: Final[tuple[type[Fact], ...]] = (*POLICE.classes, Parcel)
SCHEMA: Final = facts_schema(CLASSES, "en")
VALIDATOR: Final = Draft202012Validator(SCHEMA)


def errors(document: object) -> list[str]:
    """What is wrong with a document, with the place of each."""
    return [f"{each.json_path}: {each.message}" for each in VALIDATOR.iter_errors(document)]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_it_is_a_schema(lang: Any) -> None:
    """It can be written as UTF-8, which holds no half of a character."""
    made = facts_schema(CLASSES, lang)
    Draft202012Validator.check_schema(made)
    json.dumps(made, ensure_ascii=False).encode()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_it_has_every_field_with_what_it_means(lang: Any) -> None:
    """The names are properties, so that classes made of the schema have them and nothing else."""
    made = facts_schema(CLASSES, lang)
    for cls in (*CLASSES, Exemption):
        properties = made["$defs"][cls.__name__]["properties"]
        assert list(properties) == list(fields_of(cls))
        assert all(each["title"] and each["description"] for each in properties.values())
    officers = made["$defs"]["Station"]["properties"]["officers"]
    assert officers["title"] == {"zh": "民警数（人）", "en": "sworn officers (officers)"}[lang]
    assert officers["anyOf"][0] == {"type": "integer", "minimum": 0, "maximum": 10_000_000}
    assert officers["anyOf"][1]["type"] == "null"


@pytest.mark.parametrize("document", [MIXED, LATE], ids=["mixed", "late"])
def test_documents_of_tests(document: dict[str, Any]) -> None:
    assert errors(document) == []


def test_the_example() -> None:
    text = (EXAMPLES / "putian" / "facts.json").read_text("utf-8")
    assert errors(json.loads(text)) == []


def test_labels_are_read_as_names() -> None:
    """The label of a class of which there is one fact alone has that fact in its place."""
    document = {
        "格式": "1",
        "基准日期": "2020-06-30",
        "派出所": [{"编号": "S1", "民警数": None, "name": "黄石派出所"}],
        "city": {"id": "350300"},
        "完整列表": ["派出所", "stations"],
    }
    parse(document)
    assert errors(document) == []
    assert errors({"派出所们": []})
    assert errors({"stations": [{"编 号": "S1"}]})
    assert errors({"stations": [{"name": "甲"}]}), "there is no id"


# Values of JSON, each put into every field: what is read is valid, and what is not is not.
_PROBES: Final[tuple[Any, ...]] = (
    None, True, False, 0, -1, 12, 10_000_001, 1.5, "", " ", "12", "S1", "a/b", "a\n", "none",
    "-0.50", "0.500", "0.505", "无", "350304", "urban", "城区", "2019-07-16", "2019-13-01",
    "1899-12-31", "2200-01-01", "2019-07-16T08:30", "2019-07-16T24:00", "2019-7-16", [], ["urban"],
    ["350304"], [1], [None], {}, {"2019": 1}, {"2019": None}, {"19": 1}, {"2019": -1}, "\u200b",
    "x" * 65, "\u3000", "\U0002000b",
)  # fmt: skip


@pytest.mark.parametrize("cls", [*CLASSES, Exemption], ids=lambda cls: cls.collection)
def test_every_field_takes_what_the_reader_takes(cls: type[Fact]) -> None:
    known = {name: "1/1" for name, spec in fields_of(cls).items() if spec.required}
    for name, spec in fields_of(cls).items():
        for probe in (*_PROBES, *(each.value for each in spec.choices or ())):
            if isinstance(probe, str) and spec.kind is Kind.DECIMAL and probe == "12":
                continue  # no schema says the bounds of a number that is a text
            document = {cls.collection: [known | {"id": "A"} | {name: probe}]}
            assert bool(errors(document)) == (not is_read(document, name)), (name, probe)


def is_read(document: dict[str, Any], field: str) -> bool:
    """Whether the reader takes a field; a reference may lead nowhere, which is another matter."""
    try:
        # From its text, in which a number has all its digits.
        parse(
            cast("dict[str, object]", loaded(json.dumps(document), "", [])), extra_classes=[Parcel]
        )
    except InputError as error:
        linking = ("dangling_reference", "unknown_subject", "unknown_citation")
        return all(each.field != field or each.code.value in linking for each in error.faults)
    return True


@pytest.mark.parametrize(
    "of",
    [
        "wrong type", "number as yes", "negative count", "unknown choice", "unknown member",
        "unknown field", "unknown collection", "no id", "all at once",
    ],
)  # fmt: skip
def test_documents_that_are_refused(of: str) -> None:
    document, _ = DOCUMENTS[of]
    assert errors(document)


@settings(max_examples=20)
@given(chosen(lambda choose: (choose, random_facts(choose, PUTIAN.rules, DAY, most=4))))
def test_any_facts(drawn: tuple[Any, pr.Facts]) -> None:
    """Those that are right are valid. Of those that are damaged, what is valid can be linked."""
    choose, facts = drawn
    document = json.loads(json.dumps(to_json(facts, as_of=DAY)))
    assert errors(document) == []
    broken = damaged(choose, document, {cls.collection: cls for cls in POLICE.classes})
    try:
        parse(broken)
    except InputError as error:
        said = {each.code.value for each in error.faults}
        # A day that there is not is found by those validators alone that look at formats.
        if not said & {"duplicate_id", "dangling_reference", "unreadable_value"}:
            assert errors(broken)
    else:
        assert errors(broken) == []
