"""Asks a service of policy-rules with nothing but Python's own library (3.8 or later).

    python policy_rules_client.py http://127.0.0.1:8052 TOKEN

No answer is a yes: where `ask` raises, nothing is permitted.
"""

from __future__ import annotations

import json
import ssl
import sys
import urllib.error
import urllib.request
import uuid
from typing import Any


class ProblemError(Exception):
    """A request that the service refused: its status, and every fault with its place."""

    def __init__(self, status: int, problem: dict[str, Any]) -> None:
        super().__init__(f"{status} {problem.get('title', 'no answer of policy-rules')}")
        self.status = status
        self.errors: list[dict[str, str]] = problem.get("errors", [])


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """The token is for the service, not for where somebody else sends us."""

    def redirect_request(self, *_: object) -> None:
        return None


class Client:
    """Where the service is, what it knows the caller by, and seconds for an answer.

    `context` has the caller's own certificate and those that it trusts, where TLS is used.
    """

    def __init__(
        self,
        base: str,
        token: str | None = None,
        *,
        context: ssl.SSLContext | None = None,
        seconds: float = 10,
    ) -> None:
        self._base, self._token, self._seconds = base.rstrip("/"), token, seconds
        https = urllib.request.HTTPSHandler(context=context)
        self._opener = urllib.request.build_opener(https, _NoRedirects)

    def ask(self, path: str, request: dict[str, Any]) -> dict[str, Any]:
        """Give the answer of an address, such as `/v1/check`.

        Raises ProblemError where the service refuses it, and OSError where there is no answer.
        """
        headers = {"Content-Type": "application/json", "X-Request-ID": uuid.uuid4().hex}
        if self._token is not None:
            headers["Authorization"] = f"Bearer {self._token}"
        asked = urllib.request.Request(self._base + path, json.dumps(request).encode(), headers)
        try:
            with self._opener.open(asked, timeout=self._seconds) as reply:
                status, text = reply.status, reply.read()
        except urllib.error.HTTPError as error:
            status, text = error.code, error.read()
        try:
            content = json.loads(text)
        except ValueError:
            # Something between here and the service answered in its place.
            content = None
        if status != 200 or not isinstance(content, dict):
            raise ProblemError(status, content if isinstance(content, dict) else {})
        return content

    def permits(self, question: dict[str, Any]) -> bool:
        """Whether an act is permitted: a question of AuthZEN 1.0. Only a plain yes is one."""
        return self.ask("/access/v1/evaluation", question).get("decision") is True


def main(base: str, token: str | None = None) -> None:
    """Ask whether a station may take a case, then about several at once."""
    client = Client(base, token)
    case = {
        "causation_clear": True, "simple": True, "means": ["image"], "place_codes": ["350304"],
        "complex": False, "category": "ordinary", "role": "lead",
    }  # fmt: skip
    question = {
        "subject": {"type": "county_bureau", "id": "350304"},
        "action": {"name": "criminal_case", "properties": case},
        "resource": {"type": "station", "id": "350304540000"},
        "context": {"as_of": "2019-09-01", "facts": {"stations": [{"id": "350304540000"}]}},
    }
    print("permitted:", client.permits(question))
    cases = [{**case, "id": "A1"}, {**case, "id": "A2", "means": ["image", "forensic"]}]
    answers = client.ask("/v1/check", {"as_of": "2019-09-01", "facts": {"cases": cases}})
    for verdict in answers["verdicts"]:
        print(f"{verdict['subject']}: {verdict['outcome']}")
        for reason in verdict["reasons"]:
            print(" ", reason["cite"])
    try:
        client.ask("/v1/check", {"facts": {"cases": [{**case, "id": "A1", "simple": "perhaps"}]}})
    except ProblemError as problem:
        print(problem.status, problem.errors[0]["pointer"])


if __name__ == "__main__":
    main(*sys.argv[1:3])
