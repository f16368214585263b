"""Conventions that a mapping can name: code tables, and forms of codes."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from attrs import frozen

from .fields import Fact
from .specs import FieldSpec, Kind

_NO_CODES: Final[Mapping[str, str | None]] = MappingProxyType({})


@frozen(kw_only=True, eq=False)
class Preset:
    """A convention: which fields it concerns, and what it says of them.

    It concerns the ids of facts in the collections `ids_of` and references to them, choices from
    `choices`, and the sets of codes `codes_in` (collection and field). `codes` maps codes to the
    English values of members, or to None where a code leaves the value unknown; `pattern` is what
    every text must match as a whole, and `begins_with` names the convention with whose codes it
    begins.
    """

    name: str
    zh: str
    en: str
    ids_of: frozenset[str] = frozenset()
    choices: type[object] | None = None
    codes_in: frozenset[tuple[str, str]] = frozenset()
    codes: Mapping[str, str | None] = _NO_CODES
    pattern: str | None = None
    begins_with: str | None = None

    def concerns(self, cls: type[Fact], spec: FieldSpec) -> bool:
        """Say whether it says anything of a field."""
        if spec.kind is Kind.ID:
            return cls.collection in self.ids_of
        if spec.kind is Kind.REFERENCE:
            return spec.target in self.ids_of
        if spec.kind is Kind.CHOICE:
            return spec.choices is self.choices
        return (cls.collection, spec.name) in self.codes_in
