"""What answers of each kind have for columns, wherever they are rows: the names, in their order."""

from __future__ import annotations

from typing import Final

DECISION: Final = ("id", "value", "cites", "conflict", "needs")
VERDICT: Final = ("id", "outcome", "reasons", "missing_steps", "exemptions", "needs")
FINDING: Final = (
    "id", "cite", "status", "actual", "required", "shortfall", "due", "exemption", "needs",
)  # fmt: skip
AGREEMENT: Final = ("id", "cite", "status", "first", "second", "needs")
# What marks a conflict, before the key and name of the attribute and the citations.
CONFLICT_MARK: Final = "!"
# What none of them says of findings and agreements, and so no answer from tables.
NOT_IN_COLUMNS: Final = ("met_on", "periods", "name", "bodies")
