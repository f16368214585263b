"""The command `serve`, as a process: where it listens, how it stops and takes new facts."""

from __future__ import annotations

import json
import signal
import socket
import sys
import time
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from threading import Thread
from typing import Any, Final

import pytest

from policy_rules.cli import main
from tests.support.serving import serving

TOKEN: Final = "0123456789abcdefghijklmn"
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")


def asked(port: int, path: str, content: object = None, token: str = "") -> tuple[int, Any]:
    """Status and content of a reply."""
    with closing(HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
        return _asked(connection, path, content, token)


def _asked(connection: HTTPConnection, path: str, content: object, token: str) -> tuple[int, Any]:
    headers = {"content-type": "application/json", "authorization": f"Bearer {token}"}
    method = "GET" if content is None else "POST"
    connection.request(method, path, None if content is None else json.dumps(content), headers)
    reply = connection.getresponse()
    return reply.status, json.loads(reply.read())


def test_it_answers_reloads_and_stops_when_all_is_answered(tmp_path: Path) -> None:
    tokens = tmp_path / "tokens.txt"
    tokens.write_text(f"patrol {TOKEN}\n", "utf-8")
    with serving("--tokens", str(tokens), "--as-of", "2019-09-01") as (process, port):
        assert asked(port, "/v1/check", {})[0] == 401
        assert asked(port, "/v1/check", {}, TOKEN)[1]["as_of"] == "2019-09-01"
        # Another token, after a file that cannot be taken.
        for written, expected in (("", 200), (f"patrol {TOKEN[::-1]}\n", 401)):
            tokens.write_text(written, "utf-8")
            process.send_signal(signal.SIGHUP)
            time.sleep(0.3)
            assert asked(port, "/v1/check", {}, TOKEN)[0] == expected
        # A request that takes a while is answered, though the service is told to stop meanwhile.
        stations = [{"id": f"S{number}"} for number in range(4000)]
        found: list[tuple[int, Any]] = []
        content = {"facts": {"stations": stations}}
        slow = Thread(target=lambda: found.append(asked(port, "/v1/decide", content, TOKEN[::-1])))
        slow.start()
        time.sleep(0.2)
        process.send_signal(signal.SIGTERM)
        slow.join()
        assert found[0][0] == 200
        _, log = process.communicate(timeout=30)
        assert process.returncode == 0
    assert "not reloaded" in log
    assert TOKEN not in log


def test_where_it_may_not_listen(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["serve", "--host", "0.0.0.0", "--lang", "en"]) == 2
    assert "callers need --tokens or --client-ca" in capsys.readouterr().err
    assert main(["serve", "--certificate", "none.pem", "--lang", "en"]) == 2
    assert "--certificate none.pem: there is no such file" in capsys.readouterr().err
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert main(["serve", "--port", str(port), "--lang", "en"]) == 2
    assert f"127.0.0.1:{port}: cannot listen there" in capsys.readouterr().err


def test_facts_and_tokens_that_cannot_be_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    facts = tmp_path / "facts.json"
    facts.write_text('{"stations": [{"officers": 3}]}', "utf-8")
    assert main(["serve", "--known", str(facts), "--lang", "en"]) == 2
    assert "stations[0].id" in capsys.readouterr().err
    assert main(["serve", "--tokens", str(tmp_path / "none"), "--lang", "en"]) == 2
    assert "cannot be read" in capsys.readouterr().err
    assert main(["serve", "--reading", "mood=good", "--lang", "en"]) == 2
    assert "there is no reading" in capsys.readouterr().err
