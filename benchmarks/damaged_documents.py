"""Random documents, damaged at random: `python -m benchmarks.damaged_documents 10000 [seed]`.

With `--tables` they are tables of DuckDB.

Each is read with tolerance, and no answer may be settled otherwise than with the right data.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from typing import Any, Final

import duckdb
from attrs import frozen
from duckdb import DuckDBPyConnection

import policy_rules as pr
from policy_rules.cli.answered_rows import decoder
from policy_rules.facts import Fact, fields_of
from policy_rules.formats import parse, to_json
from policy_rules.language import load
from policy_rules.police import POLICE
from policy_rules.policy import LoadedDirective
from policy_rules.testing.choosing import Chooser, Seeded
from policy_rules.testing.random_directives import VOCABULARIES, random_directive
from policy_rules.testing.random_facts import random_exemptions, random_facts, random_setting
from tests.support.dirty_documents import damaged, damaged_tables, settled, settled_answers

PUTIAN = pr.load("putian-2019-52")
# To write a question in SQL takes far longer than to answer it.
_MOST_QUESTIONS: Final = 4


@frozen
class Case:
    """Facts that are right, and a directive with what to ask it."""

    directive: LoadedDirective
    facts: pr.Facts
    asked: dict[str, Any]
    classes: dict[str, type[Fact]]

    @classmethod
    def drawn(cls, choose: Chooser) -> Case:
        """A case at random, of the directive or of one made up."""
        directive = PUTIAN
        if choose.chance(60):
            written = random_directive(choose, choose.pick(VOCABULARIES), depth=2)
            directive = LoadedDirective(load(written))
        rules = directive.rules
        setting = random_setting(choose, rules)
        facts = random_facts(choose, rules, setting.as_of, known=choose.chance(30), most=4)
        asked = {
            "as_of": setting.as_of,
            "readings": setting.readings,
            "parameters": setting.parameters,
            "exemptions": random_exemptions(choose, rules, facts, setting.as_of),
        }
        classes = (*POLICE.classes, *rules.directive.fact_classes)
        return cls(directive, facts, asked, {each.collection: each for each in classes})

    def compared(self, found: Sequence[tuple[str, str, str]], dirty: object) -> Counter[str]:
        """Count the answers that are settled with dirty data; AssertionError for a wrong one."""
        policy = self.directive.policy(**self.asked)
        right = {key[:2]: key[2] for key in settled_answers(policy, self.facts)}
        for subject, name, outcome in found:
            expected = right.get((subject, name))
            if expected != outcome:
                raise AssertionError(
                    f"{subject} {name}: {outcome}, and with the right data {expected}\n"
                    f"{to_json(self.facts)}\n{dirty}"
                )
        return Counter(read=1, settled=len(found), right=len(right))


def compared(choose: Chooser) -> Counter[str]:
    """Damage one document, and count what came of it; AssertionError for a settled answer that is
    not the right one."""
    case = Case.drawn(choose)
    dirty = damaged(choose, to_json(case.facts), case.classes)
    extra = case.directive.rules.directive.fact_classes
    try:
        read = parse(dirty, extra_classes=extra, tolerate=True)
        careful = case.directive.policy(lost=read.tolerated.lost, **case.asked)
        found = list(settled_answers(careful, read.facts))
    except pr.FactError:
        return Counter(refused=1)
    return case.compared(found, dirty) + Counter(faults=len(read.tolerated.faults))


def compared_in_tables(choose: Chooser, connection: DuckDBPyConnection) -> Counter[str]:
    """The same of the tables of a database that is empty."""
    case = Case.drawn(choose)
    dirty = damaged_tables(choose, case.facts, case.classes)
    for name, rows in dirty.items():
        columns = [*fields_of(case.classes[name])]
        listed = ", ".join(f'"{column}" VARCHAR' for column in columns)
        connection.execute(f"CREATE TABLE {name} ({listed})")
        marks = ", ".join("?" for _ in columns)
        for row in rows:
            connection.execute(f"INSERT INTO {name} VALUES ({marks})", [*row.values()])
    if not dirty:
        return Counter(empty=1)
    policy = case.directive.policy(engine="sql", **case.asked)
    complete = [case.classes[name] for name in dirty if case.facts.is_complete(name)]
    try:
        tables = pr.on(policy, connection, complete=complete, tolerate=True)
    except pr.FactError:
        return Counter(refused=1)
    questions = [*tables.queries.questions.values()]
    answers = [
        decode(row)
        for question in (choose.pick(questions) for _ in range(_MOST_QUESTIONS) if questions)
        for decode in (decoder(tables.policy, question),)
        for row in tables.rows(question)
    ]
    return case.compared([*settled(answers)], dirty) + Counter(faults=len(tables.tolerated.faults))


def main() -> None:
    """Compare so many documents, or so many databases."""
    arguments = [each for each in sys.argv[1:] if each != "--tables"]
    number, seed = int(arguments[0]), arguments[1] if len(arguments) > 1 else "0"
    counts: Counter[str] = Counter()
    for place in range(number):
        try:
            choose = Seeded(f"{seed}/{place}")
            if "--tables" in sys.argv:
                with duckdb.connect() as connection:
                    counts += compared_in_tables(choose, connection)
            else:
                counts += compared(choose)
        except AssertionError as error:
            print(f"document {seed}/{place}: {error}")
            counts["wrong"] += 1
    print(dict(counts))


if __name__ == "__main__":
    main()
