"""What is shown of answers on tables: counted, sorted and cut off in the database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from ..answers import (
    Outcome,
    Verdict,
)
from ..engines.sql.decoding import value_of
from ..facts import NONE
from ..language.expressions import Definition, gives_none
from ..language.types import RATIONAL
from ..render.prose import Column
from ..render.tables import table_of, tally, titled, verdicts_table
from ..render.wording import Language, pick, value_words
from .answered_rows import Counts, decoder, value_text
from .databases import literal
from .summary_shown import Parts, shown_of
from .table_inputs import AskedOfTables

if TYPE_CHECKING:
    from ..tables.queries import Question

_WRONG: Final = tuple(outcome for outcome in Outcome if outcome.standing.wrong)
_MOST_VALUES: Final = 5


def outcome_parts(
    outcomes: Mapping[Outcome, int], lang: Language, *, at_least: bool = False
) -> Parts:
    """The verdicts by outcome."""
    if not outcomes:
        return ["", pick(lang, "数据中没有审核事项", "the data have no requests")]
    return [tally(outcomes, lang, at_least=at_least)]


def refused_parts(
    ask: AskedOfTables, question: Question, counts: Counts, most: int, lang: Language
) -> Parts:
    """The first requests of a class that are not permitted, and why."""
    cls = question.fact_class
    number = sum(counts.verdicts[cls.collection, outcome] for outcome in _WRONG)
    if not number:
        return []
    query = (
        f"SELECT * FROM ({ask.sql(question)}) AS answers "
        f"WHERE outcome IN ({_listed(sorted(map(str, _WRONG)))}) ORDER BY id LIMIT {most}"
    )
    decode = decoder(ask.asked.policy, question)
    verdicts = [answer for answer in map(decode, ask.rows(query)) if isinstance(answer, Verdict)]
    zh, en = f"尚不能{cls.deed}的{cls.zh}", f"Not permitted: {cls.collection}"
    # More data may settle what is undetermined, so that with it there may be fewer.
    at_least = bool(ask.asked.partial) and not counts.verdicts[cls.collection, Outcome.UNDETERMINED]
    title = shown_of(zh, en, number, len(verdicts), lang, at_least=at_least)
    return [titled(title, verdicts_table(verdicts, lang))]


def decided_parts(
    ask: AskedOfTables, questions: Sequence[Question], counts: Counts, lang: Language
) -> Parts:
    """What is decided, with the most frequent values, and how often it is not settled."""
    rows = []
    last = None
    for question in questions:
        (definition,) = question.stated
        assert isinstance(definition, Definition)
        number = counts.decisions[definition]
        if number:
            cls = question.fact_class
            label = pick(lang, cls.zh, cls.en)
            rows.append(
                (
                    "" if cls is last else label,
                    pick(lang, definition.zh, definition.en),
                    _values(ask, question, definition, lang),
                    str(counts.unsettled[definition] or ""),
                )
            )
            last = cls
    if not rows:
        nothing = "数据中没有可认定的对象", "the data have no fact of which anything is decided"
        return ["", pick(lang, *nothing)]
    columns = (
        Column(pick(lang, "对象", "subject")),
        Column(pick(lang, "认定事项", "decision")),
        Column(pick(lang, "结果（项数）", "values (how many)")),
        Column(pick(lang, "无法判定或有冲突", "undetermined or in conflict"), number=True),
    )
    return ["", table_of(columns, rows)]


def _values(ask: AskedOfTables, question: Question, definition: Definition, lang: Language) -> str:
    """The most frequent values, with how often each is given."""
    rational = definition.type == RATIONAL
    as_text = rational or gives_none(definition)
    column = value_text(ask, definition) if as_text else "value"
    query = (
        f"SELECT {column} AS said, COUNT(*) FROM ({ask.sql(question)}) AS answers "
        f"WHERE {column} IS NOT NULL GROUP BY {column} ORDER BY COUNT(*) DESC, said "
        f"LIMIT {_MOST_VALUES + 1}"
    )
    unit = definition.unit_zh, definition.unit_en
    words = []
    for value, number in ask.rows(query):
        if as_text and value == NONE.value:
            decoded: object = NONE
        else:
            decoded = Fraction(value) if rational else value_of(definition.type, value)
        words.append(f"{value_words(decoded, lang, unit, definition.places or 0)} ({number})")
    more = pick(lang, " 等", ", …") if len(words) > _MOST_VALUES else ""
    return pick(lang, "、", ", ").join(words[:_MOST_VALUES]) + more


def _listed(texts: Iterable[object]) -> str:
    return ", ".join(literal(str(text)) for text in texts)
