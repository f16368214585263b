"""Whether the contestants answer alike; nothing is timed before they do."""

from __future__ import annotations

from collections.abc import Sequence

from .contestants import QUESTIONS, Contestant


def disagreements(contestants: Sequence[Contestant]) -> list[str]:
    """Every input on which a contestant differs from the whole answer written by hand."""
    found = []
    for question in QUESTIONS:
        asked = [contestant for contestant in contestants if contestant.question == question]
        model = next(contestant for contestant in asked if not contestant.bare)
        expected = [model.read(model.ask(each)) for each in model.inputs]
        for contestant in asked:
            for place, (given, right) in enumerate(zip(contestant.inputs, expected, strict=True)):
                answer = contestant.read(contestant.ask(given))
                if answer != (right[:1] if contestant.bare else right):
                    found.append(
                        f"{question} {place}: {contestant.name} says {answer}, expected {right}"
                    )
    return found
