"""Random directives: rules of every form, in chains, over any fact classes.

For testing engines: what they answer must be the same for any directive that loads, not only for
those that people have written.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import Any, Final

from attrs import evolve

from ..facts import FACT_CLASSES, Event, Fact, Officer, Station, Transfer
from ..language import (
    AS_OF,
    BOOLEAN,
    DATE,
    INTEGER,
    RATIONAL,
    RECURRENCE,
    TRUE,
    Clause,
    Directive,
    Modality,
    Parameter,
    Reading,
    Recurrence,
    Type,
    always,
    attest,
    define,
    exception,
    forbid,
    needs,
    parameter,
    reading,
    require,
    step,
    subject,
    when,
)
from ..language.expressions import Constitutive, Expression, Subject
from ..language.rules import AttestationRule, Prohibition, Provision, Requirement, Steps
from ..language.types import MOMENT, TEXT, choice_of, set_of
from .choosing import Chooser
from .made_up import CLASSES, Colour
from .random_expressions import Expressions, Vocabulary

# Classes with links between them, and with events and other dates.
VOCABULARIES: Final[tuple[tuple[type[Fact], ...], ...]] = (
    CLASSES,
    (Station, Officer, Transfer),
    (Station, Officer, Event),
)
_ISSUED: Final = date(2019, 7, 16)
_LATER: Final = date(2019, 9, 15)
_WORDS: Final[dict[str, Any]] = {"quote": "字", "zh": "规则", "en": "a rule"}
_LABELS: Final[dict[str, Any]] = {"zh": "名称", "en": "a name"}
_STRENGTHS: Final = (Modality.MUST, Modality.IN_PRINCIPLE, Modality.TARGET)
_OPTIONS: Final = {"one": ("甲", "one"), "other": ("乙", "other")}


def random_directive(
    choose: Chooser,
    classes: tuple[type[Fact], ...] = CLASSES,
    *,
    monotone: bool = False,
    depth: int = 3,
) -> Directive:
    """A directive over the classes that is well formed, so that it loads.

    In a `monotone` one nothing asks whether something is known. `depth` bounds the expressions.
    """
    return _Author(choose, classes, monotone, depth).directive()


class _Author:
    def __init__(
        self, choose: Chooser, classes: tuple[type[Fact], ...], monotone: bool, depth: int
    ) -> None:
        self.choose = choose
        self.depth = depth
        self.subjects = [subject(each) for each in classes]
        self.vocabulary = Vocabulary(classes, _parameters(choose), _readings(choose), [], monotone)
        self.expressions = Expressions(choose, self.vocabulary)
        self.sentences = 0
        self.provisions: list[Provision] = []

    def directive(self) -> Directive:
        choose = self.choose
        for place in range(choose.number(0, 4)):
            self.define(f"attribute{place}")
        writers = [self.require, self.require, self.forbid, self.needs, self.attest]
        for _ in range(choose.number(1, 6)):
            choose.pick(writers)()
        clause = Clause(heading="1", zh="章", en="clause", provisions=tuple(self.provisions))
        sentences = {f"1/{place}": "" for place in range(1, self.sentences + 1)}
        added = [each for each in self.vocabulary.classes if each not in FACT_CLASSES]
        return Directive(
            id="random", number="1", zh="随机", en="random", issued=_ISSUED, clauses=(clause,),
            sentences=sentences or {"1/1": ""}, fact_classes=added,
        )  # fmt: skip

    def cite(self) -> str:
        self.sentences += 1
        return f"1/{self.sentences}"

    def condition(self, of: Subject) -> Expression:
        return self.expressions.boolean((of,), self.choose.number(0, self.depth))

    def define(self, name: str) -> None:
        choose = self.choose
        of = choose.pick(self.subjects)
        type_ = choose.pick(
            [BOOLEAN, INTEGER, choice_of(Colour), RATIONAL, DATE, set_of(Colour), BOOLEAN, INTEGER,
             MOMENT]
        )  # fmt: skip
        otherwise = None
        if choose.chance(15):
            rules = [always(self.value(type_, of), cite=self.cite(), quote="字")]
        elif choose.chance(20):
            condition = self.condition(of)
            rules = [self.rule(condition, type_, of), self.rule(~condition, type_, of)]
        else:
            rules = [
                self.dated(self.rule(self.condition(of), type_, of))
                for _ in range(choose.number(1, 3))
            ]
            otherwise = always(self.value(type_, of), cite=self.cite(), quote="字")
        made = define(of, name, type_, rules, otherwise=otherwise, **_LABELS)
        excepted = [self.excepted(rule.cite, of) for rule in rules if otherwise is not None]
        self.vocabulary.definitions.append(made)
        self.provisions += [made, *(each for each in excepted if each is not None)]

    def rule(self, condition: Expression, type_: Type, of: Subject) -> Constitutive:
        return when(condition).then(self.value(type_, of), cite=self.cite(), quote="字")

    def value(self, type_: Type, of: Subject) -> Expression:
        if self.choose.chance(50):
            return self.expressions.constant(type_, (of,))
        return self.expressions.of(type_, (of,), self.choose.number(0, 2))

    def dated(self, rule: Any) -> Any:
        """The same rule, perhaps with a validity of its own."""
        if not self.choose.chance(12):
            return rule
        return evolve(rule, **{self.choose.pick(["valid_from", "valid_until"]): _LATER})

    def excepted(self, to: object, of: Subject) -> Provision | None:
        if not self.choose.chance(15):
            return None
        return exception(str(to), self.condition(of), cite=self.cite(), **_WORDS)

    def stated(
        self, rule: Requirement | AttestationRule | Prohibition | Steps, of: Subject
    ) -> None:
        excepted = self.excepted(rule.cite, of)
        self.provisions += [self.dated(rule), *([excepted] if excepted else [])]

    def require(self) -> None:
        choose = self.choose
        of = choose.pick(self.subjects)
        dues = [each for each in self.vocabulary.parameters if each.type == DATE and each.values]
        due = choose.pick([None, *dues])
        self.expressions.due = due is not None
        made = require(
            of,
            choose.pick([self.condition, self.measured, self.recurring])(of),
            applies=self.applies(of),
            modality=choose.pick(_STRENGTHS),
            due=due,
            cite=self.cite(), **_WORDS,
        )  # fmt: skip
        self.expressions.due = False
        self.stated(made, of)

    def applies(self, of: Subject) -> Expression:
        return self.choose.pick([lambda _: TRUE, self.condition])(of)

    def measured(self, of: Subject) -> Expression:
        return self.expressions.comparison((of,), self.choose.number(1, self.depth))

    def recurring(self, of: Subject) -> Expression:
        return self.expressions.recurring((of,), self.choose.number(1, self.depth))

    def on(self, of: Subject) -> Expression:
        return AS_OF if self.choose.chance(20) else self.expressions.day((of,), 1)

    def forbid(self) -> None:
        of = self.choose.pick(self.subjects)
        modality = self.choose.pick([Modality.MUST_NOT, Modality.IN_PRINCIPLE])
        made = forbid(
            of, self.condition(of), modality=modality, on=self.on(of), cite=self.cite(), **_WORDS
        )
        self.stated(made, of)

    def needs(self) -> None:
        choose = self.choose
        of = choose.pick(self.subjects)
        steps = [
            step(f"step{place}", self.condition(of), **_WORDS)
            for place in range(choose.number(1, 3))
        ]
        made = needs(
            of, steps, applies=self.applies(of), on=self.on(of), cite=self.cite(), **_WORDS
        )
        self.stated(made, of)

    def attest(self) -> None:
        of = self.choose.pick(self.subjects)
        modality = self.choose.pick(_STRENGTHS)
        made = attest(of, applies=self.applies(of), modality=modality, cite=self.cite(), **_WORDS)
        self.stated(made, of)


def _parameters(choose: Chooser) -> Sequence[Parameter]:
    """Parameters of each type: with a value, with values that change, and without one."""
    common: Any = {"cite": "1/1", **_WORDS}
    made = [
        parameter("count", 2, **common),
        parameter("share", Fraction(2, 5), **common),
        parameter("changing", 1, since={_LATER: 3}, **common),
        parameter("coming", since={_LATER: 2}, **common),
        parameter("open_number", type=INTEGER, **common),
        parameter("open_share", type=RATIONAL, **common),
        parameter("day", _LATER, **common),
        parameter("early_day", date(2019, 6, 30), since={date(2019, 9, 16): _LATER}, **common),
        parameter("open_day", type=DATE, **common),
        parameter("open_truth", type=BOOLEAN, **common),
        parameter("colour", Colour.RED, **common),
        parameter("colours", {Colour.RED, Colour.BLUE}, **common),
        parameter("prefix", "3503", **common),
        parameter("open_prefix", type=TEXT, **common),
        parameter("often", Recurrence("FREQ=MONTHLY;INTERVAL=3"), **common),
        parameter("study_days", Recurrence("FREQ=WEEKLY;BYDAY=TU,TH"), **common),
        parameter(
            "oftener",
            Recurrence("FREQ=YEARLY"),
            since={_LATER: Recurrence("FREQ=MONTHLY")},
            **common,
        ),
        parameter("open_recurrence", type=RECURRENCE, **common),
    ]
    return [each for each in made if choose.chance(50)]


def _readings(choose: Chooser) -> Sequence[Reading]:
    if choose.chance(50):
        return []
    why = ("因为", "because")
    return [
        reading("question", "1/1", why=why, default="one", zh="问", en="which?", **_OPTIONS),
    ]
