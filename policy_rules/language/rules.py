"""The three forms of rule, and what else a sentence can carry."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TypeAlias

from attrs import frozen

from ..facts import Labelled
from .citations import Cite
from .expressions import TRUE, Derived, Node, Parameter, Subject, Variable, variable_of
from .types import Type


class Modality(Labelled):
    """How strongly a sentence binds, after its words."""

    MUST = ("must", "应当", "must")
    MUST_NOT = ("must_not", "不得", "must not")
    IN_PRINCIPLE = ("in_principle", "原则上", "in principle")
    TARGET = ("target", "力争", "target")


@frozen(eq=False, repr=False, kw_only=True)
class Ending:
    """The sentence of an amendment by which a rule ends, and what is said of it in our words.

    A rule that is `replaced` has another in its place, which stands in that sentence.
    """

    cite: Cite
    quote: str
    zh: str = ""
    en: str = ""
    replaced: bool = False


@frozen(eq=False, repr=False, kw_only=True)
class Source:
    """Where a rule stands: its citation, the operative words, and when it is valid.

    Both days are included. `ended_by` says what ended it, where an amendment did.
    """

    cite: Cite
    quote: str
    valid_from: date | None = None
    valid_until: date | None = None
    ended_by: Ending | None = None

    def in_force(self, day: date) -> bool:
        """Whether the rule's own validity covers the day."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_until is None or day <= self.valid_until
        )


@frozen(eq=False, repr=False, kw_only=True)
class Constitutive(Source):
    """One rule of a definition: under the condition, the attribute has the value."""

    condition: Node
    value: Node


@frozen(eq=False, repr=False, kw_only=True)
class Stated(Source):
    """A rule with a statement of its own, in our words."""

    zh: str
    en: str


@frozen(eq=False, repr=False, kw_only=True)
class Definition:
    """A derived attribute of a fact, and the rules that give it a value.

    `otherwise` holds where none of the rules applies; `formerly` are those that did so before an
    amendment, each until a day. `no_zh` says in Chinese that a yes or no is no.
    """

    subject: Variable
    name: str
    type: Type
    zh: str
    en: str
    rules: tuple[Constitutive, ...]
    unit_zh: str = ""
    unit_en: str = ""
    no_zh: str = ""
    formerly: tuple[Constitutive, ...] = ()
    otherwise: Constitutive | None = None

    def of(self, subject: Subject) -> Derived:
        """The attribute, as read from a fact."""
        return Derived(variable_of(subject), self)

    def outcomes(self) -> Iterator[Constitutive]:
        """All the rules, the one for all other cases last."""
        yield from self.rules
        yield from self.formerly
        if self.otherwise:
            yield self.otherwise


@frozen(eq=False, repr=False, kw_only=True)
class Requirement(Stated):
    """An obligation on a fact: where it applies, something must be so, by a date if one is set."""

    subject: Variable
    modality: Modality
    applies: Node
    must: Node
    due: Parameter | None = None


@frozen(eq=False, repr=False, kw_only=True)
class AttestationRule(Stated):
    """An obligation that rests on an attestation: that a document or mechanism exists."""

    subject: Variable
    modality: Modality
    applies: Node = TRUE


@frozen(eq=False, repr=False, kw_only=True)
class Prohibition(Stated):
    """A request must not be granted under the condition. `on` is the date of the act."""

    subject: Variable
    modality: Modality
    condition: Node
    on: Node


@frozen(eq=False, repr=False, kw_only=True)
class Step:
    """Something to be obtained before an act."""

    name: str
    zh: str
    en: str
    quote: str
    obtained: Node


@frozen(eq=False, repr=False, kw_only=True)
class Steps(Stated):
    """Where the rule applies, the act needs the steps first. `on` is the date of the act."""

    subject: Variable
    applies: Node
    steps: tuple[Step, ...]
    on: Node


@frozen(eq=False, repr=False, kw_only=True)
class RuleException(Stated):
    """Where the condition holds, the rule of the sentence `to` does not apply."""

    to: Cite
    condition: Node


class ExcuseKind(Labelled):
    """Why a sentence, or what is left of one, is not computed."""

    QUALITATIVE = ("qualitative", "定性要求", "qualitative")
    OUT_OF_SCOPE = (
        "out_of_scope",
        "涉及对人的监测，不在本库用途之内",
        "monitors persons: not what this library is for",
    )
    BACKGROUND = ("background", "背景、依据或文件信息", "background, legal basis or metadata")


@frozen(eq=False, repr=False, kw_only=True)
class Excuse:
    """Why a sentence, or the rest of one, carries no rule."""

    cite: Cite
    kind: ExcuseKind
    zh: str
    en: str


Rule: TypeAlias = Requirement | AttestationRule | Prohibition | Steps
Provision: TypeAlias = Definition | Rule | RuleException | Excuse
