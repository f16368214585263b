"""Arguments of a wrong kind: functions for those who embed the library say which one it is.

Arguments are looked at once a call has failed, so that one that succeeds pays for no check.
"""

from __future__ import annotations

import builtins
from collections.abc import Callable, Collection, Mapping
from functools import wraps
from inspect import Parameter, isgeneratorfunction, signature, unwrap
from types import UnionType
from typing import Any, Literal, ParamSpec, TypeVar, Union, get_args, get_origin

_P = ParamSpec("_P")
_R = TypeVar("_R")


class ArgumentError(TypeError):
    """A function was given an argument of a wrong kind: `zh` and `en` say which."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(zh, en)
        self.zh = zh
        self.en = en

    def __str__(self) -> str:
        return self.en


def public(function: Callable[_P, _R]) -> Callable[_P, _R]:
    """Let a function raise `ArgumentError` where it fails over an argument of a wrong kind.

    It costs some 60 ns a call: too much for what engines ask of each fact.
    """
    # A generator fails when its caller has long gone on.
    at_once = isgeneratorfunction(function)

    @wraps(function)
    def called(*args: _P.args, **kwargs: _P.kwargs) -> _R:
        if at_once:
            _refuse(function, args, kwargs)
        try:
            return function(*args, **kwargs)
        except Exception as error:
            # None that says what is wrong, or one of a function that this one calls.
            if type(error).__module__ == builtins.__name__ or isinstance(error, ArgumentError):
                _refuse(function, args, kwargs)
            raise

    return called


def wrong(function: str, name: str, kind: str, found: object) -> ArgumentError:
    """What is raised for an argument of a function that takes another kind."""
    return ArgumentError(
        f"`{function}` 的参数 `{name}` 应为 `{kind}`，实为 {found!r}",
        f"`{function}` takes `{kind}` as `{name}`, found {found!r}",
    )


def _refuse(
    function: Callable[..., Any], args: tuple[object, ...], kwargs: Mapping[str, object]
) -> None:
    """Raise `ArgumentError` for the first argument that is not as its annotation says, if any."""
    declared = signature(function)
    try:
        given = declared.bind(*args, **kwargs).arguments
    except TypeError:  # one is missing or unknown: Python says which
        return
    names = _Names(unwrap(function).__globals__)
    for name, values in given.items():
        parameter = declared.parameters[name]
        kind = parameter.annotation
        if kind is Parameter.empty or parameter.kind is Parameter.VAR_KEYWORD:
            continue
        meant = eval(kind, {}, names)
        for value in values if parameter.kind is Parameter.VAR_POSITIONAL else (values,):
            if not _fits(value, meant):
                raise wrong(function.__qualname__, name, kind, value) from None


class _Names(dict[str, Any]):
    """The names of a module; what it imports for the type checker alone is told by its name."""

    def __missing__(self, name: str) -> Any:
        return getattr(builtins, name, None) or type(name, (_Named,), {})


class _NamedType(type):
    def __subclasscheck__(cls, found: type) -> bool:
        return any(each.__name__ == cls.__name__ for each in found.__mro__)


class _Named(metaclass=_NamedType):
    """A class of which only the name is known."""


def _fits(value: object, kind: Any) -> bool:
    """Whether a value is of the kind that an annotation means."""
    of, parts = get_origin(kind) or kind, get_args(kind)
    if of in (Union, UnionType):
        return any(_fits(value, each) for each in parts)
    if of is Literal:
        return value in parts
    if of is type:
        return isinstance(value, type) and all(_is_a(value, each) for each in parts)
    if not _is_a(type(value), of):
        return False
    if not parts or not isinstance(value, Collection):  # what is iterated over once is left alone
        return True
    if isinstance(value, Mapping):
        keys, values = parts if len(parts) > 1 else (parts[0], Any)
        return all(_fits(k, keys) and _fits(v, values) for k, v in value.items())
    if isinstance(value, tuple) and of is tuple and parts[-1] is not ...:
        return len(value) == len(parts) and all(map(_fits, value, parts))
    return all(_fits(each, parts[0]) for each in value)


def _is_a(found: type, kind: Any) -> bool:
    """Whether a class is of a kind; of what is no class, nothing is known."""
    if isinstance(kind, TypeVar):
        kind = kind.__bound__
    if kind is None:
        return found is type(None)
    if kind is float:
        return issubclass(found, int | float)
    return not isinstance(kind, type) or kind is object or issubclass(found, kind)
