"""How a fact class is declared: its fields, their labels, units and bounds.

A class is written with the specifiers below and the decorator `fact`:

    @fact(collection="stations", zh="派出所", en="police station")
    class Station(Fact):
        id: str = identity()
        officers: int | None = integer(zh="民警数", en="sworn officers", unit=OFFICERS, meaning="…")

Everything else that needs to know about fields (the checks, documents, schemas, reports) reads
the `FieldSpec` objects that come of it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from operator import attrgetter
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, ClassVar, Final, TypeVar, cast

import attrs

from .construction import constructor
from .labelled import Labelled
from .nothing import NONE
from .specs import (
    EARLIEST,
    ID_PATTERN,
    LATEST,
    MOST,
    MOST_DIGITS,
    MOST_PLACES,
    FieldSpec,
    Kind,
    Unit,
)

if TYPE_CHECKING:
    from typing_extensions import dataclass_transform
else:
    # The marker only speaks to type checkers, and Python 3.10 does not have it.
    def dataclass_transform(**_: object) -> Callable[[Any], Any]:
        return lambda function: function


_SPEC = "policy_rules"
# What is done with requests of a class that does not say it, and with those of several classes.
DEED: Final = "实施"
# What facts of a class that does not say it are counted in.
COUNTER: Final = "个"
_F = TypeVar("_F", bound="Fact")


def identity(
    *,
    zh: str = "编号",
    en: str = "id",
    meaning: str = "The identity: opaque, and unique within its collection.",
    meaning_zh: str = "编号，在所属列表中不重复",
    personal: bool = False,
) -> Any:
    """Declare the identity of a fact: 1 to 64 characters without white space or a slash.

    That of a person is `personal`, and so is each reference to it.
    """
    return _field(
        personal=personal,
        kind=Kind.ID,
        zh=zh,
        en=en,
        meaning=meaning,
        meaning_zh=meaning_zh,
        pattern=ID_PATTERN,
        required=True,
    )


def reference(
    target: str,
    *,
    zh: str = "",
    en: str = "",
    meaning: str,
    meaning_zh: str = "",
    may_be_empty: bool = False,
    may_be_none: bool = False,
) -> Any:
    """Declare a reference: the id of a fact of the collection `target`."""
    return _field(
        kind=Kind.REFERENCE,
        zh=zh,
        en=en,
        meaning=meaning,
        meaning_zh=meaning_zh,
        target=target,
        pattern=ID_PATTERN,
        may_be_empty=may_be_empty or may_be_none,
        may_be_none=may_be_none,
    )


def text(
    *,
    zh: str = "",
    en: str = "",
    meaning: str,
    meaning_zh: str = "",
    required: bool = False,
    may_be_empty: bool = False,
    may_be_none: bool = False,
    personal: bool = False,
) -> Any:
    """Declare a text. One that `may_be_empty` has the empty text as a value like any other.

    As of any field, `personal` says that it tells something of a person: a log of decisions keeps
    its value apart, where it can be erased.
    """
    return _field(
        personal=personal,
        kind=Kind.TEXT,
        zh=zh,
        en=en,
        meaning=meaning,
        meaning_zh=meaning_zh,
        required=required,
        may_be_empty=may_be_empty or may_be_none,
        may_be_none=may_be_none,
    )


def boolean(
    *,
    zh: str = "",
    en: str = "",
    meaning: str,
    meaning_zh: str = "",
    no_zh: str = "",
    no_en: str = "",
    personal: bool = False,
) -> Any:
    """Declare a yes or no, whose labels say what holds where it is yes: 持证, not 是否持证.

    `no_zh` denies it in Chinese, by default with 非 before the label, and `no_en` in English, by
    default with `not`. Raises `TypeError` for a label that asks.
    """
    if zh.startswith("是否"):
        raise TypeError(f"`zh={zh!r}`: what asks for it says 是否; write `zh={zh[2:]!r}`")
    no_zh = no_zh or (f"非{zh}" if zh else f"not {en}")
    return _field(
        personal=personal,
        kind=Kind.BOOLEAN,
        zh=zh,
        en=en,
        meaning=meaning,
        meaning_zh=meaning_zh,
        no_zh=no_zh,
        no_en=no_en,
    )


def integer(
    *,
    zh: str = "",
    en: str = "",
    meaning: str,
    meaning_zh: str = "",
    unit: Unit,
    minimum: int = 0,
    maximum: int = MOST,
    may_be_none: bool = False,
    personal: bool = False,
) -> Any:
    """Declare a whole number from `minimum` to `maximum`, both included.

    Where it `may_be_none`, it can be known that there is none: `NONE`. So can any other field that
    holds one value, but the identity and a yes or no; of a text and a reference, that is `""` too.
    """
    return _field(
        personal=personal,
        may_be_none=may_be_none,
        kind=Kind.INTEGER,
        zh=zh,
        en=en,
        meaning=meaning,
        meaning_zh=meaning_zh,
        unit=unit,
        minimum=minimum,
        maximum=maximum,
    )


def decimal(
    *,
    zh: str = "",
    en: str = "",
    meaning: str,
    meaning_zh: str = "",
    unit: Unit,
    places: int,
    minimum: int | Decimal = 0,
    maximum: int | Decimal = MOST,
    may_be_none: bool = False,
) -> Any:
    """Declare an exact number with so many `places` after the point, such as an amount of money.

    Facts hold it as `decimal.Decimal`; whole numbers are taken too. Both bounds are included.
    Raises TypeError for places or bounds that it cannot have: it has 18 digits at most.
    """
    bounds = Decimal(minimum), Decimal(maximum)
    if not (0 < places <= MOST_PLACES and all(_has_room(bound, places) for bound in bounds)):
        raise TypeError(
            f"a decimal has 1 to {MOST_PLACES} places and {MOST_DIGITS} digits at most, its bounds "
            f"too: found {places} places, from {minimum} to {maximum}"
        )
    return _field(
        may_be_none=may_be_none,
        kind=Kind.DECIMAL,
        zh=zh,
        en=en,
        meaning=meaning,
        meaning_zh=meaning_zh,
        unit=unit,
        places=places,
        minimum=bounds[0],
        maximum=bounds[1],
    )


def _has_room(bound: Decimal, places: int) -> bool:
    steps = Fraction(bound) * 10**places
    return bool(steps.denominator == 1 and abs(steps) < 10**MOST_DIGITS)


def day(
    *,
    zh: str = "",
    en: str = "",
    meaning: str,
    meaning_zh: str = "",
    may_be_none: bool = False,
    personal: bool = False,
) -> Any:
    """Declare a date."""
    return _field(
        personal=personal,
        may_be_none=may_be_none,
        kind=Kind.DATE,
        zh=zh,
        en=en,
        meaning=meaning,
        meaning_zh=meaning_zh,
        minimum=EARLIEST,
        maximum=LATEST,
    )


def moment(
    *, zh: str = "", en: str = "", meaning: str, meaning_zh: str = "", may_be_none: bool = False
) -> Any:
    """Declare a local date and time, to the second."""
    return _field(
        may_be_none=may_be_none,
        kind=Kind.MOMENT,
        zh=zh,
        en=en,
        meaning=meaning,
        meaning_zh=meaning_zh,
        minimum=datetime(EARLIEST.year, 1, 1),
        maximum=datetime(LATEST.year, 12, 31, 23, 59, 59),
    )


def choice(
    of: type[Labelled],
    *,
    zh: str = "",
    en: str = "",
    meaning: str,
    meaning_zh: str = "",
    may_be_none: bool = False,
    personal: bool = False,
) -> Any:
    """Declare one of a closed list of values.

    Raises TypeError where it may be none and a value of the list is called so itself.
    """
    if may_be_none and NONE.value in of.spellings():
        raise TypeError(f"`{of.__name__}` has a value `{NONE.value}` already: ask for that")
    return _field(
        personal=personal,
        may_be_none=may_be_none,
        kind=Kind.CHOICE,
        zh=zh,
        en=en,
        meaning=meaning,
        meaning_zh=meaning_zh,
        choices=of,
    )


def choices(
    of: type[Labelled], *, zh: str = "", en: str = "", meaning: str, meaning_zh: str = ""
) -> Any:
    """Declare a set of values from a closed list; an empty set is known and empty."""
    return _field(
        kind=Kind.CHOICES, zh=zh, en=en, meaning=meaning, meaning_zh=meaning_zh, choices=of
    )


def codes(*, zh: str = "", en: str = "", meaning: str, meaning_zh: str = "", pattern: str) -> Any:
    """Declare a set of codes that each match `pattern`; an empty set is known and empty."""
    return _field(
        kind=Kind.CODES, zh=zh, en=en, meaning=meaning, meaning_zh=meaning_zh, pattern=pattern
    )


def by_year(
    *,
    zh: str = "",
    en: str = "",
    meaning: str,
    meaning_zh: str = "",
    unit: Unit | None = None,
    minimum: int = 0,
    maximum: int = MOST,
    personal: bool = False,
) -> Any:
    """Declare a whole number for each calendar year that is known."""
    return _field(
        personal=personal,
        kind=Kind.BY_YEAR,
        zh=zh,
        en=en,
        meaning=meaning,
        meaning_zh=meaning_zh,
        unit=unit,
        minimum=minimum,
        maximum=maximum,
    )


class Fact:
    """What every fact class has. Facts are immutable, equal by all fields, hashed by their id."""

    __slots__ = ("__weakref__",)

    collection: ClassVar[str]
    zh: ClassVar[str]
    en: ClassVar[str]
    counter: ClassVar[str]
    deed: ClassVar[str]
    single: ClassVar[bool]
    _act_day: ClassVar[FieldSpec | None]
    _circumstances: ClassVar[frozenset[str]]
    _unsaid: ClassVar[str]
    _specs: ClassVar[Mapping[str, FieldSpec]]
    _values: ClassVar[Callable[[object], tuple[object, ...]]]

    if TYPE_CHECKING:
        # Every class declares its own; this lets a `Fact` be asked for its id.
        @property
        def id(self) -> str: ...

    def __init_subclass__(cls) -> None:
        # Constructors store values by the exact layout of a class, and equality goes by class.
        if cls.__bases__ != (Fact,):
            raise TypeError(
                f"`{cls.__name__}` must have `Fact` as its only base; what a directive adds to a "
                "class that it shares is a class of its own, with a reference to it"
            )

    @property
    def key(self) -> str:
        """The collection and the id, such as `stations/350304540000`."""
        return f"{self.collection}/{self.id}"

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        if type(self) is not type(other):
            return NotImplemented
        values = type(self)._values
        return values(self) == values(other)

    def __hash__(self) -> int:
        return hash((type(self), self.id))

    def __repr__(self) -> str:
        given = (f"{name}={value!r}" for name, value in known_fields(self).items())
        return f"{type(self).__name__}({', '.join(given)})"

    def __reduce__(self) -> tuple[object, ...]:
        # Read-only mappings cannot be pickled; the constructor makes them again.
        known = {
            name: dict(value) if isinstance(value, MappingProxyType) else value
            for name, value in known_fields(self).items()
        }
        return _restored, (type(self), known)


def fields_of(cls: type[Fact]) -> Mapping[str, FieldSpec]:
    """Give the fields of a fact class by name, in the order of the class."""
    return cls._specs


def act_day_of(cls: type[Fact]) -> FieldSpec | None:
    """The field that is the day of such an act, or None where it is none, or has none."""
    return cls._act_day


def circumstances_of(cls: type[Fact]) -> frozenset[str]:
    """The names of the fields of a class that nobody sets: what they say is found, or was given."""
    return cls._circumstances


def unsaid_of(cls: type[Fact]) -> Mapping[str, str]:
    """The language that the labels of a class or its fields lack, by their names; `""`: its own."""
    said = {"": cls._unsaid, **{spec.name: spec.unsaid for spec in cls._specs.values()}}
    return {name: lang for name, lang in said.items() if lang}


def known_fields(fact: Fact) -> dict[str, Any]:
    """Give the values of those fields of a fact that are known, in the order of the class."""
    cls = type(fact)
    values = zip(cls._specs, cls._values(fact), strict=True)
    return {name: value for name, value in values if value is not None}


@dataclass_transform(kw_only_default=True, frozen_default=True, field_specifiers=(identity,))
def fact(
    *,
    collection: str,
    zh: str = "",
    en: str = "",
    counter: str = COUNTER,
    deed: str = DEED,
    single: bool = False,
    act_day: str = "",
    circumstances: str = "",
) -> Callable[[type[_F]], type[_F]]:
    """Make a fact class of a class whose fields are declared with the specifiers above.

    `collection` is the name of its list in documents and in `Facts`; `zh` and `en` are the
    labels of one such fact (one that is alone stands for both), and `counter` is the Chinese
    measure word that such facts are counted with; `deed` is, in Chinese, what is done with such a
    request, so that an appointment is 可以任命 or 不得任命. Of a `single` one documents have an
    object under its label, instead of a list. Where such a fact is an act (a request, something
    that took place), `act_day` names the field that is its day: by the rules of that day it is
    judged. `circumstances` are the names of the fields, with blanks between, that nobody sets so
    that a rule is met: where a place lies, what happened, what a person is. Raises `TypeError` for
    a declaration that could not be told apart in a document, or names fields that there are not.
    """

    def declared(cls: type[_F]) -> type[_F]:
        made: Any = attrs.define(
            cls,
            frozen=True,
            kw_only=True,
            auto_attribs=True,
            init=False,
            repr=False,
            eq=False,
            order=False,
            getstate_setstate=False,
            match_args=False,
        )
        specs = {
            field.name: FieldSpec(name=field.name, **field.metadata[_SPEC])
            for field in attrs.fields(made)
        }
        if "id" not in specs:
            raise TypeError(f"`{cls.__name__}` must declare `id`")
        _refuse_ambiguous_labels(cls.__name__, specs)
        made.collection, made.counter, made.deed = collection, counter, deed
        made.zh, made.en, made._unsaid = zh or en, en or zh, _unsaid(zh, en)
        made.single = single
        made._act_day = _dated(cls.__name__, specs, act_day) if act_day else None
        made._circumstances = _named(cls.__name__, specs, circumstances)
        made._specs = MappingProxyType(specs)
        # Of a single name, attrgetter gives the bare value instead of a tuple.
        made._values = attrgetter(*specs) if len(specs) > 1 else lambda fact: (fact.id,)
        made.__new__ = constructor(made, specs)
        return cast(type[_F], made)

    return declared


def _field(*, zh: str, en: str, **spec: object) -> Any:
    spec |= {"zh": zh or en, "en": en or zh, "unsaid": _unsaid(zh, en)}
    return attrs.field(default=None, metadata={_SPEC: spec})


def _unsaid(zh: str, en: str) -> str:
    """The language in which a label is not given."""
    return "" if zh and en else "en" if zh else "zh"


def _refuse_ambiguous_labels(name: str, specs: Mapping[str, FieldSpec]) -> None:
    owners: dict[str, str] = {}
    for spec in specs.values():
        for word in (spec.name, spec.zh, spec.en):
            if owners.setdefault(word, spec.name) != spec.name:
                raise TypeError(f"`{name}` uses `{word}` for two fields")


def _dated(name: str, specs: Mapping[str, FieldSpec], act_day: str) -> FieldSpec:
    spec = specs.get(act_day)
    if spec is None or spec.kind not in (Kind.DATE, Kind.MOMENT):
        raise TypeError(f"`{name}` has no field `{act_day}` that is a date: name its day")
    if spec.may_be_none:
        raise TypeError(f"`{name}` is judged by its day, so `{act_day}` may be unknown, not none")
    return spec


def _named(name: str, specs: Mapping[str, FieldSpec], fields: str) -> frozenset[str]:
    named = frozenset(fields.split())
    if missing := sorted(named - specs.keys()):
        raise TypeError(f"`{name}` has no field `{missing[0]}`: name its circumstances")
    return named


def _restored(cls: type[_F], known: Mapping[str, Any]) -> _F:
    return cls(**known)
