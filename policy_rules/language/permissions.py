"""Permitted only if: the conditions of a permission, as a definition and as prohibitions.

They are written once, and compiled to forms that every reader knows: a derived attribute that is no
where one of them is not met, and a prohibition for each. The two share the citation, so that what
is excepted from it is excepted from both.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from attrs import evolve

from ..facts import Labelled
from .citations import Cite
from .expressions import TRUE, Constitutive, Definition, Node, Variable, all_of
from .rules import Modality, Prohibition, Proviso, Rule


def provisos_of(definition: Definition) -> tuple[Proviso, ...]:
    """The conditions of a permission; none where the definition is no permission."""
    return tuple(rule for rule in definition.rules if isinstance(rule, Proviso))


def where_it_applies(proviso: Proviso, applies: Node) -> Proviso:
    """The same, asked for only where the permission applies."""
    if applies is TRUE:
        return proviso
    return evolve(proviso, condition=all_of(applies, proviso.condition))


def prohibition(
    proviso: Proviso,
    subject: Variable,
    modality: Modality,
    *,
    applies: Node,
    on: Node,
    responsible: Labelled | None = None,
) -> Prohibition:
    """That nothing is done while the condition is not met, which is asked for everywhere."""
    return Prohibition(
        cite=proviso.cite,
        quote=proviso.quote,
        zh=proviso.zh,
        en=proviso.en,
        subject=subject,
        modality=proviso.modality or modality,
        condition=proviso.condition,
        on=on,
        applies=applies,
        responsible=responsible,
    )


def of_permission(definition: Definition, rules: Iterable[Rule]) -> Iterator[Prohibition]:
    """The prohibitions of a permission, among the rules of a directive."""
    cites = {each.cite for each in provisos_of(definition)}
    for rule in rules:
        if isinstance(rule, Prohibition) and rule.cite in cites:
            yield rule


def heads(definitions: Iterable[Definition]) -> Mapping[Cite, tuple[Constitutive, ...]]:
    """For the citation of each condition of a permission, what is permitted: as it is said now, and
    as it was before amendments."""
    return {
        proviso.cite: tuple(last for last in (*of.formerly, of.otherwise) if last is not None)
        for of in definitions
        for proviso in provisos_of(of)
    }
