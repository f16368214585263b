"""The forms of rule, and what else a sentence can carry."""

from __future__ import annotations

from datetime import date
from typing import Final, TypeAlias

from attrs import field, frozen

from ..facts import Labelled
from .citations import Cite
from .expressions import (
    TRUE,
    Constant,
    Constitutive,
    Definition,
    Node,
    Parameter,
    Source,
    Variable,
    all_of,
    same_account,
)


class Modality(Labelled):
    """How strongly a sentence binds, after its words."""

    MUST = ("must", "应当", "must")
    MUST_NOT = ("must_not", "不得", "must not")
    IN_PRINCIPLE = ("in_principle", "原则上", "in principle")
    TARGET = ("target", "力争", "target")


@frozen(eq=False, repr=False, kw_only=True)
class Stated(Source):
    """A rule with a statement of its own, in our words.

    `responsible` is the body that answers for it, where its sentence names one.
    """

    zh: str
    en: str
    responsible: Labelled | None = None


@frozen(eq=False, repr=False, kw_only=True)
class Requirement(Stated):
    """An obligation on a fact: where it applies, something must be so, by a date if one is set.

    What is `due` is a parameter, or a date that is worked out of each fact.
    """

    subject: Variable
    modality: Modality
    applies: Node
    must: Node
    due: Node | None = None

    @property
    def due_of_fact(self) -> Node | None:
        """The date by which it is due, where each fact has its own."""
        return None if isinstance(self.due, Parameter) else self.due


@frozen(eq=False, repr=False, kw_only=True)
class AttestationRule(Stated):
    """An obligation that rests on an attestation: that a document or mechanism exists."""

    subject: Variable
    modality: Modality
    applies: Node = TRUE


@frozen(eq=False, repr=False, kw_only=True)
class AgreementRule(Stated):
    """Two accounts of one thing, which should say the same where the rule applies.

    Without a second, the first is a condition under which the accounts can both be right. It is
    judged as a `duty` that it be so would be; what it comes to is no breach.
    """

    subject: Variable
    applies: Node
    first: Node
    second: Node | None = None
    duty: Requirement = field(init=False)

    def __attrs_post_init__(self) -> None:
        made = Requirement(
            cite=self.cite,
            quote=self.quote,
            valid_from=self.valid_from,
            valid_until=self.valid_until,
            ended_by=self.ended_by,
            by_day=self.by_day,
            zh=self.zh,
            en=self.en,
            responsible=self.responsible,
            subject=self.subject,
            modality=Modality.MUST,
            applies=self.applies,
            must=(self.first if self.second is None else same_account(self.first, self.second)),
        )
        object.__setattr__(self, "duty", made)


@frozen(eq=False, repr=False, kw_only=True)
class Prohibition(Stated):
    """Where it applies, a request must not be granted under the condition.

    `on` is the date of the act.
    """

    subject: Variable
    modality: Modality
    condition: Node
    on: Node
    applies: Node = TRUE

    @property
    def holds(self) -> Node:
        """That it applies, and is against the request."""
        return self.condition if self.applies is TRUE else all_of(self.applies, self.condition)


@frozen(eq=False, repr=False, kw_only=True)
class Proviso(Constitutive):
    """One of the conditions on which alone something is permitted: where it is not met, it is not.

    `zh` and `en` say the condition in our words; how strongly it binds stands here where it is said
    of it alone. It is a rule of the definition, and a prohibition has the same citation.
    """

    zh: str
    en: str
    modality: Modality | None = None


# The day of an act that has none: after all others.
NEVER: Final[Node] = Constant(date.max)


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
    """Where the rule applies, the act needs the steps first.

    `on` is the date of the act; one that has none is `NEVER` done already.
    """

    subject: Variable
    applies: Node
    steps: tuple[Step, ...]
    on: Node


@frozen(eq=False, repr=False, kw_only=True)
class RuleException(Stated):
    """Where the condition holds, the rule of the sentence `to` does not apply.

    `of_exception`: it is from the exceptions that stand there, where these would.
    """

    to: Cite
    condition: Node
    of_exception: bool = False


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


# What engines judge: of an agreement, its duty.
Judged: TypeAlias = Requirement | AttestationRule | Prohibition | Steps
Rule: TypeAlias = Judged | AgreementRule
Provision: TypeAlias = Definition | Rule | RuleException | Excuse


def judged(rule: Rule) -> Judged:
    """A rule as engines judge it."""
    return rule.duty if isinstance(rule, AgreementRule) else rule
