"""Facts of several files put together: each once, with what any of the files knows of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from ..facts import Fact, Fault, known_fields
from ..facts.faults import FaultCode, quoted
from ..facts.fields import fields_of

_F = TypeVar("_F", bound=Fact)


def merged(parts: Iterable[tuple[str, Iterable[_F]]], faults: list[Fault]) -> list[_F]:
    """The facts of some files, by their names.

    A fact that stands in several is one. What one of them leaves open another may say; where two
    say something else, that is added to `faults`.
    """
    found: dict[str, _F] = {}
    said: dict[tuple[str, str], str] = {}
    for file, facts in parts:
        for fact in facts:
            known = known_fields(fact)
            before = {} if fact.key not in found else known_fields(found[fact.key])
            for name, value in known.items():
                by = said.setdefault((fact.key, name), file)
                if before.get(name, value) != value:
                    faults.append(_differing(fact, name, file, by))
            found[fact.key] = type(fact)(**known | before)
    return [*found.values()]


def _differing(fact: Fact, field: str, file: str, by: str) -> Fault:
    zh = fields_of(type(fact))[field].zh
    return Fault(
        place=f"{file}: {fact.key}",
        field=field,
        code=FaultCode.DUPLICATE_ID,
        zh=f"{zh}应与 {quoted(by)} 所填一致，实为另一值；请改成一致，或清空不属本单位的一处",
        en=f"expected the same as in {quoted(by)}, found another value; correct one of them, or "
        "empty it in the file to whose body the fact does not belong",
    )
