"""Facts documents: every field of every class, by its name and by its label in either language."""

import csv
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from policy_rules.facts import Fact, Kind, Labelled, fields_of
from policy_rules.formats import parse, read, to_json
from policy_rules.police import POLICE, City
from policy_rules.testing.named_values import plain_values
from policy_rules.testing.random_facts import container

LANGUAGES = ("name", "zh", "en")
_YES_NO = {"name": ("true", "false"), "zh": ("是", "否"), "en": ("yes", "no")}


def facts_of(cls: type[Fact]) -> list[Fact]:
    """Facts with all fields known, as many as it takes to use every value of every choice."""
    values = plain_values(cls, date(2019, 9, 1))
    for name, spec in fields_of(cls).items():
        if spec.kind is Kind.REFERENCE:
            values[name] = ("F0",)
    number = max((len(of) for of in values.values()), default=1)
    rows: list[dict[str, Any]] = [
        {"id": f"F{place}"} | {name: of[place % len(of)] for name, of in values.items()}
        for place in range(number)
    ]
    return [cls(**row) for row in rows]


def word(of: type[Fact] | Labelled, lang: str) -> str:
    """The word for a collection or a value."""
    if lang == "name":
        return str(of.value) if isinstance(of, Labelled) else of.collection
    return of.zh if lang == "zh" else of.en


def rows_of(cls: type[Fact], lang: str) -> list[dict[str, object]]:
    """The facts as rows of JSON in the words of a language."""
    document = json.loads(json.dumps(to_json(container(facts_of(cls)))))
    rows = document[cls.collection]
    for row in rows:
        for name, spec in fields_of(cls).items():
            value = row.pop(name)
            if spec.kind is Kind.CHOICE and spec.choices is not None:
                value = word(spec.choices.parse(value), lang)
            elif spec.kind is Kind.CHOICES and spec.choices is not None:
                value = [word(spec.choices.parse(each), lang) for each in value]
            row[spec.name if lang == "name" else spec.zh if lang == "zh" else spec.en] = value
    return list(rows)


def cell(value: object, lang: str) -> str:
    """A value of JSON as the cell of a table."""
    match value:
        case bool():
            return _YES_NO[lang][not value]
        case list():
            return ";".join(value) or "-"
        case dict():
            return ";".join(f"{year}:{number}" for year, number in value.items()) or "-"
        case _:
            return str(value)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("cls", POLICE.classes, ids=lambda cls: str(cls.collection))
def test_json(cls: type[Fact], lang: str) -> None:
    rows = rows_of(cls, lang)
    if cls is City and lang != "name":
        # By any other word than the name of the collection, the city is an object.
        for row, city in zip(rows, facts_of(City), strict=True):
            assert list(parse({word(City, lang): row}).facts) == [city]
    else:
        assert list(parse({word(cls, lang): rows}).facts) == facts_of(cls)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("cls", POLICE.classes, ids=lambda cls: str(cls.collection))
def test_csv(cls: type[Fact], lang: str, tmp_path: Path) -> None:
    rows = rows_of(cls, lang)
    path = tmp_path / f"{word(cls, lang)}.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(rows[0])
        table.writerows([cell(value, lang) for value in row.values()] for row in rows)
    assert list(read(tmp_path).facts) == facts_of(cls)
