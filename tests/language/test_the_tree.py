"""The tree of nodes describes itself, and every node is found where it has to be."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest

import policy_rules
import policy_rules as pr
from policy_rules.language import Clause, first_known, load, subject
from policy_rules.language.expressions import Expression, Node, ValueAggregate, as_node, at_least
from policy_rules.language.rewriting import expressions_of
from policy_rules.language.trees import children, walk
from policy_rules.testing.choosing import Seeded
from policy_rules.testing.random_directives import VOCABULARIES, random_directive

NODES: dict[str, type[Expression]] = {each.__name__: each for each in get_args(Node)}
PACKAGE = Path(policy_rules.__file__).parent
# Classes that nothing is an instance of: what several nodes have in common.
COMMON = {
    "Additive", "Aggregate", "AggregateOrElse", "ByCalendar", "Condition", "Expression",
    "Operation", "Term", "ValueAggregate", "_Junction", "_TextsStart", "_TwoSets",
}  # fmt: skip
# What every reader matches as another node, of which it is a kind.
KINDS = {"BeforeForce": "Noted", "ByDay": "Noted", "Given": "Not", "IsNone": "Comparison"}


def subclasses(of: type[Any]) -> Iterator[type[Any]]:
    for each in of.__subclasses__():
        yield each
        yield from subclasses(each)


def test_every_class_of_node_is_a_node_for_the_type_checker() -> None:
    """Readers match `Node`; a class that is not in it would be matched by none of them."""
    ours = {
        each.__name__
        for each in subclasses(Expression)
        if each.__module__ == "policy_rules.language.expressions"
    }
    assert ours - COMMON - {*KINDS} == set(NODES)


def random_nodes() -> Iterator[tuple[int, Node]]:
    """The nodes of random directives, the same ones each time, with the seed of each."""
    for seed in range(120):
        rules = load(random_directive(Seeded(seed), VOCABULARIES[seed % len(VOCABULARIES)]))
        for provision in (*rules.rules, *rules.definitions.values()):
            for part in expressions_of(provision):
                for node in walk(part):
                    yield seed, node


@pytest.mark.long
def test_random_directives_use_every_node() -> None:
    """So that the comparison of engines misses none: in several directives, not by luck in one."""
    found = {(seed, type(node).__name__) for seed, node in random_nodes()}
    used = Counter(name for _, name in found)
    # No author writes it: it is put beside every rule that holds in principle.
    written = [name for name in NODES if name != "Exempted"]
    assert {name: used[name] for name in written if used[name] < 3} == {}


def test_children_are_the_nodes_among_what_a_node_is_made_of() -> None:
    for _, node in random_nodes():
        made_of = [getattr(node, each.name) for each in type(node).__attrs_attrs__]
        flat = [item for each in made_of for item in (each if isinstance(each, tuple) else (each,))]
        assert children(node) == tuple(item for item in flat if isinstance(item, Expression))


def mentioning(*names: str) -> set[str]:
    """The modules of the library that name something, as a class or as a function."""
    found = set()
    for path in PACKAGE.rglob("*.py"):
        if path.is_relative_to(PACKAGE / "directives"):
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        said = {each.name for each in ast.walk(tree) if isinstance(each, ast.alias)}
        said |= {each.name for each in ast.walk(tree) if isinstance(each, ast.ClassDef)}
        if said & set(names):
            found.add(str(path.relative_to(PACKAGE)))
    return found


@pytest.mark.long
@pytest.mark.parametrize("names", [("Total", "total")])
def test_a_node_stands_in_few_places(names: tuple[str, ...]) -> None:
    """What CONTRIBUTING says: eight modules at most name one node that gathers."""
    modules = mentioning(*names)
    assert len(modules) <= 8, sorted(modules)


@pytest.mark.parametrize(
    "kind", [each for each in NODES.values() if issubclass(each, ValueAggregate)]
)
def test_what_gathers_values_says_so_in_both_languages(kind: type[ValueAggregate]) -> None:
    zh, en = (words.format(of="{of}", value="{value}") for words in kind.words)
    assert {zh, en} == set(kind.words)
    assert all("{of}" in words and "{value}" in words for words in kind.words)


def test_what_is_shown_not_to_be_negative() -> None:
    """Quotients and parameters too: of two accounts of this, one had left them out."""
    station = subject(pr.Station)
    (sentence,) = Clause("1", "章", "clause").sentences(1)
    least = sentence("字")("下限", "least").sets("least", 3)
    shown = [
        station.officers, station.officers / 2, station.officers + least, least * station.officers,
        first_known(station.officers, least), station.relocated_on.year(),
    ]  # fmt: skip
    assert [str(node) for node in shown if not at_least(as_node(node), 0)] == []
    open_ = [station.officers - least, station.officers * (station.officers - 1)]
    assert [str(node) for node in open_ if at_least(as_node(node), 0)] == []
