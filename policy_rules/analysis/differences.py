"""What two policies answer differently: every region of facts where they do, or that none is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from attrs import evolve, frozen

from ..answers import ANSWERS_FORMAT, Outcome, Standings, Status, plain
from ..arguments import public
from ..engines.conditions import finding_conditions, verdict_conditions
from ..engines.evaluator import Scope, evaluate
from ..engines.exemptions import Exemptions
from ..engines.folded import FoldedRegime, FoldedRule
from ..facts import NONE, Fact, Facts, is_none
from ..formats.documents import to_json
from ..language import Cite
from ..language.expressions import (
    FALSE,
    TRUE,
    And,
    Attribute,
    Comparison,
    Constant,
    Definition,
    Derived,
    Node,
    Not,
    Noted,
    Or,
    Subset,
    Variable,
    all_of,
    subject_variable,
)
from ..language.regimes import Regime
from ..language.rules import Requirement
from ..language.types import BOOLEAN, INTEGER
from ..policy import Policy
from .proving.asking import Never, Possible, Unsettled, same_question
from .proving.pairs import Pair, PairQuestions, Sided

# So many regions of one change are bounded; a change of more is told as a whole.
_MOST_REGIONS: Final = 12
_MOST_LITERALS: Final = 40
# Decisions of these types come to one of the values that their rules name.
_LISTED: Final = (BOOLEAN.name, INTEGER.name, "choice", "set")


@frozen(eq=False, kw_only=True)
class Answered:
    """Something that a question can come to: where, and by which sentences."""

    comes_to: Any
    where: Node
    cites: tuple[Cite, ...]
    value: Node | None = None


@frozen(eq=False, kw_only=True)
class Question:
    """What is asked of a class of facts: a decision by its name, a duty by its citation, or the
    verdict on a request, which has no name."""

    subject: Variable
    name: str
    zh: str
    en: str

    @property
    def kind(self) -> str:
        """Which sort of answer it has."""
        if not self.name:
            return "verdict"
        return "finding" if self.name[0].isdigit() or ":" in self.name else "decision"


@frozen(eq=False, kw_only=True)
class Region:
    """Facts of which one question comes to something else: all of which `literals` hold.

    Each literal is by the rules of the first policy (0), the second (1), or of both alike (-1).
    Where they cannot be told apart so, there is none. `subject` is an example, among `facts`.
    """

    question: Question
    before: Answered
    after: Answered
    literals: tuple[Sided, ...] = ()
    subject: Fact
    facts: Facts
    pair: Pair

    def as_json(self) -> dict[str, Any]:
        """The region as JSON has it."""
        return {
            "kind": self.question.kind,
            "collection": self.question.subject.fact_class.collection,
            "name": self.question.name,
            "before": plain(self.before.comes_to),
            "after": plain(self.after.comes_to),
            "cites_before": list(map(str, self.before.cites)),
            "cites_after": list(map(str, self.after.cites)),
            "where": [str(node) for _, node in self.literals],
            "example": self.subject.key,
            "facts": to_json(self.facts, (), None),
        }


@frozen(eq=False, kw_only=True)
class Open:
    """A change of which it is not known whether there is any: why, in Chinese and in English."""

    question: Question
    before: Any
    after: Any
    zh: str
    en: str


@frozen(eq=False, kw_only=True)
class Differences:
    """Every region where two policies differ; without any, and nothing open, they are equal.

    `questions` are those that were compared.
    """

    one: Policy
    other: Policy
    regions: tuple[Region, ...]
    open: tuple[Open, ...]
    questions: tuple[Question, ...]

    @property
    def asked(self) -> int:
        """How many questions were compared."""
        return len(self.questions)

    @property
    def equal(self) -> bool:
        """Whether it is proved that they answer alike."""
        return not self.regions and not self.open

    def __iter__(self) -> Iterator[Region]:
        return iter(self.regions)

    def affected(self, region: Region, facts: Facts) -> tuple[Fact, ...]:
        """The given facts that are in a region."""
        questions = _questions(self.one, self.other)
        of, subject = region.question.subject.fact_class, region.question.subject
        literals = ((max(side, 0), node) for side, node in region.literals)
        pair = Pair((*region.pair.holds, *literals), unlike=region.pair.unlike)
        return tuple(f for f in facts.all(of) if questions.hold(pair, subject, f, facts))

    def as_json(self) -> dict[str, Any]:
        """The whole as JSON has it."""
        return {
            "format": ANSWERS_FORMAT,
            "equal": self.equal,
            "asked": self.asked,
            "regions": [each.as_json() for each in self.regions],
            "open": [
                {"name": e.question.name, "before": plain(e.before), "after": plain(e.after),
                 "zh": e.zh, "en": e.en}
                for e in self.open
            ],
        }  # fmt: skip


@public
def differences(one: Policy, other: Policy) -> Differences:
    """Every region of facts of which two policies answer otherwise, or that there is none.

    The policies may differ in their date, readings and parameters, and be of a directive and of one
    that amends it; exemptions are left out. It is proved for facts of which all is known but what
    rules ask whether it is, and for lists that are whole. Needs `policy-rules[analysis]`.
    """
    work = _Work(one, other)
    regions: list[Region] = []
    open_: list[Open] = []
    questions: list[Question] = []
    for question, before, after in work.questions():
        questions.append(question)
        for found in work.compared(question, before, after):
            if isinstance(found, Region):
                regions.append(found)
            else:
                open_.append(found)
    return Differences(
        one=one, other=other, regions=tuple(regions), open=tuple(open_), questions=tuple(questions)
    )


def _questions(one: Policy, other: Policy) -> PairQuestions:
    sides = (FoldedRegime(each.regime, with_exemptions=False) for each in (one, other))
    return PairQuestions(*sides)


class _Work:
    """The rules of both."""

    def __init__(self, one: Policy, other: Policy) -> None:
        self._regimes = one.regime, other.regime
        self._asking = _questions(one, other)

    def questions(self) -> Iterator[tuple[Question, list[Answered], list[Answered]]]:
        """What can be asked of either, in the order of the text, with what it can come to."""
        one, other = self._regimes
        definitions = {**one.rules.definitions, **other.rules.definitions}
        for (cls, name), definition in definitions.items():
            if not definition.inner:
                asked = Question(subject=subject_variable(cls), name=name, zh=definition.zh,
                                 en=definition.en)  # fmt: skip
                before, after = (_decided(each, cls, name) for each in self._asking.sides)
                yield asked, before, after
        rules = {str(rule.cite): rule for each in self._regimes for rule in each.rules.rules}
        for cite, rule in rules.items():
            if isinstance(rule, Requirement):
                asked = Question(subject=rule.subject, name=cite, zh=rule.zh, en=rule.en)
                yield asked, _found(one, cite), _found(other, cite)
        for cls in dict.fromkeys(rule.subject.fact_class for rule in rules.values()):
            asked = Question(subject=subject_variable(cls), name="", zh="审核结论", en="verdict")
            if any(each.rules.verdict_rules_of(cls) for each in self._regimes):
                yield asked, _judged(one, cls), _judged(other, cls)

    def compared(
        self, question: Question, before: list[Answered], after: list[Answered]
    ) -> Iterator[Region | Open]:
        """What comes out differently."""
        if self._said(0, before) == self._said(1, after):
            return
        for one in before:
            for other in after:
                if one.value is not None or other.value is not None:
                    yield from self._values(question, one, other)
                elif one.comes_to != other.comes_to:
                    yield from self._regions(question, one, other, None)

    def _said(self, side: int, answered: Sequence[Answered]) -> object:
        """What answers rest on: where it is the same of both, they are equal."""
        fold = self._asking.sides[side].fold
        return [
            (
                each.comes_to,
                self._reading(side, fold(each.where)),
                None if each.value is None else self._reading(side, fold(each.value)),
            )
            for each in answered
        ]

    def _values(
        self, question: Question, one: Answered, other: Answered
    ) -> Iterator[Region | Open]:
        values = [
            Constant(each.comes_to) if each.value is None else side.fold(each.value)
            for each, side in zip((one, other), self._asking.sides, strict=True)
        ]
        if any(isinstance(v, Constant) and v.value is None for v in values):
            yield from self._regions(question, one, other, None)
        else:
            yield from self._regions(question, one, other, (values[0], values[1]))

    def _regions(
        self, question: Question, one: Answered, other: Answered, unlike: tuple[Node, Node] | None
    ) -> Iterator[Region | Open]:
        sides = self._asking.sides
        holds = ((0, sides[0].fold(one.where)), (1, sides[1].fold(other.where)))
        if FALSE in (holds[0][1], holds[1][1]):
            return
        change, subject = Pair(holds, unlike=unlike), question.subject
        cubes: list[tuple[Sided, ...]] = []
        while True:
            found = self._asking.can_hold(evolve(change, but=tuple(cubes)), subject)
            if isinstance(found, Never):
                return
            if isinstance(found, Unsettled):
                yield Open(question=question, before=one.comes_to, after=other.comes_to,
                           zh=found.zh, en=found.en)  # fmt: skip
                return
            cube = None
            if unlike is None and len(cubes) < _MOST_REGIONS:
                cube = self._bounded(change, subject, found)
            yield Region(
                question=question, before=one, after=other,
                literals=tuple(self._meant(*each) for each in cube or ()),
                subject=found.subject, facts=found.facts, pair=change,
            )  # fmt: skip
            if not cube:
                return
            cubes.append(cube)

    def _bounded(
        self, change: Pair, subject: Variable, found: Possible
    ) -> tuple[Sided, ...] | None:
        """As few conditions as the example meets of which all facts change that meet them."""
        scopes = [
            Scope(each, found.facts, Exemptions(), {subject: found.subject})
            for each in self._regimes
        ]
        literals: dict[object, Sided] = {}
        for side, node in change.holds:
            folded = self._asking.sides[side]
            for atom in _atoms(node, subject, folded):
                truth = evaluate(atom, scopes[side])
                if truth is None:
                    continue
                literals.setdefault(
                    (truth, self._reading(side, atom)), (side, atom if truth else ~atom)
                )
        cube = list(literals.values())
        if len(cube) > _MOST_LITERALS or not self._within(cube, change, subject):
            return None
        # What is long is dropped rather than what is short.
        for literal in sorted(cube, key=lambda each: -len(str(each[1]))):
            fewer = [each for each in cube if each is not literal]
            if self._within(fewer, change, subject):
                cube = fewer
        return tuple(cube)

    def _reading(self, side: int, node: Node) -> tuple[object, ...]:
        """What a condition or a value is, by the rules of one, and on which day if that matters."""
        return same_question(node, self._asking.sides[side])

    def _meant(self, side: int, node: Node) -> Sided:
        """A literal; one that is the same by both is of neither."""
        try:
            alike = self._reading(side, node) == self._reading(1 - side, node)
        except KeyError:  # only one of them decides that of a fact
            alike = False
        return (-1, node) if alike else (side, node)

    def _within(self, cube: Iterable[Sided], change: Pair, subject: Variable) -> bool:
        asked = Pair(tuple(cube), (change.holds,))
        return isinstance(self._asking.can_hold(asked, subject), Never)


def _atoms(node: Node, subject: Variable, folded: FoldedRegime) -> Iterator[Node]:
    """The conditions of which a condition is made, through what is derived of the fact itself."""
    match node:
        case And() | Or():
            for each in node.items:
                yield from _atoms(each, subject, folded)
        case Not() | Noted():
            yield from _atoms(node.item, subject, folded)
        case Constant():
            return
        case Derived():
            rules = _told_apart(node, subject, folded)
            yield from _atoms_of(rules, subject, folded)
            if not rules:
                yield node
        case Comparison(left=one, right=other) | Subset(left=one, right=other):
            yield node
            for derived, beside in ((one, other), (other, one)):
                if isinstance(derived, Derived):
                    rules = _told_apart(derived, subject, folded)
                    yield from _atoms_of(rules, subject, folded)
                    if isinstance(beside, Attribute) and isinstance(node, Comparison):
                        for rule in rules:
                            yield Comparison("==", beside, rule.value)
        case _:
            yield node


def _atoms_of(
    rules: Iterable[FoldedRule], subject: Variable, folded: FoldedRegime
) -> Iterator[Node]:
    for rule in rules:
        yield from _atoms(rule.condition, subject, folded)


def _told_apart(
    derived: Derived, subject: Variable, folded: FoldedRegime
) -> tuple[FoldedRule, ...]:
    """The rules by which a derived attribute of the fact has its value, one of a few."""
    if derived.of is not subject:
        return ()
    rules = folded.rules(folded.regime.rules.definition(derived))
    return rules if all(isinstance(rule.value, Constant) for rule in rules) else ()


def _decided(folded: FoldedRegime, cls: type[Fact], name: str) -> list[Answered]:
    regime = folded.regime
    definition = regime.rules.definitions.get((cls, name))
    if definition is None or not regime.in_force:
        return [Answered(comes_to=None, where=TRUE, cites=())]
    rules = [rule for rule in definition.outcomes() if regime.holds(rule)]
    derived = Derived(definition.subject, definition)
    found: dict[Any, list[Cite]] = {}
    if definition.type == BOOLEAN:
        found = {value: [rule.cite for rule in rules] for value in (True, False)}
        rules = []
    for rule in rules:
        value = folded.fold(rule.value)
        constant = value.value if isinstance(value, Constant) else NONE
        if definition.type.name not in _LISTED or is_none(constant):
            cites = tuple(dict.fromkeys(rule.cite for rule in rules))
            return [Answered(comes_to="", where=TRUE, cites=cites, value=derived)]
        found.setdefault(constant, []).append(rule.cite)
    return [
        Answered(
            comes_to=value, where=_is(derived, definition, value),
            cites=tuple(dict.fromkeys(cites)),
        )
        for value, cites in found.items()
    ]  # fmt: skip


def _is(derived: Derived, definition: Definition, value: Any) -> Node:
    if definition.type == BOOLEAN:
        return derived if value else ~derived
    if definition.type.name == "set":
        listed = Constant(value, definition.type)
        return all_of(Subset(derived, listed), Subset(listed, derived))
    return Comparison("==", derived, Constant(value))


def _found(regime: Regime, cite: str) -> list[Answered]:
    rule = next((each for each in regime.rules.rules if str(each.cite) == cite), None)
    if not isinstance(rule, Requirement) or not regime.holds(rule) or not regime.in_force:
        return [Answered(comes_to=Status.NOT_APPLICABLE, where=TRUE, cites=())]
    of = finding_conditions(regime, rule)
    unmet = all_of(of.applies, ~of.must)
    cites = (rule.cite,)
    found: list[tuple[Standings, Node]] = [
        (Status.NOT_APPLICABLE, ~of.applies),
        (Status.SATISFIED, all_of(of.applies, of.must)),
    ]
    if of.due_of_fact is None:
        found.append((of.status(True, False, False), unmet))
    else:
        found += [
            (of.status(True, False, False, True), all_of(unmet, of.overdue)),
            (of.status(True, False, False, False), all_of(unmet, ~of.overdue)),
        ]
    return [Answered(comes_to=status, where=where, cites=cites) for status, where in found]


def _judged(regime: Regime, cls: type[Fact]) -> list[Answered]:
    of = verdict_conditions(regime, cls)
    if not regime.in_force or not regime.rules.verdict_rules_of(cls):
        return [Answered(comes_to=Outcome.NOT_APPLICABLE, where=TRUE, cites=())]
    cites = tuple(
        dict.fromkeys([e.rule.cite for e in of.prohibitions] + [e.rule.cite for e in of.groups])
    )
    layers = [
        (Outcome.PROHIBITED, of.prohibited),
        (Outcome.EXEMPTION_NEEDED, of.deviating),
        (Outcome.AWAITING, of.waiting),
    ]
    found: list[Answered] = []
    above: list[Node] = [of.in_time]
    for outcome, layer in layers:
        found.append(Answered(comes_to=outcome, where=all_of(*above, layer), cites=cites))
        above.append(~layer)
    found.append(Answered(comes_to=Outcome.PERMITTED, where=all_of(*above), cites=cites))
    if of.in_time is not TRUE:
        found.append(Answered(comes_to=Outcome.NOT_APPLICABLE, where=~of.in_time, cites=cites))
    return found
