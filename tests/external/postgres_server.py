"""A PostgreSQL server for one run of the tests: from the distribution's package, on loopback."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from signal import SIGINT, SIGQUIT
from typing import Final

import pytest
from attrs import evolve, frozen

# As which the distribution's package means it to run; it refuses to be run by root.
_ACCOUNT: Final = "postgres"
_SECONDS: Final = 60.0
_HOST: Final = "127.0.0.1"


@frozen
class Database:
    """A database on the server of the tests, and the plain client to it.

    `binaries` is where the programs of PostgreSQL are.
    """

    binaries: Path
    port: int
    name: str

    @property
    def dsn(self) -> str:
        """Where it is, as a URL that psycopg, psql and SQLAlchemy understand."""
        return f"postgresql://{_ACCOUNT}@{_HOST}:{self.port}/{self.name}"

    def psql(self, script: str) -> str:
        """What plain `psql` prints for a script of SQL: its rows as CSV, without headings.

        Raises AssertionError, with what psql says, where the script fails.
        """
        command = [str(self.binaries / "psql"), "-X", "-q", "-t", "--csv", "-d", self.dsn]
        done = subprocess.run(
            [*command, "-v", "ON_ERROR_STOP=1"],
            input=script.encode(),
            capture_output=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr.decode()
        return done.stdout.decode()

    def create(self, name: str) -> Database:
        """Make a database that is empty."""
        self.psql(f'CREATE DATABASE "{name}" TEMPLATE template0;')
        return evolve(self, name=name)


@contextmanager
def running_server() -> Iterator[Database]:
    """Start a server in a directory of its own, give its first database, and stop it at the end.

    The test fails, saying what to install, where there is no PostgreSQL.
    """
    binaries = _binaries()
    account = _ACCOUNT if os.geteuid() == 0 else None
    with tempfile.TemporaryDirectory(prefix="policy-rules-postgres-") as directory:
        if account is not None:
            shutil.chown(directory, account, account)
        data, log = Path(directory, "data"), Path(directory, "log")
        _initialise(binaries, data, account)
        database = Database(binaries, free_port(), "postgres")
        with log.open("wb") as output:
            process = subprocess.Popen(
                [
                    str(binaries / "postgres"), "-D", str(data), "-p", str(database.port), "-F",
                    "-c", f"listen_addresses={_HOST}", "-c", "unix_socket_directories=",
                    # To compile each of hundreds of small queries would take most of the time.
                    "-c", "jit=off",
                ],
                cwd=directory,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                user=account,
                group=account,
                extra_groups=groups_of(account),
                # An interrupt from the keyboard is for the tests, which then stop the server.
                start_new_session=True,
            )  # fmt: skip
        try:
            _wait_until_ready(database, process, log)
            yield database
        finally:
            stop(process)


def _binaries() -> Path:
    packaged = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"),
        key=lambda path: float(path.parts[-3]),
    )
    if packaged:
        return packaged[-1].parent
    elsewhere = shutil.which("initdb")
    if elsewhere is None:
        pytest.fail(
            "these tests need a PostgreSQL server, and there is no `initdb` in "
            "`/usr/lib/postgresql/*/bin` nor in PATH: install it (Debian and Ubuntu: "
            "`apt-get install postgresql`)",
            pytrace=False,
        )
    return Path(elsewhere).resolve().parent


def _initialise(binaries: Path, data: Path, account: str | None) -> None:
    command = [str(binaries / "initdb"), "-D", str(data), "-U", _ACCOUNT, "-A", "trust"]
    done = subprocess.run(
        [*command, "--encoding=UTF8", "--locale=C", "--no-sync"],
        cwd=data.parent,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        user=account,
        group=account,
        extra_groups=groups_of(account),
        check=False,
    )
    if done.returncode:
        pytest.fail(f"PostgreSQL's `initdb` failed: {done.stdout.decode()}", pytrace=False)


def _wait_until_ready(database: Database, process: subprocess.Popen[bytes], log: Path) -> None:
    command = [str(database.binaries / "pg_isready"), "-q", "-d", database.dsn]
    deadline = time.monotonic() + _SECONDS
    while subprocess.run(command, check=False).returncode:
        if process.poll() is not None or time.monotonic() > deadline:
            pytest.fail(f"PostgreSQL did not start: {log.read_text()}", pytrace=False)
        time.sleep(0.05)


def stop(process: subprocess.Popen[bytes]) -> None:
    for signal in (SIGINT, SIGQUIT):
        process.send_signal(signal)
        try:
            process.wait(_SECONDS)
        except subprocess.TimeoutExpired:
            continue
        return
    process.kill()
    process.wait()


def groups_of(account: str | None) -> list[str] | None:
    """The further groups of a program that is run as an account: none."""
    # Those of root are not to be kept.
    return None if account is None else []


def free_port() -> int:
    """A port on loopback that nobody listens on."""
    with socket.socket() as taken:
        taken.bind((_HOST, 0))
        port: int = taken.getsockname()[1]
        return port
