"""What cannot be opened or written: one clear error each, and the files stay as they were."""

from __future__ import annotations

import errno
import multiprocessing
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from io import FileIO
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Barrier
from typing import Any

import pytest

from policy_rules.journal import Journal, JournalError, JournalReader, writing

_OPENERS = pytest.mark.parametrize("opener", [Journal, JournalReader])
_Opener = Callable[[object], JournalReader]


def contents(folder: Path) -> dict[str, bytes]:
    """The files of a folder, and of those in it."""
    files = (each for each in folder.rglob("*") if each.is_file())
    return {str(each.relative_to(folder)): each.read_bytes() for each in files}


def journal_with(name: str, change: Callable[[bytes], bytes] | None) -> Callable[[Path], None]:
    """What makes a journal of which a file was changed, or is not there."""

    def make(path: Path) -> None:
        with Journal(path) as journal:
            journal.append_all([("kind", "body" * 100)] * 100)
            journal.snapshot(["state"])
        file = path / name
        before = file.read_bytes()
        file.unlink()
        if change is not None:
            file.write_bytes(change(before))

    return make


def folder_of_something_else(path: Path) -> None:
    """What makes a folder with files of somebody else."""
    path.mkdir()
    (path / "lists.csv").write_text("名称,值\n")


_PART = (
    "is missing, so that it is only a part of a journal; copy the whole folder, or one in use with "
    "`backup` of a `JournalReader`"
)
_NOT_ALL = (
    "100 entries were acknowledged, and not all are there: it was copied while in use, or lost its "
    "end; restore a copy, and make one with `backup` of a `JournalReader`"
)
_RESTORE = "restore a copy; `verify` of a `JournalReader` says what still stands"


@_OPENERS
@pytest.mark.parametrize(
    ("make", "expected"),
    [
        (Path.mkdir, "expected a journal, found a folder of something else; give another path"),
        (
            folder_of_something_else,
            "expected a journal, found a folder of something else; give another path",
        ),
        (Path.touch, "expected a journal, found a file; give another path"),
        (
            journal_with("entries", lambda text: text.replace(b"2", b"3", 1)),
            "its format is 3, and this version reads up to 2; use a later policy_rules",
        ),
        (
            journal_with("entries", lambda text: text[1:]),
            f"its first line is not what was written; {_RESTORE}",
        ),
        (
            journal_with("entries", lambda text: b""),
            f"its first line is not what was written; {_RESTORE}",
        ),
        (journal_with("entries", None), f"its `entries` {_PART}"),
        (journal_with("head", None), f"its `head` {_PART}"),
    ],
)
def test_what_is_no_journal_is_left_as_it_is(
    opener: _Opener, make: Callable[[Path], object], expected: str, tmp_path: Path
) -> None:
    """Nothing is changed, and nothing is made in a folder that is not ours."""
    path = tmp_path / "a.journal"
    make(path)
    before = contents(tmp_path)
    with pytest.raises(JournalError) as caught:
        opener(path)
    assert str(caught.value) == f"`{path}`: {expected}"
    ((chinese, _),) = caught.value.faults
    assert chinese.startswith(f"`{path}`：")
    assert contents(tmp_path) == before


@pytest.mark.parametrize(
    ("make", "expected"),
    [
        (journal_with("snapshot", None), f"its `snapshot` {_PART}"),
        (journal_with("entries", lambda text: text[:-1]), _NOT_ALL),
        (journal_with("entries", lambda text: text[:60]), _NOT_ALL),
        (
            journal_with("head", lambda text: bytes(len(text))),
            f"its `head` is not what was written; {_RESTORE}",
        ),
        (journal_with("head", lambda text: b""), f"its `head` is not what was written; {_RESTORE}"),
        (
            journal_with("snapshot", lambda text: text[:50]),
            "the snapshot is not what was written, or the entry it is after was changed; "
            + _RESTORE,
        ),
    ],
)
def test_what_lost_a_part_is_not_written(
    make: Callable[[Path], object], expected: str, tmp_path: Path
) -> None:
    """It is left as it is, and can be looked at."""
    path = tmp_path / "a.journal"
    make(path)
    before = contents(tmp_path)
    with pytest.raises(JournalError) as caught:
        Journal(path)
    assert str(caught.value) == f"`{path}`: {expected}"
    assert contents(tmp_path) == before
    with JournalReader(path) as reader:
        found = reader.verify()
        assert f"`{path}`: {expected}" in [en for _, en in found.faults]
        assert found.entries == (100 if "entries were" not in expected else found.entries)
        assert contents(tmp_path) == before


@_OPENERS
@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("", "``: expected a journal, found a folder of something else; give another path"),
        (
            "a\0b",
            "`a\\0b`: expected a journal, found a path with a null character; give another path",
        ),
        (
            "no such folder/a.journal",
            "`no such folder/a.journal`: its folder is not there; create the folder first",
        ),
        (
            f"{__file__}/a.journal",
            f"`{__file__}/a.journal`: its folder is not there; create the folder first",
        ),
        (
            "/dev/null",
            "`/dev/null`: expected a journal, found something that is no folder; give another path",
        ),
    ],
)
def test_paths_that_cannot_be(opener: _Opener, path: str, expected: str) -> None:
    """What a path leads to is said."""
    with pytest.raises(JournalError) as caught:
        opener(path)
    assert str(caught.value) == expected


def test_nothing_to_read(tmp_path: Path) -> None:
    """Reading does not create a journal."""
    path = tmp_path / "a.journal"
    with pytest.raises(JournalError) as caught:
        JournalReader(path)
    assert str(caught.value) == f"`{path}`: there is no such folder; check the path"
    assert contents(tmp_path) == {}


def test_what_an_interrupted_creation_left_is_no_obstacle(tmp_path: Path) -> None:
    """It is removed; what only has a name like it is not."""
    path = tmp_path / "a.journal"
    for name in (f"a.journal-new-{'0f' * 8}", "a.journal-new-year", f"b.journal-new-{'0f' * 8}"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "entries").write_bytes(b"half")
    with Journal(path) as journal:
        (path / "snapshot-new").write_bytes(b"half")
        assert journal.append("kind", "body").number == 1
    with Journal(path):
        assert {each.name for each in path.iterdir()} == {"entries", "head", "lock"}
    assert {each.name for each in tmp_path.iterdir()} == {
        "a.journal", "a.journal-new-year", f"b.journal-new-{'0f' * 8}",
    }  # fmt: skip


def times_to_begin(otherwise: int) -> int:
    """How often journals are begun by several at once: what the environment says, or else this."""
    return int(os.environ.get("POLICY_RULES_BEGINNINGS", otherwise))


def test_one_writer_at_a_time(tmp_path: Path) -> None:
    """In one process, whichever way leads to the file; after closing it is free."""
    path = tmp_path / "a.journal"
    link = tmp_path / "link"
    link.symlink_to(path)
    with Journal(path) as journal:
        for other in (path, link):
            with pytest.raises(JournalError) as caught:
                Journal(other)
            assert str(caught.value) == (
                f"`{other}`: it is open for writing already; close it there, "
                "or read it with `JournalReader`"
            )
        assert journal.append("kind", "body").number == 1
        journal.close()
        with Journal(link) as other_one:
            assert other_one.append("kind", "body").number == 2


def test_who_waits_gets_it_when_it_is_free(tmp_path: Path) -> None:
    path = tmp_path / "a.journal"
    with ThreadPoolExecutor(1) as threads:
        with Journal(path) as journal:
            with pytest.raises(JournalError, match="open for writing already"):
                Journal(path, wait=0.01)
            waiting = threads.submit(Journal, path, wait=60)
            journal.append("one", "text")
        with waiting.result() as other:
            assert other.acknowledged() == 1


def test_one_writer_among_processes(tmp_path: Path) -> None:
    """Refused at once while the other lives; free as soon as it was killed."""
    path = tmp_path / "a.journal"
    program = (
        "import sys; from policy_rules.journal import Journal; journal = Journal(sys.argv[1]); "
        "journal.append('kind', 'body'); print(flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        (sys.executable, "-c", program, path), stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()
        with pytest.raises(JournalError, match="open for writing already"):
            Journal(path)
        process.kill()
    with Journal(path) as journal:
        assert journal.append("kind", "body").number == 2


def begun(path: Path, barrier: Barrier) -> Journal | str:
    """A journal that several open at once, or why it cannot be had."""
    barrier.wait()
    try:
        return Journal(path)
    except JournalError as error:
        return str(error)


def test_one_of_many_that_begin_at_once(tmp_path: Path) -> None:
    """Exactly one thread becomes the writer, also of a journal that is not there yet."""
    with ThreadPoolExecutor(4) as threads:
        for turn in range(times_to_begin(10)):
            path = tmp_path / f"{turn}.journal"
            waiting = [threads.submit(begun, path, barrier) for barrier in [Barrier(4)] * 4]
            results = [each.result() for each in waiting]
            (opened,) = (each for each in results if isinstance(each, Journal))
            opened.close()
            refused = [each for each in results if isinstance(each, str)]
            assert all("open for writing already" in each for each in refused)
        assert len(list(tmp_path.iterdir())) == turn + 1


def _begin_each(folder: Path, turns: int, barrier: Any, answers: Any) -> None:
    for turn in range(turns):
        found = begun(folder / f"{turn}.journal", barrier)
        barrier.wait()  # nobody closes before all have tried
        if isinstance(found, Journal):
            found.close()
            found = "opened"
        answers.put((turn, found))


def test_one_of_many_processes_that_begin_at_once(tmp_path: Path) -> None:
    """As among threads."""
    context = multiprocessing.get_context("spawn")
    barrier, answers = context.Barrier(3, timeout=60), context.Queue()
    turns = times_to_begin(10)
    processes = [
        context.Process(target=_begin_each, args=(tmp_path, turns, barrier, answers))
        for _ in range(3)
    ]
    for process in processes:
        process.start()
    found: dict[int, list[str]] = {}
    for _ in range(3 * turns):
        turn, answer = answers.get(timeout=60)
        found.setdefault(turn, []).append(answer)
    for process in processes:
        process.join()
    assert len(found) == len(list(tmp_path.iterdir())) == turns
    for each in found.values():
        assert each.count("opened") == 1
        assert sum("open for writing already" in answer for answer in each) == 2


def _use(journal: JournalReader) -> list[Callable[[], object]]:
    uses: list[Callable[[], object]] = [
        journal.verify,
        journal.latest_snapshot,
        lambda: list(journal.entries()),
        lambda: list(journal.entries(kind="kind")),
    ]
    if isinstance(journal, Journal):
        uses += [
            lambda: journal.append("kind", "body"),
            lambda: journal.append_all([]),
            lambda: journal.snapshot([]),
        ]
    return uses


@_OPENERS
def test_a_closed_journal(opener: _Opener, tmp_path: Path) -> None:
    """Each use says so, and an iteration that is under way stops; closing again does nothing."""
    path = tmp_path / "a.journal"
    with Journal(path) as journal:
        journal.append_all([("kind", "x" * 400_000)] * 5)
        journal.snapshot(["one", "two"])
    opened = opener(path)
    under_way = opened.entries()
    next(under_way)
    opened.close()
    opened.close()
    uses = _use(opened)
    uses.append(lambda: list(under_way))
    for use in uses:
        with pytest.raises(JournalError) as caught:
            use()
        assert str(caught.value) == f"`{path}`: it is closed; open it again"


def _in_the_child(path: Path, journal: Journal, answers: multiprocessing.SimpleQueue[str]) -> None:
    for use in _use(journal):
        try:
            use()
        except JournalError as error:
            answers.put(str(error))
    answers.put(str([entry.body for entry in journal.entries()]))
    journal.close()
    try:
        Journal(path)
    except JournalError as error:
        answers.put(str(error))


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are not forked here")
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_a_journal_is_not_written_after_a_fork(tmp_path: Path) -> None:
    """The child may read; what else it does leaves the parent's journal as it is."""
    path = tmp_path / "a.journal"
    context = multiprocessing.get_context("fork")
    answers = context.SimpleQueue()
    with Journal(path) as journal:
        journal.append("kind", "body")
        child = context.Process(target=_in_the_child, args=(path, journal, answers))
        child.start()
        child.join()
        found = []
        while not answers.empty():
            found.append(answers.get())
        assert found == [
            *[
                f"`{path}`: it was opened by the process that this one was forked from; "
                "open it here again"
            ]
            * 3,
            "['body']",
            f"`{path}`: it is open for writing already; close it there, or read it with "
            "`JournalReader`",
        ]
        assert journal.append("kind", "body").number == 2
        assert journal.verify().whole


@pytest.mark.parametrize(
    ("use", "expected"),
    [
        (lambda journal: journal.append(5, ""), "`kind` is a text, found int"),
        (lambda journal: journal.append("", b"x"), "`body` is a text, found bytes"),
        (
            lambda journal: journal.append_all([("kind", "body"), ("kind", "字\ud800")]),
            "`body`: its character 2 cannot be written in UTF-8; correct the text",
        ),
        (lambda journal: journal.snapshot(["", None]), "`chunks` is a text, found NoneType"),
        (lambda journal: journal.entries(-1), "`after` is the number of an entry, or 0, found -1"),
        (
            lambda journal: journal.entries("1"),
            "`after` is the number of an entry, or 0, found '1'",
        ),
    ],
)
def test_what_cannot_be_asked(
    use: Callable[[Journal], object], expected: str, tmp_path: Path
) -> None:
    """Said before anything is written."""
    with Journal(tmp_path / "a.journal") as journal:
        with pytest.raises(JournalError) as caught:
            use(journal)
        assert str(caught.value) == expected
        assert list(journal.entries()) == []
        assert journal.latest_snapshot() is None
        assert journal.append("kind", "body").number == 1


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are not forked here")
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_a_child_does_not_keep_the_lock(tmp_path: Path) -> None:
    """Though it lives on when its parent has given the journal up."""
    path = tmp_path / "a.journal"
    ours, theirs = os.pipe()
    with Journal(path):
        child = os.fork()
        if not child:
            os.close(theirs)
            os.read(ours, 1)
            os._exit(0)
    with Journal(path) as journal:
        assert journal.append("kind", "body").number == 1
    os.close(theirs)
    os.waitpid(child, 0)
    os.close(ours)


@pytest.mark.skipif(sys.platform == "win32", reason="processes are not forked here")
def test_a_child_that_has_not_run_yet_does_not_keep_the_lock(tmp_path: Path) -> None:
    """On a busy machine the parent is quicker: the child still has its copy of the file."""
    path = tmp_path / "a.journal"
    with Journal(path) as journal:
        copy = os.dup(journal._lock._file.fileno())
    try:
        Journal(path).close()
    finally:
        os.close(copy)


def test_a_full_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of what was given is there, and the journal goes on when there is room."""
    path = tmp_path / "a.journal"

    def half(file: FileIO, text: bytes) -> None:
        file.write(text[: len(text) // 2])
        raise OSError(errno.ENOSPC, "No space left on device")

    with Journal(path) as journal:
        journal.append("kind", "one")
        journal.snapshot(["old"])
        for write in (
            lambda: journal.append_all([("kind", "x" * 10_000)] * 30),
            lambda: journal.append("kind", "x" * 1_000_000),
            lambda: journal.snapshot(f"{number:x}" * 10 for number in range(5_000)),
        ):
            with monkeypatch.context() as patch:
                patch.setattr(writing, "_write_all", half)
                with pytest.raises(JournalError) as caught:
                    write()
            assert str(caught.value) == (
                f"`{path}`: the disk is full, and nothing of this was written; "
                "make room and write it again"
            )
        assert journal.append("kind", "two").number == 2
        snapshot = journal.latest_snapshot()
        assert snapshot is not None
        assert list(snapshot.chunks) == ["old"]
    assert {each.name for each in path.iterdir()} == {"entries", "head", "snapshot", "lock"}
    with JournalReader(path) as reader:
        assert [entry.body for entry in reader.entries()] == ["one", "two"]
        assert reader.verify().whole


@pytest.mark.parametrize("flushes", [1, 2])
def test_a_flush_that_fails(flushes: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody knows what the disk has: the journal is opened again, and then says it."""
    path = tmp_path / "a.journal"
    left = flushes

    def failing(descriptor: int) -> None:
        nonlocal left
        left -= 1
        if not left:
            raise OSError(errno.EIO, "Input/output error")

    with Journal(path) as journal:
        journal.append("kind", "one")
        with monkeypatch.context() as patch:
            patch.setattr(writing, "flush", failing)
            with pytest.raises(JournalError) as caught:
                journal.append("kind", "two")
        assert str(caught.value) == (
            f"`{path}`: reading or writing failed (Input/output error); "
            "check the disk and open it again"
        )
        with pytest.raises(JournalError, match="an earlier write failed; close it and open it"):
            journal.append("kind", "two")
    with Journal(path) as journal:
        assert journal.verify().whole
        assert [entry.body for entry in journal.entries()] == ["one", "two"][:flushes]


@contextmanager
def files_no_larger_than(size: int) -> Iterator[None]:
    """Let the system refuse to write beyond a size."""
    resource = pytest.importorskip("resource")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)


def test_a_disk_that_fails(tmp_path: Path) -> None:
    """What was given is not there; the journal is to be opened again, and then goes on."""
    path = tmp_path / "a.journal"
    with Journal(path) as journal:
        journal.append("kind", "one")
        with files_no_larger_than(200_000), pytest.raises(JournalError) as caught:
            journal.append_all([("kind", "x" * 10_000)] * 50)
        assert str(caught.value) == (
            f"`{path}`: reading or writing failed (File too large); "
            "check the disk and open it again"
        )
        for write in (lambda: journal.append("kind", "two"), lambda: journal.snapshot([])):
            with pytest.raises(JournalError) as caught:
                write()
            assert str(caught.value) == (
                f"`{path}`: an earlier write failed; close it and open it again"
            )
        assert [entry.body for entry in journal.entries()] == ["one"]
    with Journal(path) as journal:
        assert journal.append("kind", "two").number == 2
        assert journal.verify().whole


def test_an_error_of_the_caller_is_not_the_disk_s(tmp_path: Path) -> None:
    """What the iterator of a snapshot raises passes through, whatever it is."""

    def chunks() -> Iterator[str]:
        yield "one"
        raise OSError(errno.ENOENT, "not ours")

    with Journal(tmp_path / "a.journal") as journal:
        with pytest.raises(OSError, match="not ours"):
            journal.snapshot(chunks())
        assert journal.latest_snapshot() is None
        assert journal.append("kind", "body").number == 1


@contextmanager
def without_privileges() -> Iterator[Path]:
    """A folder of one's own as an ordinary user, whom permissions bind."""
    with TemporaryDirectory() as name:
        root = hasattr(os, "geteuid") and os.geteuid() == 0
        if root:
            os.chown(name, 65534, -1)
            os.seteuid(65534)
        try:
            yield Path(name)
        finally:
            Path(name).chmod(0o700)
            if root:
                os.seteuid(0)


@pytest.mark.skipif(os.name != "posix", reason="permissions of another kind")
def test_what_may_not_be_written() -> None:
    """A file, and a folder with a journal or without one; nothing in it is changed."""
    with without_privileges() as folder:
        path = folder / "a.journal"
        with Journal(path) as journal:
            journal.append("kind", "body")
        before = contents(folder)
        for name in ("entries", "head", "lock"):
            (path / name).chmod(0o400)
            refuse(path)
            (path / name).chmod(0o600)
        folder.chmod(0o500)
        refuse(folder / "b.journal")
        folder.chmod(0o700)
        path.chmod(0o500)
        with JournalReader(path) as reader:
            assert [entry.body for entry in reader.entries()] == ["body"]
            refuse_backup(reader, path / "copy")
        path.chmod(0o700)
        (path / "entries").chmod(0o000)
        for opener in (Journal, JournalReader):
            with pytest.raises(JournalError, match="check the permissions of its files"):
                opener(path)
        (path / "entries").chmod(0o600)
        assert contents(folder) == before


def refuse(path: Path) -> None:
    """See that a journal cannot be opened for writing, and that it is said."""
    with pytest.raises(JournalError) as caught:
        Journal(path)
    assert str(caught.value) == (
        f"`{path}`: it cannot be opened (Permission denied); "
        "check the permissions of its files and of its folder"
    )


def refuse_backup(reader: JournalReader, path: Path) -> None:
    """See that nothing is written where that is not allowed."""
    with pytest.raises(JournalError, match=r"cannot be opened \(Permission denied\)"):
        reader.backup(path)
