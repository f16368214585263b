"""Checkpoints and proofs as texts: C2SP's tlog-checkpoint, signed-note and tlog-proof."""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from binascii import Error
from collections.abc import Sequence
from typing import Final

from attrs import frozen

from ..arguments import public
from .merkle import HASH_SIZE

_PROOF: Final = "c2sp.org/tlog-proof@v1"
_SIZE: Final = re.compile(r"0|[1-9][0-9]{0,17}")
# A line of a signature: an em dash, the name of the key, and the base64 of its id and signature.
_SIGNATURE: Final = re.compile(r"— [^\s+]+ [A-Za-z0-9+/]+={0,2}")


class CheckpointError(ValueError):
    """A text is no checkpoint, or what should sign one gave no signature: `zh` and `en` say why."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.zh, self.en = zh, en


@frozen
class Checkpoint:
    """How far a log goes: its name, how many entries it has, and the root of their tree.

    `signatures` are the lines of a signed note under it; they are kept, and checked by whoever has
    the keys.
    """

    origin: str
    size: int
    root: bytes
    signatures: tuple[str, ...] = ()

    @property
    def body(self) -> str:
        """What is signed."""
        return f"{self.origin}\n{self.size}\n{_base64(self.root)}\n"

    def __str__(self) -> str:
        signed = "".join(f"{line}\n" for line in self.signatures)
        return f"{self.body}\n{signed}" if signed else self.body


@public
def read_checkpoint(text: str) -> Checkpoint:
    """Read a checkpoint, signed or not. Raises CheckpointError."""
    body, _, signed = text.partition("\n\n")
    lines = body.rstrip("\n").split("\n")
    if len(lines) < 3 or not lines[0] or not _SIZE.fullmatch(lines[1]):
        raise CheckpointError(
            "应为检查点：日志名称、条目数、根哈希各一行",
            "expected a checkpoint: the name of a log, its size and its root, a line for each",
        )
    try:
        root = b64decode(lines[2], validate=True)
    except Error:
        root = b""
    if len(root) != HASH_SIZE:
        raise CheckpointError(
            "检查点第三行应为 32 字节的 base64",
            "the third line of a checkpoint is 32 bytes in base64",
        )
    return Checkpoint(lines[0], int(lines[1]), root, signature_lines(signed))


def signature_lines(text: str) -> tuple[str, ...]:
    """The lines of signatures in what a signer wrote: these alone, or below the checkpoint."""
    return tuple(line for line in text.splitlines() if _SIGNATURE.fullmatch(line))


def inclusion_text(index: int, path: Sequence[bytes], checkpoint: Checkpoint) -> str:
    """The proof that an entry is in a log, with the checkpoint that it leads to."""
    hashes = "".join(f"{_base64(each)}\n" for each in path)
    return f"{_PROOF}\nindex {index}\n{hashes}\n{checkpoint}"


def consistency_text(path: Sequence[bytes]) -> str:
    """The proof that a log grew out of an earlier state: the hashes, a line for each."""
    return "".join(f"{_base64(each)}\n" for each in path)


def _base64(content: bytes) -> str:
    return b64encode(content).decode()
