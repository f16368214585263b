"""Connections that ask all the time, while the service takes new facts and is told to stop.

    python -m benchmarks.connections --seconds 60

Each connection asks again as soon as it has its answer. In the middle the service gets a hangup
(SIGHUP), at the end it is told to stop (SIGTERM), both under full load. Every answer must be the
right one, and what was answered must be just what is on record: so nothing that was accepted is
lost. A request that comes when the connection is being closed is neither; its sender sees that no
answer began, and may ask again elsewhere.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from attrs import field, frozen

from policy_rules.decision_log import DecisionLogReader

TOKEN: Final = "0123456789abcdefghijklmn"
CASE: Final = {
    "id": "A1", "causation_clear": True, "simple": True, "means": ["image"],
    "place_codes": ["350304"], "complex": False, "category": "ordinary", "role": "lead",
}  # fmt: skip


@frozen
class Tally:
    """What became of all requests: the ids of those answered, and how many of each other kind."""

    answered: set[str] = field(factory=set)
    others: Counter[str] = field(factory=Counter)


async def ask(port: int, number: int, until: float, tally: Tally) -> None:
    """Ask on one connection until the time is over or the service closes it."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        for count in range(10**9):
            if time.monotonic() > until:
                return
            named = f"{number}-{count}"
            body = json.dumps({"as_of": "2019-09-01", "facts": {"cases": [CASE]}}).encode()
            head = (
                f"POST /v1/check HTTP/1.1\r\nhost: localhost\r\ncontent-length: {len(body)}\r\n"
                f"content-type: application/json\r\nauthorization: Bearer {TOKEN}\r\n"
                f"x-request-id: {named}\r\n\r\n"
            )
            try:
                writer.write(head.encode() + body)
                told = await reader.readuntil(b"\r\n\r\n")
            except (asyncio.IncompleteReadError, ConnectionError) as error:
                began = getattr(error, "partial", b"")
                tally.others["broken off" if began else "closed before an answer began"] += 1
                return
            lines = told.decode().lower().split("\r\n")
            headers = dict(line.split(": ", 1) for line in lines[1:] if line)
            content = await reader.readexactly(int(headers["content-length"]))
            right = lines[0].startswith("http/1.1 200") and headers["x-request-id"] == named
            if right and json.loads(content)["verdicts"][0]["outcome"] == "permitted":
                tally.answered.add(named)
            else:
                tally.others[lines[0]] += 1
            if headers.get("connection") == "close":
                return
    finally:
        writer.close()


async def _load(
    process: subprocess.Popen[str], port: int, connections: int, seconds: float
) -> Tally:
    tally = Tally()
    until = time.monotonic() + seconds + 30
    asking = [asyncio.create_task(ask(port, each, until, tally)) for each in range(connections)]
    await asyncio.sleep(seconds / 2)
    process.send_signal(signal.SIGHUP)
    await asyncio.sleep(seconds / 2)
    process.send_signal(signal.SIGTERM)
    await asyncio.gather(*asking)
    return tally


def run(connections: int, seconds: float) -> tuple[Tally, set[str], str]:
    """What became of the requests, the ids on record, and what the service said of itself."""
    with TemporaryDirectory() as folder:
        tokens, log = Path(folder, "tokens.txt"), Path(folder, "log")
        tokens.write_text(f"benchmark {TOKEN}\n", "utf-8")
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            port: int = taken.getsockname()[1]
        command = [
            sys.executable, "-m", "policy_rules.cli", "serve", "--port", str(port),
            "--tokens", str(tokens), "--record", str(log), "--known", "examples/putian/facts.json",
        ]  # fmt: skip
        process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
        try:
            _await_listening(port, process)
            tally = asyncio.run(_load(process, port, connections, seconds))
            _, said = process.communicate(timeout=60)
        finally:
            process.kill()
        if process.returncode != 0:
            raise AssertionError(f"the service ended with {process.returncode}: {said}")
        with DecisionLogReader(log) as read:
            assert read.verify().whole
            recorded = Counter(each.record.get("correlation_id") for each in read.entries())
    recorded.pop(None, None)  # what a log says of itself
    assert set(recorded.values()) <= {1}
    return tally, {str(each) for each in recorded}, said


def _await_listening(port: int, process: subprocess.Popen[str]) -> None:
    deadline = time.monotonic() + 30
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            if process.poll() is not None or time.monotonic() > deadline:
                raise
            time.sleep(0.05)


def main() -> int:
    """Measure and print; the status is 1 where anything was lost."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.connections", description=__doc__)
    parser.add_argument("--connections", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=60)
    given = parser.parse_args()
    tally, recorded, _ = run(given.connections, given.seconds)
    print(f"{given.connections} connections, {given.seconds:g} s")
    print(f"answered, rightly:           {len(tally.answered):10,}")
    print(f"on record, not answered:     {len(recorded - tally.answered):10,}")
    print(f"answered, not on record:     {len(tally.answered - recorded):10,}")
    for kind, number in tally.others.items():
        print(f"{kind + ':':28} {number:10,}")
    lost = recorded != tally.answered or {*tally.others} - {"closed before an answer began"}
    return 1 if lost else 0


if __name__ == "__main__":
    sys.exit(main())
