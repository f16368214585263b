"""An append-only store in a folder: entries chained by their digests, and a snapshot of a state.

It knows nothing of facts or rules: an entry is a kind and a text. What is promised of it is said at
`Journal`; what a journal is made of, at `folder`.
"""

from .chain import Entry
from .faults import JournalError
from .reading import JournalReader, Snapshot, Verification
from .writing import Journal

__all__ = ["Entry", "Journal", "JournalError", "JournalReader", "Snapshot", "Verification"]
