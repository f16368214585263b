"""The context of one query: what its parts share, and what each may ask of the others.

Conditions contain derived attributes and aggregates, and these contain conditions. So that the
modules that lower them do not need each other, each knows the others by this interface.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection
from typing import Any

from sqlglot import exp

from ...facts import Fact
from ...language.expressions import Definition, Node
from ...language.ranges import Side
from ...language.regimes import Regime
from ...language.trees import key
from ..exemptions import Exemptions
from ..folded import FoldedRegime
from ..generation import free_variables
from .dialects import Dialect
from .places import Defined, Given, Places, RowScope
from .ranges import Widths
from .relations import Query, Relation
from .sources import Sources


class Context(ABC):
    """A query on the rules of a regime over the facts of a database.

    Or a part of one: what has another `beside` it is written into the same query, and shares no
    rows with it.
    """

    def __init__(
        self,
        regime: Regime,
        exemptions: Exemptions,
        dialect: Dialect,
        sources: Sources,
        complete: Collection[str],
        subjects: Sources,
        beside: Context | None,
    ) -> None:
        self.regime = regime
        self.folded: FoldedRegime
        self.widths: Widths
        self.query: Query
        if beside is None:
            self.folded = FoldedRegime(regime, bool(exemptions))
            self.widths = Widths(self.folded)
            self.query = Query(dialect)
        else:
            self.folded, self.widths, self.query = beside.folded, beside.widths, beside.query
        self.exemptions = exemptions
        self.dialect = dialect
        self.places = Places(self.query, sources, subjects, self.defined)
        self._complete = frozenset(complete)
        self.asked_whether_complete: set[str] = set()

    def is_complete(self, fact_class: type[Fact]) -> bool:
        """Whether the list of a class is whole."""
        self.asked_whether_complete.add(fact_class.collection)
        return fact_class.collection in self._complete

    def id_of(self, scope: RowScope, variable: Any) -> exp.Expression:
        """The id of a variable's fact."""
        return self.places.at(scope, variable, Given("id"))

    def identity(self, node: Node, scope: RowScope) -> object:
        """Equal for what says the same of the same facts of the same rows."""
        free = free_variables(node)
        return scope.relation, key(node), tuple(scope.prefixes.get(each) for each in free)

    @abstractmethod
    def condition(self, node: Node, scope: RowScope) -> exp.Expression:
        """A condition as a predicate."""

    @abstractmethod
    def known(self, node: Node, scope: RowScope) -> exp.Expression:
        """An expression has a value."""

    @abstractmethod
    def value(self, node: Node, scope: RowScope) -> exp.Expression:
        """A value; a number of fractions is read by its parts."""

    @abstractmethod
    def parts(self, node: Node, scope: RowScope) -> tuple[exp.Expression, ...]:
        """A value by what it is kept in: a fraction by its numerator and denominator."""

    @abstractmethod
    def bound(self, node: Node, side: Side, scope: RowScope) -> exp.Expression:
        """The least, or the greatest, that a number can be; NULL where there is none."""

    @abstractmethod
    def bound_parts(
        self, node: Node, side: Side, scope: RowScope
    ) -> tuple[exp.Expression, exp.Expression]:
        """The numerator and denominator of a bound."""

    @abstractmethod
    def defined(self, relation: Relation, what: Defined) -> exp.Expression:
        """Something of a derived attribute of the facts of a relation."""

    @abstractmethod
    def needs_of(
        self, definition: Definition, scope: RowScope
    ) -> tuple[exp.Expression, exp.Expression | None]:
        """What an undetermined derived attribute needs; and its conflict."""
