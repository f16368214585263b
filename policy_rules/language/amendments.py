"""Amendments: documents that change a directive from a day on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from attrs import Factory, field, frozen

from ..facts import Fact, Labelled
from .changes import Change
from .clauses import Clause
from .expected import (
    expect,
    expect_day,
    expect_fact_class,
    expect_list,
    expect_mapping,
    expect_text,
)


class Transition(Labelled):
    """Which acts come under the rules of an amendment.

    An act is pending on the amendment's day where the first of its dated steps is before that day,
    and its own day is not. What is no act is judged as of the policy's date.
    """

    ACTS_FROM_ITS_DAY = ("acts_from_its_day", "施行之日起的行为", "acts from its day on")
    ALL_ACTS = ("all_acts", "全部行为", "all acts")
    PENDING_EXCEPTED = (
        "pending_excepted",
        "施行之日起的行为，此前已开始办理的除外",
        "acts from its day on, but not those pending on it",
    )


@frozen(eq=False, repr=False, kw_only=True)
class Amendment:
    """A document that amends a directive, as its author writes it: plain data, not yet checked.

    `clauses` are its headings, under whose sentences the `changes` are written; programs that
    amend give the changes.

    `in_force` is the day from which it holds, by default that of its issue; `transition` says for
    which acts. `sentences` are its
    own, with their fingerprints, as those of a directive; a change cites the sentence in which it
    stands with the document's `id`: `putian-2021-8:1/2`.
    """

    id: str
    number: str
    zh: str = ""
    en: str = ""
    issued: date
    in_force: date = field(default=Factory(lambda self: self.issued, takes_self=True))
    transition: Transition = Transition.ACTS_FROM_ITS_DAY
    sentences: Mapping[str, str]
    clauses: Sequence[Clause] = ()
    changes: Sequence[Change] = field(
        default=Factory(
            lambda self: [
                change
                for clause in expect_list(self.clauses, Clause, "clauses")
                for change in clause.written.changes
            ],
            takes_self=True,
        )
    )
    fact_classes: Sequence[type[Fact]] = ()

    def __attrs_post_init__(self) -> None:
        for name in ("id", "number", "zh", "en"):
            expect_text(getattr(self, name), f"`{name}`", f"`{name}`")
        for name in ("issued", "in_force"):
            expect_day(getattr(self, name), name)
        expect(self.transition, Transition, "a `Transition`", "过渡办法（`Transition`）")
        expect_mapping(self.sentences, "sentences")
        for each in expect_list(self.fact_classes, type, "fact_classes"):
            expect_fact_class(each)
        for clause in expect_list(self.clauses, Clause, "clauses"):
            clause.written.closed = True
