"""A MariaDB server for one run of the tests: from the distribution's package, on loopback."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import pymysql
import pytest
from attrs import frozen

from .postgres_server import free_port, stop

# As which the distribution's package means it to run; it refuses to be run by root.
_ACCOUNT: Final = "mysql"
_SECONDS: Final = 60.0
_HOST: Final = "127.0.0.1"
# Where `mariadbd` is, which is in the PATH of root only.
_FURTHER: Final = ("/usr/sbin", "/usr/local/sbin")


@frozen
class MariaDB:
    """A server, and the plain client to it."""

    port: int

    def connect(self, database: str | None = None) -> pymysql.Connection[Any]:
        """A connection; each statement is a transaction of its own."""
        return pymysql.connect(
            host=_HOST, port=self.port, user="root", database=database, charset="utf8mb4",
            autocommit=True,
        )  # fmt: skip

    def client(self, script: str, database: str | None = None) -> str:
        """What the plain client prints for a script of SQL.

        Raises AssertionError, with what the client says, where the script fails.
        """
        command = [
            _program("mariadb"), "--no-defaults", f"--host={_HOST}", f"--port={self.port}",
            "--user=root", "--default-character-set=utf8mb4", "--batch", "--skip-column-names",
        ]  # fmt: skip
        done = subprocess.run(
            [*command, *([] if database is None else [database])],
            input=script.encode(),
            capture_output=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr.decode()
        return done.stdout.decode()


@contextmanager
def running_mariadb() -> Iterator[MariaDB]:
    """Start a server in a directory of its own, give it, and stop it at the end.

    The test fails, saying what to install, where there is no MariaDB.
    """
    server, install = _program("mariadbd"), _program("mariadb-install-db")
    account = [f"--user={_ACCOUNT}"] if os.geteuid() == 0 else []
    with tempfile.TemporaryDirectory(prefix="policy-rules-mariadb-") as directory:
        if account:
            shutil.chown(directory, _ACCOUNT, _ACCOUNT)
        data, log = Path(directory, "data"), Path(directory, "log")
        made = subprocess.run(
            [
                install, "--no-defaults", *account, f"--datadir={data}", "--skip-test-db",
                "--skip-name-resolve", "--auth-root-authentication-method=normal",
            ],
            cwd=directory, stdin=subprocess.DEVNULL, capture_output=True, check=False,
        )  # fmt: skip
        if made.returncode:
            pytest.fail(f"`mariadb-install-db` failed: {made.stderr.decode()}", pytrace=False)
        running = MariaDB(free_port())
        with log.open("wb") as output:
            process = subprocess.Popen(
                [
                    server, "--no-defaults", *account, f"--datadir={data}",
                    f"--port={running.port}", f"--bind-address={_HOST}", "--skip-name-resolve",
                    f"--socket={Path(directory, 'socket')}", "--skip-log-bin",
                    "--innodb-flush-log-at-trx-commit=0", "--skip-innodb-doublewrite",
                ],
                cwd=directory, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT,
                # An interrupt from the keyboard is for the tests, which then stop the server.
                start_new_session=True,
            )  # fmt: skip
        try:
            _wait_until_ready(running, process, log)
            yield running
        finally:
            process.terminate()
            stop(process)


def _program(name: str) -> str:
    found = shutil.which(name, path=os.pathsep.join([os.environ.get("PATH", ""), *_FURTHER]))
    if found is None:
        pytest.fail(
            f"these tests need a MariaDB server, and there is no `{name}` in PATH: install it "
            "(Debian and Ubuntu: `apt-get install mariadb-server`)",
            pytrace=False,
        )
    return found


def _wait_until_ready(server: MariaDB, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + _SECONDS
    while True:
        try:
            server.connect().close()
        except pymysql.OperationalError:
            if process.poll() is not None or time.monotonic() > deadline:
                pytest.fail(f"MariaDB did not start: {log.read_text()}", pytrace=False)
            time.sleep(0.05)
        else:
            return
