"""Where things stand that tests read."""

from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
EXAMPLES: Final = ROOT / "examples"
# The cases written by hand from the text of the directive.
CASES: Final = ROOT / "tests" / "cases"
# What is compared letter for letter, one folder for each kind.
GOLDEN: Final = ROOT / "tests" / "golden"
