"""Tampering with a log of decisions by somebody who may write its folder and knows its form.

Who does so computes all digests anew: the chain of the journal, its head and the tree are those of
what was written now, so that nothing in the folder shows it. Only what was kept elsewhere can.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from random import Random

from policy_rules.decision_log import Checkpoint, DecisionLog
from policy_rules.journal import Journal, JournalError, JournalReader

Entries = list[tuple[str, str]]


def _changed(entries: Entries, random: Random) -> Entries:
    place = random.randrange(len(entries))
    kind, body = entries[place]
    at = random.randrange(1, len(body) - 1)
    other = "0" if body[at] != "0" else "1"
    return [*entries[:place], (kind, body[:at] + other + body[at + 1 :]), *entries[place + 1 :]]


def _dropped(entries: Entries, random: Random) -> Entries:
    place = random.randrange(len(entries))
    return [*entries[:place], *entries[place + 1 :]]


def _moved(entries: Entries, random: Random) -> Entries:
    one, other = sorted(random.sample(range(len(entries)), 2))
    made = [*entries]
    made[one], made[other] = made[other], made[one]
    return made


def _inserted(entries: Entries, random: Random) -> Entries:
    place = random.randrange(len(entries))  # at the end, a log only grows
    return [*entries[:place], random.choice(entries), *entries[place:]]


def _truncated(entries: Entries, random: Random) -> Entries:
    return entries[: random.randrange(len(entries))]


TAMPERINGS: dict[str, Callable[[Entries, Random], Entries]] = {
    "change": _changed,
    "drop": _dropped,
    "reorder": _moved,
    "insert": _inserted,
    "truncate": _truncated,
}


def entries_of(log: Path) -> Entries:
    """The entries of a log, as its journal has them."""
    with JournalReader(log) as reader:
        return [(each.kind, each.body) for each in reader.entries()]


def is_found(log: Path, copy: Path, kind: str, kept: Checkpoint, random: Random) -> bool:
    """Tamper with a copy of a log, and say whether it shows against a checkpoint that was kept."""
    there = entries_of(log)
    made = there
    while made == there:
        made = TAMPERINGS[kind](there, random)
    shutil.rmtree(copy, ignore_errors=True)
    with Journal(copy) as journal:
        journal.append_all(made)
    shutil.copy(log / "personal", copy / "personal")
    try:
        with DecisionLog(copy, origin=kept.origin) as opened:  # which makes its tree
            return not opened.verify(kept).whole
    except JournalError:
        return True
