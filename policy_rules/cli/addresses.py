"""Addresses of databases: what they are, and what they are called in messages.

A message never has a password, however the address is written: what has not the form of a URL is
cut off where something secret can begin.
"""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from typing import Final

from ..facts.faults import quoted

_CUT: Final = "…"
_SCHEME: Final = "[A-Za-z][A-Za-z0-9+.:-]*"
_URL: Final = re.compile(rf"({_SCHEME})://(.*)", re.DOTALL)
_HOST: Final = r"(?:\[[0-9A-Fa-f:.]+\]|[^\[\]:/?#@,;=\s]*)(?::[0-9]{0,5})?"
# User, password, hosts and path as RFC 3986 has them; several hosts as libpq takes them.
_PARTS: Final = re.compile(
    rf"({_SCHEME}://)(?:([^:/?#@\s]*)(:[^/?#\s]*)?(@))?({_HOST}(?:,{_HOST})*(?:/[^?#@;=\r\n]*)?)"
    r"(?:[?#].*)?",
    re.DOTALL,
)
# Other ways to write where a database is: `host=… password=…`, `user:password@host`.
_WORDS: Final = re.compile(
    r"(?:.*[\s;])?(?:pg)?"
    r"(?:host|hostaddr|port|dbname|database|server|user|uid|service|pass\w*|pwd)\s*=",
    re.DOTALL | re.IGNORECASE,
)
_LOGIN: Final = re.compile(r"[^:@\s]+:.*@", re.DOTALL)
_BEGINNING: Final = re.compile("([^=:]*[=:]).*", re.DOTALL)
_SPECIAL: Final = re.compile("[:=?#;@]")
# An address within a message, up to what closes it there.
_WITHIN: Final = re.compile(rf"{_SCHEME}://[^\s`\"'()（），；：。、]*")


def is_address(text: str) -> bool:
    """Whether a text says where a database is, in whatever form, and names no file."""
    if _URL.match(text):
        return True
    return bool(_WORDS.match(text) or _LOGIN.match(text)) and not os.path.exists(text)


def scheme_of(text: str) -> str:
    """The scheme of a URL, in lower case; of other texts it is empty."""
    found = _URL.match(text)
    return found[1].lower() if found else ""


def is_sound(url: str) -> bool:
    """Whether a URL can be read in one way only: what is special in it is written as %40 etc."""
    found = _PARTS.fullmatch(url)
    return found is not None and "@" not in (found[3] or "")


def shown_address(text: str) -> str:
    """What an address is called in messages: user, hosts and path of a URL, and no more."""
    if found := _PARTS.fullmatch(text):
        begin, user, _, at, rest = (part or "" for part in found.groups())
        return f"{begin}{user}{at}{rest}"
    if found := _URL.match(text):
        return f"{found[1]}://{_CUT}"
    return _BEGINNING.sub(rf"\1{_CUT}", text)


def masked(message: str, arguments: Sequence[str]) -> str:
    """A message without the secrets that the arguments of the command hold, or that are in it."""
    given = {each for argument in arguments for each in (argument, argument.partition("=")[2])}
    for each in sorted(filter(is_address, given), key=len, reverse=True):
        shown = shown_address(each)
        message = message.replace(quoted(each), quoted(shown)).replace(each, shown)
        # What is taken for a file is called by its last part.
        last = each.rpartition("/")[2]
        if _SPECIAL.search(last):
            message = message.replace(last, shown.rpartition("/")[2])
    return _WITHIN.sub(lambda found: shown_address(found[0]), message)
