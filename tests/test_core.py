"""The core knows no subject: it names nothing of the vocabularies and directives on it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.places import ROOT

# The vocabulary, what is written in it, the front door, which gives both, the command line, whose
# help has examples of them, and what tries directives over them.
OF_THE_SUBJECT = ("police", "directives", "__init__.py", "cli", "testing")
WORDS = re.compile(
    r"station|officer|bureau|police|township|mediator|duty_?mode|criminal|putian"
    r"|派出所|民警|公安|警力|莆田",
    re.IGNORECASE,
)
# `Attestation` is of the core: any sentence can rest on one.
NOT_OF_THE_SUBJECT = re.compile(r"attestations?", re.IGNORECASE)


def modules() -> list[Path]:
    """The modules of the core."""
    package = ROOT / "policy_rules"
    return sorted(
        module
        for module in package.rglob("*.py")
        if module.relative_to(package).parts[0] not in OF_THE_SUBJECT
    )


def words(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """The identifiers and texts of a module, without docstrings."""
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        if node.body and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        match node:
            case ast.Constant(value=str() as text) if id(node) not in docstrings:
                yield node.lineno, text
            case ast.Name(id=name) | ast.Attribute(attr=name) | ast.arg(arg=name):
                yield node.lineno, name
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name) | ast.alias(name=name):
                yield node.lineno, name
            case ast.keyword(arg=str() as name):
                yield node.value.lineno, name
            case _:
                pass


@pytest.mark.parametrize("module", modules(), ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_of_the_core_names_no_subject(module: Path) -> None:
    found = [
        f"line {line}: {text}"
        for line, text in words(ast.parse(module.read_text("utf-8")))
        if WORDS.search(NOT_OF_THE_SUBJECT.sub("", text))
    ]
    assert found == []
