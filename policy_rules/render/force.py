"""The days on which a directive is in force, and why it is not on others."""

from __future__ import annotations

from datetime import date

from ..language.days import day_zh
from ..language.directives import Directive


def dates_said(directive: Directive) -> list[tuple[str, str]]:
    """When it was issued and, where that is another day, from and until when it is in force."""
    said = [(f"{day_zh(directive.issued)}成文", f"issued {directive.issued}")]
    first, last = directive.in_force_from, directive.in_force_until
    if first != directive.issued:
        said.append((f"{day_zh(first)}起施行", f"in force from {first}"))
    if last is not None:
        said.append((f"{day_zh(last)}止失效", f"in force until {last}"))
    if directive.version:
        said.append((f"规则版本 {directive.version}", f"rules in version {directive.version}"))
    return said


def nothing_applies(directive: Directive, day: date) -> tuple[str, str]:
    """Said once of all answers as of a day on which it is not in force."""
    first, last = directive.in_force_from, directive.in_force_until
    if last is not None and last < day:
        return (
            f"{day_zh(last)}失效之后，一律不适用",
            f"after {last}, until when it was in force: nothing applies",
        )
    if first == directive.issued:
        return (
            f"{day_zh(first)}成文之前，一律不适用",
            f"before {first}, when it was issued: nothing applies",
        )
    return (
        f"{day_zh(first)}施行之前，一律不适用",
        f"before {first}, when it comes into force: nothing applies",
    )


def not_in_force(directive: Directive, day: date) -> tuple[str, str]:
    """Why nothing of it applies on a day on which it is not in force."""
    first, last, number = directive.in_force_from, directive.in_force_until, directive.number
    if last is not None and last < day:
        return (
            f"{number}施行至{day_zh(last)}止，{day_zh(day)}不适用",
            f"{number} was in force until {last}, so no longer on {day}",
        )
    since = "成文" if first == directive.issued else "施行"
    return (
        f"{number}自{since}之日（{day_zh(first)}）起适用，{day_zh(day)}不适用",
        f"{number} is in force from {first}, so not yet on {day}",
    )
