"""From the options and the facts document to a policy that can be asked."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import cast

from attrs import frozen

from ..engines import ENGINES, UnavailableEngineError
from ..facts import NO_FACTS, Exemption, Fact, FactError, Fault
from ..facts.faults import FaultCode
from ..formats import Document, InputError, Mapping, read, read_mapping
from ..formats.choices import day_of, unknown_name
from ..formats.citing import cited, wrongly_cited
from ..formats.headings import Layouts
from ..formats.tolerating import Lost
from ..language import ChoiceError, DirectiveError, RuleSet, regime
from ..language.exemptions import exemption_faults
from ..language.places import author_line
from ..policy import EngineName, LoadedDirective, Policy, UnknownDirectiveError, load
from ..render.wording import Language, pick
from .answer_rows import has_agreements
from .choices import parameters_of, readings_of
from .faults_shown import faults_as_json
from .forms import FORMS
from .locations import agreements_file, are_tables, parquet_fault, shown_name
from .options import Options
from .output import faults_file_fault, is_stream, mark_fault, output_fault, write, write_bytes
from .progress import Watch
from .recording import record_faults


@frozen
class Chosen:
    """What the options choose before any facts are read, and in `faults` what is wrong with it."""

    loaded: LoadedDirective | None
    as_of: date | None
    readings: dict[str, str]
    parameters: dict[str, object]
    mapping: Mapping | None
    faults: list[Fault]


@frozen
class Asked:
    """A policy, the facts to ask it about, and why it is as of its date."""

    policy: Policy
    document: Document
    as_of_from: tuple[str, str]

    @property
    def least_status(self) -> int:
        """The exit status where nothing is found wrong: 1 where something was passed over."""
        return int(bool(self.document.tolerated))

    @property
    def partial(self) -> frozenset[type[Fact]]:
        """The classes of which rows were lost, so that there are more than are counted."""
        return frozenset(cls for cls, field in self.document.tolerated.lost if field == "id")

    def as_of_words(self, lang: Language) -> str:
        """The date, and where it is from."""
        return as_of_words(self.policy.as_of, self.as_of_from, lang)


def as_of_words(day: date, source: tuple[str, str], lang: Language) -> str:
    """A date to answer for, and where it is from."""
    return pick(lang, f"基准日期 {day}（{source[0]}）", f"as of {day} ({source[1]})")


def asked(
    options: Options,
    path: str | None,
    watch: Watch,
    check: Callable[[RuleSet], Iterable[Fault]] = lambda _: (),
    *,
    with_agreements: bool = False,
) -> Asked:
    """Read the facts, none where there is no path, and build the policy.

    `with_agreements`: where answers are written as rows, agreements are, in a file of their own.
    Raises FactError with all faults: of the options, those that `check` finds with the rules at
    hand, and of the document.
    """
    picked = chosen(options, path, check, with_agreements=with_agreements)
    loaded, faults = picked.loaded, picked.faults
    faults += _for_tables_only(options, path)
    if options.format == "parquet" and (fault := parquet_fault(options.output)):
        faults.append(fault)
    document = None
    watch.stage("读取", "reading")
    try:
        if path is None:
            document = Document(source="", as_of=None, facts=NO_FACTS, exemptions=())
        elif (
            # Facts of classes that only the directive knows would be refused for want of it.
            loaded is not None
            and not are_tables(path)
            and (options.mapping is None or picked.mapping is not None)
        ):
            document = read(
                path,
                loaded.rules.directive.classes,
                picked.mapping,
                ignore_sheets=options.ignore_sheets,
                skip_totals=options.skip_totals,
                tolerate=options.tolerate,
            )
    except InputError as error:
        found = [*error.faults, *(wrongly_cited(error, loaded.rules) if loaded else ())]
        _mark(options, path, found if not faults else (), error.layouts)
        faults += found
    if loaded is None or document is None or faults:
        raise FactError(faults)
    for note in document.notes:
        print(note.text(options.lang), file=sys.stderr)
    if options.faults is not None:
        write(faults_as_json(document.tolerated.faults), options.faults, option="--faults")
    document, vain = cited(document, loaded.rules)
    _mark(options, path, [*document.tolerated.faults, *vain], document.layouts)
    if vain:
        raise FactError(vain)
    as_of, source = dated(picked.as_of, document.as_of)
    policy = policy_of(
        loaded, picked, as_of, document.exemptions, options.engine or "python", path or "",
        document.tolerated.lost,
    )  # fmt: skip
    return Asked(policy, document, source)


def _mark(options: Options, path: str | None, faults: Sequence[Fault], layouts: Layouts) -> None:
    """Write the copy that `--mark` names, where something is wrong in the workbook."""
    if options.mark is None or path is None or not faults:
        return
    from ..formats.marking import marked

    found = marked(Path(path), faults, layouts, options.lang)
    if found is None:
        return
    content, number = found
    write_bytes([content], options.mark, option="--mark")
    zh = f"已写入 {options.mark}，标出 {number} 个单元格"
    en = f"written to {options.mark}; cells marked: {number}"
    print(pick(options.lang, zh, en), file=sys.stderr)


def chosen(
    options: Options,
    path: str | None,
    check: Callable[[RuleSet], Iterable[Fault]],
    *,
    with_agreements: bool = False,
) -> Chosen:
    """Take the options as they are written, with the directive that they name.

    `with_agreements`: where answers are written as rows, agreements are, in a file of their own.
    """
    unwritable = output_fault(options.output, options.format, options.forms, path)
    written = (
        unwritable,
        faults_file_fault(options.faults, options.output, path, tolerate=options.tolerate),
        mark_fault(options.mark, path),
    )
    faults = [*(fault for fault in written if fault), *options.failing.faults]
    faults += record_faults(options, path)
    loaded = loaded_directive(options.directive, faults)
    if with_agreements and loaded is not None and unwritable is None:
        faults += _beside_faults(options, loaded.rules, path)
    given = None if options.as_of is None else day_of(options.as_of, "--as-of", faults)
    if options.engine is not None and options.engine not in ENGINES:
        faults.append(unknown_name("--engine", "引擎", "engine", options.engine, ENGINES))
    readings, parameters = {}, {}
    mapping = None
    if loaded is not None:
        readings = readings_of(loaded.rules, options.readings, faults)
        parameters = parameters_of(loaded.rules, options.parameters, faults)
        regime_faults(loaded.rules, readings, parameters, faults)
        faults += check(loaded.rules)
        if options.mapping is not None:
            try:
                mapping = read_mapping(options.mapping, loaded.rules.directive.classes)
            except FactError as error:
                faults += error.faults
    return Chosen(loaded, given, readings, parameters, mapping, faults)


def policy_of(
    loaded: LoadedDirective,
    picked: Chosen,
    as_of: date,
    exemptions: Iterable[Exemption],
    engine: str,
    path: str,
    lost: Iterable[Lost] = (),
) -> Policy:
    """The policy that the options choose, with the exemptions of the facts at a path.

    Raises FactError for exemptions that cannot be, and for an engine that is not installed.
    """
    if vain := exemption_faults(loaded.rules, given := tuple(exemptions)):
        raise FactError(vain)
    try:
        return loaded.policy(
            as_of=as_of,
            readings=picked.readings,
            parameters=picked.parameters,
            exemptions=given,
            engine=cast(EngineName, engine),
            lost=lost,
        )
    except ChoiceError as error:
        unavailable = isinstance(error, UnavailableEngineError)
        place = "--engine" if unavailable else shown_name(path)
        raise FactError(choice_faults(error, place)) from error


def _for_tables_only(options: Options, path: str | None) -> Iterator[Fault]:
    """What is asked of a document, or by a command, that only tables or other commands give."""
    if path is not None and are_tables(path):
        yield Fault(
            place=shown_name(path),
            code=FaultCode.WRONG_USAGE,
            zh="表（Parquet、DuckDB 或数据库）不用于此命令；请给出 JSON、CSV 或 Excel",
            en="tables (Parquet, DuckDB or a database) do not go with this command; give it JSON, "
            "CSV or Excel",
        )
        return
    if options.whole:
        yield Fault(
            place="--whole",
            code=FaultCode.WRONG_USAGE,
            zh="只用于表；文档中的完整列表由其 `complete` 写明",
            en="it goes with tables only; a document names its whole lists in `complete`",
        )
    if options.run is not None:
        yield Fault(
            place="--run",
            code=FaultCode.WRONG_USAGE,
            zh="只用于 DuckDB 文件或数据库，与 --into 合用；请去掉",
            en="it goes with --into, of a DuckDB file or a database; leave it out",
        )
    if options.into is not None:
        yield Fault(
            place="--into",
            code=FaultCode.WRONG_USAGE,
            zh="只用于 DuckDB 文件或数据库；请改用 --output",
            en="it goes with a DuckDB file or a database only; use --output",
        )


def _beside_faults(options: Options, rules: RuleSet, path: str | None) -> Iterator[Fault]:
    """What keeps agreements from being written beside the file of the findings."""
    if options.output is None or not FORMS[options.format].rows or not has_agreements(rules):
        return
    if is_stream(options.output):
        yield Fault(
            place=f"--output {options.output}",
            code=FaultCode.WRONG_USAGE,
            zh="核查结果和一致性核对分写两个文件，此处不是普通文件；请给出文件名",
            en="findings and agreements go into two files, and this is no plain file; name one",
        )
        return
    beside = agreements_file(options.output)
    if fault := output_fault(beside, options.format, options.forms, path):
        yield fault


def dated(given: date | None, documented: date | None) -> tuple[date, tuple[str, str]]:
    """The date to ask for, and where it is from."""
    if given is not None:
        return given, ("取自 --as-of", "from --as-of")
    if documented is not None:
        return documented, ("取自数据", "from the document")
    return date.today(), ("今天", "today")


def loaded_directive(name: str, faults: list[Fault]) -> LoadedDirective | None:
    """The directive of that name, or None and the fault."""
    if ":" in name and "" not in sys.path:
        # As with `python -m`: one's own module is found where the command is run.
        sys.path.insert(0, "")
    place = f"--directive {name}"
    try:
        return load(name)
    except UnknownDirectiveError as error:
        faults.append(
            Fault(place="--directive", code=FaultCode.WRONG_USAGE, zh=error.zh, en=error.en)
        )
    except DirectiveError as error:
        faults += [
            Fault(
                place=f"{place} {each.place}" if each.place else place,
                code=FaultCode.WRONG_USAGE,
                zh=each.zh,
                en=each.en,
            )
            for each in error.faults
        ]
    except (Exception, SystemExit) as error:  # one's own module can fail in any way
        what = f"{type(error).__name__}: {error}".partition("\n")[0]
        faults.append(
            Fault(
                place=f"{place} {author_line(error)}".strip(),
                code=FaultCode.WRONG_USAGE,
                zh=f"模块有误（{what}）",
                en=f"its module fails ({what})",
            )
        )
    return None


def regime_faults(
    rules: RuleSet, readings: dict[str, str], parameters: dict[str, object], faults: list[Fault]
) -> None:
    """Add what is wrong with the values of parameters, which does not depend on the date."""
    try:
        regime(rules, rules.directive.issued, readings, parameters)
    except ChoiceError as error:
        faults += choice_faults(error, "--set")


def choice_faults(error: ChoiceError, place: str) -> list[Fault]:
    """What is wrong with a choice, as faults of a place."""
    return [Fault(place=place, code=FaultCode.WRONG_USAGE, zh=zh, en=en) for zh, en in error.faults]
