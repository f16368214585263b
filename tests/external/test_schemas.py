"""Documents by a second validator, which shares no code with the first: the two agree."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from copy import deepcopy
from pathlib import Path
from random import Random
from typing import Any, Final

import jsonschema_rs
import pytest
from jsonschema import Draft202012Validator

from policy_rules.cli import main
from tests.support.places import EXAMPLES

pytestmark = pytest.mark.external
FACTS: Final = EXAMPLES / "putian" / "facts.json"
DOCUMENTS: Final = {
    "facts": [],
    "answers": ["audit", "check", "decide"],
    "report": ["audit"],
}


@pytest.fixture(scope="module")
def schemas(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder = tmp_path_factory.mktemp("schemas")
    found = {}
    for of in DOCUMENTS:
        file = folder / f"{of}.json"
        assert main(["schema", of, "--lang", "zh", "--output", str(file)]) == 0
        found[of] = json.loads(file.read_text("utf-8"))
    return found


def documents(of: str, folder: Path) -> Iterator[Any]:
    """The documents of a kind that the example has, or that commands write of it."""
    if of == "facts":
        yield json.loads(FACTS.read_text("utf-8"))
    for command in DOCUMENTS[of]:
        file = folder / f"{of}_{command}.json"
        form = ["--format", "report-json" if of == "report" else "json"]
        assert main([command, str(FACTS), *form, "--output", str(file)]) in (0, 1)
        yield json.loads(file.read_text("utf-8"))


def places(document: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The path of each value in a document."""
    keys: Iterable[Any] = document.keys() if isinstance(document, dict) else ()
    if isinstance(document, list):
        keys = range(len(document))
    for key in keys:
        yield (*path, key)
        yield from places(document[key], (*path, key))


def shortened(document: Any) -> Any:
    """The document with the first few of each list, which is validated in no time."""
    if isinstance(document, list):
        return [shortened(each) for each in document[:3]]
    if isinstance(document, dict):
        return {key: shortened(each) for key, each in document.items()}
    return document


def damaged(document: Any, random: Random) -> Any:
    """The document with one value that is another, is gone, or has another beside it."""
    made = deepcopy(document)
    *path, last = random.choice(list(places(document)))
    within = made
    for key in path:
        within = within[key]
    how = random.randrange(4)
    if how == 0 and isinstance(within, dict):
        del within[last]
    elif how == 1 and isinstance(within, dict):
        within["nobody knows"] = within[last]
    else:
        within[last] = random.choice([None, -1, 1.5, "甲", "", [], {}, True, [None]])
    return made


@pytest.mark.parametrize("of", DOCUMENTS)
def test_two_validators_agree(of: str, schemas: dict[str, Any], tmp_path: Path) -> None:
    schema = schemas[of]
    jsonschema_rs.meta.validate(schema)
    one = Draft202012Validator(schema)
    other = jsonschema_rs.Draft202012Validator(schema, validate_formats=False)
    random, refused = Random(16), 0
    for document in documents(of, tmp_path):
        assert [each.message for each in other.iter_errors(document)] == []
        short = shortened(document)
        for _ in range(100):
            wrong = damaged(short, random)
            assert other.is_valid(wrong) == one.is_valid(wrong)
            refused += not other.is_valid(wrong)
    assert refused > 10
