"""A session taken up from a damaged journal, or from a part of one: all of it, or refused."""

from __future__ import annotations

import shutil
from pathlib import Path
from random import Random

import pytest

import policy_rules as pr
from policy_rules.journal import JournalReader
from tests.session.test_recovery import AS_OF, PUTIAN, state
from tests.support.damaging import Damage, damaged_copies, flip, times_to_damage, truncate

_POLICY = PUTIAN.policy(as_of=AS_OF)


def in_use(path: Path) -> pr.Session:
    """A session of 20 stations in a journal, with 20 changes that were acknowledged."""
    stations = [pr.Station(id=f"S{number}", officers=10) for number in range(20)]
    session = pr.Session(_POLICY, pr.Facts(stations=stations), journal=path)
    for number in range(20):
        session.update("stations/S1", officers=11 + number % 9)
    session.apply({"id": "w", "update": {"stations/S99": {"officers": 3}}})
    return session


@pytest.mark.parametrize("damage", [flip, truncate])
def test_damage_is_refused_or_loses_nothing(damage: Damage, tmp_path: Path) -> None:
    """Any bit and any end of any file of a journal in use."""
    refused = 0
    times = times_to_damage(60)
    with in_use(tmp_path / "a.journal") as session:
        before = state(session)
        for copy in damaged_copies(tmp_path / "a.journal", damage, Random(9), times):
            try:
                with pr.Session(_POLICY, journal=copy) as left:
                    assert state(left) == before
            except pr.JournalError:
                refused += 1
    assert times / 3 < refused < times


def test_the_journal_copied_without_its_head(tmp_path: Path) -> None:
    """It was taken for a session without facts once."""
    path, copy = tmp_path / "a.journal", tmp_path / "copy"
    with in_use(path) as session:
        shutil.copytree(path, copy, ignore=shutil.ignore_patterns("head"))
        with pytest.raises(pr.JournalError) as refused:
            pr.Session(_POLICY, journal=copy)
        assert str(refused.value) == (
            f"`{copy}`: its `head` is missing, so that it is only a part of a journal; copy the "
            "whole folder, or one in use with `backup` of a `JournalReader`"
        )
        JournalReader(path).backup(tmp_path / "backup")
        with pr.Session(_POLICY, journal=tmp_path / "backup") as left:
            assert state(left) == state(session)


def test_a_bit_in_the_middle_of_what_came(tmp_path: Path) -> None:
    """The changes after it were gone without a word once."""
    path, copy = tmp_path / "a.journal", tmp_path / "copy"
    with in_use(path):
        shutil.copytree(path, copy)
    content = bytearray((copy / "entries").read_bytes())
    content[len(content) // 2] ^= 1
    (copy / "entries").write_bytes(content)
    with pytest.raises(pr.JournalError, match=r"entry 1\d is not what was appended"):
        pr.Session(_POLICY, journal=copy)
