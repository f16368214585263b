"""How a fact is made: the constructor of a fact class, generated from its fields.

Making facts costs more than judging them, so the constructor is straight code: one cheap test
per field that a usual value passes, and `settled`, the full check, for every other. `settled`
alone says what is valid; a test here only has to be right when it passes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from .checks import settled
from .faults import FactError
from .specs import EARLIEST, LATEST, FieldSpec, Kind

# The test of a value `v` of each kind: true when it must go to `settled`.
_TESTS = {
    Kind.ID: "_type({v}) is not _str or not {v}.isalnum() or _len({v}) > 64",
    Kind.REFERENCE: "_type({v}) is not _str or not {v}.isalnum() or _len({v}) > 64",
    Kind.TEXT: "_type({v}) is not _str or not {v}.isalnum()",
    Kind.BOOLEAN: "{v} is not True and {v} is not False",
    Kind.INTEGER: "_type({v}) is not _int or not {minimum} <= {v} <= {maximum}",
    Kind.DATE: "_type({v}) is not _date or not _earliest <= {v} <= _latest",
    Kind.CHOICE: "_type({v}) is not _choices_{v}",
}

# Choices are most often given by their spelling: what a value `v` is then, or something untrue
# where `settled` has to see to it. An empty list goes to `settled` too.
_SPELT = {
    Kind.CHOICE: "_type({v}) is _str and _spelt_{v}({v})",
    Kind.CHOICES: "_all_spelt({v}, _spelt_{v})",
}


def _all_spelt(values: object, spelt: Callable[[object], object]) -> frozenset[object] | None:
    if type(values) not in _LISTS:
        return None
    try:
        members = frozenset(map(spelt, values))  # type: ignore[call-overload]  # one of `_LISTS`
    except TypeError:  # what cannot be hashed is no spelling
        return None
    return None if None in members else members


_LISTS = frozenset([list, tuple, set, frozenset])


def constructor(cls: Any, specs: Mapping[str, FieldSpec]) -> Any:
    """Give the `__new__` of a fact class, which generates the lasting one when first called.

    Most programs only make facts of a few classes, and compiling takes time when importing.
    """

    def first(called: Any, **values: object) -> Any:
        cls.__new__ = _generated(cls, specs)
        return cls.__new__(called, **values)

    return staticmethod(first)


def _generated(cls: Any, specs: Mapping[str, FieldSpec]) -> Any:
    """Generate the constructor.

    The values are stored while the object still belongs to a class of the same layout that
    allows it; it becomes a `cls` only when complete. Storing through `object.__setattr__`, as
    frozen attrs classes do, takes more than twice as long.
    """
    open_class = type(cls.__name__, cls.__bases__, {"__slots__": tuple(specs)})
    names: dict[str, Any] = {
        "_new": object.__new__,
        "_open": open_class,
        "_settled": settled,
        "_all_spelt": _all_spelt,
        "_error": FactError,
        "_type": type,
        "_len": len,
        "_str": str,
        "_int": int,
        "_date": date,
        "_earliest": EARLIEST,
        "_latest": LATEST,
    }
    lines = [f"def __new__(cls, *, {', '.join(f'{name}=None' for name in specs)}):"]
    lines += [" faults = []", " self = _new(_open)"]
    for name, spec in specs.items():
        names[f"_spec_{name}"] = spec
        names[f"_choices_{name}"] = spec.choices
        if spec.choices is not None:
            names[f"_spelt_{name}"] = spec.choices.spellings().get
        test = _TESTS.get(spec.kind, "")
        test = test.format(v=name, minimum=spec.minimum, maximum=spec.maximum)
        if not spec.required:
            test = f"{name} is not None and ({test})" if test else f"{name} is not None"
        call = f"_settled(_spec_{name}, {name}, cls.__name__, faults)"
        if spec.kind in _SPELT:
            call = f"{_SPELT[spec.kind].format(v=name)} or {call}"
        lines.append(f" if {test}: {name} = {call}")
        lines.append(f" self.{name} = {name}")
    lines += [" if faults: raise _error(faults)", " self.__class__ = cls", " return self"]
    source = "\n".join(lines)
    exec(compile(source, f"<constructor of {cls.__qualname__}>", "exec"), names)
    made = names["__new__"]
    made.__qualname__ = f"{cls.__qualname__}.__new__"
    made.__module__ = cls.__module__
    return staticmethod(made)
