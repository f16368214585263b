"""How a directive is written: expressions, rules, clauses; and the checks when it is loaded."""

from .amending import amended
from .amendments import Amendment
from .author_words import (
    average,
    count,
    each,
    earliest,
    empty,
    every,
    first_known,
    greatest,
    held,
    latest,
    least,
    none,
    percent,
    some,
    subject,
    the,
    total,
)
from .citations import Cite
from .clauses import Clause, Sentence
from .directives import Directive, Oddity
from .expressions import AS_OF, DEADLINE, FALSE, TRUE, Parameter, Reading
from .loading import DirectiveError, RuleSet, load
from .recurrences import Period, Recurrence
from .regimes import ChoiceError, Regime, regime
from .rules import ExcuseKind, Modality
from .types import (
    BOOLEAN,
    DATE,
    INTEGER,
    RATIONAL,
    RECURRENCE,
    TEXT,
    TEXTS,
    RuleTypeError,
    Type,
    choice_of,
    set_of,
)

__all__ = [
    "AS_OF",
    "BOOLEAN",
    "DATE",
    "DEADLINE",
    "FALSE",
    "INTEGER",
    "RATIONAL",
    "RECURRENCE",
    "TEXT",
    "TEXTS",
    "TRUE",
    "Amendment",
    "ChoiceError",
    "Cite",
    "Clause",
    "Directive",
    "DirectiveError",
    "ExcuseKind",
    "Modality",
    "Oddity",
    "Parameter",
    "Period",
    "Reading",
    "Recurrence",
    "Regime",
    "RuleSet",
    "RuleTypeError",
    "Sentence",
    "Type",
    "amended",
    "average",
    "choice_of",
    "count",
    "each",
    "earliest",
    "empty",
    "every",
    "first_known",
    "greatest",
    "held",
    "latest",
    "least",
    "load",
    "none",
    "percent",
    "regime",
    "set_of",
    "some",
    "subject",
    "the",
    "total",
]
