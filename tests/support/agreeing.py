"""A made-up directive of the command line's and the sessions' tests: a number and a list."""

from __future__ import annotations

from datetime import date

from policy_rules.language import Clause, Directive, count, each, subject
from policy_rules.police import Officer, Station

clause = Clause("1", "一", "one")
s1, s2 = clause.sentences(2)
station = subject(Station)
officer = each(Officer, station_id=station)

s1("人数与花名册相符")("民警数与花名册一致", "the number of officers and the roster agree").agrees(
    station, station.officers, count(officer).called("花名册人数", "officers on the roster")
)
s2("不少于2人")("民警不少于2人", "there are at least 2 officers").demands(
    station, station.officers >= 2
)

DIRECTIVE = Directive(
    id="agreeing",
    number="试",
    zh="试行",
    en="made up",
    issued=date(2019, 1, 1),
    sentences={"1/1": "", "1/2": ""},
    clauses=[clause],
)
