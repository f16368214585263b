"""The forms in which answers are written: one table, which options, files and help read."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Final

from attrs import frozen

from ..facts import Fault
from ..facts.faults import FaultCode

# What every command that answers can write.
USUAL: Final = ("table", "json")


@frozen
class Form:
    """A form: its name, how its files end, and what it is for.

    A file that is a `report`, or `rows` of answers, has one of these endings, or none. Of
    forms that share an ending, it promises the first. What is `binary` is not for a terminal; nor
    are rows, of which an audit can write two files.
    """

    name: str
    endings: tuple[str, ...]
    zh: str
    en: str
    report: bool = False
    rows: bool = False
    binary: bool = False


FORMS: Final = {
    each.name: each
    for each in (
        Form("table", (".txt",), "供阅读的表格", "tables to read"),
        Form("json", (".json",), "供程序使用的 JSON", "JSON to work with"),
        Form("csv", (".csv",), "每行一项回答的 CSV", "CSV with an answer in a row", rows=True),
        Form(
            "parquet",
            (".parquet",),
            "同样的行，写成 Parquet",
            "the same rows in Parquet",
            rows=True,
        ),
        Form("ics", (".ics",), "供办公日历使用的 iCalendar", "iCalendar for an office calendar"),
        Form(
            "html",
            (".html", ".htm"),
            "督查通报，用浏览器打开",
            "an inspection report for a browser",
            report=True,
        ),
        Form(
            "docx",
            (".docx",),
            "督查通报，用 Word 或 WPS 打开",
            "the same for Word or WPS",
            report=True,
            binary=True,
        ),
        Form(
            "xlsx",
            (".xlsx",),
            "整改台账",
            "a rectification ledger",
            report=True,
            binary=True,
        ),
        Form(
            "report-json",
            (".json",),
            "督查通报的数据，供程序使用",
            "what the report says, to work with",
            report=True,
        ),
        Form("toml", (".toml",), "表的映射", "a mapping of tables"),
        Form("sql", (".sql",), "SQL 脚本", "a script of SQL"),
    )
}


def ending_of(output: str) -> str:
    """How the name of a file ends."""
    return Path(output).suffix.lower()


def endings_of_reports() -> list[str]:
    """The endings that promise a report, whatever else is said."""
    reports = (each for each in FORMS.values() if each.report)
    return [each.endings[0] for each in reports if _promised(each.endings[0]) == each.name]


def form_of(given: str | None, output: str | None, forms: Collection[str]) -> str:
    """The form to write: the one that is named, else what the file's name promises.

    Else the usual one, or the only one that there is.
    """
    promised = None if output is None else _promised(ending_of(output))
    if given is not None:
        return given
    if promised is not None and promised in forms:
        return promised
    return next(iter(forms), "table")


def form_fault(output: str, form: str, forms: Collection[str]) -> Fault | None:
    """What is wrong with the name of a file for what is written in it."""
    ending = ending_of(output)
    promised = _promised(ending)
    if not ending or ending in FORMS[form].endings:
        return None
    if FORMS[form].report or FORMS[form].rows:
        listed = " ".join(FORMS[form].endings)
        zh = f"{form} 应写入以 {listed} 结尾的文件；请换一个名称"
        en = f"{form} goes into a file in {listed}; give another name"
    elif promised is None or promised not in forms:
        endings = dict.fromkeys(ending for each in forms for ending in FORMS[each].endings)
        listed = " ".join(endings)
        zh = f"此命令不能写成 {ending} 文件；请用 {listed} 之一"
        en = f"this command writes nothing as {ending}; give a name in one of {listed}"
    elif promised == "table":
        return None  # any text
    else:
        zh = f"{ending} 文件应配合 --format {promised}；请加上，或换一个名称"
        en = f"a file in {ending} goes with --format {promised}; add it, or give another name"
    return Fault(place=f"--output {output}", code=FaultCode.WRONG_USAGE, zh=zh, en=en)


def unnamed_fault(form: str) -> Fault | None:
    """What is wrong where no file is named."""
    if not (FORMS[form].binary or FORMS[form].rows):
        return None
    (ending, *_) = FORMS[form].endings
    return Fault(
        place="--output",
        code=FaultCode.WRONG_USAGE,
        zh=f"{form} 应写入文件；请加上 --output 文件名{ending}",
        en=f"{form} goes into a file; name one with --output NAME{ending}",
    )


def _promised(ending: str) -> str | None:
    return next((each.name for each in FORMS.values() if ending in each.endings), None)
