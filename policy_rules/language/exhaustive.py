"""For readers that know every kind of what they read: `typing.assert_never` is of Python 3.11."""

from __future__ import annotations

from typing import NoReturn


def assert_never(value: NoReturn) -> NoReturn:
    """The end of a reader that knows every kind: the type checker refuses it where one is left."""
    raise AssertionError(value)
