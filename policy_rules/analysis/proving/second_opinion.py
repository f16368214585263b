"""A second solver, cvc5, is asked what the first one was: two seldom have the same fault."""

from __future__ import annotations

from collections import Counter
from typing import Any, Final

_MILLISECONDS: Final = 5_000


class SecondOpinion:
    """Hears the questions of a verification, and answers every one of them by cvc5.

    Needs `policy-rules[second-opinion]`. `agreed` counts what both found, `silent` the questions
    that one of them did not answer in time, and `against` are those on which they differ, as
    SMT-LIB. Of `every` so many questions one is asked.
    """

    def __init__(self, every: int = 1, milliseconds: int = _MILLISECONDS) -> None:
        self.agreed: Counter[str] = Counter()
        self.silent = 0
        self.against: list[str] = []
        self._every = every
        self._milliseconds = milliseconds
        self._heard = 0
        self._known: set[str] = set()

    def __call__(self, question: str, found: str) -> None:
        """Answer a question to which the first solver found that; one that is asked twice, once."""
        if question in self._known:
            return
        self._known.add(question)
        self._heard += 1
        if self._heard % self._every:
            return
        answer = _answered(question, self._milliseconds)
        if "unknown" in (answer, found):
            self.silent += 1
        elif answer == found:
            self.agreed[found] += 1
        else:
            self.against.append(question)


def _answered(question: str, milliseconds: int) -> str:
    # Loaded here: only who wants a second opinion waits for it.
    import cvc5

    solver: Any = cvc5.Solver()
    solver.setOption("tlimit-per", str(milliseconds))
    solver.setLogic("ALL")
    parser: Any = cvc5.InputParser(solver)
    parser.setStringInput(cvc5.InputLanguage.SMT_LIB_2_6, question, "question")
    said = ""
    while not (command := parser.nextCommand()).isNull():
        said = command.invoke(solver, parser.getSymbolManager()) or said
    return said.split()[0]  # the reason why it is unknown may follow
