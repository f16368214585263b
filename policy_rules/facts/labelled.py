"""Closed lists of values that carry their Chinese and English labels."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing_extensions import Self


class Labelled(Enum):
    """An enumeration whose members are `NAME = ("value", "中文", "english")`.

    `.value` is the snake_case string that documents use, `.zh` and `.en` are the labels.
    """

    zh: str
    en: str

    def __new__(cls, value: str, zh: str, en: str) -> Self:
        member = object.__new__(cls)
        member._value_ = value
        member.zh = zh or en  # one stands for both where it is alone
        member.en = en or zh
        return member

    # The hash of `Enum` is a Python function, which would dominate every look-up in a set of
    # members. Members are unique objects, also after pickling, so identity serves.
    __hash__ = object.__hash__

    def __str__(self) -> str:
        return str(self.value)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Give the member whose value or label is `text`.

        Raises `ValueError`, listing what is allowed, when there is none.
        """
        member = cls.spellings().get(text) if isinstance(text, str) else None
        if member is None:
            allowed = ", ".join(f"`{each.value}`" for each in cls)
            raise ValueError(f"expected one of {allowed}, found `{text}`")
        return member

    @classmethod
    def spellings(cls) -> Mapping[object, Self]:
        """Map every value and label, and every member itself, to the member meant."""
        known = _SPELLINGS.get(cls)
        if known is None:
            spelt: dict[object, Self] = {}
            for member in cls:
                for spelling in (member, member.value, member.zh, member.en):
                    if spelt.setdefault(spelling, member) is not member:
                        raise TypeError(f"`{cls.__name__}` gives the label `{spelling}` twice")
            known = _SPELLINGS[cls] = MappingProxyType(spelt)
        return known  # type: ignore[return-value]  # the table holds each class's own members


_SPELLINGS: dict[type[Labelled], Mapping[object, Labelled]] = {}
