"""Asking an ASGI application without a server."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import anyio
from attrs import frozen

from policy_rules.service import Application


@frozen
class Reply:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        """The body, which is JSON."""
        return json.loads(self.body)


def ask(
    app: Application,
    path: str,
    content: object = None,
    *,
    method: str = "",
    body: bytes | None = None,
    **headers: str,
) -> Reply:
    """Send a request: what is given as `content` as JSON, and of headers those that are named."""
    sent = body if body is not None else b"" if content is None else json.dumps(content).encode()
    named = {"content-type": "application/json", "host": "station.example"}
    named |= {name.replace("_", "-"): value for name, value in headers.items()}
    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "scheme": "http",
        "method": method or ("GET" if content is None and body is None else "POST"),
        "path": path, "raw_path": path.encode(), "query_string": b"", "root_path": "",
        "headers": [(name.encode(), value.encode()) for name, value in named.items()],
        "server": ("127.0.0.1", 8052), "client": ("127.0.0.1", 1),
    }  # fmt: skip
    parts = [sent[at : at + 65536] for at in range(0, len(sent), 65536)] or [b""]
    told: list[Any] = []

    async def receive() -> Any:
        part = parts.pop(0)
        return {"type": "http.request", "body": part, "more_body": bool(parts)}

    async def send(message: Any) -> None:
        told.append(message)

    async def main() -> None:
        await app(scope, receive, send)

    anyio.run(main)
    start = told[0]
    return Reply(
        start["status"],
        {name.decode(): value.decode() for name, value in start["headers"]},
        b"".join(each.get("body", b"") for each in told[1:]),
    )
