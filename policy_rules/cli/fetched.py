"""Facts to ask about, wherever they are: of a document, or fetched from tables."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Final

from attrs import evolve

from ..facts import FactError, Facts, Fault
from ..facts.faults import FaultCode
from ..language import RuleSet
from .inputs import Asked, asked
from .locations import are_readable, shown_name
from .options import Options
from .progress import Watch

# Of more facts, to fetch them and to ask each rule of all of them takes minutes.
_MOST: Final = 100_000


@contextmanager
def asked_anywhere(
    options: Options,
    facts: str,
    check: Callable[[RuleSet], Iterable[Fault]] = lambda _: (),
    subject: str | None = None,
) -> Iterator[tuple[Asked, Watch]]:
    """The policy with its facts, and what shows the work that is then done.

    Facts of tables are fetched, and answered for as those of a document; of too many, those around
    the body that the `subject` belongs to. Raises FactError with all faults of the options, the
    document or the tables, and where there are too many facts to fetch.
    """
    if are_readable(facts):
        ask = _fetched(options, facts, check, subject)
        with Watch(options.lang) as watch:
            yield ask, watch
    else:
        with Watch(options.lang) as watch:
            yield asked(options, facts, watch, check), watch


def _fetched(
    options: Options,
    facts: str,
    check: Callable[[RuleSet], Iterable[Fault]],
    subject: str | None,
) -> Asked:
    from .table_inputs import asked_of_tables  # only where there are tables

    with asked_of_tables(options, facts, check) as ask, Watch(options.lang) as watch:
        watch.stage("点数", "counting")
        fetching = ask.tables.facts
        number = sum(fetching.numbers().values())
        watch.stage("读取", "reading")
        found: Facts | None
        if number <= _MOST:
            found = fetching.everything()
        else:
            bodies = ask.asked.policy.rules.directive.bodies
            found = fetching.around_body_of(subject, bodies) if subject and bodies else None
        if found is None:
            raise FactError([_too_many(facts, number)])
        for each in ask.read_from(options.lang):
            print(each, file=sys.stderr)
        document = evolve(ask.asked.document, facts=found)
        return Asked(ask.for_documents, document, ask.asked.as_of_from)


def _too_many(facts: str, number: int) -> Fault:
    return Fault(
        place=shown_name(facts),
        code=FaultCode.WRONG_USAGE,
        zh=f"此命令把事实读入内存，最多 {_MOST} 个，实有 {number} 个；"
        "请用映射的 `where` 选取一部分，如一个县区，或只问一个已知所属单位的事实，"
        "或用 `audit`、`check`、`decide`",
        en=f"this command fetches the facts, {_MOST} at most, found {number}; choose a part with "
        "`where` in a mapping, such as a county, ask about one fact that belongs to a known body, "
        "or use `audit`, `check` or `decide`",
    )
