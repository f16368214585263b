"""`watch`: apply events as they come, and show what each changes."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click
from attrs import evolve, frozen

from ..facts import Fact, FactError, Fault
from ..facts.faults import FaultCode
from ..formats.text_files import text_of, unreadable
from ..render.wording import Language, pick
from ..session import Applied, Change, ChangeEvent, Outcome, Session
from ..session.changes import unknown_words
from ..session.events import parsed
from .answers_shown import caption
from .bilingual import BilingualCommand, option
from .faults_shown import show_faults
from .help_texts import FACTS_EN, FACTS_ZH
from .inputs import Asked, asked
from .options import WATCHING, Options
from .output import ascii_only, table_chunks
from .process import write_no_more
from .progress import Watch

if TYPE_CHECKING:
    from rich.console import RenderableType

_STANDARD_INPUT: Final = "-"
_SOME_NOT_APPLIED: Final = 2


@click.command(
    cls=BilingualCommand,
    short=("事件流中的每个事件改变了什么。", "What each event of a stream changes."),
    zh=f"""按次序应用带日期的变动，每行一个 JSON 对象，并列出各自改变了哪些结论。
    所涉事实尚不存在的事件，等到该事实出现；编号已出现过的事件不再应用；
    同一字段的两次变动，以较晚的为准。最后列出仍在等待的事件。

    {FACTS_ZH}--journal 中已有会话时可不给出。

    \b
    示例：
      policy-rules watch facts.json --events events.jsonl --only tasks/B10
      roster-feed | policy-rules watch facts.json --events - --journal county.journal

    退出状态：0；2 输入或用法有误，标准输出没有内容；或有的行不能应用：
    该行在标准错误中指出，其后的行照常应用。
    """,
    en=f"""Apply dated changes to the facts as they come, each a JSON object on a line of its own,
    and show the conclusions that each one changes. An event about a fact that is not there yet
    waits for it; one whose id was seen before is not applied again; of two changes of a field the
    later one holds. At the end, the events that still wait are listed.

    {FACTS_EN} It can be left out where --journal holds a session.

    \b
    Examples:
      policy-rules watch facts.json --events events.jsonl --only tasks/B10
      roster-feed | policy-rules watch facts.json --events - --journal county.journal

    Exit status: 0; 2 bad input or usage, with nothing on standard output, or a line that could not
    be applied: it is named on standard error, and the lines after it are applied all the same.
    """,
)
@click.argument("facts", required=False)
@option(
    "--events",
    metavar="FILE",
    required=True,
    zh="事件，每行一个 JSON 对象；- 为标准输入，UTF-8 编码。",
    en="The events as JSON lines; - is standard input, in UTF-8.",
)
@option(
    "--only",
    metavar="WORD",
    multiple=True,
    zh="只看与此有关的：事实的键，如 tasks/B10，列表、认定事项，"
    "或条款，如 2.1/1b 或 2.1；可重复使用。",
    en="Only what concerns this: a fact's key such as tasks/B10, a collection, a decision, or a "
    "citation such as 2.1/1b or 2.1; can be repeated.",
)
@option(
    "--journal",
    metavar="FOLDER",
    zh="把会话保存在此目录（自动新建）：由 FACTS 开始一个，或接续其中已有的。",
    en="Keep the session in this folder, created where needed: begin one with FACTS, or take up "
    "the one it holds.",
)
@WATCHING
def watch(
    options: Options, facts: str | None, events: str, only: tuple[str, ...], journal: str | None
) -> int:
    """Apply events line by line, and show what each changes; 2 where some cannot be applied."""
    if facts is None and journal is None:
        context = click.get_current_context()
        param = context.command.params[0]
        raise click.MissingParameter(ctx=context, param=param, param_hint="'FACTS'")
    faults: list[Fault] = []
    lines = _lines(events, faults)
    with nullcontext() if journal is None else _explained():
        with Watch(options.lang) as progress:
            session, ask = _begun(options, facts, journal, only, faults, progress)
        with session:
            watching = _Watching(options, session, events, tuple(only))
            try:
                watching.over(lines, ask)
            except BrokenPipeError:
                write_no_more()
            return watching.status


def _begun(
    options: Options,
    path: str | None,
    journal: str | None,
    only: Sequence[str],
    faults: list[Fault],
    progress: Watch,
) -> tuple[Session, Asked]:
    """The session, new or taken up from the journal, and what it was asked for with."""
    held = journal is not None and _holds_session(journal)
    if path is None and not held:
        faults.append(_no_facts(journal))
    ask = asked(
        options, path, progress, lambda rules: [*faults, *unknown_words(only, rules, "--only")]
    )
    facts = ask.document.facts
    if held and len(facts):
        raise FactError([_facts_twice(journal, path)])
    session = Session(ask.policy, facts, journal)
    day = session.policy.as_of
    if held and options.as_of is not None and day != ask.policy.as_of:
        session.close()
        raise FactError([_other_day(journal, str(day), options.as_of)])
    if held:
        ask = Asked(session.policy, ask.document, ("取自日志", "from the journal"))
    if journal is not None:
        number = len(session.facts)
        print(_journal_words(journal, path, held, number, options.lang), file=sys.stderr)
    return session, ask


@frozen
class _Line:
    """One line of the events, without what surrounds it; `text` is None where it is no text."""

    number: int
    text: str | None


class _Watching:
    """A session to which events come; `status` is 2 once one of them could not be applied."""

    def __init__(
        self, options: Options, session: Session, events: str, only: tuple[str, ...]
    ) -> None:
        self._session = session
        self._lang: Language = options.lang
        self._readable = options.format == "table"
        self._options = options
        self._only = only
        self._source = (
            pick(self._lang, "标准输入", "standard input")
            if events == _STANDARD_INPUT
            else Path(events).name
        )
        directive = session.policy.rules.directive
        classes = directive.classes
        self._classes: dict[str, type[Fact]] = {cls.collection: cls for cls in classes}
        self._refused = set(session.refused)
        self._waited: dict[str, str] = {}
        self.status = 0

    def over(self, lines: Iterable[_Line], ask: Asked) -> None:
        """Apply them one after the other, and say at the end which still wait."""
        if self._readable:
            self._write(caption(self._options, ask))
        else:
            print(ask.as_of_words(self._lang), file=sys.stderr)
        for each in lines:
            if each.text != "":
                self._take(each)
        if waiting := self._session.waiting:
            from .watch_lines import waiting_parts

            self._write(waiting_parts(waiting, self._lang), result=self._readable)

    def _take(self, each: _Line) -> None:
        place = pick(
            self._lang, f"{self._source} 第 {each.number} 行", f"{self._source} line {each.number}"
        )
        try:
            event = self._event(each, place)
            (applied,) = self._session.apply([event], source=_SOURCE)
        except FactError as error:
            self._tell_faults(error, place)
            return
        changes = [c for c in applied.changes if not self._only or c.concerns(self._only)]
        self._show(event, applied, changes)
        if applied.outcome is Outcome.WAITING:
            self._waited[applied.event] = place
        self._tell_refused()

    def _event(self, each: _Line, place: str) -> ChangeEvent:
        if each.text is None:
            raise FactError([_not_text(place)])
        return parsed(each.text, place, self._classes)

    def _tell_faults(self, error: FactError, place: str) -> None:
        self.status = _SOME_NOT_APPLIED
        faults = []
        for fault in error.faults:
            at = fault.place
            if at.startswith(_NAMED):  # as the session names it
                at = place + at.removeprefix(_NAMED)
            faults.append(evolve(fault, place=at))
        show_faults(faults, self._lang, as_json=not self._readable)

    def _tell_refused(self) -> None:
        """Say which events had waited for what came now, and cannot be applied to it."""
        for id, why in self._session.refused.items():
            if id not in self._refused:
                self._refused.add(id)
                self.status = _SOME_NOT_APPLIED
                place = self._waited.get(id, "")
                faults = [_waited_in_vain(place, id, each) for each in why.faults]
                show_faults(faults, self._lang, as_json=not self._readable)

    def _show(self, event: ChangeEvent, applied: Applied, changes: Sequence[Change]) -> None:
        if self._readable:
            from .watch_lines import event_parts

            if changes or not self._only or applied.outcome is not Outcome.APPLIED:
                self._write(event_parts(applied, event.at, changes, self._lang))
            return
        told = {
            "event": applied.event,
            "outcome": str(applied.outcome),
            "waits_for": list(applied.waits_for),
            "woken": list(applied.woken),
            "changes": [change.as_json() for change in changes],
        }
        print(json.dumps(told, ensure_ascii=ascii_only(None)), flush=True)

    def _write(self, parts: Sequence[RenderableType], *, result: bool = True) -> None:
        """Write at once, so that what happens is seen as it happens."""
        stream = sys.stdout if result else sys.stderr
        stream.writelines(table_chunks(parts, None))
        stream.flush()


# What the session calls the one event that it is given at a time.
_SOURCE: Final = "event"
_NAMED: Final = f"{_SOURCE} 1"


def _lines(events: str, faults: list[Fault]) -> Iterable[_Line]:
    if events == _STANDARD_INPUT:
        if sys.stdin is None:
            faults.append(_closed(events))
            return ()
        return _standard_input()
    text = text_of(Path(events), f"--events {events}", faults)
    return (_Line(number, line.strip()) for number, line in enumerate(StringIO(text or ""), 1))


def _standard_input() -> Iterator[_Line]:
    """The lines as they come: each as soon as it is whole."""
    for number, line in enumerate(_read(sys.stdin.buffer), 1):
        try:
            encoding = "utf-8-sig" if number == 1 else "utf-8"
            yield _Line(number, line.decode(encoding).strip())
        except UnicodeDecodeError:
            yield _Line(number, None)


def _read(stream: Iterable[bytes]) -> Iterator[bytes]:
    try:
        yield from stream
    except OSError as error:
        raise FactError([unreadable(f"--events {_STANDARD_INPUT}", error)]) from error


@contextmanager
def _explained() -> Iterator[None]:
    """What is wrong with a journal, as faults of the option."""
    from ..journal import JournalError

    try:
        yield
    except JournalError as error:
        code = FaultCode.UNREADABLE_FILE
        faults = [Fault(place="--journal", code=code, zh=zh, en=en) for zh, en in error.faults]
        raise FactError(faults) from error


def _holds_session(journal: str) -> bool:
    from ..journal import JournalReader

    if not Path(journal).exists():
        return False
    with JournalReader(journal) as reader:
        return reader.latest_snapshot() is not None


def _not_text(place: str) -> Fault:
    return Fault(
        place=place,
        code=FaultCode.UNREADABLE_FILE,
        zh="应为 UTF-8 编码的文本，实为其他内容；请改正",
        en="expected text in UTF-8, found something else; correct it",
    )


def _waited_in_vain(place: str, event: str, why: Fault) -> Fault:
    return Fault(
        place=place,
        code=why.code,
        zh=f"事件 {event} 等到所涉事实后仍不能生效：{why.text('zh')}",
        en=f"event {event} had waited and cannot be applied: {why.text()}",
    )


def _closed(events: str) -> Fault:
    return Fault(
        place=f"--events {events}",
        code=FaultCode.UNREADABLE_FILE,
        zh="标准输入已关闭；请接上输入，或给出文件名",
        en="standard input is closed; connect it, or name a file",
    )


def _no_facts(journal: str | None) -> Fault:
    return Fault(
        place=f"--journal {journal}",
        code=FaultCode.WRONG_USAGE,
        zh="其中尚无会话；请给出 FACTS 以开始一个",
        en="it holds no session yet; give FACTS to begin one",
    )


def _facts_twice(journal: str | None, path: str | None) -> Fault:
    return Fault(
        place=f"{path} --journal {journal}",
        code=FaultCode.WRONG_USAGE,
        zh="日志中已有会话及其事实；请不给出 FACTS（可给出只含豁免批准的文件），或改用其他日志",
        en="the journal holds a session with its own facts; leave FACTS out, give a document of "
        "exemptions only, or give another journal",
    )


def _other_day(journal: str | None, day: str, given: str) -> Fault:
    return Fault(
        place=f"--as-of --journal {journal}",
        code=FaultCode.WRONG_USAGE,
        zh=f"会话的基准日期为 {day}，不是 {given}；请去掉 --as-of，用含 `as_of` 的事件推进日期",
        en=f"the session is as of {day}, not {given}; leave --as-of out, and advance the session "
        "with an event that has `as_of`",
    )


def _journal_words(journal: str, path: str | None, held: bool, number: int, lang: Language) -> str:
    """Which of both the facts are from."""
    if not held:
        return pick(
            lang,
            f"在 {journal} 中开始会话：{path} 的 {number} 条事实",
            f"a session begins in {journal} with the {number} facts of {path}",
        )
    zh = f"接续 {journal} 中的会话：{number} 条事实"
    en = f"the session in {journal} goes on with its {number} facts"
    if path is not None:
        zh += f"，豁免批准取自 {path}"
        en += f" and the exemptions of {path}"
    return pick(lang, zh, en)
