"""What may change so that something is reached, and what each change costs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from fractions import Fraction
from typing import Final

from attrs import frozen

from ..facts import Fact, FieldSpec, Kind, act_day_of, circumstances_of, fields_of, is_none
from ..facts.vocabulary import known_with
from ..language.expressions import Aggregate, Attribute, Derived, Node, Variable
from ..language.regimes import Regime

_IDENTITY: Final = (Kind.ID, Kind.TEXT)


@frozen(kw_only=True)
class Latitude:
    """What may change: what is named, else what somebody can do from the policy's date on.

    Names are those of fields, as `stations.officers`, and of lists to which facts may be added. By
    default that are all fields but those that say what a fact is or was found to be (its id, texts,
    what ties it to others, circumstances), days that have passed and acts whose day has come; and
    all lists that rules speak of but those of bodies.
    """

    as_of: date
    about: Fact
    links: frozenset[tuple[type[Fact], str]]
    lists: frozenset[type[Fact]]
    named: frozenset[str] | None
    costs: Mapping[str, Fraction]
    free: bool = False

    def may_change(self, fact: Fact, spec: FieldSpec, year: int | None) -> bool:
        """Whether a field of a given fact may change."""
        if self.free:
            return (type(fact), spec.name) not in self.links
        if self.named is not None:
            return f"{fact.collection}.{spec.name}" in self.named
        return not (
            spec.kind in _IDENTITY
            or spec.name in circumstances_of(type(fact))
            or (type(fact), spec.name) in self.links
            or (year is not None and year < self.as_of.year)
            or _passed(getattr(fact, spec.name), self.as_of)
            or self._was_done(fact)
        )

    def _was_done(self, fact: Fact) -> bool:
        day = act_day_of(type(fact))
        return (
            day is not None and fact != self.about and _passed(getattr(fact, day.name), self.as_of)
        )

    def may_add(self, fact_class: type[Fact]) -> bool:
        """Whether there may be more facts of a class."""
        if self.named is not None:
            return fact_class.collection in self.named
        return fact_class in self.lists

    def may_move(self, fact_class: type[Fact], link: str) -> bool:
        """Whether facts of a class may come from one list to another."""
        return self.named is not None and f"{fact_class.collection}.{link}" in self.named

    def cost(self, name: str) -> Fraction:
        """The cost of a change of a field, or of a fact that is added to a list."""
        return self.costs.get(name, Fraction(1))


def latitude_of(
    regime: Regime,
    about: Fact,
    nodes: Iterable[Node],
    named: Iterable[str] | None,
    costs: Mapping[str, object],
    faults: list[tuple[str, str]],
) -> Latitude:
    """What may change where rules speak of some nodes; what is wrong with the names is added."""
    variables = dict.fromkeys(v for node in nodes for v in _spoken_of(node))
    links = {(v.fact_class, v.link) for v in variables if v.link is not None}
    links |= {(v.of.fact_class, v.via) for v in variables if v.of is not None and v.via is not None}
    lists = {v.fact_class for v in variables if v.link is not None}
    directive = regime.rules.directive
    classes = {cls.collection: cls for cls in known_with(directive.classes)}
    said = None if named is None else (named,) if isinstance(named, str) else tuple(named)
    for name in dict.fromkeys((*(said or ()), *costs)):
        faults += _faults_of_name(name, classes)
    return Latitude(
        as_of=regime.as_of,
        about=about,
        links=frozenset(links),
        lists=frozenset(lists - {*directive.bodies}),
        named=None if said is None else frozenset(said),
        costs={name: cost for name, value in costs.items()
               if (cost := _cost(name, value, faults)) is not None},
    )  # fmt: skip


def _spoken_of(node: Node) -> Iterator[Variable]:
    match node:
        case Aggregate():
            variable: Variable | None = node.member
        case Attribute() | Derived():
            variable = node.of
        case _:
            return
    while variable is not None:
        yield variable
        variable = variable.of


def _faults_of_name(name: object, classes: Mapping[str, type[Fact]]) -> Iterator[tuple[str, str]]:
    listed, _, field = name.partition(".") if isinstance(name, str) else ("", "", "")
    cls = classes.get(listed)
    if cls is None:
        yield (
            f"可变之处写作 `列表.字段`，或可增加的列表的名称，实为 `{name}`；"
            f"列表有 {'、'.join(f'`{each}`' for each in classes)}",
            "what may change is `LIST.FIELD`, or the name of a list to which facts may be added, "
            f"found `{name}`; lists are {', '.join(f'`{each}`' for each in classes)}",
        )
    elif field and (field == "id" or field not in fields_of(cls)):
        names = [each for each in fields_of(cls) if each != "id"]
        yield (
            f"{cls.zh}没有可变的字段 `{field}`；字段有 {'、'.join(f'`{n}`' for n in names)}",
            f"of `{listed}` no field `{field}` can change; there are "
            f"{', '.join(f'`{n}`' for n in names)}",
        )


def _cost(name: str, value: object, faults: list[tuple[str, str]]) -> Fraction | None:
    try:
        cost = Fraction(value) if isinstance(value, int | str | Fraction) else None
    except (ValueError, ZeroDivisionError):
        cost = None
    if cost is None or cost <= 0:
        faults.append(
            (
                f"`{name}` 的代价应为正数，如 2 或 1/2，实为 `{value}`",
                f"the cost of `{name}` is a number above 0, such as 2 or 1/2, found `{value}`",
            )
        )
        return None
    return cost


def _passed(value: object, as_of: date) -> bool:
    if not isinstance(value, date) or is_none(value):
        return False
    return (value.date() if isinstance(value, datetime) else value) <= as_of
