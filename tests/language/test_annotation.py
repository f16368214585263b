"""What stands under each sentence, and what each provision rests on."""

from __future__ import annotations

from datetime import date
from typing import Any

from policy_rules.language import (
    Clause,
    Directive,
    RuleSet,
    count,
    each,
    load,
    subject,
    the,
)
from policy_rules.language.annotation import Basis, Entry, basis, entries
from policy_rules.language.rules import Provision
from policy_rules.police import Officer, Station, Task
from tests.support.writing import at, defining, says

station = subject(Station)
officer = subject(Officer)
task = subject(Task)
SAYS: dict[str, Any] = {"quote": "应当", "zh": "应当", "en": "must"}

WHICH = (
    at("1/1")
    .reading("which", default="one")("何", "which?")
    .options(one=("甲", "one"), other=("乙", "other"), why=("因", "because"))
)
LEAST = at("1/1")("三")("最少", "least").sets("least", 3)
BY = at("1/2")("六月底前")("期限", "by when").sets("by", date(2020, 6, 30))

size = defining(station, "size", int)("规模", "size").by(
    at("1/1")("大").makes(station.officers, when=WHICH.is_("one")),
    at("1/2")("小").makes(station.officers + 1, when=WHICH.is_("other")),
)
home = the(Station, officer.station_id, size)
member = each(Officer, station_id=station)


def rules() -> RuleSet:
    """A made-up directive with a provision of every form."""
    provisions: list[Provision] = [
        size,
        at("1/1").background("背景", "background"),
        says("1/2", **SAYS).demands(station, size.of(station) >= LEAST, due=BY),
        says("1/3a", **SAYS).demands(officer, (home.size >= 1) & home.pilot),
        says("1/3b", **SAYS).demands(station, count(member) >= 1),
        says("1/3c", **SAYS).attests(station, applies=station.pilot),
        says("1/4", **SAYS).forbids(task, task.quota, on=task.starts_on),
        says("1/4", **SAYS).excepts("1/4", task.branch_duty),
        says("1/5", **SAYS).needs(
            task, says("1/5", **SAYS).step("report", task.quota), on=task.starts_on
        ),
        defining(task, "odd", bool)("怪", "odd").by(at("1/6")("怪").makes(True)),
    ]
    return load(
        Directive(
            id="made-up", number="试", zh="试", en="made up", issued=date(2020, 1, 1),
            sentences={f"1/{number}": "" for number in range(1, 8)},
            clauses=[Clause(heading="1", zh="一", en="one", provisions=provisions)],
        )
    )  # fmt: skip


def resting() -> dict[str, Basis]:
    """The basis of each entry, by citation and place among those of its citation."""
    made = rules()
    found: dict[str, Basis] = {}
    for listed in entries(made).values():
        for entry in listed:
            name = str(entry.cite)
            name += "'" * sum(key.rstrip("'") == name for key in found)
            found[name] = basis(made, entry)
    return found


def names(of: Basis) -> tuple[dict[str, list[str]], dict[str, list[str]], list[str], list[str]]:
    """A basis by names only."""
    return (
        {cls.collection: [each.name for each in listed] for cls, listed in of.fields.items()},
        {cls.collection: [each.name for each in listed] for cls, listed in of.derived.items()},
        [each.name for each in of.parameters],
        [each.name for each in of.readings],
    )


def test_what_stands_under_each_sentence() -> None:
    found = entries(rules())
    forms = {
        cite: [(type(each.provision).__name__, each.quote) for each in listed]
        for cite, listed in found.items()
    }
    assert forms == {
        "1/1": [("Definition", "大"), ("Excuse", "")],
        "1/2": [("Definition", "小"), ("Requirement", "应当")],
        "1/3": [("Requirement", "应当"), ("Requirement", "应当"), ("AttestationRule", "应当")],
        "1/4": [("Prohibition", "应当"), ("RuleException", "应当")],
        "1/5": [("Steps", "应当")],
        "1/6": [("Definition", "怪")],
        "1/7": [],
    }
    assert [str(each.cite) for each in found["1/3"]] == ["1/3a", "1/3b", "1/3c"]


def test_what_each_provision_rests_on() -> None:
    found = {cite: names(of) for cite, of in resting().items()}
    assert found == {
        "1/1": ({"stations": ["officers"]}, {}, [], ["which"]),
        "1/1'": ({}, {}, [], []),
        "1/2": ({"stations": ["officers"]}, {}, [], ["which"]),
        "1/2'": ({}, {"stations": ["size"]}, ["least", "by"], ["which"]),
        "1/3a": (
            {"officers": ["station_id"], "stations": ["pilot"]},
            {"stations": ["size"]}, [], ["which"],
        ),
        "1/3b": ({"officers": []}, {}, [], []),
        "1/3c": ({"stations": ["pilot"]}, {}, [], []),
        "1/4": ({"tasks": ["quota", "starts_on"]}, {}, [], []),
        "1/4'": ({"tasks": ["branch_duty"]}, {}, [], []),
        "1/5": ({"tasks": ["quota", "starts_on"]}, {}, [], []),
        "1/6": ({}, {}, [], []),
    }  # fmt: skip


def test_what_is_attested() -> None:
    assert [cite for cite, of in resting().items() if of.attested] == ["1/3c"]


def test_the_classes_that_are_read() -> None:
    found = {cite: [cls.collection for cls in of.classes] for cite, of in resting().items()}
    assert found["1/3a"] == ["officers", "stations"]
    assert found["1/2'"] == ["stations"]
    assert found["1/1'"] == []


def test_an_entry_stands_where_its_provision_does() -> None:
    made = at("1/1").background("背景", "background")
    assert str(Entry(made).cite) == "1/1"
