"""The ASGI application: addresses, limits, tokens, problems and measures around a `Service`."""

from __future__ import annotations

import json
import logging
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from functools import partial
from http import HTTPStatus
from time import perf_counter
from typing import TYPE_CHECKING, Any, Final
from uuid import uuid4

import anyio
from starlette.applications import Starlette
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from ..facts import Fault
from ..facts.faults import FaultCode
from ..render.wording import Language
from . import authzen, measures
from .asking import Service
from .described import directive_document
from .openapi import HOW_TO, OPEN, openapi_document
from .problems import MEDIA_TYPE, ProblemError
from .tokens import Tokens

if TYPE_CHECKING:
    from starlette.types import Message, Receive, Scope, Send

LOG: Final = logging.getLogger("policy_rules.service")
# What is answered at once; larger requests, and those about many facts, are answered in a thread,
# so that others do not wait.
_SMALL: Final = 4_000
_ABOUT_MANY: Final = frozenset(
    path for path in (*authzen.ADDRESSES, HOW_TO) if not path.endswith("/evaluation")
)
_REQUEST_ID: Final = "x-request-id"
_Answer = Callable[[bytes, str | None], Mapping[str, Any]]
_Handler = Callable[[Request], Awaitable[Response]]
_QUESTIONS: Final = authzen.ADDRESSES.items()


class Application:
    """The service on a server of ASGI. What it holds can be replaced while it runs.

    `tokens`: None where whoever reaches it may ask. A request that is under way keeps what was
    held when it came.
    """

    def __init__(self, service: Service, tokens: Tokens | None = None) -> None:
        self.service = service
        self.tokens = tokens
        self.ready = True
        self.measures = measures.Measures()
        asked: tuple[tuple[str, Callable[[Service], _Answer]], ...] = (
            ("/v1/decide", lambda held: held.decide),
            ("/v1/check", lambda held: held.check),
            ("/v1/audit", lambda held: held.audit),
            ("/v1/explain", lambda held: held.explain),
        )
        # No address has parts that vary, so that each is looked up, in the time of one.
        self._handlers: dict[str, tuple[str, _Handler]] = {
            "/health": ("GET", self._health),
            "/ready": ("GET", self._ready),
            "/metrics": ("GET", self._metrics),
            "/openapi.json": ("GET", self._openapi),
            "/v1/directive": ("GET", self._directive),
            authzen.METADATA: ("GET", self._authzen),
            **{path: ("POST", partial(self._answer, of)) for path, of in asked},
            HOW_TO: ("POST", partial(self._decision, Service.how_to)),
            **{path: ("POST", partial(self._decision, of)) for path, of in _QUESTIONS},
        }
        self._others = Starlette()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request; what is no request of HTTP is the server's own matter."""
        if scope["type"] != "http":
            await self._others(scope, receive, send)
            return
        began, status = perf_counter(), 0
        headers = Headers(scope=scope)
        named = headers.get(_REQUEST_ID) or uuid4().hex
        path = scope["path"] if scope["path"] in self._handlers else "other"

        async def told(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                answer = MutableHeaders(scope=message)
                answer[_REQUEST_ID] = named
                if not self.ready:
                    # Nothing more is asked on a connection that is about to be closed.
                    answer["connection"] = "close"
            await send(message)

        with self.measures.under_way.track_inprogress():
            request = Request(scope, receive)
            with suppress(ClientDisconnect):  # whoever went away needs no answer
                response = await self._response(request, headers)
                await response(scope, receive, told)
        self.measures.answered(path, status, perf_counter() - began)

    @property
    def paths(self) -> frozenset[str]:
        """All addresses."""
        return frozenset(self._handlers)

    async def _response(self, request: Request, headers: Headers) -> Response:
        path = request.scope["path"]
        if path not in OPEN and not self._may_ask(headers):
            return _refused(request, ProblemError("unauthorized"), {"www-authenticate": "Bearer"})
        if path not in self._handlers:
            return _refused(request, ProblemError("not-found"))
        method, handler = self._handlers[path]
        asked = request.method
        if asked != method and (asked, method) != ("HEAD", "GET"):
            allowed = "GET, HEAD" if method == "GET" else method
            return _refused(request, ProblemError("method-not-allowed"), {"allow": allowed})
        try:
            return await handler(request)
        except ProblemError as problem:
            return _refused(request, problem)
        except ClientDisconnect:
            raise
        except Exception as error:
            LOG.error("%s %s failed", asked, path, exc_info=error)
            return _refused(request, ProblemError("internal"))

    def _may_ask(self, headers: Headers) -> bool:
        return self.tokens is None or bool(self.tokens.caller(headers.get("authorization", "")))

    async def _answer(self, of: Callable[[Service], _Answer], request: Request) -> Response:
        service = self.service
        found = await _in_time(of(service), request, service)
        self.measures.gave(found)
        return _json(found)

    async def _decision(self, of: authzen.Asked, request: Request) -> Response:
        service = self.service
        return _json(await _in_time(partial(of, service), request, service))

    async def _health(self, _: Request) -> Response:
        return _json({"status": "ok"})

    async def _ready(self, _: Request) -> Response:
        if self.ready:
            return _json({"status": "ready"})
        return _json({"status": "stopping"}, HTTPStatus.SERVICE_UNAVAILABLE)

    async def _metrics(self, _: Request) -> Response:
        return Response(self.measures.text(), media_type=measures.CONTENT_TYPE)

    async def _openapi(self, request: Request) -> Response:
        guarded = self.tokens is not None
        return _json(openapi_document(self.service, _language(request), guarded=guarded))

    async def _directive(self, _: Request) -> Response:
        return _json(directive_document(self.service))

    async def _authzen(self, request: Request) -> Response:
        return _json(authzen.metadata(str(request.base_url).rstrip("/")))


def application(service: Service, tokens: Tokens | None = None) -> Application:
    """The service as an ASGI application, for a server of one's own choice."""
    return Application(service, tokens)


async def _body(request: Request, service: Service) -> bytes:
    """The body, which is read no further than it may be long."""
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type != "application/json" and not media_type.endswith("+json"):
        raise ProblemError("unsupported-media-type")
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > service.limits.bytes:
            most = service.limits.bytes
            zh, en = f"请求至多 {most} 字节；请分批", f"at most {most} bytes; send it in parts"
            raise ProblemError("too-large", [_fault(zh, en)])
    return bytes(body)


async def _in_time(answer: _Answer, request: Request, service: Service) -> Mapping[str, Any]:
    body = await _body(request, service)
    caller_id = request.headers.get(_REQUEST_ID)
    if service.log is not None:
        # What goes on record waits for the disk, and is not given up half-way.
        return await anyio.to_thread.run_sync(answer, body, caller_id)
    if len(body) <= _SMALL and request.scope["path"] not in _ABOUT_MANY:
        return answer(body, caller_id)
    try:
        with anyio.fail_after(service.limits.seconds):
            return await anyio.to_thread.run_sync(answer, body, caller_id, abandon_on_cancel=True)
    except TimeoutError:
        raise ProblemError("out-of-time") from None


def _json(content: Mapping[str, Any], status: int = HTTPStatus.OK) -> Response:
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return Response(text, status, media_type="application/json")


def _language(request: Request) -> Language:
    wanted = request.headers.get("accept-language", "").strip().lower()
    return "zh" if wanted.startswith("zh") else "en"


def _refused(
    request: Request, problem: ProblemError, headers: Mapping[str, str] | None = None
) -> Response:
    text = json.dumps(problem.as_json(_language(request)), ensure_ascii=False)
    return Response(text, problem.status, headers, MEDIA_TYPE)


def _fault(zh: str, en: str) -> Fault:
    return Fault(place="", code=FaultCode.WRONG_SHAPE, zh=zh, en=en)
