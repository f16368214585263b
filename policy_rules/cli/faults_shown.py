"""Faults on standard error: a line to read for each kind, or for programs an object on a line."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import Any

from ..facts import Fault
from ..facts.faults import grouped
from ..formats.tolerating import Tolerated
from ..render.wording import Language, pick
from .addresses import masked


def as_json_wanted(arguments: Sequence[str]) -> bool:
    """Whether JSON is asked for, in arguments that may not even be parsed."""
    wanted = False
    for argument, following in zip_longest(arguments, arguments[1:], fillvalue=""):
        name, equals, value = argument.partition("=")
        if name == "--format":
            wanted = (value if equals else following) == "json"
    return wanted


def faults_as_json(faults: Iterable[Fault]) -> Iterator[str]:
    """Give faults as JSON, one on a line, each by itself."""
    for fault in faults:
        yield json.dumps(fault.as_json(), ensure_ascii=False) + "\n"


def tolerated_words(tolerated: Tolerated, lang: Language) -> str:
    """How many values and rows were passed over."""
    zh = f"容错读取：{tolerated.values} 个值按未知处理，{tolerated.rows} 行未计入"
    en = (
        f"tolerated: {tolerated.values} values are taken as unknown, {tolerated.rows} rows are "
        "left out"
    )
    if tolerated.rows:
        zh += "；合计均为“至少”"
        en += "; totals are “at least”"
    return pick(lang, zh, en)


def notes_on(tolerated: Tolerated, lang: Language) -> list[str]:
    """What was passed over: how much, then each kind; nothing where nothing was."""
    if not tolerated:
        return []
    return [
        tolerated_words(tolerated, lang),
        *(fault.text(lang) for fault in grouped(tolerated.faults)),
    ]


def show_faults(
    faults: Iterable[Fault], lang: Language, *, as_json: bool, given: Sequence[str] = ()
) -> None:
    """Tell of faults, each kind in a column once, without what is secret in the arguments given."""
    for fault in grouped(faults):
        if as_json:
            # Escaped, so that whatever reads standard error can read it.
            print(json.dumps(_masked(fault.as_json(), given)), file=sys.stderr)
        else:
            print(masked(fault.text(lang), given), file=sys.stderr)


def _masked(told: Any, given: Sequence[str]) -> Any:
    if isinstance(told, str):
        return masked(told, given)
    if isinstance(told, Mapping):
        return {name: _masked(each, given) for name, each in told.items()}
    return [_masked(each, given) for each in told] if isinstance(told, Sequence) else told
