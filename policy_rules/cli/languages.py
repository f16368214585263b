"""Which language to speak, and saying things in it."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..render.wording import Language


def default_language(environment: Mapping[str, str] = os.environ) -> Language:
    """Chinese where the locale for messages is Chinese, else English."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if locale := environment.get(name):
            return "zh" if locale.lower().startswith("zh") else "en"
    return "en"


def spoken(arguments: Sequence[str]) -> Language:
    """The language for messages about arguments that may not even be parsed."""
    chosen = default_language()
    for argument, following in zip_longest(arguments, arguments[1:], fillvalue=""):
        name, _, value = argument.partition("=")
        if name == "--lang" and (value or following) in ("zh", "en"):
            chosen = "zh" if (value or following) == "zh" else "en"
    return chosen
