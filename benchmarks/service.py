"""The service against a bare handler of the same server: `python -m benchmarks.service`.

One client on one connection asks each in turn; medians of rounds, and their ratios. The bare
handler reads the body and sends a reply of the same length.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import socket
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from http.client import HTTPConnection
from typing import Any, Final

import uvicorn

import policy_rules as pr
from policy_rules.service import Service, application

CASE: Final = {
    "causation_clear": True, "simple": True, "means": ["image"], "place_codes": ["350304"],
    "complex": False, "category": "ordinary", "role": "lead",
}  # fmt: skip
BATCH: Final = 1000
_HEADERS: Final = {"content-type": "application/json"}


async def bare(scope: Any, receive: Callable[[], Any], send: Callable[[Any], Any]) -> None:
    """Read the body and send one of 832 bytes, which is how long the answer about a case is."""
    if scope["type"] != "http":
        return
    more = True
    while more:
        more = (await receive()).get("more_body", False)
    headers = [(b"content-type", b"application/json"), (b"content-length", b"832")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": b"x" * 832})


def _serve(kind: str, listening: socket.socket) -> None:
    app: Any = bare
    if kind == "ours":
        app = application(Service(directive=pr.load("putian-2019-52")))
    config = uvicorn.Config(
        app, log_level="error", access_log=False, lifespan="off", timeout_keep_alive=600
    )
    uvicorn.Server(config).run(sockets=[listening])


@contextmanager
def served(kind: str) -> Iterator[HTTPConnection]:
    """A connection to a server of its own."""
    with socket.socket(proto=socket.IPPROTO_TCP) as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        context = multiprocessing.get_context("fork")
        process = context.Process(target=_serve, args=(kind, listening))
        process.start()
        connection = HTTPConnection(*listening.getsockname())
        try:
            yield connection
        finally:
            connection.close()
            process.terminate()
            process.join()


def asked(connection: HTTPConnection, body: bytes) -> bytes:
    """The body of a reply to a check."""
    connection.request("POST", "/v1/check", body, _HEADERS)
    reply = connection.getresponse()
    text = reply.read()
    assert reply.status == 200, text
    return text


def cases(number: int) -> bytes:
    """A request about so many cases."""
    listed = [{"id": f"A{place}", **CASE} for place in range(number)]
    return json.dumps({"as_of": "2019-09-01", "facts": {"cases": listed}}).encode()


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.service", description=__doc__)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--requests", type=int, default=300, help="of each kind in a round")
    given = parser.parse_args()
    one, many = cases(1), cases(BATCH)
    seconds: dict[str, list[float]] = {"bare": [], "single": [], "batch": []}
    with ExitStack() as open_:
        plain, ours = (open_.enter_context(served(kind)) for kind in ("bare", "ours"))
        verdicts = json.loads(asked(ours, many))["verdicts"]
        assert [each["outcome"] for each in verdicts] == ["permitted"] * BATCH
        asked(plain, one)
        for _ in range(given.rounds):
            for kind, connection, body, times in (
                ("bare", plain, one, given.requests),
                ("single", ours, one, given.requests),
                ("batch", ours, many, 2),
            ):
                began = time.perf_counter()
                for _ in range(times):
                    asked(connection, body)
                seconds[kind].append((time.perf_counter() - began) / times)
    median = {kind: statistics.median(each) for kind, each in seconds.items()}
    each = median["batch"] / BATCH
    print(f"bare handler        {median['bare'] * 1e6:8.0f} µs a request")
    print(f"one check           {median['single'] * 1e6:8.0f} µs a request")
    print(f"of a batch of {BATCH:,} {each * 1e6:8.1f} µs a check")
    single, batches = median["bare"] / median["single"], median["single"] / each
    print(f"checks a second, single, of those of the bare handler:     {single:6.2f}")
    print(f"checks a second, in batches, of those of single requests: {batches:7.1f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
