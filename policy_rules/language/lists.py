"""Lists that a text speaks of and others keep: so many stations, those that it names, an open 等.

What is said of them decides nothing: it tells how much of each list the data have.
"""

from __future__ import annotations

from typing import TypeAlias

from attrs import frozen

from ..facts import Fact, Labelled
from .citations import Cite
from .expected import expect
from .expressions import (
    TRUE,
    Constant,
    Count,
    Definition,
    Node,
    Parameter,
    subject_variable,
)
from .rules import Modality, Requirement
from .substitution import with_variable
from .types import CALENDAR, INTEGER, RuleTypeError


@frozen(eq=False, repr=False, kw_only=True)
class Listing:
    """What all lists have: the sentence that speaks of it, and what it is a list of."""

    cite: Cite
    quote: str
    zh: str
    en: str


@frozen(eq=False, repr=False, kw_only=True)
class ListOfFacts(Listing):
    """So many facts of a class, of which the text names none.

    That a fact is on it is judged as a `duty` to be so would be. `number` is how many there are.
    """

    duty: Requirement
    number: Parameter


@frozen(eq=False, repr=False, kw_only=True)
class ListOfNames(Listing):
    """Facts that the text names: the values of a `definition`, but that for all others."""

    definition: Definition

    @property
    def names(self) -> tuple[Labelled, ...]:
        """The names, in their order."""
        choices, otherwise = self.definition.type.choices, self.definition.otherwise
        assert choices is not None  # it is made of no other definition
        value = otherwise.value if otherwise is not None else None
        other = value.value if isinstance(value, Constant) else None
        return tuple(each for each in choices if each is not other)


@frozen(eq=False, repr=False, kw_only=True)
class ListOfValues(Listing):
    """What is on a list that the text leaves open, as the value of a parameter."""

    parameter: Parameter


TextList: TypeAlias = ListOfFacts | ListOfNames | ListOfValues


def list_of(
    cite: Cite,
    quote: str,
    words: tuple[str, str],
    what: object,
    number: object = None,
    due: Node | None = None,
) -> TextList:
    """The list that is meant by `what` is counted, defined or set."""
    zh, en = words
    if number is not None and not isinstance(what, Count):
        raise RuleTypeError(
            f"{cite}: a number is of facts that are counted, `count(each(…), …)`",
            f"{cite}：数目只用于所计的事实，即 `count(each(…), …)`",
        )
    match what:
        case Count():
            return ListOfFacts(
                cite=cite, quote=quote, zh=zh, en=en,
                duty=_duty(cite, quote, words, what, due), number=_number(cite, number),
            )  # fmt: skip
        case Definition() if what.type.name == "choice":
            return ListOfNames(cite=cite, quote=quote, zh=zh, en=en, definition=what)
        case Parameter() if what.type == CALENDAR or what.type.name.startswith("set"):
            return ListOfValues(cite=cite, quote=quote, zh=zh, en=en, parameter=what)
        case _:
            raise RuleTypeError(
                f"{cite}: a list is of facts that are counted, of the choices of a definition, or "
                f"of what a parameter holds (a set, a calendar), found `{what}`",
                f"{cite}：名单应为所计的事实、定义的各选项，或参数所列内容（集合、日历），"
                f"实为 `{what}`",
            )


def _duty(
    cite: Cite, quote: str, words: tuple[str, str], counted: Count, due: Node | None
) -> Requirement:
    """The duty of a fact to be one of those that are counted."""
    zh, en = words
    if counted.member.of is not None:
        raise RuleTypeError(
            f"{cite}: a list is of all facts of a class, `each({counted.member.fact_class.en})`, "
            "not of those that are related to another",
            f"{cite}：名单须涉及一类的全部事实，不限于与其他事实关联的",
        )
    subject = subject_variable(counted.member.fact_class)
    return Requirement(
        cite=cite, quote=quote, zh=zh, en=en, subject=subject, modality=Modality.MUST,
        applies=TRUE, must=with_variable(counted.where, counted.member, subject), due=due,
    )  # fmt: skip


def _number(cite: Cite, number: object) -> Parameter:
    found = expect(number, Parameter, f"{cite}: the number of the text", f"{cite}：文件所定的数目")
    if found.type != INTEGER:
        raise RuleTypeError(
            f"{cite}: expected a whole number of facts, found {found.type} `{found.name}`",
            f"{cite}：数目须为整数，`{found.name}` 的类型为 {found.type}",
        )
    return found


def parameter_of(listed: TextList) -> Parameter | None:
    """The parameter that says how many are on a list, or what."""
    match listed:
        case ListOfFacts():
            return listed.number
        case ListOfValues():
            return listed.parameter
        case ListOfNames():  # pragma: no branch - the match is exhaustive
            return None


def fact_class_of(listed: TextList) -> type[Fact] | None:
    """The class of the facts that are on a list; of values, none."""
    match listed:
        case ListOfFacts():
            return listed.duty.subject.fact_class
        case ListOfNames():
            return listed.definition.subject.fact_class
        case ListOfValues():  # pragma: no branch - the match is exhaustive
            return None
