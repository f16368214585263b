"""Who may ask: tokens, of which only digests are held."""

from __future__ import annotations

import hmac
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from typing import Final

from attrs import field, frozen

from ..facts import FactError, Fault
from ..facts.faults import FaultCode

# Whoever guesses one in a million a second needs longer than the sun.
SHORTEST: Final = 20


@frozen
class Tokens:
    """The tokens that are taken, each with the name of the caller who has it."""

    _digests: dict[bytes, str] = field(repr=False)

    @classmethod
    def of(cls, lines: Iterable[str], place: str = "tokens") -> Tokens:
        """Take lines of `NAME TOKEN`; empty ones, and those that begin with `#`, are passed over.

        Raises FactError with every line that cannot be taken; no token is in what it says.
        """
        digests: dict[bytes, str] = {}
        faults: list[Fault] = []
        for number, line in enumerate(lines, 1):
            if not line.strip() or line.startswith("#"):
                continue
            name, *rest = line.split()
            if len(rest) != 1 or len(rest[0]) < SHORTEST:
                zh = f"应为“名称 令牌”，令牌至少 {SHORTEST} 个字符"
                en = f"expected `NAME TOKEN`, with a token of at least {SHORTEST} characters"
                faults.append(_fault(f"{place} row {number}", zh, en))
            elif digests.setdefault(_digest(rest[0]), name) != name:
                zh, en = "令牌已属于另一个名称", "the token has another name already"
                faults.append(_fault(f"{place} row {number}", zh, en))
        if not digests and not faults:
            zh, en = "一个令牌也没有", "it holds no token"
            faults.append(_fault(place, zh, en))
        if faults:
            raise FactError(faults)
        return cls(digests)

    @classmethod
    def read(cls, path: str) -> Tokens:
        """Read such lines from a file. Raises FactError as `of` does, or if it cannot be read."""
        try:
            text = Path(path).read_text("utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            zh, en = f"读取不了（{error}）", f"cannot be read ({error})"
            raise FactError([_fault(path, zh, en)]) from error
        return cls.of(text.splitlines(), path)

    def caller(self, authorization: str) -> str | None:
        """The name of who sends this header `Authorization: Bearer TOKEN`; None: nobody known."""
        scheme, _, token = authorization.partition(" ")
        given = _digest(token.strip())
        found = None
        for digest, name in self._digests.items():
            # Each is compared, in the same time whatever is given.
            if hmac.compare_digest(digest, given):
                found = name
        return found if scheme.lower() == "bearer" else None


def _digest(token: str) -> bytes:
    return sha256(token.encode("utf-8", "surrogateescape")).digest()


def _fault(place: str, zh: str, en: str) -> Fault:
    return Fault(place=place, code=FaultCode.WRONG_USAGE, zh=zh, en=en)
