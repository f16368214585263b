"""Facts documents: a JSON file, a directory of CSV files or a workbook, and their Python form."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import Final

import attrs

from ..arguments import public
from ..facts import (
    Attestation,
    Exemption,
    Fact,
    FactError,
    Facts,
    Fault,
    FieldSpec,
    Kind,
    known_with,
)
from ..facts.checks import Unfit, fault_of, settled
from ..facts.faults import FaultCode, shown, unlike
from ..facts.linking import exempts_nothing, link_faults
from ..facts.specs import EARLIEST, LATEST
from ..facts.vocabulary import SETTINGS
from . import csv_directory
from .cells import cell_value
from .decoding import (
    Listing,
    RepeatedKeys,
    collection_words,
    decoded,
    linked_rows,
    repeated,
    unknown_word,
)
from .file_kinds import kind_of
from .forms import forms_of
from .headings import Layouts
from .joining import merged
from .json_values import CONVERTED, json_row, json_value, loaded
from .mapping import Mapping as FieldMapping
from .notes import Note
from .sheets import Lists, Reading
from .text_files import location_of, text_of, unreadable
from .tolerating import Tolerance, Tolerated

AS_OF = FieldSpec(
    name="as_of",
    kind=Kind.DATE,
    zh="基准日期",
    en="as of",
    minimum=EARLIEST,
    maximum=LATEST,
    meaning="The date as of which the facts are judged.",
)
_IS_WHOLE: Final = forms_of(
    FieldSpec(name="whole", kind=Kind.BOOLEAN, zh="完整", en="whole", required=True)
)
_WORKBOOKS = frozenset({".xlsx", ".xlsm"})
# What of a directory makes it one of CSV files: these, and what may stand beside them.
_OF_CSV: Final = frozenset({".csv", ".tsv", ".txt", ".json"})
_OTHER_WORKBOOKS = frozenset({".xls", ".xlsb", ".et", ".ods"})
# Of documents that do not say, too: those from before it was said have the first.
FORMAT: Final = 1


class InputError(FactError):
    """A document that cannot be accepted: its `source`, and in `faults` all that is wrong.

    `layouts` says of its sheets where the headings stand that faults name; `citing` are documents
    of the attestations and exemptions that could be read all the same: a directive may find more.
    """

    def __init__(
        self,
        source: str,
        faults: Iterable[Fault],
        layouts: Layouts | None = None,
        citing: Iterable[Document] = (),
    ) -> None:
        super().__init__(faults)
        self.source = source
        self.citing = tuple(citing)
        self.layouts: Layouts = {} if layouts is None else layouts
        self.args = (source, self.faults)


_NOTHING_TOLERATED = Tolerated()


@attrs.frozen(kw_only=True)
class Document:
    """What a facts document says; `as_of` is None where it says nothing of a date.

    `notes` say what is to be known of how it was read, such as rows that are hidden in a workbook;
    `placed` says where faults are that name an attestation or exemption by its key, `layouts` where
    the headings of its sheets stand.
    """

    source: str
    as_of: date | None
    facts: Facts
    exemptions: tuple[Exemption, ...]
    notes: tuple[Note, ...] = ()
    tolerated: Tolerated = _NOTHING_TOLERATED
    layouts: Layouts = attrs.field(factory=dict, eq=False, repr=False)
    _of_the_directive: tuple[Listing, ...] = attrs.field(default=(), eq=False, repr=False)

    def placed(self, faults: Iterable[Fault]) -> list[Fault]:
        """Give faults of attestations and exemptions with the places where the document has them.

        What is wrong with these only a directive says, which names them by their keys
        (`attestations/A1`); a fault of anything else is given as it is.
        """
        stood = {
            f"{listing.cls.collection}/{row.values.get('id')}": row
            for listing in self._of_the_directive
            for row in linked_rows(listing)
        }
        return [
            fault
            if (row := stood.get(fault.place)) is None
            else attrs.evolve(
                fault, place=row.place, field=row.written.get(fault.field, fault.field)
            )
            for fault in faults
        ]


@public
def read(
    path: str | os.PathLike[str],
    extra_classes: Iterable[type[Fact]] = (),
    mapping: FieldMapping | None = None,
    *,
    ignore_sheets: Iterable[str] = (),
    skip_totals: bool = False,
    tolerate: bool = False,
) -> Document:
    """Read a JSON file, a directory of CSV files, an Excel workbook (`.xlsx`), or several in one.

    `extra_classes` are the fact classes that a directive adds to the vocabularies that are loaded;
    `mapping` says how the tables and columns of CSV files and workbooks are called and written.
    `ignore_sheets` names sheets and CSV files that are no lists; with `skip_totals`, rows of
    totals, notes and repeated headings are left out, which are faults otherwise, and `notes` of
    the document say how many. With `tolerate`, values that cannot be read are unknown and rows
    that cannot be told apart absent, and `tolerated` says which; a policy is then built with
    `lost=document.tolerated.lost`. Raises `InputError` with everything that is wrong, each with
    its place.

    A directory of workbooks alone is one document: a fact that stands in several is one, of which
    they may say more together, and nothing else; a list is whole where it is in each.
    """
    faults: list[Fault] = []
    location, source = location_of(path, faults), str(path)
    if mapping is not None and not isinstance(mapping, FieldMapping):
        faults.append(
            Fault(
                place="mapping",
                code=FaultCode.WRONG_USAGE,
                zh=f"应为 `read_mapping` 读出的映射，实为 {mapping!r}；请改正",
                en=f"expected what `read_mapping` reads, found {mapping!r}; correct it",
            )
        )
    if location is None or faults:
        raise InputError(source, faults)
    extra = tuple(extra_classes)
    reading = Reading(mapping, frozenset(ignore_sheets), skip_totals)
    if os.path.isdir(location):
        if workbooks := _workbooks_in(location):
            return _read_workbooks(workbooks, source, extra, reading, tolerate)
        return _read_directory(location, source, extra, reading, tolerate)
    if not os.path.exists(location):
        faults.append(
            Fault(
                place=source,
                code=FaultCode.UNREADABLE_FILE,
                zh="应为 JSON 文件或 CSV 目录，实际不存在；请检查路径",
                en="expected a JSON file or a directory of CSV files, found nothing; "
                "check the path",
            )
        )
    elif location.suffix.lower() in _WORKBOOKS:
        return _read_workbook(location, source, extra, reading, tolerate)
    elif location.suffix.lower() in _OTHER_WORKBOOKS:
        faults.append(_other_workbook(location))
    elif mapping is not None:
        faults.append(
            Fault(
                place=location.name,
                code=FaultCode.UNREADABLE_FILE,
                zh="映射用于 CSV 目录和 Excel 工作簿，实为其他文件；请去掉映射",
                en="expected a directory of CSV files or an Excel workbook to go with a mapping, "
                "found another file; leave the mapping out",
            )
        )
    elif reading.ignored or skip_totals:
        faults.append(
            Fault(
                place=location.name,
                code=FaultCode.UNREADABLE_FILE,
                zh="略过工作表或合计行只用于 CSV 目录和 Excel 工作簿，实为其他文件；请去掉该选项",
                en="expected a directory of CSV files or an Excel workbook to leave sheets or "
                "totals out of, found another file; leave the option out",
            )
        )
    elif location.suffix.lower() in (".csv", ".tsv"):
        faults.append(
            Fault(
                place=location.name,
                code=FaultCode.UNREADABLE_FILE,
                zh="应为 JSON 文件或 CSV 目录，实为单个 CSV 文件；请给出其所在目录",
                en="expected a JSON file or a directory of CSV files, found a single CSV file; "
                "give the directory that it is in",
            )
        )
    else:
        text = text_of(location, location.name, faults)
        found = None if text is None else loaded(text, location.name, faults)
        if not faults:
            return _parsed(found, location.name, source, extra, tolerate)
    raise InputError(source, faults)


def _other_workbook(file: Path) -> Fault:
    try:
        kind = kind_of(file.read_bytes())
    except OSError as error:
        return unreadable(file.name, error)
    ending = file.suffix
    if kind is None:
        return Fault(
            place=file.name,
            code=FaultCode.UNREADABLE_FILE,
            zh=f"应为 .xlsx 工作簿，实为 {ending}；请另存为 .xlsx",
            en=f"expected a workbook as .xlsx, found {ending}; save it as .xlsx",
        )
    return kind.instead_of_workbook(file.name)


@public
def parse(
    mapping: Mapping[str, object],
    source: str = "document",
    extra_classes: Iterable[type[Fact]] = (),
    *,
    among: Facts | None = None,
    tolerate: bool = False,
) -> Document:
    """Take a facts document as Python has it after loading JSON or TOML.

    Dates can be given as such, too. `among` are facts that the document's stand among, taking the
    place of those with their ids: its `facts` are then all of these, and what they refer to is
    checked once they are `including` the rest. Raises `InputError` like `read`.
    """
    return _parsed(mapping, source, source, tuple(extra_classes), tolerate, among)


@public
def to_json(
    facts: Facts, exemptions: Iterable[Exemption] = (), as_of: date | None = None
) -> dict[str, object]:
    """Give facts as a facts document, which `parse` turns back into equal ones."""
    document: dict[str, object] = {"format": FORMAT}
    if as_of is not None:
        document["as_of"] = as_of.isoformat()
    for collection, listed in facts.collections.items():
        rows = [json_row(fact) for fact in listed]
        alone = len(rows) == 1 and listed[0].single
        document[listed[0].en if alone else collection] = rows[0] if alone else rows
    if exempted := [json_row(exemption) for exemption in exemptions]:
        document[Exemption.collection] = exempted
    if facts.complete:
        document["complete"] = sorted(facts.complete)
    return document


def _read_directory(
    directory: Path, source: str, extra: Sequence[type[Fact]], reading: Reading, tolerate: bool
) -> Document:
    faults: list[Fault] = []
    classes = known_with(extra)
    lists = csv_directory.listings_of(directory, (*classes, Exemption), reading, faults)
    settings: Mapping[object, object] = {}
    file = directory / "document.json"
    if file.exists() and (text := text_of(file, file.name, faults)) is not None:
        settings = _object(loaded(text, file.name, faults), file.name, faults)
    given = _settings(settings.items(), file.name, faults)
    return _document(source, file.name, given, lists, classes, faults, reading, tolerate)


def _workbooks_in(directory: Path) -> list[Path]:
    """The workbooks of a directory; none where it has CSV files, or a document of theirs."""
    try:
        there = [each for each in directory.iterdir() if not each.name.startswith((".", "~"))]
    except OSError:
        return []  # which whoever reads the directory tells
    if any(each.suffix.lower() in _OF_CSV for each in there):
        return []
    return sorted(each for each in there if each.suffix.lower() in _WORKBOOKS)


def _read_workbooks(
    files: Sequence[Path],
    source: str,
    extra: Sequence[type[Fact]],
    reading: Reading,
    tolerate: bool,
) -> Document:
    faults: list[Fault] = []
    documents: list[Document] = []
    citing: list[Document] = []
    layouts: Layouts = {}
    for file in files:
        own = Reading(reading.mapping, reading.ignored, reading.skip_totals)
        try:
            documents.append(_read_workbook(file, file.name, extra, own, tolerate))
        except InputError as error:
            faults += error.faults
            citing += error.citing
        layouts = {**layouts, **own.layouts}
    days = {each.as_of: each.source for each in documents if each.as_of is not None}
    if len(days) > 1:
        faults.append(_several_days(days))
    lists: dict[str, list[Fact]] = {}
    for fact in merged(((each.source, each.facts) for each in documents), faults):
        lists.setdefault(fact.collection, []).append(fact)
    exemptions = merged(((each.source, each.exemptions) for each in documents), faults)
    if not faults:
        whole = frozenset.intersection(*(each.facts.complete for each in documents))
        complete = [cls for cls in known_with(extra) if cls.collection in whole]
        try:
            return Document(
                source=source,
                as_of=next(iter(days), None),
                facts=Facts(**lists, complete=complete),
                exemptions=tuple(exemptions),
                notes=tuple(chain.from_iterable(each.notes for each in documents)),
                tolerated=_all_tolerated([each.tolerated for each in documents]),
                layouts=layouts,
                of_the_directive=tuple(
                    chain.from_iterable(each._of_the_directive for each in documents)
                ),
            )
        except FactError as error:
            faults += error.faults
    raise InputError(source, faults, layouts, [*documents, *citing])


def _several_days(days: Mapping[date, str]) -> Fault:
    zh, en = (
        between.join(f"{file} {day}" for day, file in days.items()) for between in ("、", ", ")
    )
    return Fault(
        place=AS_OF.name,
        code=FaultCode.WRONG_SETTING,
        zh=f"各工作簿的基准日期应相同，实为 {zh}；请改成一致",
        en=f"expected the same date in all workbooks, found {en}; correct it",
    )


def _all_tolerated(parts: Sequence[Tolerated]) -> Tolerated:
    return Tolerated(
        faults=tuple(chain.from_iterable(each.faults for each in parts)),
        values=sum(each.values for each in parts),
        rows=sum(each.rows for each in parts),
        lost=frozenset(chain.from_iterable(each.lost for each in parts)),
    )


def _read_workbook(
    file: Path, source: str, extra: Sequence[type[Fact]], reading: Reading, tolerate: bool
) -> Document:
    faults: list[Fault] = []
    classes = known_with(extra)
    # Only who has a workbook needs it, and it is not light to import.
    from . import excel_workbook

    found = excel_workbook.read_workbook(file, (*classes, Exemption), reading, faults)
    settings = _with_whole_lists(found.settings, classes, file.name, faults)
    given = _settings(settings, file.name, faults)
    match given.get("as_of"):
        case key, [value]:  # cells hold one value or several, and do not say which is meant
            given["as_of"] = key, value
    return _document(source, file.name, given, found.lists, classes, faults, reading, tolerate)


def _with_whole_lists(
    settings: Iterable[tuple[object, object]],
    classes: Iterable[type[Fact]],
    place: str,
    faults: list[Fault],
) -> list[tuple[object, object]]:
    """Settings in which lists that are said to be whole, a row for each, are those of `complete`.

    A row beside the name of a list says yes or no; of a list of which nothing is said, it is none.
    """
    words = collection_words(classes)
    whole: list[object] = []
    others: list[tuple[object, object]] = []
    for key, value in settings:
        if not isinstance(key, str) or key not in words:
            others.append((key, value))
            continue
        said = value[0] if isinstance(value, list) and len(value) == 1 else value
        try:
            if said is True or cell_value(_IS_WHOLE, str(said)) is True:
                whole.append(key)
        except Unfit as error:
            faults.append(
                attrs.evolve(fault_of(error, _IS_WHOLE.spec, f"{place}: complete"), field=key)
            )
    if not whole:
        return others
    for at, (key, value) in enumerate(others):
        if isinstance(key, str) and SETTINGS.get(key) == "complete" and isinstance(value, list):
            others[at] = key, [*value, *whole]
            return others
    return [*others, ("complete", whole)]


def _settings(
    settings: Iterable[tuple[object, object]], place: str, faults: list[Fault]
) -> dict[str, tuple[str, object]]:
    given: dict[str, tuple[str, object]] = {}
    for key, value in settings:
        name = SETTINGS.get(key) if isinstance(key, str) else None
        if name is None:
            faults.append(unknown_word(place, key, SETTINGS, "设置", "setting"))
        else:
            _give(given, name, str(key), value, place, faults)
    return given


def _parsed(
    found: object,
    name: str,
    source: str,
    extra: Sequence[type[Fact]],
    tolerate: bool,
    among: Facts | None = None,
) -> Document:
    faults: list[Fault] = []
    classes = known_with(extra)
    listed: tuple[type[Fact], ...] = (*classes, Exemption)
    known = _keys(listed)
    given: dict[str, tuple[str, object]] = {}
    for key, value in _object(found, name, faults).items():
        meant = known.get(key) if isinstance(key, str) else None
        if meant is None:
            faults.append(unknown_word(name, key, known, "列表", "collection"))
        else:
            _give(given, meant, str(key), value, name, faults)
    listings = []
    for cls in listed:
        if cls.collection in given:
            key, rows = given.pop(cls.collection)
            listings += _listings(cls, f"{name}: {key}", key, rows, faults)
    lists = Lists(listings, False)
    return _document(source, name, given, lists, classes, faults, Reading(), tolerate, among)


@lru_cache
def _keys(classes: tuple[type[Fact], ...]) -> Mapping[str, str]:
    """The keys of a document, and what each means."""
    return SETTINGS | {word: cls.collection for word, cls in collection_words(classes).items()}


def _object(found: object, name: str, faults: list[Fault]) -> Mapping[object, object]:
    if isinstance(found, RepeatedKeys):
        faults += [repeated(name, key, key) for key in found.repeated]
    if isinstance(found, Mapping):
        return found
    if not faults or faults[-1].place != name:
        do = "请按文档格式改正", "give a facts document"
        faults.append(unlike(name, found, "一个对象", "an object", do=do))
    return {}


def _give(
    given: dict[str, tuple[str, object]],
    name: str,
    key: str,
    value: object,
    place: str,
    faults: list[Fault],
) -> None:
    if name in given:
        faults.append(repeated(place, key, given[name][0]))
    else:
        given[name] = key, value


def _listings(
    cls: type[Fact], place: str, key: str, rows: object, faults: list[Fault]
) -> list[Listing]:
    if rows is None:
        return []
    if cls.single and key != cls.collection:
        return [Listing(cls, [rows], lambda _: place, json_value, CONVERTED)]
    if isinstance(rows, (list, tuple)):
        return [Listing(cls, rows, lambda i: f"{place}[{i}]", json_value, CONVERTED)]
    faults.append(unlike(place, rows, "一个列表", "a list"))
    return []


def _document(
    source: str,
    name: str,
    settings: Mapping[str, tuple[str, object]],
    lists: Lists,
    classes: Sequence[type[Fact]],
    faults: list[Fault],
    reading: Reading,
    tolerate: bool,
    among: Facts | None = None,
) -> Document:
    _expect_format(settings, source, name)
    listings, mapping = lists.listings, reading.mapping
    as_of = _as_of(settings, name, faults)
    complete = _complete(settings, name, classes, faults)
    if mapping is not None:
        complete += mapping.complete
    if lists.unread:
        # What is not among the lists may be among what could not be read.
        complete = [cls for cls in complete if any(of.cls is cls for of in listings)]
    tolerated = _NOTHING_TOLERATED
    if tolerate:
        tolerance = Tolerance(faults)
        made = tolerance.made(listings, complete)
        tolerated = tolerance.tolerated()
        complete = [cls for cls in complete if cls not in tolerance.partial]
    else:
        made = {listing.cls: decoded(listing, faults) for listing in listings}
    exemptions = made.pop(Exemption, [])
    by_name = {cls.collection: facts for cls, facts in made.items()}
    unplaced: tuple[Fault, ...] = ()
    for listing in listings:
        if listing.cls is Exemption and among is None:
            faults += _exempted_nothing(listing, listings, {cls.collection for cls in complete})
    cited_by = tuple(each for each in listings if each.cls in (Attestation, Exemption))
    sound = not faults and len({each.id for each in exemptions}) == len(exemptions)
    if sound:
        try:
            return Document(
                source=source,
                as_of=as_of,
                facts=_all_of(by_name, complete, among),
                exemptions=tuple(exemptions),  # type: ignore[arg-type]  # only exemptions
                notes=tuple(reading.notes),
                tolerated=tolerated,
                layouts=reading.layouts,
                of_the_directive=cited_by,
            )
        except FactError as error:
            unplaced = error.faults
    # Ids and references are checked over all rows, and their faults say where the row stands.
    rows = {listing.cls: list(linked_rows(listing)) for listing in listings}
    if not tolerate and among is None:
        faults += link_faults(rows, {cls.collection for cls in complete})
    attestations = {each.id: each for each in made.get(Attestation, ())}
    citing = Document(
        source=source,
        as_of=None,
        facts=Facts(attestations=attestations.values()),
        exemptions=tuple({each.id: each for each in exemptions}.values()),  # type: ignore[arg-type]  # only exemptions
        of_the_directive=cited_by,
    )
    raise InputError(source, faults or unplaced, reading.layouts, [citing])


def _all_of(
    lists: Mapping[str, Sequence[Fact]], complete: Sequence[type[Fact]], among: Facts | None
) -> Facts:
    if among is None:
        return Facts(**lists, complete=complete)
    return among.including(chain.from_iterable(lists.values()), complete, linked=False)


def _exempted_nothing(
    exemptions: Listing, listings: Sequence[Listing], complete: Collection[str]
) -> Iterator[Fault]:
    """Find exemptions for facts that are not there, in lists that hold anything or are whole."""
    keys = {
        f"{listing.cls.collection}/{values.get('id')}"
        for listing in listings
        for _, values, _ in linked_rows(listing)
    }
    listed = {key.partition("/")[0] for key in keys} | set(complete)
    words = exemptions.words
    for position, row in enumerate(exemptions.rows):
        for word, subject in row.items() if isinstance(row, Mapping) else ():
            if not isinstance(subject, str) or getattr(words.get(word), "name", "") != "subject":
                continue
            collection = subject.partition("/")[0]
            if collection in listed and subject not in keys:
                yield exempts_nothing(exemptions.places(position), str(word), subject)


def _expect_format(settings: Mapping[str, tuple[str, object]], source: str, name: str) -> None:
    """Refuse a document of another format, of which nothing else that is found need be wrong."""
    key, value = settings.get("format", ("format", FORMAT))
    written = value[0] if isinstance(value, list) and len(value) == 1 else value  # in a sheet
    if str(written) == str(FORMAT) and not isinstance(written, bool):
        return
    newer = str(written).isdecimal() and int(str(written)) > FORMAT
    zh, en = shown(written)
    todo_zh, todo_en = (
        ("请升级 policy_rules", "use a later policy_rules") if newer else ("请改正", "correct it")
    )
    fault = Fault(
        place=f"{name}: {key}",
        code=FaultCode.WRONG_SETTING,
        zh=f"应为 {FORMAT}（本版本支持的文档格式），实为{zh}；{todo_zh}",
        en=f"expected {FORMAT}, the format of documents that this version reads, found {en}; "
        f"{todo_en}",
    )
    raise InputError(source, [fault])


def _as_of(
    settings: Mapping[str, tuple[str, object]], name: str, faults: list[Fault]
) -> date | None:
    if "as_of" not in settings:
        return None
    key, value = settings["as_of"]
    place = f"{name}: {key}"
    unfit: list[Fault] = []
    found = settled(AS_OF, json_value(AS_OF, value), place, unfit)
    faults += [attrs.evolve(fault, field="") for fault in unfit]
    return found if isinstance(found, date) else None


def _complete(
    settings: Mapping[str, tuple[str, object]],
    name: str,
    classes: Collection[type[Fact]],
    faults: list[Fault],
) -> list[type[Fact]]:
    key, names = settings.get("complete", ("complete", ()))
    place = f"{name}: {key}"
    if not isinstance(names, (list, tuple)):
        faults.append(unlike(place, names, "列表名称的列表", "a list of names of collections"))
        return []
    words = collection_words(classes)
    complete = []
    for position, word in enumerate(names):
        cls = words.get(word) if isinstance(word, str) else None
        if cls is None:
            faults.append(unknown_word(f"{place}[{position}]", word, words, "列表", "collection"))
        else:
            complete.append(cls)
    return complete
