"""Whatever is done to a log by somebody who may write it, a checkpoint that was kept shows it."""

from __future__ import annotations

import os
from pathlib import Path
from random import Random

import pytest

from policy_rules.decision_log import DecisionLogReader
from policy_rules.journal import JournalError
from tests.support.damaging import Damage, damaged_copies, flip, times_to_damage, truncate
from tests.support.decision_logs import log_of
from tests.support.tampering import TAMPERINGS, is_found

_TIMES = int(os.environ.get("POLICY_RULES_TAMPERINGS", 60))


@pytest.mark.parametrize("kind", TAMPERINGS)
def test_tampering_shows_even_if_all_digests_were_computed_anew(kind: str, tmp_path: Path) -> None:
    random = Random(kind)
    with log_of(tmp_path / "log", 20) as log:
        kept = log.checkpoint()
    for turn in range(_TIMES // len(TAMPERINGS)):
        assert is_found(tmp_path / "log", tmp_path / "copy", kind, kept, random), turn


@pytest.mark.parametrize("damage", [flip, truncate])
def test_damage_to_any_file_shows(damage: Damage, tmp_path: Path) -> None:
    """Any bit and any end: but that of what is hidden, of which some may be gone as if erased."""
    with log_of(tmp_path / "log", 20) as log:
        kept = log.checkpoint()
        texts = [each.text for each in log.entries()]
    found = 0
    for copy in damaged_copies(tmp_path / "log", damage, Random(8), times_to_damage(60)):
        try:
            with DecisionLogReader(copy) as reader:
                whole = reader.verify(kept).whole
                found += not whole
                if whole:
                    assert [each.text for each in reader.entries()] == texts
                    assert reader.checkpoint() == kept
        except JournalError:
            found += 1
    assert found > times_to_damage(60) // 3
