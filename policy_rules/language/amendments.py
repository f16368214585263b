"""Amendments: documents that change a directive from a day on, and the words to write them in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from datetime import date
from typing import TypeAlias, overload

from attrs import Factory, field, frozen

from ..facts import Fact
from .citations import Cite
from .expressions import Constitutive, Definition, Parameter
from .rules import Excuse, Provision, Rule, RuleException
from .types import RuleTypeError


@frozen(eq=False, repr=False, kw_only=True)
class NewValue:
    """A parameter has another value, or one at last, from the amendment's day on.

    `zh` and `en` are the parameter's, once the directive is amended.
    """

    cite: Cite
    quote: str
    parameter: str
    value: object
    zh: str = ""
    en: str = ""


@frozen(eq=False, repr=False, kw_only=True)
class NewProvision:
    """A provision is added; it takes the place of the rules that `old` cites, if that is given."""

    provision: Provision
    old: Cite | None = None

    @property
    def cite(self) -> Cite:
        """The sentence in which the provision stands, or its first rule."""
        if isinstance(self.provision, Definition):
            return next(self.provision.outcomes()).cite
        return self.provision.cite


@frozen(eq=False, repr=False, kw_only=True)
class NewRules:
    """Rules are added to a definition, in the place of those of its rules that `old` cites."""

    of: Definition
    rules: tuple[Constitutive, ...]
    otherwise: Constitutive | None = None
    old: Cite | None = None

    def outcomes(self) -> tuple[Constitutive, ...]:
        """All the new rules, the one for all other cases last."""
        return (*self.rules, *([self.otherwise] if self.otherwise else []))

    @property
    def cite(self) -> Cite:
        """The sentence of the first of the new rules."""
        return self.outcomes()[0].cite


@frozen(eq=False, repr=False, kw_only=True)
class Repeal:
    """The rules that `old` cites end; `zh` and `en` say in our words what no longer holds.

    With `exceptions_only`, only exceptions do.
    """

    cite: Cite
    quote: str
    zh: str
    en: str
    old: Cite
    of: Definition | None = None
    exceptions_only: bool = False


Change: TypeAlias = NewValue | NewProvision | NewRules | Repeal


@frozen(eq=False, repr=False, kw_only=True)
class Amendment:
    """A document that amends a directive, as its author writes it: plain data, not yet checked.

    `in_force` is the day from which it holds, by default that of its issue. `sentences` are its
    own, with their fingerprints, as those of a directive; a change cites the sentence in which it
    stands with the document's `id`: `putian-2021-8:1/2`.
    """

    id: str
    number: str
    zh: str
    en: str
    issued: date
    in_force: date = field(default=Factory(lambda self: self.issued, takes_self=True))
    sentences: Mapping[str, str]
    changes: Sequence[Change]
    fact_classes: Sequence[type[Fact]] = ()


def change(parameter: Parameter | str, value: object, *, cite: str, quote: str) -> NewValue:
    """A parameter has another value from the amendment's day on, before which it keeps its own."""
    name = parameter.name if isinstance(parameter, Parameter) else parameter
    plain = frozenset(value) if isinstance(value, Set) else value
    return NewValue(cite=Cite.parse(cite), quote=quote, parameter=name, value=plain)


@overload
def replace(old: str, new: Rule | RuleException, /) -> NewProvision: ...


@overload
def replace(
    old: str, /, *new: Constitutive, of: Definition, otherwise: Constitutive | None = None
) -> NewRules: ...


def replace(
    old: str,
    /,
    *new: Rule | RuleException | Constitutive,
    of: Definition | None = None,
    otherwise: Constitutive | None = None,
) -> NewProvision | NewRules:
    """Another rule takes the place of the one that is cited, which holds until the day before.

    The citation of a sentence, without a letter, reaches all its rules. Rules of a definition are
    replaced by their citation, with the definition as `of`; `otherwise` is then a new rule for all
    other cases.
    """
    made = _added(new, of, otherwise, Cite.parse(old))
    if isinstance(made, NewProvision) and isinstance(made.provision, Definition | Excuse):
        raise RuleTypeError(f"{old}: is replaced by a rule, or by rules of a definition (`of`)")
    return made


@overload
def add(new: Provision, /) -> NewProvision: ...


@overload
def add(*new: Constitutive, of: Definition, otherwise: Constitutive | None = None) -> NewRules: ...


def add(
    *new: Provision | Constitutive,
    of: Definition | None = None,
    otherwise: Constitutive | None = None,
) -> NewProvision | NewRules:
    """A provision that holds from the amendment's day on, or rules of a definition (`of`)."""
    return _added(new, of, otherwise, None)


def _added(
    new: Sequence[Provision | Constitutive],
    of: Definition | None,
    otherwise: Constitutive | None,
    old: Cite | None,
) -> NewProvision | NewRules:
    rules = tuple(each for each in new if isinstance(each, Constitutive))
    if of is not None and len(rules) == len(new) and (new or otherwise):
        return NewRules(of=of, rules=rules, otherwise=otherwise, old=old)
    if of is None and otherwise is None and len(new) == 1 and not rules:
        (provision,) = new
        assert not isinstance(provision, Constitutive)  # or it would be among `rules`
        if isinstance(provision, Definition) and next(provision.outcomes(), None) is None:
            raise RuleTypeError(f"`{provision.name}` has no rule")
        return NewProvision(provision=provision, old=old)
    raise RuleTypeError("an amendment makes one provision, or rules of one definition (`of`)")


def repeal(
    old: str | RuleException,
    *,
    cite: str,
    quote: str,
    zh: str,
    en: str,
    of: Definition | None = None,
) -> Repeal:
    """The rule that is cited holds until the day before, and no other takes its place.

    The citation of a sentence, without a letter, reaches all its rules and exceptions; to end an
    exception alone, give it instead. Rules of a definition are repealed with the definition as
    `of`.
    """
    alone = isinstance(old, RuleException)
    reached = old.cite if isinstance(old, RuleException) else Cite.parse(old)
    return Repeal(
        cite=Cite.parse(cite), quote=quote, zh=zh, en=en, old=reached, of=of, exceptions_only=alone
    )
