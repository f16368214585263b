"""The exemptions of a policy, found by subject and sentence."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from ..facts import Exemption


class Exemptions:
    """The exemptions that a policy was built with. None given means that there are none."""

    __slots__ = ("_held", "all")

    def __init__(self, exemptions: Iterable[Exemption] = ()) -> None:
        self.all = tuple(sorted(exemptions, key=lambda each: each.id))
        self._held: dict[tuple[str, str], list[Exemption]] = {}
        for each in self.all:
            self._held.setdefault((each.subject or "", each.cite or ""), []).append(each)

    def __bool__(self) -> bool:
        return bool(self.all)

    def reaching(self, cite: str) -> list[Exemption]:
        """The exemptions of all subjects from a rule, or from the whole of its sentence."""
        return [each for named in _reached(cite) for each in self.all if each.cite == named]

    def _reaching(self, subject: str, cite: str) -> list[Exemption]:
        return [each for named in _reached(cite) for each in self._held.get((subject, named), ())]

    def displaces(self, subject: str, cite: str, on: date | None) -> bool | None:
        """Whether one of them is valid for the subject and the cited rule on a date.

        None where that hangs on a date that is not known.
        """
        held = self._reaching(subject, cite)
        if on is None:
            if any(each.valid_from is None and each.valid_until is None for each in held):
                return True
            return None if held else False
        return any(_valid(each, on) for each in held)

    def named(self, subject: str, cite: str, on: date | None) -> Exemption | None:
        """The first exemption, by id, that displaces."""
        for each in self._reaching(subject, cite):
            if on is None and each.valid_from is None and each.valid_until is None:
                return each
            if on is not None and _valid(each, on):
                return each
        return None


def _reached(cite: str) -> tuple[str, ...]:
    """The sentence of a rule and the rule itself."""
    sentence = cite.rstrip("abcdefghijklmnopqrstuvwxyz")
    return (cite,) if cite == sentence else (sentence, cite)


def _valid(exemption: Exemption, on: date) -> bool:
    return (exemption.valid_from is None or exemption.valid_from <= on) and (
        exemption.valid_until is None or on <= exemption.valid_until
    )
