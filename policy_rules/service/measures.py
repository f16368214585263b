"""What the service says of itself to Prometheus."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, TypeVar

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, Histogram
from prometheus_client.exposition import generate_latest

_M = TypeVar("_M", Counter, Histogram)
CONTENT_TYPE: Final = CONTENT_TYPE_LATEST
_SECONDS: Final = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 30)


class Measures:
    """Counts of one application: requests by address and status, their seconds, answers by kind."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._parts: dict[tuple[object, tuple[str, ...]], object] = {}
        self._requests = Counter(
            "policy_rules_requests", "Requests that were answered", ("path", "status"),
            registry=self._registry,
        )  # fmt: skip
        self._seconds = Histogram(
            "policy_rules_request_seconds", "How long answers took", ("path",), buckets=_SECONDS,
            registry=self._registry,
        )  # fmt: skip
        self._answers = Counter(
            "policy_rules_answers", "Answers given", ("kind", "outcome"), registry=self._registry
        )
        self.under_way = Gauge(
            "policy_rules_requests_under_way", "Requests not yet answered", registry=self._registry
        )

    def answered(self, path: str, status: int, seconds: float) -> None:
        """Count a request that was answered."""
        self._of(self._requests, path, str(status)).inc()
        self._of(self._seconds, path).observe(seconds)

    def gave(self, answers: Mapping[str, Any]) -> None:
        """Count the answers of a document of them."""
        for kind in ("verdicts", "findings", "agreements"):
            key = "outcome" if kind == "verdicts" else "status"
            for each in answers[kind]:
                self._of(self._answers, kind, each[key]).inc()
        self._of(self._answers, "decisions", "").inc(len(answers["decisions"]))

    def _of(self, measure: _M, *labels: str) -> _M:
        """The part of a measure with these labels, which is looked for once."""
        found: Any = self._parts.get((measure, labels))
        if found is None:
            found = self._parts[measure, labels] = measure.labels(*labels)
        return found  # type: ignore[no-any-return]  # a part is of its measure's class

    def text(self) -> bytes:
        """All of it as Prometheus reads it."""
        return generate_latest(self._registry)
