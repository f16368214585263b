"""Which sentences bear on one another: what they read in common, whose decisions they rest on."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from attrs import frozen

from ..facts import Kind
from ..language import Cite
from ..language.expressions import Attribute, Definition, Derived, Parameter
from ..language.loading import RuleSet
from ..language.rules import Rule
from ..language.trees import walk


@frozen
class Interaction:
    """Two sentences that bear on one another, in the order of the text.

    `fields` (`stations.officers`) and `parameters` are read by rules of both, also by way of
    decisions; `decisions` are those of one that the other rests on.
    """

    first: Cite
    second: Cite
    fields: tuple[str, ...]
    parameters: tuple[str, ...]
    decisions: tuple[str, ...]


def interactions(rules: RuleSet) -> list[Interaction]:
    """Every two sentences of a directive that bear on one another.

    Ids and references bear on nothing by themselves. What only the text brings together, with no
    field in common, is not found.
    """
    order: dict[Cite, None] = {}
    fields: dict[Cite, dict[str, None]] = {}
    parameters: dict[Cite, dict[str, None]] = {}
    feeding: dict[frozenset[Cite], dict[str, None]] = {}
    for provision in (*rules.definitions.values(), *rules.rules):
        for sentence in _sentences(provision):
            order[sentence] = None
            for part in rules.parts(provision):
                for node in walk(part):
                    if isinstance(node, Attribute):
                        if node.spec.kind not in {Kind.ID, Kind.REFERENCE}:
                            name = f"{node.of.fact_class.collection}.{node.spec.name}"
                            fields.setdefault(sentence, {})[name] = None
                    elif isinstance(node, Parameter):
                        parameters.setdefault(sentence, {})[node.name] = None
                    elif isinstance(node, Derived):
                        definition = rules.definition(node)
                        for maker in _sentences(definition):
                            pair = frozenset({maker, sentence})
                            feeding.setdefault(pair, {})[definition.name] = None
    return [
        found
        for first, second in combinations(sorted(order), 2)
        if (found := _between(first, second, fields, parameters, feeding)) is not None
    ]


def _sentences(provision: Rule | Definition) -> Iterator[Cite]:
    made = provision.outcomes() if isinstance(provision, Definition) else (provision,)
    yield from dict.fromkeys(each.cite.of_sentence for each in made)


def _between(
    first: Cite,
    second: Cite,
    fields: dict[Cite, dict[str, None]],
    parameters: dict[Cite, dict[str, None]],
    feeding: dict[frozenset[Cite], dict[str, None]],
) -> Interaction | None:
    read, set_ = (
        tuple(sorted(of.get(first, {}).keys() & of.get(second, {}).keys()))
        for of in (fields, parameters)
    )
    decided = tuple(sorted(feeding.get(frozenset({first, second}), ())))
    if not (read or set_ or decided):
        return None
    return Interaction(first, second, read, set_, decided)
