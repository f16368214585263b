"""A session that is killed while this program changes it.

It changes two offices that have to say the same, in transactions and by events, lets events wait
for a clerk who comes later, goes to later dates, and writes snapshots.
"""

from __future__ import annotations

import sys
from datetime import date, timedelta
from itertools import count
from pathlib import Path
from random import Random

import policy_rules as pr
from policy_rules.language import Clause, Directive, each, load, subject
from policy_rules.language import count as count_of
from policy_rules.policy import LoadedDirective
from policy_rules.session import recovery
from policy_rules.testing.made_up import Claim, Clerk, Office
from tests.support.killing_processes import acknowledge, ready
from tests.support.writing import at, defining

AS_OF = date(2019, 9, 1)
KEYS = ("offices/L", "offices/R")
EACH_TURN = 100_000

_office = subject(Office)
_clerk = each(Clerk, office_id=_office)
_files = defining(_office, "clerks", int)("人", "clerks").by(
    at("1/1")("字").makes(count_of(_clerk, _clerk.files >= 5))
)
_few = at("1/2")("字")("人少", "few clerks").demands(_office, _files.of(_office) <= 3)
DIRECTIVE = LoadedDirective(
    load(
        Directive(
            id="offices", number="试", zh="试", en="offices", issued=date(2019, 7, 16),
            clauses=[Clause(heading="1", zh="一", en="one", provisions=[_files, _few])],
            sentences={"1/1": "", "1/2": ""}, fact_classes=[Office, Clerk, Claim],
        )
    )
)  # fmt: skip


def taken_up(path: Path) -> pr.Session:
    """The session in the journal; in a new one, with the two offices."""
    session = pr.Session(DIRECTIVE.policy(as_of=AS_OF), journal=path)
    if not len(session.facts):
        offices = [Office(id=id_, motto="0") for id_ in "LR"]
        with session.transaction() as changing:
            changing.add(*offices)
            changing.complete(Office, Clerk)
    return session


def _change(path: Path, turn: int) -> None:
    random = Random(turn)
    waiting: list[int] = []
    with taken_up(path) as session:
        for n in count(turn * EACH_TURN + 1):
            motto = {"motto": str(n)}
            match random.randrange(10):
                case 0 | 1 | 2:
                    with session.transaction() as changing:
                        for key in KEYS:
                            changing.update(key, **motto)
                    acknowledge(f"pair {n}")
                case 3 | 4 | 5:
                    session.apply([{"id": f"E{n}", "update": dict.fromkeys(KEYS, motto)}])
                    acknowledge(f"event {n}")
                case 6 | 7:
                    event = {"id": f"W{n}", "update": {f"clerks/C{n}": {"files": 5}}}
                    session.apply([event])
                    acknowledge(f"waits {n}")
                    waiting.append(n)
                case 8 if waiting:
                    came = waiting.pop(0)
                    session.add(Clerk(id=f"C{came}", office_id="L", files=1))
                    acknowledge(f"came {came}")
                case 8:
                    session.snapshot()
                case _:
                    to = AS_OF + timedelta(days=n % EACH_TURN)
                    if to > session.policy.as_of:
                        session.advance(to)
                        acknowledge(f"date {n}")


if __name__ == "__main__":
    imported = pr.Session(DIRECTIVE.policy(as_of=AS_OF)), recovery.Recorder
    ready()
    _change(Path(sys.argv[1]), int(sys.argv[2]))
