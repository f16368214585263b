"""What cannot be opened or written: one clear error each, and the files stay as they were."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Barrier

import pytest

from policy_rules.journal import Journal, JournalError, JournalReader

_OPENERS = pytest.mark.parametrize("opener", [Journal, JournalReader])
_Opener = Callable[[object], JournalReader]


def contents(folder: Path) -> dict[str, bytes]:
    """The files of a folder."""
    return {each.name: each.read_bytes() for each in folder.iterdir() if each.is_file()}


def database(*statements: str) -> Callable[[Path], None]:
    """What makes a database of something else."""

    def make(path: Path) -> None:
        with closing(sqlite3.connect(path)) as connection, connection:
            for statement in statements:
                connection.execute(statement)

    return make


def cut(length: int) -> Callable[[Path], None]:
    """What makes a journal that lost its end."""

    def make(path: Path) -> None:
        with Journal(path) as journal:
            journal.append_all([("kind", "body" * 100)] * 100)
        path.with_name(f"{path.name}-lock").unlink()
        whole = path.read_bytes()
        assert length < len(whole)
        path.write_bytes(whole[:length])

    return make


def of_format(number: int) -> Callable[[Path], None]:
    """What makes a journal of another format."""

    def make(path: Path) -> None:
        with Journal(path):
            pass
        path.with_name(f"{path.name}-lock").unlink()
        database(f"PRAGMA user_version = {number}")(path)

    return make


@_OPENERS
@pytest.mark.parametrize(
    ("make", "expected"),
    [
        (Path.mkdir, "expected a journal, found a folder; give another path"),
        (Path.touch, "expected a journal, found an empty file; give another path"),
        (
            lambda path: path.write_text("名称,值\n" * 1000),
            "expected a journal, found something else; give another path",
        ),
        (
            database("CREATE TABLE t (x)"),
            "expected a journal, found a database of something else; give another path",
        ),
        (
            database("PRAGMA journal_mode = WAL", "CREATE TABLE t (x)"),
            "expected a journal, found a database of something else; give another path",
        ),
        (
            of_format(2),
            "its format is 2, and this version reads up to 1; use a later policy_rules",
        ),
        (of_format(0), "expected a journal, found one of format 0; give another path"),
        *(
            (
                cut(length),
                "the file is damaged (database disk image is malformed); restore a copy",
            )
            for length in (100, 4_000, 4_096, 20_480, 50_000)
        ),
    ],
)
def test_what_is_no_journal_is_left_as_it_is(
    opener: _Opener, make: Callable[[Path], object], expected: str, tmp_path: Path
) -> None:
    """Nothing is changed, and nothing is made beside a file that is not ours."""
    path = tmp_path / "a.journal"
    make(path)
    before = contents(tmp_path)
    with pytest.raises(JournalError) as caught:
        opener(path)
    assert str(caught.value) == f"`{path}`: {expected}"
    ((chinese, _),) = caught.value.faults
    assert chinese.startswith(f"`{path}`：")
    after = contents(tmp_path)
    if "damaged" in expected:
        # It is ours, so that its lock is taken before it is read.
        after = {name: after[name] for name in before}
    assert after == before


@_OPENERS
@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("", "``: expected a journal, found a folder; give another path"),
        (
            "a\0b",
            "`a\\0b`: expected a journal, found a path with a null character; give another path",
        ),
        (
            "no such folder/a.journal",
            "`no such folder/a.journal`: its folder is not there; create the folder first",
        ),
        (
            "/dev/null",
            "`/dev/null`: expected a journal, found something that is no file; give another path",
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
    assert str(caught.value) == f"`{path}`: there is no such file; check the path"
    assert contents(tmp_path) == {}


def test_a_write_ahead_file_without_its_journal(tmp_path: Path) -> None:
    """What was acknowledged may be in it alone, so that it is neither used nor deleted."""
    path = tmp_path / "a.journal"
    with Journal(path) as journal:
        journal.append("kind", "body")
        ahead = contents(tmp_path)["a.journal-wal"]
    path.unlink()
    (tmp_path / "a.journal-wal").write_bytes(ahead)
    with pytest.raises(JournalError) as caught:
        Journal(path)
    assert str(caught.value) == (
        f"`{path}`: the file is not there, but its `-wal` is; put the file back, "
        "or delete the `-wal` to begin a new journal"
    )
    assert contents(tmp_path)["a.journal-wal"] == ahead


def test_what_an_interrupted_creation_left_is_no_obstacle(tmp_path: Path) -> None:
    """The file that was to become the journal, in any state."""
    path = tmp_path / "a.journal"
    for name in ("a.journal-new", "a.journal-new-wal", "a.journal-new-journal"):
        (tmp_path / name).write_bytes(b"half" * 1000)
    with Journal(path) as journal:
        assert journal.append("kind", "body").number == 1
    assert set(contents(tmp_path)) == {"a.journal", "a.journal-lock"}


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


def test_one_of_many_that_begin_at_once(tmp_path: Path) -> None:
    """Exactly one thread becomes the writer, also of a journal that is not there yet."""

    def begin(path: Path, barrier: Barrier) -> Journal | str:
        barrier.wait()
        try:
            return Journal(path)
        except JournalError as error:
            return str(error)

    with ThreadPoolExecutor(4) as threads:
        for turn in range(10):
            path = tmp_path / f"{turn}.journal"
            begun = [threads.submit(begin, path, barrier) for barrier in [Barrier(4)] * 4]
            results = [each.result() for each in begun]
            (opened,) = (each for each in results if isinstance(each, Journal))
            opened.close()
            refused = [each for each in results if isinstance(each, str)]
            assert all("open for writing already" in each for each in refused)


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
    journal.close()
    try:
        Journal(path)
    except JournalError as error:
        answers.put(str(error))


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are not forked here")
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_a_journal_is_not_used_after_a_fork(tmp_path: Path) -> None:
    """The child is refused, and what it does leaves the parent's journal as it is."""
    path = tmp_path / "a.journal"
    context = multiprocessing.get_context("fork")
    answers = context.SimpleQueue()
    with Journal(path) as journal:
        journal.append("kind", "body")
        child = context.Process(target=_in_the_child, args=(path, journal, answers))
        child.start()
        child.join()
        found = [answers.get() for _ in range(len(_use(journal)) + 1)]
        assert found.pop().endswith(
            "it is open for writing already; close it there, or read it with `JournalReader`"
        )
        assert set(found) == {
            f"`{path}`: it was opened by the process that this one was forked from; "
            "open it here again"
        }
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


@pytest.mark.skipif(sys.version_info < (3, 11), reason="the limit cannot be set lower")
def test_a_text_that_is_too_large(tmp_path: Path) -> None:
    """SQLite takes up to a thousand million bytes; the others of its batch are not written."""
    path = tmp_path / "a.journal"
    with Journal(path) as journal:
        writing = journal._writing
        assert writing is not None
        writing.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, 1_000)
        with pytest.raises(JournalError) as caught:
            journal.append_all([("kind", "body"), ("kind", "x" * 2_000)])
        assert str(caught.value) == (
            f"`{path}`: a text is too large, and nothing of this was written; divide it"
        )
        assert journal.append("kind", "body").number == 1


def test_a_full_disk(tmp_path: Path) -> None:
    """Nothing of what was given is there, and the journal goes on when there is room."""
    path = tmp_path / "a.journal"
    with Journal(path) as journal:
        journal.append("kind", "one")
        journal.snapshot(["old"])
        # SQLite says the same when the disk is full, which no test can make it.
        writing = journal._writing
        assert writing is not None
        ((room,),) = writing.execute("PRAGMA max_page_count = 20")
        assert room == 20
        for write in (
            lambda: journal.append_all([("kind", "x" * 10_000)] * 30),
            lambda: journal.append("kind", "x" * 1_000_000),
            lambda: journal.snapshot(f"{number:x}" * 10 for number in range(10**9, 10**9 + 5_000)),
        ):
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
    with JournalReader(path) as reader:
        assert [entry.body for entry in reader.entries()] == ["one", "two"]
        assert reader.verify().whole


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
            f"`{path}`: reading or writing failed (disk I/O error); "
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


def test_a_program_that_does_not_ask_for_the_lock(tmp_path: Path) -> None:
    """Where it holds SQLite's own lock, nothing hangs for ever, and nothing is lost."""
    path = tmp_path / "a.journal"
    with Journal(path) as journal, closing(sqlite3.connect(path)) as other:
        journal._writing.execute("PRAGMA busy_timeout = 10")  # type: ignore[union-attr]  # it is open
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(JournalError) as caught:
            journal.append("kind", "body")
        assert str(caught.value) == (
            f"`{path}`: another program holds it; try again when that has ended"
        )
        other.execute("ROLLBACK")
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
        before = path.read_bytes()
        path.chmod(0o400)
        with pytest.raises(JournalError, match="check the permissions of the file"):
            Journal(path)
        path.chmod(0o600)
        folder.chmod(0o500)
        for name in ("a.journal", "b.journal"):
            with pytest.raises(JournalError) as caught:
                Journal(folder / name)
            # What SQLite says of it differs from version to version.
            message = str(caught.value)
            assert message.startswith(f"`{folder / name}`: it cannot be opened (")
            assert message.endswith("; check the permissions of the file and of its folder")
        folder.chmod(0o700)
        path.chmod(0o000)
        for opener in (Journal, JournalReader):
            with pytest.raises(JournalError, match="check the permissions of the file"):
                opener(path)
        path.chmod(0o600)
        assert path.read_bytes() == before
        with JournalReader(path) as reader:
            assert [entry.body for entry in reader.entries()] == ["body"]
