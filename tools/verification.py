"""Prove the rules of the directive anew, and keep beside them what came of it.

    make verify

The documentation shows it, and a test says when the rules are no longer those that were proved.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Final

import policy_rules as pr
from policy_rules.analysis.verification import Result, verify
from policy_rules.formats.documents import to_json

DIRECTIVES: Final = Path(pr.__file__).parent / "directives"
# The world in which all requirements are met.
WORLD: Final = Path(__file__).parent.parent / "examples/putian/world.json"


def write(directive: str) -> int:
    """Write the record of a directive into its folder, and its world among the examples; 1, where
    something is refuted, or no world was found."""
    found = verify(pr.load(directive))
    record = DIRECTIVES / directive.replace("-", "_") / "verification.json"
    text = json.dumps(found.record(), ensure_ascii=False, indent=1)
    record.write_text(text + "\n", "utf-8")
    refuted, facts = found.of(Result.REFUTED), found.world.facts
    if facts is not None:
        document = json.dumps(to_json(facts, (), found.world.day), ensure_ascii=False, indent=1)
        WORLD.write_text(document + "\n", "utf-8")
    print(
        f"{record}: {len(found)} claims, {len(refuted)} refuted, {len(found.of(Result.OPEN))} open"
    )
    return 1 if refuted or facts is None else 0


if __name__ == "__main__":
    sys.exit(write("putian-2019-52"))
