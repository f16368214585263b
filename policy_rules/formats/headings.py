"""Headings of a list in a sheet: in which row they stand, and which field each column gives."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple, TypeAlias
from unicodedata import category, normalize

from attrs import frozen

from ..facts import Fact, Fault, FieldSpec, Kind, fields_of
from ..facts.checks import nearest
from ..facts.faults import FaultCode, quoted
from . import mapping as mappings
from .decoding import field_words, repeated, unknown_word

Rows = Sequence[tuple[int, Sequence[object]]]

# Above them stand a title, who reports and when, in what unit.
MOST_ROWS_ABOVE: Final = 10
_SHOWN: Final = 8
# What office lists have for the reader's eye only, unless the class has such a field.
_SERIAL_NUMBERS: Final = frozenset(("序号", "序", "行号", "编次", "no", "no.", "#", "s/n"))
_REMARKS: Final = frozenset(
    ("备注", "备考", "附注", "说明", "备注说明", "remark", "remarks", "note", "notes")
)
_IN_BRACKETS: Final = re.compile(r"(.+)[(\[【〔]([^()\[\]【】〔〕]*)[)\]】〕]|(.+)/([^/]+)")
_OF_UNIT: Final = re.compile("(?:计量)?单位:?|unit:?")
_HINTS: Final = frozenset(("必填", "选填", "可选", "required", "optional"))
_YES_OR_NO: Final = frozenset(("是/否", "是否", "yes/no", "y/n"))


class Beside:
    """What stands in the cells of a merged range to the right of its first one: nothing."""

    def __init__(self, merged: str) -> None:
        self.merged = merged


class Column(NamedTuple):
    """What a column gives: its key in a row, and the year whose number it is, if any."""

    key: str
    year: int | None = None


@frozen
class Headings:
    """The headings of a list.

    `row` is the position of their last row, `texts` are the headings, `columns` what each gives,
    `words` the keys with the fields that they mean, `id_at` the position of the id's column,
    `serial` those of columns with mere numbers of rows, `headless` those without any heading.
    """

    row: int
    texts: Sequence[str]
    columns: Sequence[tuple[Column, ...]]
    words: Mapping[str, FieldSpec]
    id_at: int
    serial: frozenset[int]
    headless: frozenset[int]


class Layout(NamedTuple):
    """Where the headings of a sheet stand: in which row, and at which positions each.

    A key of a row that several columns give is one of them, at all their positions.
    """

    row: int
    columns: Mapping[str, tuple[int, ...]]


Layouts: TypeAlias = Mapping[str, Layout]


def layout_of(headings: Headings, rows: Rows) -> Layout:
    """Where headings stand, by their texts and by the keys that they give."""
    columns: dict[str, tuple[int, ...]] = {}
    for at, text in enumerate(headings.texts):
        of = headings.columns[at] if at < len(headings.columns) else ()
        for key in dict.fromkeys((text, *(column.key for column in of))):
            if key:
                columns[key] = (*columns.get(key, ()), at)
    return Layout(rows[headings.row][0], columns)


def folded(text: str) -> str:
    """A text as it is compared: narrow, in lower case, without blanks and invisible characters."""
    if text.isascii() and text.isprintable():
        return text.lower().replace(" ", "")
    narrow = normalize("NFKC", text).lower()
    return "".join(each for each in narrow if not each.isspace() and category(each) != "Cf")


def heading_text(cell: object) -> str:
    """A cell as a heading, in one line."""
    return "" if cell is None or isinstance(cell, Beside) else " ".join(str(cell).split())


class Recognition:
    """Which headings are known for a class, through a mapping or by themselves."""

    def __init__(self, cls: type[Fact], said: mappings.TableMapping | None) -> None:
        self.cls, self.said = cls, said
        self._mapped: dict[str, str] = {}
        for name, column in () if said is None else said.columns.items():
            self._mapped |= {folded(each): name for each in column.columns}

    def field(self, heading: str) -> str | None:
        """The name of the field that a heading means, if it is known."""
        mapped = self._mapped.get(folded(heading))
        if mapped is not None:
            return mapped
        spec = _field_of(self.cls, heading)
        if spec is None or (self.said is not None and spec.name in self._mapped.values()):
            return None
        return spec.name

    def score(self, cells: Sequence[object]) -> int:
        """How many cells of a row are known headings; none where the id's is not among them.

        With a mapping the id's column may be missing, which is then said with all that are.
        """
        found = [self.field(heading) for heading in map(heading_text, cells) if heading]
        if "id" in found or self._mapped:
            return sum(1 for each in found if each is not None)
        return 0

    def id_names(self) -> list[str]:
        """How the id's column may be called."""
        mapped = () if self.said is None or "id" not in self.said.columns else self.said.columns
        if mapped and (columns := mapped["id"].columns):
            return list(columns)
        spec = fields_of(self.cls)["id"]
        return list(dict.fromkeys((spec.zh, spec.name)))


def headings_of(
    place: str,
    rows: Rows,
    cls: type[Fact],
    said: mappings.TableMapping | None,
    faults: list[Fault],
) -> Headings | None:
    """Find the headings of a sheet; None and a fault where they or the id's are not there.

    `place` is what faults call the sheet.
    """
    known = Recognition(cls, said)
    at = _row_of(place, rows, known, faults)
    if at is None:
        return None
    texts = [heading_text(cell) for cell in rows[at][1]]
    if lower := _lower_row(rows, at, texts, known):
        at += 1
        texts = [
            (lower[i] if i < len(lower) and lower[i] else texts[i] if i < len(texts) else "")
            for i in range(max(len(texts), len(lower)))
        ]
    row_place = f"{place} row {rows[at][0]}"
    words: dict[str, FieldSpec] = {}
    count = len(faults)
    if said is None:
        columns = _own_columns(texts, row_place, cls, words, faults)
    else:
        columns = _mapped_columns(texts, row_place, cls, said, words, faults)
    key = next((key for key, spec in words.items() if spec.name == "id"), None)
    if key is None:  # every row would only repeat it
        if len(faults) == count:
            faults.append(_no_headings(place, rows[at : at + 1], known))
        return None
    id_at = next(i for i, each in enumerate(columns) if any(of.key == key for of in each))
    return Headings(
        row=at,
        texts=texts,
        columns=columns,
        words=words,
        id_at=id_at,
        serial=frozenset(
            i for i, text in enumerate(texts) if not columns[i] and folded(text) in _SERIAL_NUMBERS
        ),
        headless=frozenset(i for i, text in enumerate(texts) if not text),
    )


def _row_of(place: str, rows: Rows, known: Recognition, faults: list[Fault]) -> int | None:
    """The position of the row with the headings, the upper one where there are two."""
    wanted = None if known.said is None else known.said.heading_row
    if wanted is not None:
        found = next((i for i, (number, _) in enumerate(rows) if number == wanted), None)
        if found is None:
            faults.append(
                Fault(
                    place=f"{place} row {wanted}",
                    code=FaultCode.UNKNOWN_HEADING,
                    zh="映射称此行为列名，实为空行；请改正映射",
                    en="expected the headings, as the mapping says, found an empty row; "
                    "correct the mapping",
                )
            )
        return found
    looked_at = rows[:MOST_ROWS_ABOVE]
    scores = [known.score(cells) for _, cells in looked_at]
    best = max(scores)
    if not best:
        faults.append(_no_headings(place, looked_at, known))
        return None
    at = scores.index(best)
    # Headings that are merged downwards stand in both rows, and the lower ones are of columns.
    while at + 1 < len(scores) and scores[at + 1] == best:
        at += 1
    return at


def _lower_row(
    rows: Rows, at: int, texts: Sequence[str], known: Recognition
) -> Sequence[str] | None:
    """The headings below those of groups, where the two rows are not merged: 警力 over 民警数."""
    if at + 1 >= len(rows):
        return None
    lower = [heading_text(cell) for cell in rows[at + 1][1]]
    given = [i for i, text in enumerate(lower) if text]
    upper = [known.field(text) if text else None for text in texts]
    if all(
        known.field(lower[i]) not in (None, "id") and (i >= len(upper) or upper[i] is None)
        for i in given
    ):
        return lower
    return None


def _no_headings(place: str, rows: Rows, known: Recognition) -> Fault:
    names = [f"`{name}`" for name in known.id_names()]

    def likeness(row: tuple[int, Sequence[object]]) -> tuple[int, int]:
        headings = [text for text in map(heading_text, row[1]) if text]
        return sum(known.field(text) is not None for text in headings), len(headings)

    number, cells = max(rows, key=likeness)
    texts = [quoted(text) for text in map(heading_text, cells) if text]
    more = "……" if len(texts) > _SHOWN else "", ", …" if len(texts) > _SHOWN else ""
    first, last = rows[0][0], rows[-1][0]
    among_zh = f"第 {first} 行" if first == last else f"第 {first} 至 {last} 行"
    among_en = f"row {first}" if first == last else f"rows {first} to {last}"
    return Fault(
        place=place,
        code=FaultCode.UNKNOWN_HEADING,
        zh=f"{among_zh}中应有一行列名，其中有{'或'.join(names)}列，实际没有；最接近的是第 {number} "
        f"行：{'、'.join(texts[:_SHOWN])}{more[0]}；请改正列名，或用映射写明各列",
        en=f"expected the headings in {among_en}, with a column {' or '.join(names)}, found none; "
        f"nearest is row {number}: {', '.join(texts[:_SHOWN])}{more[1]}; correct the headings, "
        "or say in a mapping how the columns are called",
    )


def _own_columns(
    texts: Sequence[str],
    place: str,
    cls: type[Fact],
    words: dict[str, FieldSpec],
    faults: list[Fault],
) -> list[tuple[Column, ...]]:
    """Give what each column gives; nothing for one that is at fault or for the eye only."""
    columns: list[tuple[Column, ...]] = []
    owners: dict[str, str] = {}
    for text in texts:
        spec = _field_of(cls, text)
        if spec is None:
            if text and not _for_the_eye(text):
                faults.append(_wrong_unit(place, text, cls) or _unknown_heading(place, text, cls))
        elif spec.name in owners:
            faults.append(repeated(place, text, owners[spec.name]))
        else:
            owners[spec.name] = text
            words[text] = spec
            columns.append((Column(text),))
            continue
        columns.append(())
    return columns


def _mapped_columns(
    texts: Sequence[str],
    place: str,
    cls: type[Fact],
    said: mappings.TableMapping,
    words: dict[str, FieldSpec],
    faults: list[Fault],
) -> list[tuple[Column, ...]]:
    """Give what each column gives; nothing for one that neither the mapping nor a field names."""
    columns: list[list[Column]] = [[] for _ in texts]
    at: dict[str, int] = {}
    for position, text in enumerate(texts):
        if text and at.setdefault(folded(text), position) != position:
            faults.append(repeated(place, text, texts[at[folded(text)]]))
    taken: set[int] = set()
    for name, column in said.columns.items():
        spec, key = fields_of(cls)[name], ", ".join(column.columns)
        if key in words:  # a column that gives several fields
            key = f"{key} ({name})"
        years: list[int | None] = [*column.years] or [None]
        for year, wanted in zip(years, column.columns, strict=False):
            found = at.get(folded(wanted))
            if found is None:
                faults.append(_no_column(place, wanted, texts))
            else:
                words[key] = spec
                columns[found].append(Column(key, year))
                taken.add(found)
    for position, text in enumerate(texts):
        own = _field_of(cls, text)
        if position in taken:
            continue
        if own is None:
            if text and (wrong := _wrong_unit(place, text, cls)):
                faults.append(wrong)
            continue
        mapped = said.columns.get(own.name)
        if mapped is not None and (mapped.columns or mapped.constant is not None):
            continue
        first = next((key for key, spec in words.items() if spec is own), None)
        if first is None:
            words[text] = own
            columns[position].append(Column(text))
        elif first != text:
            faults.append(repeated(place, text, first))
    return [tuple(each) for each in columns]


def _for_the_eye(text: str) -> bool:
    plain = folded(text).strip("*※")
    return plain in _SERIAL_NUMBERS or plain in _REMARKS


def _folded_words(cls: type[Fact]) -> Mapping[str, FieldSpec]:
    words = _FOLDED_WORDS.get(cls)
    if words is None:
        words = {folded(word): spec for word, spec in field_words(cls).items()}
        for spec in fields_of(cls).values():
            # A column of yes or no is often headed by the question (是否为党员).
            if spec.kind is Kind.BOOLEAN:
                for asked in (f"是否{spec.zh}", f"是否为{spec.zh}", f"是否已{spec.zh}"):
                    words.setdefault(folded(asked), spec)
        _FOLDED_WORDS[cls] = words
    return words


_FOLDED_WORDS: Final[dict[type[Fact], Mapping[str, FieldSpec]]] = {}


def _field_of(cls: type[Fact], heading: str) -> FieldSpec | None:
    """The field that a heading means: by its name or label, perhaps with its own unit."""
    text = folded(heading).strip("*※")
    words = _folded_words(cls)
    spec = field_words(cls).get(heading) or words.get(text)
    if spec is None and (parts := _parted(text)) is not None:
        spec = words.get(parts[0])
        if spec is not None and not _fits(spec, parts[1]):
            return None
    return spec


def _parted(text: str) -> tuple[str, str] | None:
    """A heading and what it has in brackets or after a stroke, if it has."""
    match = _IN_BRACKETS.fullmatch(text)
    if match is None:
        return None
    return (match[1], match[2]) if match[1] is not None else (match[3], match[4])


def _fits(spec: FieldSpec, said: str) -> bool:
    if said in _HINTS or (spec.kind is Kind.BOOLEAN and said in _YES_OR_NO):
        return True
    unit = _OF_UNIT.sub("", said, count=1)
    return spec.unit is not None and unit in (folded(spec.unit.zh), folded(spec.unit.en))


def _wrong_unit(place: str, heading: str, cls: type[Fact]) -> Fault | None:
    parts = _parted(folded(heading).strip("*※"))
    spec = None if parts is None else _folded_words(cls).get(parts[0])
    if spec is None:
        return None
    if spec.unit is None:
        zh, en = f"列名 `{spec.zh}`", f"the heading `{spec.zh}` ({spec.en})"
        do_zh, do_en = "请改正列名", "correct it"
    else:
        zh = f"以{spec.unit.zh}为单位的 `{spec.zh}`"
        en = f"`{spec.zh}` ({spec.en}) in {spec.unit.en}"
        do_zh, do_en = "请换算并改正列名", "convert the column and correct its heading"
    return Fault(
        place=place,
        code=FaultCode.UNKNOWN_HEADING,
        field=heading,
        zh=f"应为{zh}，实为 {quoted(heading)}；{do_zh}",
        en=f"expected {en}, found {quoted(heading)}; {do_en}",
    )


def _unknown_heading(place: str, text: str, cls: type[Fact]) -> Fault:
    return unknown_word(place, text, field_words(cls), "列", "heading")


def _no_column(place: str, wanted: str, headings: Sequence[str]) -> Fault:
    near = nearest(wanted, headings)
    return Fault(
        place=place,
        code=FaultCode.UNKNOWN_HEADING,
        zh=f"没有列 {quoted(wanted)}；"
        + (f"是否为 `{near[0]}`？请改正映射" if near else "请改正映射"),
        en=f"expected a column {quoted(wanted)}, found none; "
        + (f"did you mean `{near[0]}`? " if near else "")
        + "correct the mapping",
    )
