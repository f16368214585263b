"""An inspection written down: a document in Chinese or English, in the order in which it is read.

What was inspected and how it stands; who is behind; the indicators; the problems in the order of
the directive; what is late, doubtful, due soon, missing; the requests; what hangs on readings.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final

from ..answers import Finding, Outcome, Verdict
from ..arguments import public
from ..calendar import Due, DueStatus
from ..facts import Fact
from ..language import Cite
from ..policy import Answer, Duty
from ..render.explanations import quoted
from ..render.naming import called
from ..render.needed import field_words, needs_words
from ..render.wording import (
    Language,
    cite_words,
    heading_words,
    pick,
)
from .colours import Colour
from .document import Block, Cell, Column, Document, Heading, Paragraph, Row, Table
from .model import Gap, Inspection, Problem, Ranked
from .phrases import (
    answering,
    asked,
    cited,
    day_words,
    joined,
    lacking,
    name,
    names,
    out_of,
    percent,
    place_words,
    strength,
    there,
)
from .sections import (
    Section,
    how_to_read,
    lists_known,
    sectioned,
    share_cells,
    share_columns,
    shares_met,
    titled_document,
)

_CITED: Final = 5
_FEW: Final = 3


@public
def document(
    inspection: Inspection,
    lang: Language,
    *,
    explained: int | None = 200,
    notes: Sequence[str] = (),
    details: Mapping[str, str] | None = None,
) -> Document:
    """The report on an inspection, in Chinese (`zh`) or English (`en`).

    The first `explained` problems, the gravest of each rule first, open to their explanation; with
    None, all. `notes` are said of the data as a whole; `details` gives, by the key of a body, the
    file that has its own report.
    """
    return _Writer(inspection, lang, explained, notes, details or {}).document()


class _Writer:
    def __init__(
        self,
        inspection: Inspection,
        lang: Language,
        explained: int | None,
        notes: Sequence[str],
        details: Mapping[str, str],
    ) -> None:
        self.of = inspection
        self.lang = lang
        self.facts = inspection.facts
        self.policy = inspection.policy
        self.directive = inspection.policy.rules.directive
        self._notes = notes
        self._details = details
        self._explained = _spread(inspection.problems, explained)

    def say(self, zh: str, en: str) -> str:
        return pick(self.lang, zh, en)

    def name(self, fact: Fact | None) -> str:
        return name(fact, self.facts, self.lang)

    def cite(self, rule: Duty) -> str:
        return cite_words(rule.cite, self.lang, self.directive.numbers)

    def cited(self, cite: Cite) -> str:
        return cited(cite, self.policy, self.lang)

    def words(self, rule: Any) -> str:
        return self.say(rule.zh, rule.en)

    def label(self, labelled: Any) -> str:
        return "" if labelled is None else self.say(labelled.zh, labelled.en)

    def document(self) -> Document:
        sections: list[Section] = [
            ("overview", "总体情况", "Overview", self.overview),
            ("ranking", "排名", "Ranking", self.ranking),
            ("indicators", "重点指标", "Key indicators", self.indicators),
            ("problems", "存在问题", "Problems", self.problems),
            ("late", "逾期完成", "Met late", self.late),
            ("doubtful", "数据存疑", "Doubtful data", self.doubtful),
            ("soon", "即将到期", "Falling due", self.soon),
            ("missing", "需要补充的数据", "Missing data", self.missing),
            ("requests", "事前审核事项", "Requests", self.requests),
            ("readings", "口径的影响", "What hangs on readings", self.readings),
            ("lists", "文件所列名单", "Lists that the text speaks of", self.lists),
        ]
        of = "" if self.of.within is None else self.name(self.of.within)
        return titled_document(self.policy, self.lang, sectioned(sections, self.lang), of)

    # Overview

    def overview(self) -> Iterator[Block]:
        yield Paragraph(self._how_it_stands())
        yield from map(Paragraph, self._who_is_behind())
        if rest := self._what_else():
            yield Paragraph(rest)
        for note in self._notes:
            yield Paragraph(note)
        yield from how_to_read(self.of.colours, self.policy, self.lang)

    def _how_it_stands(self) -> str:
        share, statuses = self.of.share, self.of.statuses
        bodies = joined(
            (
                self.say(
                    f"{len(ranked):,}{cls.counter}{cls.zh}", f"{len(ranked):,} {cls.collection}"
                )
                for cls, ranked in zip(self.of.classes, self.of.ranking, strict=True)
                if ranked
            ),
            self.lang,
        )
        day, number = day_words(self.of.as_of, self.lang), self.directive.number
        zh = f"截至{day}，对照{number}" + (f"核查{bodies}。" if bodies else "核查。")
        en = f"As of {day}, {bodies or 'the facts'} were inspected against {number}. "
        return self.say(zh, en) + shares_met(share, statuses, self.lang)

    def _who_is_behind(self) -> Iterator[str]:
        for cls, ranked in zip(self.of.classes, self.of.ranking, strict=True):
            settled = [each for each in ranked if each.worst is not None]
            if len(ranked) < 2 or not settled:
                continue
            placed = [each for each in settled if each.place is not None]
            last = (placed or settled)[-1]
            unranked = sum(each.place is None for each in ranked)
            value, known = (
                percent(part, self.lang) for part in (last.share.value, last.share.known)
            )
            of_zh, of_en = cls.zh, f"Of the {cls.collection}"
            if unranked and placed:
                of_zh = f"参加排名的{len(ranked) - unranked}{cls.counter}{cls.zh}"
                of_en = f"Of the {len(ranked) - unranked} {cls.collection} that are ranked"
            zh = f"{of_zh}中，{self.name(last.body)}符合率最低（{value}，可判定率{known}，"
            zh += f"未整改问题{last.gaps}个"
            en = f"{of_en}, {self.name(last.body)} has the lowest share met "
            en += f"({value}, with {known} settled and {last.gaps} open problems"
            assert last.worst is not None  # those alone were taken
            worst = self._gap_words(last.worst)
            zh, en = f"{zh}），最突出的问题是{worst}", f"{en}); its gravest: {worst}"
            if unranked and placed:
                zh += f"；另有{unranked}{cls.counter}因可判定率不足未参加排名"
                more = f"{unranked} more {'is' if unranked == 1 else 'are'}"
                en += f"; {more} not ranked, since too little is known there"
            elif unranked:
                zh += "；因可判定率不足，均未参加排名"
                en += "; none is ranked, since too little is known there"
            yield self.say(f"{zh}。", f"{en}.")

    def _gap_words(self, finding: Finding, of: Fact | None = None) -> str:
        """A gap in one sentence; in what is said `of` a body, that body is not named again."""
        cite = cite_words(finding.cite, self.lang, self.directive.numbers)
        rule = finding.rule
        words = self.say(f"{rule.zh}（{cite}）", f"“{rule.en}” ({cite})")
        numbers = self.say(finding.measured_zh, finding.measured_en)
        body = answering(finding, self.facts, self.lang)
        if of is not None and body == self.name(of):
            body = ""
        named = "" if finding.fact is of else called(finding.fact, self.facts, self.lang)
        return self.say(
            (f"{named}未做到：" if named else "")
            + joined((words, numbers, f"责任单位为{body}" if body else ""), "zh"),
            (f"{named} falls short of " if named else "")
            + words
            + (f": {numbers}" if numbers else "")
            + (f"; who answers: {body}" if body else ""),
        )

    def _what_else(self) -> str:
        late = sum(len(each.late) for each in self.of.problems)
        overdue = sum(1 for each in self.of.problems for gap in each.open if gap.overdue)
        denied = self.of.attested.unmet
        parts = [
            self.say(f"逾期未完成{overdue:,}项", f"{overdue:,} are overdue") if overdue else "",
            self.say(f"逾期后补齐{late:,}项", f"{late:,} were met late") if late else "",
            self.say(f"经佐证材料确认未落实{denied:,}项", f"{denied:,} are attested not to be met")
            if denied
            else "",
            self.say(
                f"数据存疑{len(self.of.doubtful)}处", f"{len(self.of.doubtful)} data are doubtful"
            )
            if self.of.doubtful
            else "",
        ]
        before = 0
        for days, dues in self.of.soon.items():
            number, since = len(dues), f"{before + 1}至" if before else ""
            later = f"{number} more by day {days}"
            if number:
                parts.append(
                    self.say(
                        f"{since}{days}日内到期{number:,}项",
                        later if before else f"{number} fall due within {days} days",
                    )
                )
            before = days
        said = joined(parts, self.lang)
        return f"{said}{self.say('。', '.')}" if said else ""

    # Ranking

    def ranking(self) -> Iterator[Block]:
        for level, (cls, ranked) in enumerate(zip(self.of.classes, self.of.ranking, strict=True)):
            if not ranked:
                continue
            yield Heading(2, self.say(cls.zh, f"{cls.collection}".capitalize()), cls.collection)
            columns = (
                Column(self.say("名次", "rank"), number=True),
                *((Column(self.say(self.of.classes[0].zh, "of")),) if level else ()),
                Column(self.label(cls)),
                *share_columns(self.lang),
                Column(self.say("最突出的问题", "gravest problem"), wide=True),
            )
            yield Table(columns, tuple(self._ranked(each, bool(level)) for each in ranked))

    def _ranked(self, each: Ranked, inner: bool) -> Row:
        return Row(
            (
                Cell(self.say("不排名", "—") if each.place is None else str(each.place)),
                *((Cell(self.name(each.within)),) if inner else ()),
                Cell(self.name(each.body), link=self._details.get(each.body.key, "")),
                *share_cells(each.share, each.attested, each.colour, self.lang),
                Cell("" if each.worst is None else self._gap_words(each.worst, each.body)),
            )
        )

    # Indicators

    def indicators(self) -> Iterator[Block]:
        if not self.of.indicators:
            return
        bodies = sorted((each.body for each in self.of.ranking[0]), key=lambda body: body.id)
        columns = (
            Column(self.say("条款", "sentence"), kept=True),
            Column(self.say("要求", "requirement"), wide=True),
            *(Column(self.name(body), number=True) for body in bodies),
        )
        rows: list[Row] = []
        titles = {clause.heading: clause for clause in self.directive.clauses}
        last = ""
        for each in self.of.indicators:
            if each.rule.cite.clause != last:
                last = each.rule.cite.clause
                title = self.label(titles.get(last))
                if ":" not in last:  # the title of an amendment's names the document
                    title = f"{heading_words(last, self.lang)} {title}"
                rows.append(Row((Cell(title),), title=True))
            cells = []
            for body in bodies:
                share = each.shares.get(body.key)
                if share is None or not share.asked:
                    cells.append(Cell(""))
                elif not share.judged:
                    cells.append(Cell("？", Colour.GREY))
                else:
                    cells.append(Cell(out_of(share), self.of.colours.of(share)))
            rows.append(
                Row(
                    (
                        Cell(self.cited(each.rule.cite)),
                        Cell(self.words(each.rule)),
                        *cells,
                    )
                )
            )
        yield Paragraph(
            self.say(
                "格内为符合项数/已判定项数；“？”为数据不全，无法判定；空白为不适用。",
                "A cell has what is met of what is settled; “？”: nothing can be settled; blank: "
                "it does not apply.",
            ),
            note=True,
        )
        yield Table(columns, tuple(rows), sortable=False)

    # Problems

    def problems(self) -> Iterator[Block]:
        for title, problems in (
            (self.say("据数据判定", "Measured"), self.of.problems),
            (self.say("依据佐证材料判定", "Attested"), self.of.denied),
        ):
            found = [each for each in problems if each.open]
            if found:
                total = sum(len(each.open) for each in found)
                said = self.say(
                    f"{title}（{len(found)}条、{total:,}项）",
                    f"{title} ({total:,} under {len(found)})",
                )
                yield Heading(2, said)
            for each in found:
                yield from self._problem(each)

    def _problem(self, problem: Problem) -> Iterator[Block]:
        rule = problem.rule
        yield Heading(
            3,
            self.say(
                f"{self.cite(rule)}　{rule.zh}（{len(problem.open)}项）",
                f"{self.cite(rule)}: {rule.en} ({len(problem.open)})",
            ),
            f"p-{rule.cite}",
        )
        body = self.policy.regime.responsible(rule)
        words = quoted(rule.quote)
        said = [self.say(f"文件要求：{words}", f"The words: {words}")]
        said.append(self.say(f"约束力：{strength(rule, 'zh')}", strength(rule, "en")))
        if body is not None:
            said.append(self.say(f"责任单位：{body.zh}", f"responsible: {body.en}"))
            if rule.responsible is None:
                said[-1] += self.say("（文件未写明）", " (the text names nobody)")
        yield Paragraph(self.say("；", "; ").join(said), note=True)
        yield self._gaps(problem.open)

    def _gaps(self, gaps: Sequence[Gap], *, late: bool = False) -> Table:
        classes = self.of.classes
        columns = (
            *(Column(self.label(cls)) for cls in classes),
            Column(self.say("对象", "subject")),
            Column(self.say("结果", "status")),
            Column(self.say("标准", "required"), number=True),
            Column(self.say("现状", "actual"), number=True),
            Column(self.say("差额", "gap"), number=True),
            Column(self.say("期限", "due"), kept=True),
            Column(
                self.say("完成日期", "met on") if late else self.say("逾期天数", "days overdue")
            ),
            *((Column(self.say("条款", "sentence"), kept=True),) if late else ()),
        )
        rows = []
        for each in gaps:
            finding = each.finding
            last = str(finding.met_on) if late else str(each.overdue or "")
            rows.append(
                Row(
                    (
                        *map(Cell, place_words(each.place, finding.fact, self.facts, self.lang)),
                        Cell(self.name(finding.fact)),
                        Cell(
                            self.say("逾期完成", "met late") if late else self.label(finding.status)
                        ),
                        Cell(asked(finding, self.lang)),
                        Cell(there(finding, self.lang)),
                        Cell(lacking(finding, self.lang)),
                        Cell("" if finding.due is None else str(finding.due)),
                        Cell(last),
                        *((Cell(self.cited(finding.cite)),) if late else ()),
                    ),
                    self._explanation(finding),
                )
            )
        return _without_empty(Table(columns, tuple(rows)))

    def _explanation(self, answer: Answer) -> str:
        if id(answer) not in self._explained:
            return ""
        return self.policy.explain(answer, self.lang)

    def late(self) -> Iterator[Block]:
        if gaps := [gap for each in self.of.problems for gap in each.late]:
            yield self._gaps(gaps, late=True)

    # What is not a problem, or not yet

    def doubtful(self) -> Iterator[Block]:
        if not self.of.doubtful:
            return
        yield Paragraph(
            self.say(
                "同一事项的两处数据不一致，请核对后改正；不计入问题。",
                "Two accounts of one thing do not agree: please check them. They do not count.",
            ),
            note=True,
        )
        columns = (
            *(Column(self.label(cls)) for cls in self.of.classes),
            Column(self.say("对象", "subject")),
            Column(self.say("应一致的数据", "what should agree"), wide=True),
            Column(self.say("一处", "one"), number=True),
            Column(self.say("另一处", "the other"), number=True),
        )
        rows = tuple(
            Row(
                (
                    *map(Cell, place_words(place, each.fact, self.facts, self.lang)),
                    Cell(self.name(each.fact)),
                    Cell(self.words(each.rule)),
                    Cell("" if each.first is None else str(each.first)),
                    Cell("" if each.second is None else str(each.second)),
                )
            )
            for each, place in self.of.doubtful
        )
        yield _without_empty(Table(columns, rows))

    def soon(self) -> Iterator[Block]:
        first = 0
        for days, dues in self.of.soon.items():
            if dues:
                yield Heading(
                    2,
                    self.say(
                        f"{f'{first + 1}至' if first else ''}{days}日内到期（{len(dues):,}项）",
                        f"From day {first + 1} to day {days} ({len(dues):,})"
                        if first
                        else f"Within {days} days ({len(dues):,})",
                    ),
                )
                yield self._due(dues)
            first = days

    def _due(self, dues: Sequence[Due]) -> Table:
        """What falls due, once for all days on which it does to the same."""
        of_day: dict[tuple[date, Duty, DueStatus], list[Fact]] = {}
        for due in dues:
            assert due.day is not None  # what has no day is not due within so many
            of_day.setdefault((due.day, due.rule, due.status), []).append(due.fact)
        alike: dict[tuple[Duty, DueStatus, tuple[Fact, ...]], list[date]] = {}
        for (day, rule, status), found in of_day.items():
            alike.setdefault((rule, status, tuple(found)), []).append(day)
        columns = (
            Column(self.say("到期日", "due")),
            Column(self.say("条款", "sentence"), kept=True),
            Column(self.say("事项", "what"), wide=True),
            Column(self.say("状态", "status")),
            Column(self.say("对象", "subjects"), wide=True),
        )
        return Table(
            columns,
            tuple(
                Row(
                    (
                        Cell(self._days(days)),
                        Cell(self.cited(rule.cite)),
                        Cell(self.words(rule)),
                        Cell(self.label(status)),
                        Cell(self._of(found)),
                    )
                )
                for (rule, status, found), days in alike.items()
            ),
        )

    def _of(self, found: Sequence[Fact]) -> str:
        cls, number = type(found[0]), len(found)
        if number > _NAMED and number == len(self.facts.all(cls)):
            return self.say(f"全部{number}{cls.counter}{cls.zh}", f"all {number} {cls.collection}")
        return names(found, self.facts, self.lang, most=_NAMED)

    def _days(self, days: Sequence[date]) -> str:
        first, last, number = days[0], days[-1], len(days)
        if number == 1:
            return str(first)
        return self.say(f"{first}至{last}，共{number}次", f"{first} to {last}, {number} times")

    def missing(self) -> Iterator[Block]:
        if not self.of.missing:
            return
        columns = (
            Column(self.say("填报单位", "to be given by")),
            Column(self.say("需要补充", "what")),
            Column(self.say("对象", "of"), wide=True),
            Column(self.say("条款", "sentences")),
            Column(self.say("涉及项数", "settles"), number=True),
        )
        classes = {cls.collection: cls for cls in self.facts.classes()}
        rows = []
        for each in self.of.missing:
            cls = classes.get(each.collection)
            found = [
                self.facts.named(cls, key.partition("/")[2]) for key in each.keys if cls is not None
            ]
            nobody = self.say("数据汇总单位", "whoever compiles the data")
            cited = self.say("、", " ").join(map(self.cited, each.cites[:_CITED]))
            rows.append(
                Row(
                    (
                        Cell(self.name(each.body) or nobody),
                        Cell(self._field(each.collection, each.name)),
                        Cell(names(found, self.facts, self.lang) if found else ""),
                        Cell(cited + ("…" if len(each.cites) > _CITED else "")),
                        Cell(str(each.findings)),
                    )
                )
            )
        yield Table(columns, tuple(rows))

    def _field(self, collection: str, field: str) -> str:
        words = field_words(collection, field, self.lang, self.policy.rules)
        if collection == "parameters":
            return self.say(f"设定：{words}", f"to be set: {words}")
        return words

    def requests(self) -> Iterator[Block]:
        if not self.of.verdicts:
            return
        counts = joined(
            (
                self.say(f"{outcome.zh}{number:,}项", f"{number:,} {outcome.en}")
                for outcome in Outcome
                if (number := self.of.outcomes.get(outcome, 0))
            ),
            self.lang,
        )
        yield Paragraph(self.say(f"共{len(self.of.verdicts):,}项：{counts}。", f"{counts}."))
        columns = (
            Column(self.say("事项", "request")),
            Column(self.say("结论", "outcome")),
            Column(self.say("理由", "why"), wide=True),
        )
        shown = [each for each in self.of.verdicts if each.outcome is not Outcome.NOT_APPLICABLE]
        if shown:
            yield Table(
                columns,
                tuple(
                    Row(
                        (
                            Cell(self.name(each.fact)),
                            Cell(self.say(each.zh, each.en)),
                            Cell(self._why(each)),
                        ),
                        self.policy.explain(each, self.lang) if len(shown) <= _SOME else "",
                    )
                    for each in shown
                ),
            )

    def _why(self, verdict: Verdict) -> str:
        parts = []
        for reason in verdict.reasons:
            cite = self.cited(reason.cite)
            words = self.say(f"{reason.zh}［{cite}］", f"{reason.en} [{cite}]")
            if reason.exemption is not None:
                words += self.say(
                    f"（豁免批准{reason.exemption}）", f" (exemption {reason.exemption})"
                )
            parts.append(words)
        if verdict.steps:
            steps = self.say("、", ", ").join(self.words(step) for step in verdict.steps)
            parts.append(self.say(f"未完成：{steps}", f"missing: {steps}"))
        if verdict.needs:
            needs = needs_words(verdict.needs, verdict.fact, self.lang, self.policy.rules)
            parts.append(self.say(f"需要补充：{needs}", f"needed: {needs}"))
        return self.say("；", "; ").join(parts)

    def readings(self) -> Iterator[Block]:
        if not self.of.readings:
            return
        yield Paragraph(
            self.say(
                "文件有不同理解之处，换一种口径会改变下列结果。",
                "Where the text can be read in more than one way, another reading would change "
                "these answers.",
            ),
            note=True,
        )
        columns = (
            Column(self.say("条款", "sentence"), kept=True),
            Column(self.say("问题", "question"), wide=True),
            Column(self.say("现取", "taken"), wide=True),
            Column(self.say("改取", "else"), wide=True),
            Column(self.say("结果改变项数", "answers that turn"), number=True),
        )
        rows = []
        for each in self.of.readings:
            options = {option.name: option for option in each.reading.options}
            for option, number in each.turned.items():
                if number:
                    rows.append(
                        Row(
                            (
                                Cell(self.cited(Cite.parse(each.reading.cite))),
                                Cell(self.words(each.reading)),
                                Cell(self.label(options[each.taken])),
                                Cell(self.label(options[option])),
                                Cell(str(number)),
                            )
                        )
                    )
        yield Table(columns, tuple(rows))

    def lists(self) -> Iterator[Block]:
        return lists_known(self.of.lists, self.of.policy, self.lang)


_SOME: Final = 200
_NAMED: Final = 10


def _spread(problems: Sequence[Problem], most: int | None) -> frozenset[int]:
    """The problems that are explained: of each rule the gravest first, in turn."""
    most = sys.maxsize if most is None else most
    waiting = [[gap.finding for gap in (*each.open, *each.late)] for each in problems]
    found: list[int] = []
    while waiting and len(found) < most:
        waiting = [each for each in waiting if each]
        found += [id(each.pop(0)) for each in waiting]
    return frozenset(found[:most])


def _without_empty(table: Table) -> Table:
    """The table without the columns in which no row has anything."""
    kept = [
        place
        for place in range(len(table.columns))
        if any(row.title or row.cells[place].text for row in table.rows)
    ]
    return Table(
        tuple(table.columns[place] for place in kept),
        tuple(
            row if row.title else Row(tuple(row.cells[place] for place in kept), row.explanation)
            for row in table.rows
        ),
        table.sortable,
    )
