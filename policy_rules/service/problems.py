"""What is wrong with a request, as RFC 9457 says it: every fault, with a pointer to its place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import Any, Final

from ..facts import Fault
from ..render.wording import Language, pick

MEDIA_TYPE: Final = "application/problem+json"
_ITEM: Final = re.compile(r"(?P<name>[^\[\]]+)|\[(?P<at>\d+)\]")

# What each kind is called, in Chinese and English, and its status.
KINDS: Final[Mapping[str, tuple[HTTPStatus, str, str]]] = {
    "unreadable": (HTTPStatus.BAD_REQUEST, "请求不是可读的 JSON", "the request is no JSON"),
    "malformed": (
        HTTPStatus.BAD_REQUEST, "请求缺少必需的部分", "the request lacks what each such one has",
    ),
    "unauthorized": (
        HTTPStatus.UNAUTHORIZED, "缺少令牌或令牌有误", "a token is missing, or is not known",
    ),
    "not-found": (HTTPStatus.NOT_FOUND, "没有此地址", "there is nothing at this address"),
    "method-not-allowed": (
        HTTPStatus.METHOD_NOT_ALLOWED, "此地址不接受该方法", "this address takes another method",
    ),
    "too-large": (
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "请求过大", "the request is too large",
    ),
    "unsupported-media-type": (
        HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "请求应为 JSON", "a request is sent as JSON",
    ),
    "invalid": (HTTPStatus.UNPROCESSABLE_ENTITY, "请求的内容有误", "the request has faults"),
    "internal": (
        HTTPStatus.INTERNAL_SERVER_ERROR, "程序内部错误；请报告此问题",
        "an internal error; please report it",
    ),
    "not-installed": (
        HTTPStatus.NOT_IMPLEMENTED, "服务没有安装所需的部分",
        "the service lacks a part that it needs for this",
    ),
    "not-recorded": (
        HTTPStatus.SERVICE_UNAVAILABLE, "无法记入决定记录，因此不予回答",
        "the answer could not be put on record, so that it is not given",
    ),
    "out-of-time": (
        HTTPStatus.SERVICE_UNAVAILABLE, "未能在时限内回答", "there was no answer in time",
    ),
}  # fmt: skip


class ProblemError(Exception):
    """A request that is refused: the kind of problem, and all that is wrong."""

    def __init__(self, kind: str, faults: Iterable[Fault] = ()) -> None:
        super().__init__(kind)
        self.kind = kind
        self.faults = tuple(faults)

    @property
    def status(self) -> HTTPStatus:
        """The status of the response."""
        return KINDS[self.kind][0]

    def as_json(self, lang: Language) -> dict[str, Any]:
        """The body of the response; its title in one language, each fault in both."""
        _, zh, en = KINDS[self.kind]
        body: dict[str, Any] = {
            "type": f"urn:policy-rules:problem:{self.kind}",
            "title": pick(lang, zh, en),
            "status": int(self.status),
        }
        if self.faults:
            body["detail"] = "\n".join(fault.text(lang) for fault in self.faults)
            body["errors"] = [
                {
                    "pointer": pointer(fault),
                    "code": fault.code.value,
                    "zh": fault.text("zh"),
                    "en": fault.text("en"),
                }
                for fault in self.faults
            ]
        return body


def pointer(fault: Fault) -> str:
    """Where in the request a fault is, as a JSON pointer (RFC 6901): `/facts/stations/0/officers`.

    The place of a fault in a document reads `facts: stations[0]`.
    """
    parts = []
    for name in filter(None, (*fault.place.split(": "), fault.field)):
        for found in _ITEM.finditer(name):
            part = found["at"] or found["name"]
            parts.append(part.replace("~", "~0").replace("/", "~1"))
    return "".join(f"/{part}" for part in parts)
