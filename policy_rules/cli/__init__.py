"""The command line, `policy-rules`: decide, check, audit and explain facts by a directive."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .process import in_a_process

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and give its exit status.

    Without arguments it is the one that the process was started for; with arguments, the streams
    and the signals of the process stay as they are.
    """
    return in_a_process(_run) if arguments is None else _run(list(arguments))


def _run(arguments: list[str]) -> int:
    from .run import run

    return run(arguments)
