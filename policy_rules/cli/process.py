"""The process that a command has to itself: streams that may be closed, and who interrupts it.

This is at work before the rest is imported, and imports nothing that takes time: whoever presses
Ctrl-C meanwhile is answered as at any other moment.
"""

from __future__ import annotations

import _thread
import os
import signal
import sys
import time
from io import FileIO, TextIOWrapper
from typing import TYPE_CHECKING, Final

from .languages import spoken

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType

INTERRUPTED: Final = 130


class _Interrupts:
    """Whether Ctrl-C was pressed: what is in the middle of something may turn it into an error."""

    happened = False

    def __call__(self, number: int, frame: FrameType | None) -> None:
        self.happened = True
        raise KeyboardInterrupt


INTERRUPTS: Final = _Interrupts()


def _unraised(lost: sys.UnraisableHookArgs) -> None:
    """Raise an interrupt anew that came where nothing can be raised, such as in a finalizer."""
    if lost.exc_type is KeyboardInterrupt:
        _thread.start_new_thread(_interrupt_soon, (_thread.get_ident(),))
    else:
        sys.__unraisablehook__(lost)


def _interrupt_soon(thread: int) -> None:
    time.sleep(0.01)
    signal.pthread_kill(thread, signal.SIGINT)


class _Heedless(FileIO):
    """Standard error: what cannot be told there changes nothing else."""

    def write(self, told: object) -> int:
        try:
            return super().write(told)  # type: ignore[arg-type]  # whatever has a buffer
        except OSError:
            return memoryview(told).nbytes  # type: ignore[arg-type]


def in_a_process(run: Callable[[list[str]], int]) -> int:
    """Run the command that the process was started for, and give its exit status.

    What `run` imports, it imports when it is called.
    """
    arguments = sys.argv[1:]
    try:
        # A shell that runs it in the background has it ignore Ctrl-C, which stays so.
        if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
            signal.signal(signal.SIGINT, INTERRUPTS)
            sys.unraisablehook = _unraised
        _repair_streams()
        status = run(arguments)
        _ignore_interrupts()
    except KeyboardInterrupt:
        _ignore_interrupts()
        tell_interrupted(arguments)
        status = INTERRUPTED
    try:
        sys.stdout.flush()
    except OSError:
        write_no_more()
    return status


def _ignore_interrupts() -> None:
    """What remains is over at once, and leaves nothing half done."""
    if signal.getsignal(signal.SIGINT) is INTERRUPTS:
        signal.signal(signal.SIGINT, signal.SIG_IGN)


def tell_interrupted(arguments: list[str]) -> None:
    """Say that the command was interrupted."""
    print("已中断" if spoken(arguments) == "zh" else "interrupted", file=sys.stderr)


def write_no_more() -> None:
    """Let what standard output still has buffered go nowhere, so that it does not fail at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _repair_streams() -> None:
    """Open what was closed: no file of ours may take its place, and writing there has to fail.

    A closed standard input remains None, which says so.
    """
    if sys.stdin is None:
        os.open(os.devnull, os.O_RDONLY)
    if sys.stdout is None:
        # Only for reading, so that each write fails as on a disk that is full.
        sys.stdout = open(os.open(os.devnull, os.O_RDONLY), "w", encoding="utf-8")  # noqa: SIM115
    number = os.open(os.devnull, os.O_WRONLY) if sys.stderr is None else sys.stderr.fileno()
    encoding = "utf-8" if sys.stderr is None else sys.stderr.encoding
    sys.stderr = TextIOWrapper(
        _Heedless(number, "w", closefd=False), encoding, "backslashreplace", write_through=True
    )
