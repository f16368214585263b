"""What every report says in the same words: its title, what its shares mean, what was chosen."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

from ..answers import Status
from ..engines.lists import ListCoverage
from ..policy import Policy
from ..render.list_words import coverage_words
from ..render.wording import Language, parameter_words, pick
from .colours import Colour, Colours
from .document import Block, Cell, Column, Document, Heading, Paragraph, Row, Table
from .phrases import cited, day_words, out_of, percent
from .shares import Share

# Its anchor, its heading in Chinese and English, and what writes it.
Section: TypeAlias = tuple[str, str, str, Callable[[], Iterator[Block]]]


def titled_document(
    policy: Policy, lang: Language, blocks: Sequence[Block], of: str = ""
) -> Document:
    """The document that has some blocks; `of` is the body that it is about, if it is one alone."""
    directive, day = policy.rules.directive, day_words(policy.as_of, lang)
    number = directive.number
    return Document(
        lang="zh-CN" if lang == "zh" else "en",
        title=pick(
            lang,
            f"{number}落实情况督查通报" + (f"（{of}）" if of else ""),
            f"Inspection report on {number}" + (f": {of}" if of else ""),
        ),
        under_title=(
            pick(lang, f"《{directive.zh}》", directive.en),
            pick(lang, f"截至{day}", f"as of {day}"),
        ),
        blocks=tuple(blocks),
    )


def sectioned(sections: Iterable[Section], lang: Language) -> list[Block]:
    """The blocks of the sections that have any, each under its heading."""
    blocks: list[Block] = []
    for anchor, zh, en, written in sections:
        if found := list(written()):
            blocks += [Heading(1, pick(lang, zh, en), anchor), *found]
    return blocks


def shares_met(share: Share, statuses: Mapping[Status, int], lang: Language) -> str:
    """How many duties are met, and how many are not, in sentences."""
    pending = statuses.get(Status.PENDING, 0)
    met, unmet = f"{share.met:,}", f"{share.unmet:,}"
    zh = f"据数据判定、应予落实的事项共{share.asked:,}项：符合{met}项，不符合{unmet}项"
    en = f"Of {share.asked:,} duties that are measured, {met} are met, {unmet} are not"
    if share.open:
        zh += f"，因数据不全无法判定{share.open:,}项"
        en += f", and {share.open:,} cannot be settled for want of data"
    zh += "。"
    en += ". "
    if share.value is not None:
        zh += f"符合率{percent(share.value, 'zh')}（{out_of(share)}）。"
        en += f"The share met is {percent(share.value, 'en')} ({out_of(share)}). "
    if pending:
        zh += f"另有{pending:,}项尚未到期。"
        en += f"{pending:,} are not yet due. "
    return pick(lang, zh, en.strip())


def share_columns(lang: Language) -> tuple[Column, ...]:
    """The columns that say how a body stands."""
    numbers = (
        ("符合", "met"), ("不符合", "not met"), ("无法判定", "open"),
        ("佐证材料", "attested"),
    )  # fmt: skip
    return (
        Column(pick(lang, "符合率", "share met")),
        Column(pick(lang, "可判定率", "share settled")),
        *(Column(pick(lang, *each), number=True) for each in numbers),
    )


def share_cells(share: Share, attested: Share, colour: Colour, lang: Language) -> tuple[Cell, ...]:
    """What stands in these columns."""
    return (
        Cell(percent(share.value, lang), colour, share.value),
        Cell(percent(share.known, lang), None, share.known),
        *(Cell(f"{number:,}") for number in (share.met, share.unmet, share.open)),
        Cell(out_of(attested)),
    )


def how_to_read(colours: Colours, policy: Policy, lang: Language) -> Iterator[Block]:
    """What shares and colours mean; the readings and parameters that are not as by default."""
    green, yellow, known = (
        percent(each, lang) for each in (colours.green, colours.yellow, colours.known)
    )
    said = pick(
        lang,
        "符合率＝符合项数÷已判定项数；可判定率＝已判定项数÷应判定项数。"
        f"符合率不低于{green}为绿，不低于{yellow}为黄，其余为红；可判定率低于{known}为灰，不参加排名。"
        "依据佐证材料判定的事项（符合项数/已判定项数）、数据存疑的事项单列，不计入符合率。",
        "The share met is what is met of what is settled; the share settled, what is settled "
        f"of all that is asked. From {green} met on it is green, from {yellow} on yellow, else "
        f"red; where less than {known} is settled it is grey and not ranked. What rests on "
        "attestations (met/settled), and doubtful data, stand apart and do not count.",
    )
    yield Paragraph(said, note=True)
    if chosen := list(_chosen(policy, lang)):
        yield Paragraph(pick(lang, "；", "; ").join(chosen), note=True)


def _chosen(policy: Policy, lang: Language) -> Iterator[str]:
    for key, option in policy.readings.items():
        reading = policy.rules.readings[key]
        if option != reading.default:
            taken = next(each for each in reading.options if each.name == option)
            zh, en = f"口径：{reading.zh}取“{taken.zh}”", f"reading: {reading.en}: {taken.en}"
            yield pick(lang, zh, en)
    for key, value in policy.regime.parameters.items():
        parameter = policy.rules.parameters[key]
        said = parameter_words(parameter, value, lang)
        yield pick(lang, f"设定：{parameter.zh}为{said}", f"set: {parameter.en} is {said}")


def lists_known(lists: Sequence[ListCoverage], policy: Policy, lang: Language) -> Iterator[Block]:
    """How much of the lists that the text speaks of the data have."""
    if not lists:
        return
    said = pick(
        lang,
        "文件提到而未全部写明的名单，数据掌握了多少；不计入核查结果。",
        "How much the data have of the lists that the text speaks of and does not give in full; it "
        "does not count.",
    )
    yield Paragraph(said, note=True)
    columns = (
        Column(pick(lang, "条款", "sentence"), kept=True),
        Column(pick(lang, "名单", "list"), wide=True),
        Column(pick(lang, "掌握情况", "known"), wide=True),
    )
    rows = (
        (cited(each.cite, policy, lang), pick(lang, each.list.zh, each.list.en),
         coverage_words(each, lang))
        for each in lists
    )  # fmt: skip
    yield Table(columns, tuple(Row(tuple(map(Cell, row))) for row in rows))
