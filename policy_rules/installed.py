"""What is installed: the directives that packages bring, by name, and the version of this one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

# Under which packages name them.
GROUP: Final = "policy_rules.directives"


def installed() -> Mapping[str, EntryPoint]:
    """Where the directives are, each by the name under which it is loaded."""
    from importlib.metadata import entry_points  # slow to import, and seldom needed

    return {entry.name: entry for entry in sorted(entry_points(group=GROUP))}


def installed_version() -> str | None:
    """The version of this library, or None where it is not installed but only lies there."""
    from importlib.metadata import PackageNotFoundError, version  # as above

    try:
        return version("policy-rules")
    except PackageNotFoundError:
        return None
