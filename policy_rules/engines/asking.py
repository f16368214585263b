"""Asking again and again: what answers of one kind share, without an answer made for each fact."""

from __future__ import annotations

from typing import NoReturn

from ..answers import Decision, DecisionPart, QuestionError
from ..facts import NO_FACTS, Fact, Facts
from .protocol import Asker, Engine


def asker_by(engine: Engine, fact_class: type[Fact], name: str | None) -> Asker:
    """Ask an engine for whole answers, and give the part of each."""
    if name is None:
        check = engine.checker(fact_class)

        def ask_verdict(fact: Fact, facts: Facts = NO_FACTS) -> object:
            if fact.__class__ is not fact_class or facts.__class__ is not Facts:
                refused(fact, fact_class, facts)
            return check(fact, facts)._part

        return ask_verdict
    decide = engine.decider(fact_class, name)

    def ask(fact: Fact, facts: Facts = NO_FACTS) -> object:
        if fact.__class__ is not fact_class or facts.__class__ is not Facts:
            refused(fact, fact_class, facts)
        return shared(decide(fact, facts))

    return ask


def shared(decision: Decision) -> DecisionPart:
    """The part of a decision. Raises ConflictError where two rules give different values."""
    part = decision._part
    if part.conflict is not None:
        raise part.conflict.error()
    return part


def refused(fact: object, fact_class: type[Fact], facts: object) -> NoReturn:
    """Say what was asked about, which is not what the question is about."""
    if fact.__class__ is not fact_class:
        raise QuestionError(f"what was bound to {fact_class.__name__} is asked about {fact!r}")
    raise QuestionError(f"`facts` is a `Facts`, found {facts!r}")
