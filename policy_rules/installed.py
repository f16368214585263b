"""The directives that installed packages bring, by name."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.metadata import EntryPoint, entry_points
from typing import Final

# Under which packages name them.
GROUP: Final = "policy_rules.directives"


def installed() -> Mapping[str, EntryPoint]:
    """Where the directives are, each by the name under which it is loaded."""
    return {entry.name: entry for entry in sorted(entry_points(group=GROUP))}
