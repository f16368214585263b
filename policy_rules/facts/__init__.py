"""What facts are: classes of them, how these are declared, and the container of facts."""

from .belonging import Belonging, Place
from .container import NO_FACTS, Facts
from .faults import FactError, Fault
from .fields import (
    DEED,
    Fact,
    act_day_of,
    boolean,
    by_year,
    choice,
    choices,
    circumstances_of,
    codes,
    day,
    decimal,
    fact,
    fields_of,
    identity,
    integer,
    known_fields,
    moment,
    reference,
    text,
    unsaid_of,
)
from .labelled import Labelled
from .nothing import NONE, is_none, value_for_none
from .presets import Preset
from .records import Attestation, Exemption
from .specs import FieldSpec, Kind, Unit
from .vocabulary import Vocabulary, known_with, loaded_classes, loaded_presets

__all__ = [
    "DEED",
    "NONE",
    "NO_FACTS",
    "Attestation",
    "Belonging",
    "Exemption",
    "Fact",
    "FactError",
    "Facts",
    "Fault",
    "FieldSpec",
    "Kind",
    "Labelled",
    "Place",
    "Preset",
    "Unit",
    "Vocabulary",
    "act_day_of",
    "boolean",
    "by_year",
    "choice",
    "choices",
    "circumstances_of",
    "codes",
    "day",
    "decimal",
    "fact",
    "fields_of",
    "identity",
    "integer",
    "is_none",
    "known_fields",
    "known_with",
    "loaded_classes",
    "loaded_presets",
    "moment",
    "reference",
    "text",
    "unsaid_of",
    "value_for_none",
]
