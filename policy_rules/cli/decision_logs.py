"""Opening a record of decisions that an argument or option names."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from ..facts import FactError, Fault
from ..facts.faults import FaultCode

if TYPE_CHECKING:
    from ..decision_log import DecisionLog, DecisionLogReader


@contextmanager
def opened(log: str) -> Iterator[DecisionLogReader]:
    """A record of decisions to read. What is wrong with it is a fault of its path."""
    from ..decision_log import DecisionLogReader

    with _explained(log, log), DecisionLogReader(log) as reader:
        yield reader


@contextmanager
def opened_for_writing(
    log: str, origin: str | None = None, hash_name: str | None = None, *, option: str = ""
) -> Iterator[DecisionLog]:
    """The same to write, which begins it where it is not there; `option` is what names it."""
    from ..decision_log import DecisionLog

    place = f"{option} {log}".strip()
    with _explained(log, place), DecisionLog(log, origin=origin, hash_name=hash_name) as there:
        yield there


@contextmanager
def _explained(log: str, place: str) -> Iterator[None]:
    from ..journal import JournalError

    try:
        yield
    except JournalError as error:
        code = FaultCode.UNREADABLE_FILE
        named = f"`{log}`"
        raise FactError(
            [
                Fault(
                    place=place,
                    code=code,
                    zh=zh.removeprefix(f"{named}："),
                    en=en.removeprefix(f"{named}: "),
                )
                for zh, en in error.faults
            ]
        ) from error
