"""What an engine is: a way to run the rules of one regime."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any, Protocol, TypeAlias

from ..answers import Decision, Finding, Verdict
from ..facts import Fact, Facts
from ..language import ChoiceError
from ..language.rules import AttestationRule, Requirement

Decider: TypeAlias = Callable[[Fact, Facts], Decision]
Checker: TypeAlias = Callable[[Fact, Facts], Verdict]
Auditor: TypeAlias = Callable[[Fact, Facts], list[Finding]]
# Its facts around the one that is asked about can be left out.
Asker: TypeAlias = Callable[..., Any]
Duties: TypeAlias = Collection[Requirement | AttestationRule]


class UnavailableEngineError(ChoiceError):
    """An engine is chosen that cannot be imported here."""


class Engine(Protocol):
    """One policy's rules, ready to run. All engines give equal answers.

    An engine is asked once for each kind of question, and gives a function that answers it.
    """

    def decider(self, fact_class: type[Fact], name: str) -> Decider:
        """What gives the value of a derived attribute of a fact."""

    def checker(self, fact_class: type[Fact]) -> Checker:
        """What gives the verdict on a request."""

    def auditor(self, fact_class: type[Fact], rules: Duties | None = None) -> Auditor:
        """What gives the findings on a fact, in the order of the text; all, or under some rules."""

    def asker(self, fact_class: type[Fact], name: str | None) -> Asker:
        """What gives the part that decisions of one kind share; without a name, verdicts."""
