"""What an amendment changes: values, provisions, rules of definitions; and what it repeals."""

from __future__ import annotations

from typing import TypeAlias

from attrs import frozen

from .citations import Cite
from .expressions import Constitutive, Definition
from .rules import Provision


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
