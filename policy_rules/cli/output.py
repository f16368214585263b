"""Where answers go: standard output or a file, as tables, as JSON or in another form."""

from __future__ import annotations

import csv
import json
import os
import re
import shutil
import sys
from codecs import BOM_UTF8
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from io import StringIO, TextIOWrapper
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Final, TypeVar

from ..facts import FactError, Fault
from ..facts.faults import FaultCode, quoted
from ..formats.drawn_cells import FORMULAS
from ..formats.forms import APOSTROPHE
from .forms import FORMS, ending_of, endings_of_reports, form_fault, unnamed_fault
from .process import write_no_more

if TYPE_CHECKING:
    from rich.console import RenderableType

# Where nothing says how wide the reader's terminal is.
_WIDTH: Final = 100
_NARROWEST: Final = 40
# What begins as a formula does, and is a number or a quotient of two.
_NUMBER: Final = re.compile("-[0-9]+([./][0-9]+)?")
_Chunk = TypeVar("_Chunk", str, bytes)
_ESCAPED: Final = "backslashreplace"
# How files of a directory of facts end.
_WORKBOOKS: Final = frozenset({".xlsx", ".xlsm"})
_FACTS: Final = frozenset({".csv", ".tsv", ".txt", ".parquet"})
# How a file with a JSON object on a line may end, or not at all.
_LINES: Final = frozenset({"", ".jsonl", ".ndjson", ".json", ".txt"})


def width() -> int:
    """How many columns the reader has."""
    return max(_NARROWEST, shutil.get_terminal_size((_WIDTH, 24)).columns)


def output_fault(
    output: str | None, form: str, forms: Collection[str], read: str | None = None
) -> Fault | None:
    """What certainly keeps a file from being written, so that no one waits for nothing.

    `form` is that of what is written, one of the `forms` that the command has; a name that promises
    another is refused. `read` is the file or directory of the facts, which no answer may overwrite.
    """
    if output is None:
        return unnamed_fault(form)
    return path_fault("--output", output, read) or form_fault(output, form, forms)


def faults_file_fault(
    faults: str | None, output: str | None, read: str | None, *, tolerate: bool
) -> Fault | None:
    """What keeps the file that `--faults` names from being written beside that of `--output`."""
    if faults is None:
        return None
    ending = ending_of(faults)
    if not tolerate:
        zh = "只与 --tolerate 合用；请加上，或去掉 --faults"
        en = "it goes with --tolerate; add it, or leave --faults out"
    elif output is not None and os.path.realpath(output) == os.path.realpath(faults):
        zh = "与 --output 是同一个文件；请换一个名称"
        en = "it is the file of --output; give another name"
    elif ending not in _LINES:
        zh = f"不能写成 {ending} 文件；写的是一行一个 JSON 对象，请用 .jsonl"
        en = f"nothing is written as {ending}, but a JSON object on a line; give a name in .jsonl"
    else:
        return path_fault("--faults", faults, read)
    return Fault(place=f"--faults {faults}", code=FaultCode.WRONG_USAGE, zh=zh, en=en)


def workbook_fault(option: str, output: str, read: str | None) -> Fault | None:
    """What keeps a workbook that an option or argument names from being written."""
    ending = Path(output).suffix.lower()
    if ending in _WORKBOOKS:
        return path_fault(option, output, read)
    return Fault(
        place=f"{option} {output}",
        code=FaultCode.WRONG_USAGE,
        zh=f"写的是 Excel 工作簿，文件名应以 .xlsx 结尾，实为 {quoted(ending)}；请改正",
        en=f"an Excel workbook is written, whose name ends in .xlsx, found {quoted(ending)}; "
        "correct it",
    )


def mark_fault(mark: str | None, read: str | None) -> Fault | None:
    """What keeps the copy that `--mark` names from being written."""
    if mark is None or read is None:
        return None
    if Path(read).suffix.lower() in _WORKBOOKS:
        return workbook_fault("--mark", mark, read)
    return Fault(
        place="--mark",
        code=FaultCode.WRONG_USAGE,
        zh="只用于 Excel 工作簿，实为其他数据；请去掉",
        en="it goes with an Excel workbook, found other facts; leave it out",
    )


def details_fault(details: str | None, output: str | None, form: str) -> Fault | None:
    """What keeps the directory that `--details` names from being filled beside a report."""
    if details is None:
        return None
    path = Path(details)
    if not FORMS[form].report or output is None:
        listed = " ".join(endings_of_reports())
        zh = f"与 --output 合用，后者的文件名以 {listed} 之一结尾；请加上，或去掉 --details"
        en = f"it goes with --output and a name in one of {listed}; add it, or leave it out"
    elif path.exists() and not path.is_dir():
        zh = "应为目录，实为文件；请换一个名称"
        en = "expected a directory, found a file; give another name"
    elif not path.absolute().parent.is_dir():
        zh = "所在目录不存在；请检查路径"
        en = "the directory that it is in does not exist; check the path"
    else:
        return None
    return Fault(place=f"--details {details}", code=FaultCode.WRONG_USAGE, zh=zh, en=en)


def is_stream(output: str) -> bool:
    """Whether a name is that of a device or a pipe, beside which no other file belongs."""
    path = Path(output)
    # Where it is redirected to a file, standard output is one by this name too.
    if path.absolute().parts[1:2] in (("dev",), ("proc",)):
        return True
    return path.exists() and not path.is_file() and not path.is_dir()


def path_fault(option: str, output: str, read: str | None) -> Fault | None:
    """What keeps a file that an option names from being written, whatever it is to hold."""
    path = Path(output)
    try:
        if path.is_dir():
            return _unwritable(option, output, "是目录", "it is a directory")
        if not path.absolute().parent.is_dir():
            return _unwritable(option, output, "所在目录不存在", "its directory does not exist")
        source = None if read is None else Path(read).resolve()
        target = path.resolve()
        is_a_part = target.suffix.lower() in _FACTS or target.name == "document.json"
        if source == target or (source == target.parent and is_a_part):
            return _unwritable(option, output, "是所读取的数据", "it holds the facts that are read")
    except (OSError, ValueError) as error:
        reason = str(getattr(error, "strerror", None) or error)
        return _unwritable(option, output, reason, reason)
    return None


def write(
    chunks: Iterable[str], output: str | None, *, exactly: bool = False, option: str = "--output"
) -> None:
    """Write to a file as a whole or not at all, or else to standard output.

    `exactly`: in UTF-8 and with the ends of lines as they are, whatever the terminal has. `option`
    is what names the file.
    Raises FactError for a file that cannot be written.
    """
    if exactly:
        write_bytes((chunk.encode("utf-8", _ESCAPED) for chunk in chunks), output, option=option)
    elif output is None:
        _to_standard_output(sys.stdout.write, chunks)
    else:

        def into(stream: BinaryIO) -> None:
            text = TextIOWrapper(stream, encoding="utf-8", errors=_ESCAPED)
            text.writelines(chunks)
            text.detach()

        _to_file(into, output, option)


def write_bytes(chunks: Iterable[bytes], output: str | None, *, option: str = "--output") -> None:
    """The same of what is no text."""
    if output is None:
        _to_standard_output(sys.stdout.buffer.write, chunks)
    else:
        _to_file(lambda stream: stream.writelines(chunks), output, option)


def write_together(files: Mapping[str, Iterable[bytes]]) -> None:
    """Write several files, all of them as a whole or none of them.

    Raises FactError for a file that cannot be written.
    """
    with ExitStack() as opened:
        for output, chunks in files.items():
            stream = opened.enter_context(_replacing(output, "--output"))
            stream.writelines(chunks)
            stream.flush()


def csv_chunks(names: Iterable[str], rows: Iterable[Sequence[Any]]) -> Iterator[bytes]:
    """Rows below the names of their columns, as CSV that Excel takes for UTF-8.

    What is not known is an empty cell. A text that a spreadsheet would take for a formula has an
    apostrophe before it, as our own reader takes it.
    """
    text = StringIO(newline="")
    table = csv.writer(text)
    yield BOM_UTF8
    for row in chain([tuple(names)], rows):
        table.writerow(map(_without_formula, row))
        yield text.getvalue().encode("utf-8", _ESCAPED)
        text.seek(0)
        text.truncate()


def _without_formula(cell: Any) -> Any:
    is_formula = isinstance(cell, str) and cell.startswith(FORMULAS)
    return APOSTROPHE + cell if is_formula and not _NUMBER.fullmatch(cell) else cell


def _unwritable(option: str, output: str, zh: str, en: str) -> Fault:
    return Fault(
        place=f"{option} {output}",
        code=FaultCode.WRONG_USAGE,
        zh=f"无法写入（{zh}）；请检查路径和权限",
        en=f"it cannot be written ({en}); check the path and its permissions",
    )


def _to_standard_output(tell: Callable[[_Chunk], object], chunks: Iterable[_Chunk]) -> None:
    try:
        for chunk in chunks:
            tell(chunk)
        sys.stdout.flush()
    except BrokenPipeError:
        write_no_more()


def _to_file(into: Callable[[BinaryIO], None], output: str, option: str) -> None:
    with _replacing(output, option) as stream:
        into(stream)


@contextmanager
def _replacing(output: str, option: str) -> Iterator[BinaryIO]:
    """A stream to a file that takes the place of another only once all is written."""
    try:
        path = Path(output)
        if path.exists() and not path.is_file():
            # A device or a pipe is written to; replacing it would destroy it.
            with path.open("wb") as stream:
                yield stream
            return
        path = Path(os.path.realpath(path))
        scratch = path.with_name(f".{path.name[:100]}.{os.getpid()}.partial")
        try:
            with scratch.open("xb") as stream:
                yield stream
                stream.flush()
                os.fsync(stream.fileno())
            if path.exists():
                shutil.copymode(path, scratch)
            scratch.replace(path)
        finally:
            scratch.unlink(missing_ok=True)
    except OSError as error:
        reason = error.strerror or str(error)
        raise FactError([_unwritable(option, output, reason, reason)]) from error


def json_chunks(
    head: Mapping[str, Any], lists: Mapping[str, Iterable[Any]], *, ascii_only: bool
) -> Iterator[str]:
    """One JSON object: the head's keys, then the lists, one of their items to a line.

    The items are written as they come, so that a nation's answers need not be held as text.
    """

    def text(value: Any) -> str:
        return json.dumps(value, ensure_ascii=ascii_only)

    separator = "{\n"
    for key, value in head.items():
        yield f"{separator} {text(key)}: {text(value)}"
        separator = ",\n"
    for key, items in lists.items():
        yield f"{separator} {text(key)}: ["
        between = "\n  "
        for item in items:
            yield between + text(item)
            between = ",\n  "
        yield "]"
        separator = ",\n"
    yield "\n}\n"


def ascii_only(output: str | None) -> bool:
    """Whether JSON has to escape what is not ASCII, because the terminal could not show it."""
    encoding = (sys.stdout.encoding or "").lower().replace("-", "").replace("_", "")
    return output is None and encoding != "utf8"


def table_chunks(parts: Sequence[RenderableType], output: str | None) -> Iterator[str]:
    """Tables and lines of text as one text, in colour where a terminal shows it."""
    from rich.console import Console, Group

    console = Console(
        file=StringIO() if output else sys.stdout,
        # What asks for colour in a terminal does not ask for it in a file.
        force_terminal=False if output else None,
        width=width(),
        highlight=False,
        markup=False,
        emoji=False,
    )
    with console.capture() as capture:
        for part in parts:
            # A text that is printed by itself would be joined with others, and lose how it wraps.
            console.print(Group(part))
    text = capture.get()
    if console.is_terminal:
        yield text
    else:
        # Cells are padded to the width of their column, which no file needs at the end of a line.
        yield "".join(f"{line.rstrip()}\n" for line in text.splitlines())
