"""The searches of AuthZEN: which of the known subjects, resources or actions would be permitted."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterator, Mapping
from decimal import Decimal
from hashlib import sha256
from itertools import islice
from typing import Any, Final

from attrs import frozen

from ..answers import Outcome
from ..facts import Fault
from ..facts.faults import FaultCode
from .asking import Request, Service, repeated_keys, wrong
from .problems import ProblemError
from .questions import Parts, parts_of, question, setting_of, terms_of

# So many bytes of a request's digest tell it from others.
_DIGEST: Final = 12
# There are never more results; a larger limit is this one.
_MOST: Final = 10**9


def subjects(service: Service, body: bytes, _: str | None) -> dict[str, Any]:
    """The known facts of the subject's kind that may do it."""
    return _search(service, body, "subject")


def resources(service: Service, body: bytes, _: str | None) -> dict[str, Any]:
    """The known facts of the resource's kind to which it may be done."""
    return _search(service, body, "resource")


def actions(service: Service, body: bytes, _: str | None) -> dict[str, Any]:
    """The actions that are permitted, without properties of their own."""
    return _search(service, body, "action")


@frozen
class _Page:
    """A part of what is found: at most `limit`, after the one that is called `after`.

    `digest` tells the requests for parts of one whole from others.
    """

    limit: int | None
    after: str
    digest: bytes

    def token(self, last: str) -> str:
        """What asks for the part that comes after one."""
        return urlsafe_b64encode(self.digest + last.encode()).decode()


def _search(service: Service, body: bytes, entity: str) -> dict[str, Any]:
    content = service.content(body)
    parts = parts_of(content, entity)
    page = _page(content)
    terms = terms_of(service.directive)
    try:
        setting = setting_of(service, content.get("context"))
    except ProblemError as problem:
        return {"context": {"error": problem.as_json("en")}, "results": []}
    if entity == "action":
        candidates = [(name, {"name": name}) for name in terms.actions]
    else:
        kind = parts[entity]["type"]
        cls = terms.kinds.get(kind)
        known = () if cls is None else setting.facts.all(cls)
        candidates = [(fact.id, {"type": kind, "id": fact.id}) for fact in known]
    candidates.sort(key=lambda each: each[0])
    after = "" if page is None else page.after
    permitted = (
        (name, found)
        for name, found in setting.in_time(candidates)
        if name > after
        and _permits(service, setting, {**parts, entity: {**parts.get(entity, {}), **found}})
    )
    if page is None:
        return {"results": [found for _, found in permitted]}
    return _part(page, permitted)


def _part(page: _Page, permitted: Iterator[tuple[str, dict[str, Any]]]) -> dict[str, Any]:
    found = list(permitted if page.limit is None else islice(permitted, page.limit + 1))
    token = ""
    if page.limit is not None and len(found) > page.limit:
        found.pop()
        token = page.token(found[-1][0] if found else page.after)
    return {
        "page": {"next_token": token, "count": len(found)},
        "results": [each for _, each in found],
    }


def _permits(service: Service, setting: Request, parts: Parts) -> bool:
    """Whether it is permitted; what is sought among many is not put on record."""
    try:
        asked = question(service, setting, parts)
    except ProblemError:
        return False
    return setting.policy.check(asked.act, asked.facts).outcome is Outcome.PERMITTED


def _page(content: Mapping[str, Any]) -> _Page | None:
    """The part that a request asks for. Raises ProblemError where it asks for none that can be."""
    page = content.get("page")
    if page is None:
        return None
    faults: list[Fault] = repeated_keys("page", page)
    given = page if isinstance(page, Mapping) else {}
    if given is not page:
        faults.append(wrong("page", page, "对象", "an object"))
    said, token = given.get("limit"), given.get("token") or ""
    limit = _whole(said)
    if said is not None and limit is None:
        faults.append(wrong("page: limit", said, "非负整数", "a whole number, at least 0"))
    whole = {**content, "page": {key: each for key, each in given.items() if key != "token"}}
    digest = sha256(json.dumps(whole, sort_keys=True, default=str).encode()).digest()[:_DIGEST]
    after = _after(token, digest)
    if after is None:
        zh, en = "不是此请求上一页给出的", "it is not of the page before, of this request"
        faults.append(Fault(place="page: token", code=FaultCode.WRONG_SHAPE, zh=zh, en=en))
    if faults or after is None:
        raise ProblemError("malformed", faults)
    return _Page(limit, after, digest)


def _whole(value: Any) -> int | None:
    """A number of results, which JSON may write as 10.0; None where it is no such."""
    if isinstance(value, bool) or not isinstance(value, (int, Decimal)):
        return None
    number = Decimal(value)
    whole = number.is_finite() and number >= 0 and number == number.to_integral_value()
    return int(min(number, Decimal(_MOST))) if whole else None


def _after(token: Any, digest: bytes) -> str | None:
    """What a token says comes before the part; None where it is of no such request."""
    if token == "":
        return ""
    try:
        said = urlsafe_b64decode(token)
        return said[_DIGEST:].decode() if said[:_DIGEST] == digest else None
    except (ValueError, TypeError):
        return None
