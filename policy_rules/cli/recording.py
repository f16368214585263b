"""What `--record` does: the answers of a command go on record before they are shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from ..facts import Facts, Fault
from ..facts.faults import FaultCode
from .decision_logs import opened_for_writing
from .locations import are_tables
from .options import Options

if TYPE_CHECKING:
    from ..policy import Answer, Policy


def record_faults(options: Options, path: str | None) -> Iterator[Fault]:
    """What keeps answers from going on record."""

    def wrong(place: str, zh: str, en: str) -> Fault:
        return Fault(place=place, code=FaultCode.WRONG_USAGE, zh=zh, en=en)

    if options.record is None:
        if options.correlation_id is not None:
            zh, en = "只与 --record 合用；请加上", "it goes with --record; add it"
            yield wrong("--correlation-id", zh, en)
        return
    place = f"--record {options.record}"
    if path is not None and are_tables(path):
        zh = "只用于 JSON、CSV 和 Excel；表的回答请用 --into 或 --output 保存"
        en = "it goes with JSON, CSV and Excel; keep answers on tables with --into or --output"
        yield wrong(place, zh, en)
    elif options.tolerate:
        zh = "不能与 --tolerate 同用：略过的内容无法记入；请先改正数据"
        en = "it does not go with --tolerate: what is passed over cannot go on record; correct it"
        yield wrong(place, zh, en)


def recorded(options: Options, policy: Policy, facts: Facts, *answers: Iterable[Answer]) -> None:
    """Put answers on record, if the options say where. Raises FactError."""
    if options.record is None:
        return
    with opened_for_writing(options.record, option="--record") as log:
        together = (answer for some in answers for answer in some)
        log.add(policy, together, facts=facts, correlation_id=options.correlation_id)
