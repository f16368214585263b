"""A bar on standard error for work that takes more than a second, where someone is watching."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from threading import Lock, Timer
from types import TracebackType
from typing import TYPE_CHECKING, Final, TypeVar

from ..render.wording import Language, pick

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

_T = TypeVar("_T")
_PATIENCE: Final = 1.0


class Watch:
    """A context in which work is shown, one stage after the other."""

    def __init__(self, lang: Language) -> None:
        self._lang = lang
        self._bar = _bar() if sys.stderr.isatty() else None
        self._stage: TaskID | None = None
        self._lock = Lock()
        self._over = False
        self._timer = Timer(_PATIENCE, self._show)
        self._timer.daemon = True

    def __enter__(self) -> Watch:
        if self._bar is not None:
            self._timer.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._timer.cancel()
        with self._lock:
            self._over = True
            if self._bar is not None:
                self._bar.stop()

    def stage(self, zh: str, en: str) -> None:
        """Begin work whose length is not known."""
        self._begin(zh, en, None)

    def over(self, items: Iterable[_T], total: int, zh: str, en: str) -> Iterable[_T]:
        """Give the items one after the other, showing how many of the `total` are done."""
        self._begin(zh, en, total)
        if self._bar is None or self._stage is None:
            return items
        return self._bar.track(items, total=total, task_id=self._stage)

    def _begin(self, zh: str, en: str, total: int | None) -> None:
        if self._bar is None:
            return
        if self._stage is not None:
            self._bar.remove_task(self._stage)
        self._stage = self._bar.add_task(pick(self._lang, zh, en), total=total)

    def _show(self) -> None:
        with self._lock:
            if self._bar is not None and not self._over:
                self._bar.start()


def _bar() -> Progress:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    return Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        transient=True,
    )
