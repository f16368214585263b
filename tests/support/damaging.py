"""Damage at random places of the files of a journal: a bit that turned, an end that is missing.

How often a test damages, the environment variable `POLICY_RULES_FLIPS` can say: the test suite has
time for few only.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

Damage = Callable[[Path, Random], None]


def times_to_damage(otherwise: int) -> int:
    """How often a test damages: what the environment says, or else this."""
    return int(os.environ.get("POLICY_RULES_FLIPS", otherwise))


def flip(file: Path, random: Random) -> None:
    """Turn one bit; mostly of what is not empty."""
    content = bytearray(file.read_bytes())
    places = [place for place, byte in enumerate(content) if byte]
    place = random.choice(places) if random.random() < 0.8 else random.randrange(len(content))
    content[place] ^= 1 << random.randrange(8)
    file.write_bytes(content)


def truncate(file: Path, random: Random) -> None:
    """Cut the file off; often near its end, where what came last is."""
    size = file.stat().st_size
    lost = random.randint(1, size if random.random() < 0.5 else min(size, 300))
    os.truncate(file, size - lost)


def damaged_copies(path: Path, damage: Damage, random: Random, times: int) -> Iterator[Path]:
    """Give copies of a journal, in each of which one file is damaged; the files take turns."""
    names = sorted(each.name for each in path.iterdir() if each.stat().st_size)
    for turn in range(times):
        copy = path.with_name(f"{path.name}-{turn}")
        shutil.copytree(path, copy)
        damage(copy / names[turn % len(names)], random)
        yield copy
        shutil.rmtree(copy)
