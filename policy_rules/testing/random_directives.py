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

from ..facts import NONE, Fact
from ..language import (
    AS_OF,
    BOOLEAN,
    DATE,
    INTEGER,
    RATIONAL,
    TRUE,
    Cite,
    Clause,
    Directive,
    Earlier,
    Modality,
    Parameter,
    Reading,
    Recurrence,
    Sentence,
    Type,
    WorkCalendar,
    subject,
)
from ..language.expressions import Constitutive, Expression, Subject, absence, as_node
from ..language.rules import (
    AgreementRule,
    AttestationRule,
    Prohibition,
    Provision,
    Requirement,
    RuleException,
    Steps,
)
from ..language.statements import Statement
from ..language.types import MOMENT, choice_of, set_of
from ..police import POLICE, Event, Officer, Station, Transfer
from .choosing import Chooser
from .made_up import CLASSES, Colour
from .named_values import CALENDAR_2019, CALENDAR_2020
from .random_expressions import Expressions, Vocabulary

# Classes with links between them, and with events and other dates.
VOCABULARIES: Final[tuple[tuple[type[Fact], ...], ...]] = (
    CLASSES,
    (Station, Officer, Transfer),
    (Station, Officer, Event),
)
_ISSUED: Final = date(2019, 7, 16)
_COMMENCES: Final = date(2019, 8, 1)
_LATER: Final = date(2019, 9, 15)
_ENDS: Final = date(2020, 6, 30)
_STRENGTHS: Final = (Modality.MUST, Modality.IN_PRINCIPLE, Modality.TARGET)


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
        # What is written under it may still be changed, and is put into a clause at the end.
        self.clause = Clause("1", "章", "clause")
        self.sentences = 0
        self.provisions: list[Provision] = []

    def directive(self) -> Directive:
        choose = self.choose
        for place in range(choose.number(0, 4)):
            self.define(f"attribute{place}")
        writers = [
            self.require, self.require, self.forbid, self.needs, self.attest, self.agree,
            self.permit,
        ]  # fmt: skip
        for _ in range(choose.number(1, 6)):
            choose.pick(writers)()
        clause = Clause("1", "章", "clause", self.provisions)
        sentences = {f"1/{place}": "" for place in range(1, self.sentences + 1)}
        readings = self.vocabulary.readings
        earlier = None
        if readings and choose.chance(40):
            earlier = Earlier(reading=readings[0], left_out=choose.pick(["one", "other"]))
        added = [each for each in self.vocabulary.classes if each not in POLICE.classes]
        return Directive(
            id="random", number="1", zh="随机", en="random", issued=_ISSUED,
            in_force_from=choose.pick([_ISSUED, _ISSUED, _ISSUED, _COMMENCES]),
            in_force_until=_ENDS if choose.chance(5) else None, clauses=(clause,),
            sentences=sentences or {"1/1": ""}, fact_classes=added, earlier=earlier,
        )  # fmt: skip

    def sentence(self) -> Sentence:
        self.sentences += 1
        return Sentence(self.clause, Cite("1", self.sentences))

    def says(self, modality: Modality | None = None) -> Statement:
        sentence = self.sentence()
        bound = sentence if modality is None else sentence.binding(modality)
        return bound("字")("规则", "a rule")

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
            rules = [self.always(type_, of)]
        elif choose.chance(20):
            condition = self.condition(of)
            rules = [
                self.sentence()("字").makes(self.value(type_, of, never_none=True), when=when)
                for when in (condition, ~condition)
            ]
        else:
            rules = [
                self.dated(self.rule(self.condition(of), type_, of))
                for _ in range(choose.number(1, 3))
            ]
            otherwise = self.always(type_, of)
        begun = self.clause.defines(of, name, type_)("名称", "a name")
        made = begun.by(*rules, otherwise=otherwise)
        excepted = [
            each
            for rule in rules
            if otherwise is not None
            for each in self.excepted_again(self.excepted(rule.cite, of), of)
        ]
        self.vocabulary.definitions.append(made)
        self.provisions += [made, *excepted]

    def rule(self, condition: Expression, type_: Type, of: Subject) -> Constitutive:
        none = type_ != BOOLEAN and type_.name != "set" and self.choose.chance(15)
        value = NONE if none else self.value(type_, of)
        return self.sentence()("字").makes(value, when=condition)

    def always(self, type_: Type, of: Subject) -> Constitutive:
        return self.sentence()("字").makes(self.value(type_, of, never_none=True))

    def value(self, type_: Type, of: Subject, *, never_none: bool = False) -> Expression:
        if self.choose.chance(50):
            return self.expressions.constant(type_, (of,))
        make = self.expressions.never_none if never_none else self.expressions.of
        return make(type_, (of,), self.choose.number(0, 2))

    def dated(self, rule: Any) -> Any:
        """The same rule, perhaps with a validity of its own."""
        if not self.choose.chance(12):
            return rule
        return evolve(rule, **{self.choose.pick(["valid_from", "valid_until"]): _LATER})

    def excepted(self, to: object, of: Subject) -> Provision | None:
        if not self.choose.chance(15):
            return None
        return self.says().excepts(str(to), self.condition(of))

    def excepted_again(self, outer: Provision | None, of: Subject) -> Sequence[Provision]:
        """An exception, with perhaps one from it."""
        if outer is None:
            return []
        assert isinstance(outer, RuleException)
        inner = self.says().excepts(outer, self.condition(of)) if self.choose.chance(30) else None
        return [outer] if inner is None else [outer, inner]

    def stated(
        self,
        rule: Requirement | AttestationRule | AgreementRule | Prohibition | Steps,
        of: Subject,
    ) -> None:
        excepted = self.excepted(rule.cite, of)
        self.provisions += [self.dated(rule), *self.excepted_again(excepted, of)]

    def require(self) -> None:
        choose = self.choose
        of = choose.pick(self.subjects)
        dues = [each for each in self.vocabulary.parameters if each.type == DATE and each.values]
        due: Expression | None = choose.pick([None, *dues])
        if choose.chance(20):
            due = self.expressions.never_none(DATE, (of,), choose.number(0, 2))
            due = None if isinstance(due, Parameter) and not due.values else due
        self.expressions.due = due is not None
        made = self.says(choose.pick(_STRENGTHS)).demands(
            of,
            choose.pick([self.condition, self.measured, self.recurring])(of),
            applies=self.applies(of),
            due=due,
        )
        self.expressions.due = False
        self.stated(made, of)

    def applies(self, of: Subject) -> Expression:
        return self.choose.pick([lambda _: TRUE, self.condition])(of)

    def measured(self, of: Subject) -> Expression:
        return self.expressions.comparison((of,), self.choose.number(1, self.depth))

    def recurring(self, of: Subject) -> Expression:
        return self.expressions.recurring((of,), self.choose.number(1, self.depth))

    def on(self, of: Subject) -> Expression:
        if self.choose.chance(20):
            return AS_OF
        day = self.expressions.day((of,), 1)
        return day if absence(as_node(day)) is None else AS_OF

    def forbid(self) -> None:
        of = self.choose.pick(self.subjects)
        modality = self.choose.pick([Modality.MUST_NOT, Modality.IN_PRINCIPLE])
        made = self.says(modality).forbids(
            of, self.condition(of), applies=self.applies(of), on=self.on(of)
        )
        self.stated(made, of)

    def needs(self) -> None:
        choose = self.choose
        of = choose.pick(self.subjects)
        sentence = self.sentence()
        steps = [
            sentence("字")("规则", "a rule").step(f"step{place}", self.condition(of))
            for place in range(choose.number(1, 3))
        ]
        # Of an act that has no day, none can be said; one that may be none never comes.
        on = choose.pick([self.on(of), self.expressions.day((of,), 1), None])
        made = sentence("字")("规则", "a rule").needs(of, *steps, applies=self.applies(of), on=on)
        self.stated(made, of)

    def permit(self) -> None:
        """Something that is permitted only on some conditions; later rules may read it."""
        choose = self.choose
        of = choose.pick(self.subjects)
        sentence = self.sentence()
        head = sentence.in_principle if choose.chance(30) else sentence
        provisos = [
            letter("字")("规则", "a rule").proviso(self.condition(of))
            for letter in (sentence.a, sentence.b, sentence.c)[: choose.number(1, 3)]
        ]
        before = len(self.clause.provisions)
        made = head("字")("规则", "a rule").permits_only(
            of, f"permitted{sentence.cite.sentence}", *provisos, applies=self.applies(of),
            on=self.on(of),
        )  # fmt: skip
        added = list(self.clause.provisions[before:])
        excepted = self.excepted(choose.pick([sentence.cite, provisos[0].cite]), of)
        added += self.excepted_again(excepted, of)
        # What is excepted does not hang on what is permitted.
        self.vocabulary.definitions.append(made)
        self.provisions += added

    def attest(self) -> None:
        of = self.choose.pick(self.subjects)
        made = self.says(self.choose.pick(_STRENGTHS)).attests(of, applies=self.applies(of))
        self.stated(made, of)

    def agree(self) -> None:
        of = self.choose.pick(self.subjects)
        type_ = self.choose.pick([INTEGER, INTEGER, BOOLEAN, DATE, choice_of(Colour)])
        first, second = (
            self.expressions.of(type_, (of,), self.choose.number(0, 2)) for _ in range(2)
        )
        accounts = (first, second) if type_ is not BOOLEAN or self.choose.chance(50) else (first,)
        self.stated(self.says().agrees(of, *accounts, applies=self.applies(of)), of)


def _parameters(choose: Chooser) -> Sequence[Parameter]:
    """Parameters of each type: with a value, with values that change, and without one."""
    values: dict[str, object] = {
        "count": 2,
        "share": Fraction(2, 5),
        "day": _LATER,
        "colour": Colour.RED,
        "colours": {Colour.RED, Colour.BLUE},
        "prefix": "3503",
        "often": Recurrence("FREQ=MONTHLY;INTERVAL=3"),
        "working_days": CALENDAR_2019,
        "study_days": Recurrence("FREQ=WEEKLY;BYDAY=TU,TH"),
    }
    changing: dict[str, tuple[object, dict[date, object]]] = {
        "changing": (1, {_LATER: 3}),
        "coming": (None, {_LATER: 2}),
        "early_day": (date(2019, 6, 30), {date(2019, 9, 16): _LATER}),
        "longer": (CALENDAR_2019, {_LATER: CALENDAR_2020}),
        "oftener": (Recurrence("FREQ=YEARLY"), {_LATER: Recurrence("FREQ=MONTHLY")}),
    }
    open_: dict[str, type] = {
        "open_number": int,
        "open_share": Fraction,
        "open_day": date,
        "open_truth": bool,
        "open_prefix": str,
        "open_recurrence": Recurrence,
        "open_calendar": WorkCalendar,
    }
    made = [
        *(_first().sets(name, value) for name, value in values.items()),
        *(_first().sets(name, value, since=since) for name, (value, since) in changing.items()),
        *(_first().leaves_open(name, type_) for name, type_ in open_.items()),
    ]
    return [each for each in made if choose.chance(50)]


def _readings(choose: Chooser) -> Sequence[Reading]:
    if choose.chance(50):
        return []
    asked = _sentence().reading("question", default="one")("问", "which?")
    return [asked.options(one=("甲", "one"), other=("乙", "other"), why=("因为", "because"))]


def _sentence() -> Sentence:
    return Sentence(Clause("1", "章", "clause"), Cite("1", 1))


def _first() -> Statement:
    return _sentence()("字")("规则", "a rule")
