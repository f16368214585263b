"""The record of decisions: answers with all that they rest on, in a log that shows tampering.

An append-only log in a folder, on the journal: a Merkle tree over its entries (RFC 9162) gives
proofs that others check by themselves, and personal values are beside the entries, after SD-JWT
(RFC 9901), so that they can be erased.
"""

from .checkpoints import (
    Checkpoint,
    CheckpointError,
    consistency_text,
    inclusion_text,
    read_checkpoint,
    signature_lines,
)
from .exporting import entries_as_json, opa_events
from .reading import DecisionLogReader, LogEntry, LogVerification
from .recording import DecisionLog
from .replaying import Choices, Replayed, Standing, replayed

__all__ = [
    "Checkpoint",
    "CheckpointError",
    "Choices",
    "DecisionLog",
    "DecisionLogReader",
    "LogEntry",
    "LogVerification",
    "Replayed",
    "Standing",
    "consistency_text",
    "entries_as_json",
    "inclusion_text",
    "opa_events",
    "read_checkpoint",
    "replayed",
    "signature_lines",
]
