"""Faults on standard error: a line to read for each kind, or for programs an object on a line."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from itertools import zip_longest

from ..facts import Fault
from ..facts.faults import grouped
from ..render.wording import Language


def as_json_wanted(arguments: Sequence[str]) -> bool:
    """Whether JSON is asked for, in arguments that may not even be parsed."""
    wanted = False
    for argument, following in zip_longest(arguments, arguments[1:], fillvalue=""):
        name, equals, value = argument.partition("=")
        if name == "--format":
            wanted = (value if equals else following) == "json"
    return wanted


def show_faults(faults: Iterable[Fault], lang: Language, *, as_json: bool) -> None:
    """Tell of faults, each kind in a column once."""
    for fault in grouped(faults):
        if as_json:
            # Escaped, so that whatever reads standard error can read it.
            print(json.dumps(fault.as_json()), file=sys.stderr)
        else:
            print(fault.text(lang), file=sys.stderr)
