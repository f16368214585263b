"""A log for other programs: its entries as they are, or in the shape of OPA's decision log."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from ..arguments import public
from .disclosures import DIGESTS
from .entries import ANSWERS
from .reading import DecisionLogReader, LogEntry

_MOST_SHARED: Final = 8


@public
def entries_as_json(
    reader: DecisionLogReader, after: int = 0, *, revealed: bool = False
) -> Iterator[dict[str, Any]]:
    """The entries from an index on, each with its index; `revealed`: with what they hide."""
    for entry in reader.entries(after):
        yield {"index": entry.index, **(entry.revealed() if revealed else entry.record)}


@public
def opa_events(
    reader: DecisionLogReader, after: int = 0, *, revealed: bool = False
) -> Iterator[dict[str, Any]]:
    """The answers as events of a decision log of Open Policy Agent, one for each entry.

    The policy and the facts of an audit are put in the place of what names them. What is hidden is
    left out, and `erased` has the JSON pointers of the objects from which it is.
    """
    shared: dict[int, dict[str, Any]] = {}

    def shown(entry: LogEntry) -> dict[str, Any]:
        return entry.revealed() if revealed else entry.record

    def named(index: int) -> dict[str, Any]:
        if index not in shared:
            keep(index, shown(reader.entry(index)))
        return shared[index]

    def keep(index: int, record: dict[str, Any]) -> None:
        if len(shared) > _MOST_SHARED:  # each has the facts of an audit, at most
            shared.clear()
        shared[index] = record

    for entry in reader.entries(after):
        record = shown(entry)
        if record["kind"] != ANSWERS:
            keep(entry.index, record)
            continue
        policy = named(record["policy"]["index"])
        given = record["input"]
        facts = named(given["index"]) if "index" in given else given
        told = {name: facts[name] for name in ("facts", "subject") if name in facts}
        erased: list[str] = []
        yield {
            "labels": {"id": reader.origin, "version": policy["library"]},
            "decision_id": f"{reader.origin}/{entry.index}",
            "bundles": {policy["directive"]: {"revision": policy["fingerprint"]}},
            "path": f"{policy['directive']}/{'+'.join(record['answers'])}",
            "input": _without_digests(
                {
                    "as_of": policy["as_of"],
                    "readings": policy["readings"],
                    "parameters": policy["parameters"],
                    "exemptions": policy["exemptions"],
                    **told,
                },
                "/input",
                erased,
            ),
            "result": _without_digests(record["answers"], "/result", erased),
            "timestamp": record["at"],
            "erased": erased,
            "custom": {"correlation_id": record["correlation_id"]},
        }


def _without_digests(value: Any, pointer: str, erased: list[str]) -> Any:
    match value:
        case dict():
            if DIGESTS in value:
                erased.append(pointer)
            return {
                key: _without_digests(each, f"{pointer}/{key}", erased)
                for key, each in value.items()
                if key != DIGESTS
            }
        case list():
            return [
                _without_digests(each, f"{pointer}/{place}", erased)
                for place, each in enumerate(value)
            ]
        case _:
            return value
