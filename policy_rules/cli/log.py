"""`log`: the record of decisions, what is proved of it, and what would be answered otherwise."""

from __future__ import annotations

import json
import shlex
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click
from attrs import evolve

from ..directives import DEFAULT
from ..facts import FactError, Fault
from ..facts.faults import FaultCode
from ..render.wording import Language, pick
from .bilingual import BilingualGroup, option
from .decision_logs import opened, opened_for_writing
from .inputs import chosen, loaded_directive
from .options import (
    LANG,
    OUTPUT,
    REPLAYING,
    SPOKEN,
    Options,
    with_options,
)
from .output import ascii_only, path_fault, write

if TYPE_CHECKING:
    from ..decision_log import (
        Checkpoint,
        Choices,
        DecisionLogReader,
        Replayed,
    )
    from ..policy import LoadedDirective

_AFTER: Final = option(
    "--after",
    metavar="N",
    type=click.IntRange(min=0),
    default=0,
    zh="从第 N 条起。",
    en="From entry N on.",
)
_LOG: Final = click.argument("log", metavar="LOG")
_INDEX: Final = click.argument("index", metavar="N", type=int)
_TO_FILE: Final = with_options(LANG, OUTPUT, forms=("table",))
_SPEAKING: Final = with_options(LANG, forms=())
_ALL: Final = "all"
_CHECKPOINT: Final = option(
    "--checkpoint",
    "checkpoints",
    metavar="FILE",
    multiple=True,
    zh="以前保存的检查点；可重复使用。",
    en="A checkpoint that was kept; can be repeated.",
)
_END: Final = (
    "退出状态：0；2 输入或用法有误，标准输出没有内容。",
    "Exit status: 0; 2 bad input or usage, with nothing on standard output.",
)


@click.group(
    cls=BilingualGroup,
    no_args_is_help=False,
    short=(
        "决定记录：证明、核对、导出和重放。",
        "The record of decisions: prove, verify, export, replay.",
    ),
    zh="""决定记录：`check`、`decide`、`audit` 用 --record 写入的回答及其全部依据。
    用检查点可证明其中没有改动；个人字段与条目分开保存，可以清除。

    LOG 是记录的目录。条目从 0 起编号。
    """,
    en="""Answers that check, decide and audit put on record (--record), and all that they rest
    on. Checkpoints show that nothing in it was changed; personal fields are kept
    apart from the entries, and can be erased.

    LOG is the folder of the record. Entries are counted from 0.
    """,
)
@SPOKEN
def log() -> None:
    pass


@log.command(
    short=("新建一个记录。", "Begin a record."),
    zh="""新建记录，并为其命名；不新建而直接写入，则自动命名。

    \b
    示例：
      policy-rules log init decisions --origin police.example/decisions
    """,
    en="""Begin a record and give it a name. Writing to one that is not there begins it, too, under
    a name that no other has.

    \b
    Example:
      policy-rules log init decisions --origin police.example/decisions
    """,
    end=_END,
)
@_LOG
@option(
    "--origin",
    metavar="NAME",
    zh="检查点中的记录名称，最好是自己的网址，不含 https://。",
    en="Its name in checkpoints, best an address of your own without https://.",
)
@option(
    "--hash",
    "hash_name",
    type=click.Choice(["sha256", "sm3"]),
    default="sha256",
    show_default=True,
    zh="所用的哈希算法；sm3 须 OpenSSL 支持。",
    en="The hash of its tree; sm3 needs an OpenSSL that has it.",
)
@_SPEAKING
def init(options: Options, log: str, origin: str | None, hash_name: str) -> int:
    """Begin a record of decisions."""
    if Path(log).exists():
        zh, en = "已经存在；请换一个名称", "it is there already; give another name"
        raise FactError([Fault(place=log, code=FaultCode.WRONG_USAGE, zh=zh, en=en)])
    with opened_for_writing(log, origin, hash_name) as made:
        zh, en = f"已新建记录 {made.origin}", f"began the record {made.origin}"
    print(pick(options.lang, zh, en), file=sys.stderr)
    return 0


@log.command(
    short=("记录到此为止的检查点。", "A checkpoint: how far the record goes."),
    zh="""写出检查点：记录名称、条目数和根哈希三行（C2SP tlog-checkpoint）。保存在别处，
    以后可核对此前的条目没有改动。

    签名的程序（--signer）从标准输入读取这三行，写出签名行（C2SP signed-note）。

    \b
    示例：
      policy-rules log checkpoint decisions --output 2026-11-30.checkpoint
      policy-rules log checkpoint decisions --signer "python3 sign_checkpoint.py key.pem"
    """,
    en="""Write a checkpoint: the record's name, how many entries it has, and the root of their
    tree, a line for each (C2SP tlog-checkpoint). Kept elsewhere, it shows later that nothing before
    it was changed.

    The program of --signer reads these lines on standard input, and writes lines of signatures
    (C2SP signed-note).

    \b
    Examples:
      policy-rules log checkpoint decisions --output 2026-11-30.checkpoint
      policy-rules log checkpoint decisions --signer "python3 sign_checkpoint.py key.pem"
    """,
    end=_END,
)
@_LOG
@option(
    "--signer",
    metavar="COMMAND",
    zh="签名的程序及其参数。",
    en="A program that signs, with its arguments.",
)
@_TO_FILE
def checkpoint(options: Options, log: str, signer: str | None) -> int:
    """Write a checkpoint, signed if there is a signer."""
    _expect_writable(options)
    with opened(log) as reader:
        made = reader.checkpoint()
    if signer is not None:
        made = _signed(made, signer)
    write([str(made)], options.output, exactly=True)
    return 0


@log.command(
    short=("一个条目在记录中的证明。", "The proof that an entry is in the record."),
    zh="""写出第 N 条在记录中的证明及其检查点（C2SP tlog-proof），他人可离线验证，
    不需要本程序。条目本身由 `log show` 写出。

    \b
    示例：
      policy-rules log prove decisions 17 --checkpoint signed.checkpoint
    """,
    en="""Write the proof that entry N is in the record, with the checkpoint that it leads to (C2SP
    tlog-proof): others check it offline and without this program. `log show` writes the entry
    itself.

    \b
    Example:
      policy-rules log prove decisions 17 --checkpoint signed.checkpoint
    """,
    end=_END,
)
@_LOG
@_INDEX
@option(
    "--checkpoint",
    "kept",
    metavar="FILE",
    zh="证明到此检查点，如已签名的。  [默认：当前]",
    en="The checkpoint that it leads to, such as one that was signed.  [default: now]",
)
@_TO_FILE
def prove(options: Options, log: str, index: int, kept: str | None) -> int:
    """Write the proof that an entry is in the record."""
    from ..decision_log import inclusion_text

    _expect_writable(options)
    to = None if kept is None else _checkpoint(kept)
    with opened(log) as reader:
        there = reader.checkpoint(None if to is None else to.size)
        if to is not None and (to.origin, to.root) != (there.origin, there.root):
            raise FactError([_another_checkpoint(kept)])
        path = reader.inclusion(index, there.size)
    write([inclusion_text(index, path, to or there)], options.output, exactly=True)
    return 0


@log.command(
    short=("记录只有增加的证明。", "The proof that the record only grew."),
    zh="""写出记录由前 A 条增至前 B 条的证明（RFC 9162，每行一个 base64 哈希）。

    \b
    示例：
      policy-rules log consistency decisions 1000 2000
    """,
    en="""Write the proof that the first B entries grew out of the first A (RFC 9162: a hash in
    base64 on each line).

    \b
    Example:
      policy-rules log consistency decisions 1000 2000
    """,
    end=_END,
)
@_LOG
@click.argument("earlier", metavar="A", type=int)
@click.argument("later", metavar="B", type=int)
@_TO_FILE
def consistency(options: Options, log: str, earlier: int, later: int) -> int:
    """Write the proof that the record only grew."""
    from ..decision_log import consistency_text

    _expect_writable(options)
    with opened(log) as reader:
        path = reader.consistency(earlier, later)
    write([consistency_text(path)], options.output, exactly=True)
    return 0


@log.command(
    short=("记录有没有被改动。", "Whether anything in the record was changed."),
    zh="""通读记录，查明有无改动、缺失；给出以前保存的检查点，还可查明此前的条目是否都在。
    核对签名的程序（--verifier）从标准输入读取检查点及其签名，签名无误的以状态 0 结束。

    \b
    示例：
      policy-rules log verify decisions --checkpoint 2026-10-31.checkpoint

    退出状态：0 没有改动；1 有改动；2 无法读取，或用法有误。
    """,
    en="""Read the whole record, and find what was changed or is missing; with a checkpoint that was
    kept, also whether all that was there before it still is. The program of --verifier reads such a
    checkpoint with its signatures on standard input, and ends with status 0 where they hold.

    \b
    Example:
      policy-rules log verify decisions --checkpoint 2026-10-31.checkpoint

    Exit status: 0 nothing was changed; 1 something was; 2 it cannot be read, or bad usage.
    """,
)
@_LOG
@_CHECKPOINT
@option(
    "--verifier",
    metavar="COMMAND",
    zh="核对检查点签名的程序。",
    en="A program that checks the signatures of a checkpoint.",
)
@_SPEAKING
def verify(options: Options, log: str, checkpoints: tuple[str, ...], verifier: str | None) -> int:
    """Say whether anything in the record was changed."""
    kept = [_checkpoint(each) for each in checkpoints]
    faults: list[tuple[str, str]] = []
    if verifier is not None:
        if not kept:
            zh, en = "须同时给出检查点 --checkpoint", "it needs a --checkpoint to check"
            raise FactError([Fault(place="--verifier", code=FaultCode.WRONG_USAGE, zh=zh, en=en)])
        for file, each in zip(checkpoints, kept, strict=True):
            faults += _unsigned(file, each, verifier)
    with opened(log) as reader:
        found = reader.verify(*kept)
    lang = options.lang
    faults += found.faults
    for zh, en in faults:
        print(pick(lang, zh, en), file=sys.stderr)
    zh, en = f"{found.size} 条", f"{found.size} entries"
    if not faults:
        zh += "，没有改动" if kept else "，未发现改动（未与检查点核对）"
        en += ", nothing was changed" if kept else ", nothing found changed (no checkpoint given)"
    print(pick(lang, zh, en))
    return int(bool(faults))


@log.command(
    short=("一个条目的原文。", "An entry as it stands."),
    zh="""写出第 N 条的原文：树的一片叶子，一行 JSON，个人字段以摘要代替。
    其后逐行写出所选字段（--reveal）的披露（SD-JWT），他人可与摘要核对。

    \b
    示例：
      policy-rules log show decisions 17
      policy-rules log show decisions 17 --reveal education --reveal birth_date
    """,
    en="""Write entry N as it stands: a leaf of the tree, one line of JSON with digests in the place
    of personal fields. --reveal adds the disclosures of some (SD-JWT), a line for each, which
    others can check against the digests.

    \b
    Examples:
      policy-rules log show decisions 17
      policy-rules log show decisions 17 --reveal education --reveal birth_date
    """,
    end=_END,
)
@_LOG
@_INDEX
@option(
    "--reveal",
    "fields",
    metavar="FIELD",
    multiple=True,
    zh="要披露的个人字段，all 为全部；可重复使用。",
    en="A personal field to disclose, all for every one; can be repeated.",
)
@_TO_FILE
def show(options: Options, log: str, index: int, fields: tuple[str, ...]) -> int:
    """Write an entry as it stands."""
    _expect_writable(options)
    with opened(log) as reader:
        entry = reader.entry(index)
    told = entry.disclosures_of(None if _ALL in fields else fields)
    write((f"{line}\n" for line in (entry.text, *told)), options.output, exactly=True)
    return 0


@log.command(
    short=("清除个人字段的值。", "Erase values of personal fields."),
    zh="""清除第 N 条中的个人字段，或用 --fact 清除整个记录中关于一个人的全部内容。
    条目和证明不受影响；此前的副本中仍有这些值。

    \b
    示例：
      policy-rules log erase decisions 17 --field birth_date
      policy-rules log erase decisions --fact officers/350300017
    """,
    en="""Erase personal fields of entry N, or with --fact all that the record holds of a person.
    Entries and proofs stay as they are; copies made before still have the values.

    \b
    Examples:
      policy-rules log erase decisions 17 --field birth_date
      policy-rules log erase decisions --fact officers/350300017
    """,
    end=_END,
)
@_LOG
@click.argument("index", metavar="[N]", type=int, required=False)
@option(
    "--field",
    "fields",
    metavar="FIELD",
    multiple=True,
    zh="要清除的字段；可重复使用。  [默认：全部]",
    en="A field to erase; can be repeated.  [default: all]",
)
@option("--fact", metavar="KEY", zh="一个人的键。", en="The key of a person.")
@_SPEAKING
def erase(
    options: Options, log: str, index: int | None, fields: tuple[str, ...], fact: str | None
) -> int:
    """Erase what the record hides of an entry or a person."""
    if (index is None) == (fact is None) or (fact is not None and fields):
        zh, en = "请给出 N（可加 --field），或 --fact", "give N, with --field or not, or --fact"
        raise FactError([Fault(place="erase", code=FaultCode.WRONG_USAGE, zh=zh, en=en)])
    _expect_there(log)
    with opened_for_writing(log) as there:
        if index is not None:
            gone = there.erase(index, fields or None)
        else:
            gone = there.erase_fact(fact or "")
    print(pick(options.lang, f"已清除 {gone} 个值", f"erased {gone} values"), file=sys.stderr)
    return 0


@log.command(
    short=("供其他程序使用的 JSON 行。", "JSON lines for other programs."),
    zh="""逐行写出条目；`--shape opa` 把每次回答写成 Open Policy Agent 决策日志的一个事件。

    \b
    示例：
      policy-rules log export decisions --output decisions.jsonl
      policy-rules log export decisions --shape opa --after 120000
    """,
    en="""Write the entries, an object on a line for each; `--shape opa` writes answers as events of
    a decision log of Open Policy Agent.

    \b
    Examples:
      policy-rules log export decisions --output decisions.jsonl
      policy-rules log export decisions --shape opa --after 120000
    """,
    end=_END,
)
@_LOG
@option(
    "--shape",
    type=click.Choice(["entries", "opa"]),
    default="entries",
    show_default=True,
    zh="写成什么。",
    en="What is written.",
)
@_AFTER
@option(
    "--reveal",
    is_flag=True,
    zh="写出个人字段；默认不写。",
    en="With personal fields, which are left out by default.",
)
@_TO_FILE
def export(options: Options, log: str, shape: str, after: int, reveal: bool) -> int:
    """Write the record as JSON lines."""
    from ..decision_log import entries_as_json, opa_events

    _expect_writable(options)
    shaped = opa_events if shape == "opa" else entries_as_json
    escape = ascii_only(options.output)
    with opened(log) as reader:
        told = shaped(reader, after, revealed=reveal)
        lines = (json.dumps(each, ensure_ascii=escape) + "\n" for each in told)
        write(lines, options.output)
    return 0


@log.command(
    short=("现在会有什么不同的回答。", "What would be answered otherwise now."),
    zh="""用记录的数据再问一次，列出与记录不同的回答：程序或规则升级之后，
    或依据修订后的文件（--directive）。日期、口径和设定照记录，除非另行指定。

    \b
    示例：
      policy-rules log replay decisions
      policy-rules log replay decisions --directive made_up_amendment:DIRECTIVE

    退出状态：0 没有不同；1 有不同或不能重放的；2 输入或用法有误，标准输出没有内容。
    """,
    en="""Ask again with the facts on record, and list what is answered otherwise: after an upgrade
    of this program or of the rules, or with --directive by an amended directive. Date, readings and
    settings are those on record, unless others are given.

    \b
    Examples:
      policy-rules log replay decisions
      policy-rules log replay decisions --directive made_up_amendment:DIRECTIVE

    Exit status: 0 nothing differs; 1 something does, or cannot be asked again; 2 bad input or
    usage, with nothing on standard output.
    """,
)
@_LOG
@_AFTER
@option(
    "--directive",
    "other",
    metavar="NAME",
    zh="依据另一文件，如修订后的，自己的写作 module:NAME。  [默认：照记录]",
    en="Another directive, such as an amended one, or one's own as module:NAME.  [default: as on "
    "record]",
)
@REPLAYING
def replay(options: Options, log: str, after: int, other: str | None) -> int:
    """Ask what is on record again, and list what is answered otherwise."""
    from ..decision_log import replayed

    _expect_writable(options)
    with opened(log) as reader:
        directives = _Directives(other)
        choices = _choices(options, other or _first_directive(reader))
        found = replayed(reader, directives.of, choices, after)
        counts, told = _tally(found)
    if options.format == "json":
        escape = ascii_only(options.output)
        write((json.dumps(each, ensure_ascii=escape) + "\n" for each in told), options.output)
    else:
        write(_replayed_lines(counts, told, options.lang), options.output)
    return int(len(told) > 0)


class _Directives:
    """The directives by which what is on record is asked again; each is loaded once."""

    def __init__(self, other: str | None) -> None:
        self._other = other
        self._loaded: dict[str, LoadedDirective] = {}

    def of(self, recorded: str) -> LoadedDirective:
        """The directive for what is on record of another. Raises FactError."""
        name = self._other or recorded
        found = self._loaded.get(name)
        if found is None:
            faults: list[Fault] = []
            found = loaded_directive(name, faults)
            if found is None:
                raise FactError(faults)
            self._loaded[name] = found
        return found


def _first_directive(reader: DecisionLogReader) -> str:
    """The directive of the first answers on record; the default where there are none."""
    said = (each.record for each in reader.entries(after=1))
    return next((each["directive"] for each in said if "directive" in each), DEFAULT)


def _choices(options: Options, directive: str) -> Choices:
    """What the options choose otherwise than on record. Raises FactError."""
    from ..decision_log import Choices

    picked = chosen(evolve(options, directive=directive), None, lambda _: ())
    if picked.faults:
        raise FactError(picked.faults)
    return Choices(as_of=picked.as_of, readings=picked.readings, parameters=picked.parameters)


def _tally(found: Iterable[Replayed]) -> tuple[Counter[str], list[dict[str, Any]]]:
    """How many answers came out how, and those that did not come out the same."""
    counts: Counter[str] = Counter()
    told = []
    for each in found:
        standing = str(each.standing)
        counts[standing] += 1
        if standing != "same":
            why = None if each.why is None else dict(zip(("zh", "en"), each.why, strict=True))
            told.append(
                {
                    "index": each.index,
                    "kind": each.kind,
                    "standing": standing,
                    "why": why,
                    "before": each.before,
                    "after": each.after,
                }
            )
    return counts, told


def _replayed_lines(
    counts: Counter[str], told: Iterable[dict[str, Any]], lang: Language
) -> Iterator[str]:
    same, other, none = (counts[each] for each in ("same", "different", "not_replayed"))
    zh = f"{same + other + none} 项回答：{same} 项相同，{other} 项不同，{none} 项不能重放"
    en = (
        f"{same + other + none} answers: {same} the same, {other} different, {none} not asked again"
    )
    yield pick(lang, zh, en) + "\n"
    for each in told:
        before, after = each["before"], each["after"]
        subject = before.get("subject", pick(lang, "（已隐去）", "(hidden)"))
        of = before.get("cite") or (before.get("name", "") if "value" in before else "")
        place = pick(lang, f"第 {each['index']} 条", f"entry {each['index']}")
        line = f"{place}  {subject} {of}".rstrip()
        if each["why"] is not None:
            yield f"{line}: {each['why'][lang]}\n"
        else:
            now = pick(lang, "没有这项", "none") if after is None else _short(after)
            yield f"{line}: {_short(before)} → {now}\n"


def _short(answer: dict[str, Any]) -> str:
    """What an answer comes to, in a few words."""
    for name in ("outcome", "status", "value"):
        if name in answer:
            cites = [each["cite"] for each in answer.get("reasons", ())]
            numbers = [
                f"{key} {answer[key]}"
                for key in ("actual", "required")
                if answer.get(key) is not None
            ]
            more = ", ".join([*cites, *answer.get("missing_steps", ()), *numbers])
            return f"{answer[name]} ({more})" if more else str(answer[name])
    return "?"


def _expect_there(log: str) -> None:
    if not Path(log).exists():
        zh, en = "目录不存在；请检查路径", "there is no such folder; check the path"
        raise FactError([Fault(place=log, code=FaultCode.UNREADABLE_FILE, zh=zh, en=en)])


def _expect_writable(options: Options) -> None:
    """Raise FactError where the file of the output certainly cannot be written."""
    if options.output is not None and (fault := path_fault("--output", options.output, None)):
        raise FactError([fault])


def _checkpoint(path: str) -> Checkpoint:
    """A checkpoint that was kept. Raises FactError."""
    from ..decision_log import CheckpointError, read_checkpoint

    try:
        return read_checkpoint(Path(path).read_text("utf-8"))
    except CheckpointError as error:
        zh, en = error.zh, error.en
    except (OSError, ValueError) as error:
        reason = str(getattr(error, "strerror", None) or error)
        zh, en = (
            f"无法读取（{reason}）；请检查路径",
            f"it cannot be read ({reason}); check the path",
        )
    raise FactError(
        [Fault(place=f"--checkpoint {path}", code=FaultCode.UNREADABLE_FILE, zh=zh, en=en)]
    )


def _another_checkpoint(path: str | None) -> Fault:
    return Fault(
        place=f"--checkpoint {path}",
        code=FaultCode.WRONG_USAGE,
        zh="不是此记录的检查点，或其后有改动；请用 `log verify` 核对",
        en="it is none of this record, or something was changed since; see `log verify`",
    )


def _signed(made: Checkpoint, signer: str) -> Checkpoint:
    """The checkpoint with the signatures that a program gives. Raises FactError."""
    from ..decision_log import signature_lines

    status, out, wrong = _ran("--signer", signer, made.body)
    lines = signature_lines(out)
    if status == 0 and lines:
        return evolve(made, signatures=lines)
    zh = f"没有写出签名行（{wrong}）；应写出“— 名称 base64”"
    en = f"it wrote no line of a signature ({wrong}); expected `— NAME BASE64`"
    raise FactError([Fault(place=f"--signer {signer}", code=FaultCode.WRONG_USAGE, zh=zh, en=en)])


def _unsigned(file: str, kept: Checkpoint, verifier: str) -> list[tuple[str, str]]:
    """What a program says is wrong with the signatures of a checkpoint. Raises FactError."""
    if not kept.signatures:
        return [(f"`{file}`：没有签名", f"`{file}`: it is not signed")]
    status, _, wrong = _ran("--verifier", verifier, str(kept))
    if status == 0:
        return []
    return [(f"`{file}`：签名有误（{wrong}）", f"`{file}`: its signatures do not hold ({wrong})")]


def _ran(name: str, command: str, text: str) -> tuple[int, str, str]:
    """What a program makes of a text: its status, its output, and what it says is wrong.

    Raises FactError where it cannot be run.
    """
    try:
        ran = subprocess.run(
            shlex.split(command), input=text.encode(), capture_output=True, check=False
        )
    except (OSError, ValueError) as error:
        reason = str(getattr(error, "strerror", None) or error)
        zh, en = (
            f"无法运行（{reason}）；请检查命令",
            f"it cannot be run ({reason}); check the command",
        )
        fault = Fault(place=f"{name} {command}", code=FaultCode.WRONG_USAGE, zh=zh, en=en)
        raise FactError([fault]) from error
    wrong = ran.stderr.decode(errors="replace").strip() or f"exit status {ran.returncode}"
    return ran.returncode, ran.stdout.decode(errors="replace"), wrong
