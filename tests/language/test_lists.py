"""How a list is written, and what is refused of it."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

import pytest

import policy_rules as pr
from policy_rules.language import (
    Cite,
    Clause,
    Directive,
    DirectiveError,
    RuleTypeError,
    count,
    each,
    load,
    set_of,
    subject,
)
from policy_rules.language.lists import ListOfFacts, ListOfNames, ListOfValues, fact_class_of
from policy_rules.testing.made_up import Clerk, Colour, Office
from tests.support.made_up_rules import SAYS, directive, office
from tests.support.writing import defining, quoted, says

any_office = each(Office)
COUNTED: Final = count(any_office, any_office.open)
NUMBER: Final = says("1/1", **SAYS).sets("number", 3)


def refused(*given: Any, cite: str = "1/1", **named: Any) -> str:
    """What is said of a list that cannot be, in English."""
    with pytest.raises(RuleTypeError) as error:
        says(cite, **SAYS).lists(*given, **named)
    assert error.value.zh
    return error.value.en


def test_what_cannot_be_a_list() -> None:
    clerk = each(Clerk, office_id=office)
    number = defining(office, "some", int)("数", "number").by(quoted("1/1").makes(1))
    share = says("1/1", **SAYS).leaves_open("number", bool)
    assert refused(5) == (
        "1/1: a list is of facts that are counted, of the choices of a definition, or of what a "
        "parameter holds (a set, a calendar), found `5`"
    )
    assert "found `" in refused(number)
    assert "found `number`" in refused(NUMBER)
    assert refused(NUMBER, NUMBER) == (
        "1/1: a number is of facts that are counted, `count(each(…), …)`"
    )
    assert refused(COUNTED).startswith("expected 1/1: the number of the text, found None")
    assert refused(COUNTED, share) == (
        "1/1: expected a whole number of facts, found boolean `number`"
    )
    assert refused(count(clerk), NUMBER) == (
        "1/1: a list is of all facts of a class, `each(clerk)`, not of those that are related to "
        "another"
    )
    assert "what is due is a parameter with a date" in refused(COUNTED, NUMBER, due=NUMBER)
    assert "a letter is of a rule that binds" in refused(COUNTED, NUMBER, cite="1/1a")
    assert refused(COUNTED, NUMBER, cite="later:1/1") == (
        "later:1/1: a list stands in a directive, not in what amends it; amend its number, or what "
        "it is of"
    )


def faults(*provisions: Any, lists: Any) -> list[str]:
    """What is wrong with a directive, in English."""
    with pytest.raises(DirectiveError) as error:
        directive(*provisions, lists=lists)
    assert all(each.text("zh") for each in error.value.faults)
    return [each.en for each in error.value.faults]


def test_what_is_wrong_with_a_list_of_a_directive() -> None:
    other = defining(office, "named", Colour)("名", "name").by(
        quoted("1/1").makes(Colour.RED, when=office.open),
        otherwise=quoted("1/1").makes(Colour.BLUE),
    )
    assert faults(lists=[says("7/1", **SAYS).lists(COUNTED, NUMBER)]) == [
        "7/1: list cites a sentence that the directive has not"
    ]
    unlabelled = faults(lists=[says("1/1", quote="", zh="", en="").lists(COUNTED, NUMBER)])
    assert "1/1: list: has no `zh` and no `en` and no `quote`" in unlabelled
    assert faults(lists=[says("1/1", **SAYS).lists(other)]) == [
        "1/1: list of `named`, which no clause of the directive defines"
    ]


def test_a_list_speaks_of_its_own_facts_only() -> None:
    clerk = subject(Clerk)
    of_other = count(any_office, any_office.open & clerk.senior)
    (fault,) = faults(lists=[says("1/1", **SAYS).lists(of_other, NUMBER)])
    assert "speaks of a fact that is neither the rule's subject nor in an aggregate" in fault


def test_lists_are_lists() -> None:
    with pytest.raises(RuleTypeError, match=r"`lists` holds lists of the text"):
        Directive(id="x", number="1", issued=date(2020, 1, 1), clauses=[], sentences={}, lists=[5])  # type: ignore[list-item]  # what is refused


def test_a_list_that_is_in_no_directive_is_forgotten() -> None:
    """What an author writes is never dropped in silence; its place is told."""
    clause = Clause("1", "章", "clause")
    (s1,) = clause.sentences(1)
    number = s1("三个")("数", "number").sets("number", 3)
    left = s1("三个")("办事处", "offices").lists(COUNTED, number)
    s1("须开放")("开放", "open").demands(office, office.desks >= number)
    given: dict[str, Any] = {
        "id": "x", "number": "1", "zh": "例", "en": "made up", "issued": date(2020, 1, 1),
        "clauses": [clause], "sentences": {"1/1": ""}, "fact_classes": [Office, Clerk],
    }  # fmt: skip
    with pytest.raises(DirectiveError) as error:
        load(Directive(**given))
    (fault,) = error.value.faults
    assert fault.en == "1/1: the list “三个” is in no directive; put it into its `lists`"
    assert "test_lists.py" in fault.place
    assert load(Directive(**given, lists=[left])).lists[0].cite == Cite.parse("1/1")


def test_the_lists_of_a_directive_in_one_language() -> None:
    number = says("1/1", quote="three", zh="", en="number").sets("number", 3)
    colours = defining(office, "named", Colour)("", "name").by(
        quoted("1/1").makes(Colour.RED, when=office.open),
        otherwise=quoted("1/1").makes(Colour.BLUE),
    )
    others = says("1/1", quote="three", zh="", en="others").leaves_open("others", set_of(Colour))
    in_english: dict[str, Any] = {"quote": "three", "zh": "", "en": "offices"}
    lists = [
        says("1/1", **in_english).lists(COUNTED, number),
        says("1/1", **in_english).lists(colours),
        says("1/1", **in_english).lists(others),
    ]
    clause = Clause("1", "", "clause", provisions=[colours])
    made = pr.load(
        Directive(
            id="x", number="1", en="made up", issued=date(2020, 1, 1), clauses=[clause],
            sentences={"1/1": ""}, fact_classes=[Office, Clerk], languages=["en"], lists=lists,
        )
    )  # fmt: skip
    facts, names, values = made.rules.lists
    assert [facts.zh, names.zh] == ["offices", "offices"]
    assert isinstance(facts, ListOfFacts)
    assert (facts.duty.zh, facts.number.zh) == ("offices", "number")
    assert isinstance(names, ListOfNames)
    assert names.definition is made.rules.definitions[Office, "named"]
    assert isinstance(values, ListOfValues)
    assert (values.zh, values.parameter.zh) == ("offices", "others")
    assert [fact_class_of(each) for each in (facts, names, values)] == [Office, Office, None]
    office_ = Office(id="O", open=True)
    found = made.policy(as_of=date(2020, 6, 1)).lists_of(pr.Facts(others=[office_]))
    assert [each.found for each in found] == [1, 1, 0]
