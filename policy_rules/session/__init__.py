"""Sessions: working memories whose conclusions stay true of facts that change."""

from .changes import Change
from .events import ChangeEvent
from .session import EventError, Session
from .stream import Applied, Outcome
from .transaction import AwaitingError, Staging

__all__ = [
    "Applied",
    "AwaitingError",
    "Change",
    "ChangeEvent",
    "EventError",
    "Outcome",
    "Session",
    "Staging",
]
