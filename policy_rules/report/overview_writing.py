"""An overview written down: how very many facts stand, by region and by body."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ..answers import Consistency, Outcome, Standings
from ..facts import NO_FACTS
from ..policy import Duty
from ..render.wording import Language, cite_words, pick
from .colours import Colour
from .document import Block, Cell, Column, Document, Paragraph, Row, Table
from .overview import Overview, Placed
from .phrases import cited, day_words, joined, name, percent
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
from .shares import Share


def overview_document(
    overview: Overview,
    lang: Language,
    *,
    notes: Sequence[str] = (),
    details: Mapping[str, str] | None = None,
) -> Document:
    """The report on an overview, in Chinese (`zh`) or English (`en`).

    `notes` are said of the data as a whole; `details` gives, by the key of a body, the file that
    has its own report.
    """
    return _Writer(overview, lang, notes, details or {}).document()


class _Writer:
    def __init__(
        self, of: Overview, lang: Language, notes: Sequence[str], details: Mapping[str, str]
    ) -> None:
        self.of = of
        self.lang = lang
        self.directive = of.policy.rules.directive
        self._notes = notes
        self._details = details

    def say(self, zh: str, en: str) -> str:
        return pick(self.lang, zh, en)

    def document(self) -> Document:
        cls = self.of.body_class
        sections: list[Section] = [
            ("overview", "总体情况", "Overview", self.overview),
            ("regions", "分地区情况", "By region", self.regions),
            ("rules", "逐条情况", "By sentence", self.rules),
            ("ranking", f"{cls.zh}排名", f"{cls.collection.capitalize()} ranked", self.bodies),
            ("requests", "事前审核事项", "Requests", self.requests),
            ("doubtful", "数据存疑", "Doubtful data", self.doubtful),
            ("lists", "文件所列名单", "Lists that the text speaks of", self.lists),
        ]
        return titled_document(self.of.policy, self.lang, sectioned(sections, self.lang))

    # Overview

    def overview(self) -> Iterator[Block]:
        number, day = self.directive.number, day_words(self.of.as_of, self.lang)
        numbers = [(cls, self.of.numbers.get(cls, 0)) for cls in self.directive.bodies]
        facts = joined(
            (
                self.say(f"{n:,}{cls.counter}{cls.zh}", f"{n:,} {cls.collection}")
                for cls, n in numbers
                if n
            ),
            self.lang,
        )
        zh = f"截至{day}，对照{number}核查{facts}。"
        en = f"As of {day}, {facts} were inspected against {number}. "
        yield Paragraph(self.say(zh, en) + shares_met(self.of.share, self.of.statuses, self.lang))
        if behind := self.say("", " ").join(self._who_is_behind()):
            yield Paragraph(behind)
        for note in self._notes:
            yield Paragraph(note)
        yield from how_to_read(self.of.colours, self.of.policy, self.lang)

    def _who_is_behind(self) -> Iterator[str]:
        """The last of the regions and of the bodies, with the rule that weighs on each the most."""
        cls = self.of.body_class
        for zh, en, ranked in (
            ("各地区中", "Of the regions", self.of.regions),
            (f"{cls.zh}中", f"Of the {cls.collection}", self.of.bodies),
        ):
            placed = [each for each in ranked if each.place is not None]
            if len(placed) < 2:
                continue
            last = placed[-1]
            value, known = (
                percent(part, self.lang) for part in (last.share.value, last.share.known)
            )
            most = ""
            if last.foremost is not None:
                rule = self._rule_words(last.foremost)
                most = self.say(f"，最多的是{rule}", rule)
            yield self.say(
                f"{zh}，{self._name(last)}符合率最低（{value}，可判定率{known}，"
                f"不符合{last.share.unmet:,}项）{most}。",
                f"{en}, {self._name(last)} has the lowest share met ({value}, with {known} settled "
                f"and {last.share.unmet:,} not met)"
                + (f"; most of them under {most}." if most else "."),
            )

    def _rule_words(self, rule: Duty) -> str:
        cite = cite_words(rule.cite, self.lang, self.directive.numbers)
        return self.say(f"“{rule.zh}”（{cite}）", f"“{rule.en}” ({cite})")

    def _name(self, of: Placed) -> str:
        if of.body is not None:
            return name(of.body, NO_FACTS, self.lang)
        return "" if of.region is None else self.say(of.region.zh, of.region.en)

    # Who stands where

    def regions(self) -> Iterator[Block]:
        if self.of.regions:
            yield self._ranked(self.of.regions, self.say("地区", "region"), of_bodies=False)

    def bodies(self) -> Iterator[Block]:
        cls = self.of.body_class
        yield self._ranked(self.of.bodies, self.say(cls.zh, cls.en), of_bodies=True)

    def _ranked(self, ranked: Sequence[Placed], title: str, *, of_bodies: bool) -> Table:
        with_region = of_bodies and bool(self.of.regions)
        columns = (
            Column(self.say("名次", "rank"), number=True),
            *((Column(self.say("地区", "region")),) if with_region else ()),
            Column(title),
            *share_columns(self.lang),
            *(
                Column(self.say(f"{each.zh}色{self.of.body_class.zh}数", f"{each.en}"), number=True)
                for each in (() if of_bodies else Colour)
            ),
            Column(self.say("不符合最多的条款", "most of it under"), wide=True),
        )
        return Table(columns, tuple(self._row(each, with_region, of_bodies) for each in ranked))

    def _row(self, each: Placed, with_region: bool, of_bodies: bool) -> Row:
        region = "" if each.region is None else self.say(each.region.zh, each.region.en)
        link = "" if each.body is None else self._details.get(each.body.key, "")
        return Row(
            (
                Cell(self.say("不排名", "—") if each.place is None else str(each.place)),
                *((Cell(region),) if with_region else ()),
                Cell(self._name(each), link=link),
                *share_cells(each.share, each.attested, each.colour, self.lang),
                *(Cell(str(each.colours.get(of, 0))) for of in (() if of_bodies else Colour)),
                Cell("" if each.foremost is None else self._rule_words(each.foremost)),
            )
        )

    # By sentence

    def rules(self) -> Iterator[Block]:
        if not self.of.spreads:
            return
        regions = sorted(
            (each.region for each in self.of.regions if each.region is not None),
            key=lambda each: str(each.value),
        )
        columns = (
            Column(self.say("条款", "sentence"), kept=True),
            Column(self.say("要求", "requirement"), wide=True),
            Column(self.say("合计", "in all"), number=True),
            *(Column(self.say(each.zh, each.en), number=True) for each in regions),
        )
        rows = [
            Row(
                (
                    Cell(cited(each.rule.cite, self.of.policy, self.lang)),
                    Cell(self.say(each.rule.zh, each.rule.en)),
                    self._share(each.share),
                    *(self._share(each.regions.get(str(at.value), Share())) for at in regions),
                )
            )
            for each in self.of.spreads
        ]
        said = (
            "格内为符合率；“？”为数据不全，无法判定；空白为不适用。",
            ("A cell has the share met; “？”: nothing can be settled; blank: it does not apply."),
        )
        yield Paragraph(self.say(*said), note=True)
        yield Table(columns, tuple(rows), sortable=False)

    def _share(self, share: Share) -> Cell:
        if not share.asked:
            return Cell("")
        if not share.judged:
            return Cell("？", Colour.GREY)
        return Cell(percent(share.value, self.lang), self.of.colours.of(share))

    # What stands apart

    def requests(self) -> Iterator[Block]:
        yield from self._counted(Outcome, self.of.outcomes)

    def doubtful(self) -> Iterator[Block]:
        yield from self._counted(Consistency, self.of.agreements)

    def _counted(self, kind: type[Standings], counts: Mapping[Any, int]) -> Iterator[Block]:
        said = joined(
            (
                self.say(f"{each.zh}{number:,}项", f"{number:,} {each.en}")
                for each in kind
                if (number := counts.get(each, 0))
            ),
            self.lang,
        )
        if said:
            yield Paragraph(f"{said}{self.say('。', '.')}")

    def lists(self) -> Iterator[Block]:
        return lists_known(self.of.lists, self.of.policy, self.lang)
