"""What is shown of answers on tables: counted, sorted and cut off in the database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from attrs import frozen
from rich.text import Text

from ..answers import (
    GAPS,
    Outcome,
    Status,
    Verdict,
)
from ..engines.sql.decoding import value_of
from ..facts import NONE, Fact
from ..language.expressions import Definition, gives_none
from ..language.rules import AttestationRule
from ..language.types import RATIONAL
from ..policy import Duty
from ..render.prose import Column, Prose
from ..render.tables import outcome_text, printable, table_of, tally, titled, verdicts_table
from ..render.wording import Language, cite_shown, pick, value_words
from .answered_rows import Counts, decoder, duties_of, value_text
from .audit_parts import Parts, gaps_title, shown_of
from .databases import literal
from .table_inputs import AskedOfTables

if TYPE_CHECKING:
    from ..tables.queries import Question

_WRONG: Final = tuple(outcome for outcome in Outcome if outcome.standing.wrong)
_MOST_VALUES: Final = 5


@frozen
class Gap:
    """What some facts of a class lack alike; `id` is that of the first of the `number`."""

    fact_class: type[Fact]
    rule: Duty
    status: Status
    actual: int | None
    required: int | None
    shortfall: int | None
    due: date | None
    number: int
    id: str

    @property
    def order(self) -> tuple[int, float, int, date, str]:
        """The gravest first, then the largest share of what is required."""
        share = 1.0 if self.shortfall is None else self.shortfall / (self.required or 1)
        return (
            GAPS.index(self.status),
            -share,
            -(self.shortfall or 0),
            self.due or date.max,
            f"{self.fact_class.collection}/{self.id}",
        )


def gaps_of(ask: AskedOfTables, question: Question, most: int) -> list[Gap]:
    """The worst of the measured gaps of a class, those that are alike together."""
    duties = {
        str(rule.cite): rule
        for rule in duties_of(question)
        if not isinstance(rule, AttestationRule)
    }
    if not duties:
        return []
    said = "cite, status, actual, required, shortfall, due"
    gravity = " ".join(f"WHEN '{status}' THEN {n}" for n, status in enumerate(GAPS))
    required = "CASE WHEN required <> 0 THEN required ELSE 1 END"
    query = (
        f"SELECT {said}, COUNT(*) AS number, MIN(id) AS first FROM ({ask.sql(question)}) AS answers"
        f" WHERE status IN ({_listed(GAPS)}) AND cite IN ({_listed(duties)}) GROUP BY {said}"
        f" ORDER BY CASE status {gravity} END,"
        f" COALESCE(CAST(shortfall AS FLOAT8) / ({required}), 1) DESC,"
        f" COALESCE(shortfall, 0) DESC, COALESCE(due, DATE '9999-12-31'), MIN(id) LIMIT {most}"
    )
    return [
        Gap(
            question.fact_class, duties[cite], Status.parse(status),
            actual, needed, short, due, number, first,
        )
        for cite, status, actual, needed, short, due, number, first in ask.rows(query)
    ]  # fmt: skip


def gap_parts(
    ask: AskedOfTables, gaps: Iterable[Gap], counts: Counts, worst: int, lang: Language
) -> Parts:
    """The worst gaps of all classes."""
    shown = sorted(gaps, key=lambda gap: gap.order)[:worst]
    if not shown:
        return []
    total = sum(
        number
        for (rule, status), number in counts.findings.items()
        if status in GAPS and not isinstance(rule, AttestationRule)
    )
    number = sum(gap.number for gap in shown)
    at_least = bool(ask.asked.partial)
    title = gaps_title(total, number, lang, at_least=at_least)
    columns = (
        Column(pick(lang, "对象", "subject")),
        Column(pick(lang, "条款", "cite"), fixed=True),
        Column(pick(lang, "要求", "requirement")),
        Column(pick(lang, "结果", "status"), fixed=True),
        Column(pick(lang, "实有", "actual"), number=True),
        Column(pick(lang, "应有", "required"), number=True),
        Column(pick(lang, "相差", "gap"), number=True),
    )
    names = _names(ask, shown)
    rows: list[tuple[str | Text, ...]] = [
        (
            _subject(gap, names.get((gap.fact_class, gap.id)), lang),
            cite_shown(gap.rule.cite, lang),
            _asked_for(gap, lang),
            outcome_text(gap.status, lang),
            *("" if each is None else str(each)
              for each in (gap.actual, gap.required, gap.shortfall)),
        )
        for gap in shown
    ]  # fmt: skip
    return [titled(title, table_of(columns, rows))]


def _names(ask: AskedOfTables, gaps: Iterable[Gap]) -> dict[tuple[type[Fact], str], str]:
    """The names of the facts that stand for gaps, where their tables have names."""
    wanted: dict[type[Fact], set[str]] = {}
    for gap in gaps:
        wanted.setdefault(gap.fact_class, set()).add(gap.id)
    found = {}
    queries = ask.tables.queries
    for cls, ids in wanted.items():
        source = queries.sources[cls]
        if "name" in source.columns:
            relation, id_, name = map(
                queries.dialect.sql, (source.relation, source.columns["id"], source.columns["name"])
            )
            query = f"SELECT {id_}, {name} FROM {relation} WHERE {id_} IN ({_listed(sorted(ids))})"
            found.update({(cls, row[0]): row[1] for row in ask.rows(query) if row[1]})
    return found


def _subject(gap: Gap, name: str | None, lang: Language) -> Text:
    called = name or pick(lang, gap.fact_class.zh, gap.fact_class.en)
    more = ""
    if gap.number > 1:
        counter = gap.fact_class.counter
        more = pick(lang, f" 等 {gap.number} {counter}", f" and {gap.number - 1} more")
    return Prose.assemble(printable(called), " ", (printable(gap.id), "dim"), more)


def _asked_for(gap: Gap, lang: Language) -> Text:
    words = printable(pick(lang, gap.rule.zh, gap.rule.en))
    if gap.due is None:
        return Prose(words)
    return Prose.assemble(words, (pick(lang, f"\n期限 {gap.due}", f"\ndue {gap.due}"), "dim"))


def outcome_parts(
    outcomes: Mapping[Outcome, int], lang: Language, *, at_least: bool = False
) -> Parts:
    """The verdicts by outcome."""
    if not outcomes:
        return ["", pick(lang, "数据中没有审核事项", "the tables have no requests")]
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
    zh, en = f"尚不能实施的{cls.zh}", f"Not permitted: {cls.collection}"
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
        nothing = "数据中没有可认定的对象", "the tables have no fact of which anything is decided"
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
