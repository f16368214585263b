"""The forms that each kind of field takes where it is written as a text: one account for all doors.

Cells of CSV files and workbooks are read by it (`cells.py`), and columns of databases are
(`policy_rules/tables/conversions.py`). What is a text of none of the forms of its field is a
fault there, and never another value.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import tzinfo
from functools import cache
from types import MappingProxyType
from typing import Final

from attrs import field, frozen

from ..facts import NONE, FieldSpec, Kind
from ..facts.checks import BLANKS
from .date_forms import DAYS, MOMENTS, DateForm
from .mapping import DEFAULT_ZONE, ColumnMapping

# Chinese input methods easily give letters, digits and signs in full width. They mean the same
# everywhere but in texts, which keep them.
_FULL_WIDTH: Final = "".join(chr(code) for code in range(0xFF01, 0xFF5F))
_HALF_WIDTH: Final = "".join(chr(code) for code in range(0x21, 0x7F))
FOLDED: Final = (BLANKS + _FULL_WIDTH, " " * len(BLANKS) + _HALF_WIDTH)
_FOLDING: Final = str.maketrans(*FOLDED)

# How Excel is made to keep a text a text: `="0123"` in a CSV file, an apostrophe before it.
QUOTED: Final = ('="', '"')
APOSTROPHE: Final = "'"
# What programs put in the place of bytes that they could not read.
DAMAGE: Final = "\ufffd"

# What a spreadsheet has made of a code that it took for a number: some digits are lost.
NUMBER_LIKE: Final = "[0-9]+[.]0+|[0-9]([.][0-9]+)?[Ee][+][0-9]+|[0-9][.][0-9]+[Ee]-?[0-9]+"
# What a spreadsheet shows where it has no value: an error, or a column that is too narrow.
NO_VALUE: Final = (
    "#(N/A|REF!|VALUE!|NAME[?]|DIV/0!|NULL!|NUM!|SPILL!|CALC!|FIELD!|BUSY!)|#{3,}|Err:[0-9]+"
)
# A formula that was kept as its text, which may go over several lines.
FORMULA: Final = "=([^a]|a)+"
# What adds up or averages the others and is none of them.
TOTAL: Final = (
    "(合计|总计|小计|共计|累计)(数|人数|个数|户数)?|总数|总人数|总和|汇总|平均|平均值|平均数"
)
# A whole number. Those of more digits are beyond all bounds.
WHOLE: Final = "[+-]?[0-9]{1,18}([.]0+)?"
# A number with places after the point; how many may be other than 0 is for the field to say.
DECIMAL: Final = "[+-]?[0-9]{1,18}([.][0-9]{1,18})?"
# One year of a number by year, with the groups of the year and of the number.
YEAR: Final = "([0-9]{4}) *: *([+-]?[0-9]{1,18})"

NOTHING: Final = frozenset({"无", "-"})
SEPARATORS: Final = ";、|"
# A set of codes as the rules read it is a set of codes everywhere: `=<350102><350304>`.
CODES_MARK: Final = "="
CODE_OPENS: Final = "<"
CODE_CLOSES: Final = ">"

_YES: Final = ("true", "yes", "t", "y", "1", "是", "有", "√", "✓")
_NO: Final = ("false", "no", "f", "n", "0", "否", "无", "×", "✗")
_BOOLEANS: Final[Mapping[str, bool | None]] = {
    spelt: value
    for words, value in ((_YES, True), (_NO, False))
    for word in words
    for spelt in (word, word.upper(), word.capitalize())
}
# Kinds whose texts are kept as they are but for the blanks around them.
_VERBATIM: Final = frozenset({Kind.TEXT})


def folded(text: str, kind: Kind) -> str:
    """A text as it is looked at: without blanks around it, and but for texts in half width."""
    if text.isascii() and text.isalnum():  # which is most often so
        return text
    said = text.strip(BLANKS) if kind in _VERBATIM else text.translate(_FOLDING).strip(" ")
    opens, closes = QUOTED
    if said.startswith(opens) and said.endswith(closes) and len(said) > len(opens):
        return said[len(opens) : -len(closes)]
    return said.removeprefix(APOSTROPHE)


_AS_USUAL: Final = ColumnMapping()


@frozen(eq=False)
class Forms:
    """The forms of one field, as its kind and a mapping have them.

    `unknown` are the texts that say that nothing is known, `nothing` those that say that there is
    none (an empty set; of a field that may be empty or none). `words` are texts with what they
    stand for: yes or no, or a member of a choice by its English name; None says that it is
    unknown. `dates` are the forms of dates and moments, `zone` the clocks by which a moment with an
    offset is told. Between the members of a set stands one of the `separators`; `pattern` is what
    every id or code must be like as a whole.
    """

    spec: FieldSpec
    unknown: frozenset[str]
    nothing: frozenset[str]
    words: Mapping[str, str | bool | None] = field(repr=False)
    dates: tuple[DateForm, ...]
    zone: str
    separators: tuple[str, ...]
    pattern: str | None
    mapping: ColumnMapping

    @property
    def verbatim(self) -> bool:
        """Whether full-width letters and digits stay as they are."""
        return self.spec.kind in _VERBATIM

    @property
    def own_words(self) -> bool:
        """Whether a mapping has said which words are read, so that no others are."""
        return bool(self.mapping.yes) or self.mapping.codes is not None


def forms_of(spec: FieldSpec, column: ColumnMapping = _AS_USUAL, zone: str = DEFAULT_ZONE) -> Forms:
    """The forms of a field, of which a mapping may say more."""
    words = _words(spec, column)
    return Forms(
        spec=spec,
        unknown=_folded({"", *column.unknown}, spec.kind) - words.keys(),
        nothing=_nothing(spec, column) - words.keys(),
        words=words,
        dates=column.dates or _DATES.get(spec.kind, ()),
        zone=zone,
        separators=_separators(column),
        pattern=None if column.preset is None else column.preset.pattern,
        mapping=column,
    )


def _nothing(spec: FieldSpec, column: ColumnMapping) -> frozenset[str]:
    if spec.kind in _SETS or spec.may_be_empty:
        return NOTHING | _folded(column.none, spec.kind)
    return _folded({*NOTHING, NONE.value, *column.none}, spec.kind) if spec.may_be_none else _NEVER


_NEVER: Final = frozenset[str]()
_SETS: Final = frozenset({Kind.CHOICES, Kind.CODES, Kind.BY_YEAR})
_DATES: Final = {Kind.DATE: (*DAYS, *MOMENTS), Kind.MOMENT: MOMENTS}


def _words(spec: FieldSpec, column: ColumnMapping) -> Mapping[str, str | bool | None]:
    given: dict[str, str | bool | None] = {}
    if spec.kind is Kind.BOOLEAN:
        if not column.yes:
            return _BOOLEANS
        given = {**dict.fromkeys(column.yes, True), **dict.fromkeys(column.no, False)}
    elif spec.choices is not None:
        preset = None if column.preset is None else column.preset.codes
        if column.codes is None or preset is not None:
            spelt = spec.choices.spellings().items()
            given = {text: str(member.value) for text, member in spelt if isinstance(text, str)}
        given |= {**(preset or {}), **(column.codes or {})}
    return MappingProxyType({folded(word, spec.kind): value for word, value in given.items()})


def _separators(column: ColumnMapping) -> tuple[str, ...]:
    return (
        tuple(SEPARATORS) if column.separator is None else (folded(column.separator, Kind.CODES),)
    )


def _folded(texts: Iterable[str], kind: Kind) -> frozenset[str]:
    return frozenset(folded(each, kind) for each in texts)


@cache
def clocks(zone: str) -> tzinfo:
    """The clocks of a zone such as `Asia/Shanghai`. Raises ValueError for a name that is none."""
    # Only what has an offset needs it. It brings the zones of the world, which a system may lack.
    from dateutil.tz import gettz

    found = gettz(zone)
    if found is None:
        raise ValueError(f"`{zone}` is no time zone")
    return found
