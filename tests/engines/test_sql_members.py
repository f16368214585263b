"""The engine `sql`: other facts: references, lists of members, conflicts; derived by hand."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

import pytest

import policy_rules as pr
from policy_rules.answers import Status
from policy_rules.facts import Fact
from policy_rules.language import (
    AS_OF,
    Modality,
    Recurrence,
    count,
    each,
    every,
    held,
    none,
    some,
    subject,
    the,
    total,
)
from policy_rules.language.expressions import Constant, Expression
from policy_rules.language.rules import Provision
from policy_rules.testing.comparing import compared
from policy_rules.testing.made_up import Claim, Clerk, Office
from policy_rules.testing.random_facts import container
from tests.support.found import but
from tests.support.made_up_rules import (
    LABELS,
    QUOTE,
    SAYS,
    O,
    decided,
    directive,
    found,
    must,
    office,
    told,
)
from tests.support.writing import defining, quoted, says

claim, clerk = subject(Claim), subject(Clerk)
clerks, anyone, any_claim = each(Clerk, office_id=office), each(Clerk), each(Claim)
claims = each(Claim, office_id=office)


def clerk_of(name: str, office_id: str | None = "O", **known: Any) -> Clerk:
    """A clerk, of the office unless said otherwise; None: it is not known of which."""
    return Clerk(id=name, office_id=office_id, **known)


SIX_DESKS: Final = O(desks=6)

# References

its_office = the(Office, claim.office_id)


@pytest.mark.parametrize(
    ("asked", "facts", "value", "needs_"),
    [
        (Claim(id="A", office_id="O"), [O(open=True)], True, ()),
        (Claim(id="A", office_id="O"), [O()], None, ("offices/O.open",)),
        (Claim(id="A", office_id="P"), [], None, ("offices/P.open",)),
        (Claim(id="A"), [O(open=True)], None, ("claims/A.office_id",)),
    ],
)
def test_a_field_of_what_is_referred_to(
    asked: Claim, facts: list[Fact], value: bool | None, needs_: tuple[str, ...]
) -> None:
    """Of a fact that is there, one that is there in part, one that is not, one that is unknown."""
    assert told(its_office.open, asked, facts) == (value, needs_)


def test_a_definition_of_what_is_referred_to() -> None:
    """Also of a fact that is not given, where it may rest on members alone."""
    many = defining(office, "many", bool)(**LABELS).by(quoted("1/1", **QUOTE).makes(some(clerks)))
    large = defining(office, "good", bool)(**LABELS).by(quoted("1/3", **QUOTE).makes(office.open))
    asked = defining(claim, "told", bool)(**LABELS).by(
        quoted("1/2", **QUOTE).makes(many.of(its_office) & large.of(its_office))
    )
    of = directive(many, large, asked)
    absent = Claim(id="A", office_id="P")
    of_p = decided(of, absent, "told", [clerk_of("a", "P")])
    assert (of_p.value, of_p.needs) == (None, ("offices/P.open",))
    none_there = decided(of, absent, "told", [], [Clerk])
    assert (none_there.value, none_there.needs) == (False, ())
    there = decided(of, Claim(id="A", office_id="O"), "told", [O(open=True), clerk_of("a")])
    assert there.value is True
    unknown = decided(of, Claim(id="A"), "told", [O(open=True), clerk_of("a")])
    assert (unknown.value, unknown.needs) == (None, ("claims/A.office_id",))


def test_a_chain_of_references() -> None:
    """The office of the clerk of the claim."""
    handling = the(Clerk, claim.clerk_id)
    far = the(Office, handling.office_id)
    asked = Claim(id="A", clerk_id="C")
    assert told(far.open, asked, [clerk_of("C"), O(open=False)]) == (False, ())
    assert told(far.open, asked, [clerk_of("C"), O()]) == (None, ("offices/O.open",))
    assert told(far.open, asked, [clerk_of("C", None)]) == (None, ("clerks/C.office_id",))
    assert told(far.open, asked, []) == (None, ("clerks/C.office_id",))
    assert told(far.open, Claim(id="A"), []) == (None, ("claims/A.clerk_id",))
    open_ = defining(office, "is_open", bool)(**LABELS).by(
        quoted("1/1", **QUOTE).makes(office.open)
    )
    defined = defining(claim, "told", bool)(**LABELS).by(
        quoted("1/2", **QUOTE).makes(open_.of(far))
    )
    of = directive(open_, defined)
    assert decided(of, asked, "told", [clerk_of("C"), O(open=True)]).value is True
    assert decided(of, asked, "told", [clerk_of("C")]).needs == ("offices/O.open",)
    assert decided(of, asked, "told", []).needs == ("clerks/C.office_id",)


# Lists

TWO: Final = [clerk_of("a", senior=True), clerk_of("b", senior=False), clerk_of("p", "P"),
              Office(id="P")]  # fmt: skip
MAYBE: Final = clerk_of("c", None, senior=True)
UNSAID: Final = clerk_of("d")
SENIORS: Final = count(clerks, clerks.senior)


@pytest.mark.parametrize(
    ("condition", "facts", "complete", "value", "needs_"),
    [
        (SENIORS >= 1, TWO, False, True, ()),
        (SENIORS >= 2, TWO, False, None, ("complete.clerks",)),
        (SENIORS >= 2, TWO, True, False, ()),
        (SENIORS <= 1, TWO, True, True, ()),
        (SENIORS.is_(1), TWO, True, True, ()),
        (SENIORS.is_not(1), TWO, True, False, ()),
        (SENIORS < 1, TWO, False, False, ()),
        (SENIORS > 1, TWO, True, False, ()),
        # one that may belong to it, and one that may count
        (SENIORS >= 2, [*TWO, MAYBE], True, None, ("clerks/c.office_id",)),
        (SENIORS >= 2, [*TWO, UNSAID], True, None, ("clerks/d.senior",)),
        (SENIORS >= 2, [*TWO, UNSAID], False, None, ("clerks/d.senior", "complete.clerks")),
        # compared with a number of the office itself
        (office.desks > SENIORS, TWO, True, True, ()),
        (office.desks > SENIORS * 2, TWO, False, None, ("complete.clerks",)),
        # what counts hangs on the office
        (count(clerks, clerks.files > office.desks) >= 1,
         [clerk_of("a", files=7), clerk_of("b", files=6)], True, True, ()),
        (count(clerks, clerks.files > office.desks) >= 2,
         [clerk_of("a", files=7), clerk_of("b", files=6)], True, False, ()),
        (count(clerks, clerks.files > office.desks) >= 2,
         [clerk_of("a", files=7), clerk_of("b")], True, None, ("clerks/b.files",)),
        (count(clerks, clerks.files > office.desks) >= 2,
         [clerk_of("a", files=7), clerk_of("b", None, files=7)], True, None,
         ("clerks/b.office_id",)),
        # sums
        (total(clerks, clerks.files) >= 5, [clerk_of("a", files=2), clerk_of("b", files=3)],
         False, True, ()),
        (total(clerks, clerks.files) >= 6, [clerk_of("a", files=2), clerk_of("b", files=3)],
         True, False, ()),
        (total(clerks, clerks.files) >= 6, [clerk_of("a", files=2), clerk_of("b")],
         True, None, ("clerks/b.files",)),
        (total(clerks, clerks.files, clerks.files > office.desks) >= 8,
         [clerk_of("a", files=7), clerk_of("b")], True, None, ("clerks/b.files",)),
        # all, wherever they belong
        (none(each(Clerk)), [], True, True, ()),
        (some(each(Clerk)), TWO[2:], False, True, ()),
        (count(each(Clerk)) >= 2, TWO[2:], True, False, ()),
        (every(anyone, anyone.senior), [], False, None, ("complete.clerks",)),
        # none given at all
        (SENIORS >= 1, [], True, False, ()),
        (SENIORS >= 1, [], False, None, ("complete.clerks",)),
    ],
)  # fmt: skip
def test_members(
    condition: Expression,
    facts: list[Fact],
    complete: bool,
    value: bool | None,
    needs_: tuple[str, ...],
) -> None:
    """Those that are certain, those that may be, and those that a partial list leaves out."""
    assert told(condition, SIX_DESKS, facts, [Clerk] if complete else []) == (value, needs_)


def test_members_of_members() -> None:
    """Each clerk with the claims that are his, or that are larger than his files."""
    his = each(Claim, clerk_id=clerks)
    busy = count(clerks, some(his))
    facts = [clerk_of("a"), clerk_of("b"), Claim(id="1", clerk_id="a"), Claim(id="2")]
    whole = [Clerk, Claim]
    assert told(busy >= 1, SIX_DESKS, facts, whole) == (True, ())
    assert told(busy >= 2, SIX_DESKS, facts, whole) == (None, ("claims/2.clerk_id",))
    assert told(busy >= 2, SIX_DESKS, facts[:3], whole) == (False, ())
    larger = count(clerks, some(any_claim, any_claim.amount > clerks.files))
    assert told(larger >= 1, SIX_DESKS, [clerk_of("a", files=1), Claim(id="1", amount=2)]) == (
        True,
        (),
    )


def test_pairs_of_pairs() -> None:
    """Claims of the office that are no smaller than any other of it."""
    others = each(Claim, office_id=office)
    largest = count(claims, none(others, others.amount > claims.amount))
    facts = [Claim(id=f"{n}", office_id="O", amount=n) for n in (3, 5)]
    assert told(largest.is_(1), SIX_DESKS, facts, [Claim]) == (True, ())
    open_ = [*facts, Claim(id="9", office_id="O")]
    assert told(largest.is_(1), SIX_DESKS, open_, [Claim]) == (None, ("claims/9.amount",))


def test_a_sum_of_what_is_left_open() -> None:
    """It needs the parameter, once there is something to add up."""
    price = says("1/1", **SAYS).leaves_open("price", int)
    bill = total(clerks, price) * 2 > 1
    assert told(bill, SIX_DESKS, TWO, [Clerk]) == (None, ("parameters.price",))
    assert told(bill, SIX_DESKS, TWO[2:], [Clerk]) == (False, ())


def test_two_counts_of_one_list() -> None:
    """Gathered together, and told apart."""
    juniors = count(clerks, ~clerks.senior)
    assert told((SENIORS >= 1) & (juniors >= 1), SIX_DESKS, TWO) == (True, ())
    assert told((SENIORS >= 1) & (juniors >= 2), SIX_DESKS, TWO, [Clerk]) == (False, ())


def test_what_counts_can_hang_on_what_is_counted() -> None:
    """Clerks with more files than the office has claims, and those of whose claims that is so."""
    load = defining(office, "load", int)(**LABELS).by(quoted("1/1", **QUOTE).makes(count(claims)))
    his = each(Claim, clerk_id=clerks)
    above = count(clerks, clerks.files > load.of(office))
    larger = count(clerks, some(his, (his.amount > clerks.files) & (his.amount > load.of(office))))
    truths = [
        defining(office, name, bool)(**LABELS).by(quoted(cite, **QUOTE).makes(value >= 1))
        for name, value, cite in (("above", above, "1/2"), ("larger", larger, "1/3"))
    ]
    of = directive(load, *truths)
    facts = [
        clerk_of("a", files=3),
        Claim(id="1", office_id="O", clerk_id="a", amount=4),
        Claim(id="2", office_id="O", clerk_id="a", amount=2),
    ]
    whole = [Clerk, Claim]
    assert decided(of, SIX_DESKS, "above", facts, whole).value is True
    assert decided(of, SIX_DESKS, "larger", facts, whole).value is True
    more = [*facts, Claim(id="3", office_id="O", amount=0)]
    assert decided(of, SIX_DESKS, "above", more, whole).value is False
    assert decided(of, SIX_DESKS, "larger", more, whole).value is True
    most = [*more, Claim(id="4", office_id="O", clerk_id="a", amount=0)]
    assert decided(of, SIX_DESKS, "larger", most, whole).value is False
    assert decided(of, SIX_DESKS, "above", facts).needs == ("complete.claims", "complete.clerks")


# What recurs

OFTEN: Final = says("1/1", **SAYS).sets("often", Recurrence("FREQ=MONTHLY"))
OPEN_OFTEN: Final = says("1/1", **SAYS).leaves_open("open_often", Recurrence)


def dealt(every_: Any = OFTEN) -> Expression:
    """An urgent claim was dealt with in each period."""
    return held(claims, claims.urgent, on=claims.on, every=every_).called(**LABELS)


def on(day: str | None, office_id: str | None = "O", urgent: bool | None = True) -> Claim:
    """A claim of the office on a day."""
    return Claim(
        id=f"{day}{urgent}", office_id=office_id, urgent=urgent,
        on=None if day is None else date.fromisoformat(day),
    )  # fmt: skip


# In force from 16 July: by 1 October, August and September have ended.
BOTH: Final = [on("2019-08-31"), on("2019-09-01")]


@pytest.mark.parametrize(
    ("facts", "complete", "status", "actual", "needs_"),
    [
        (BOTH, False, "satisfied", 2, ()),
        (BOTH[:1], True, "breached", 1, ()),
        (BOTH[:1], False, "undetermined", None, ("complete.claims",)),
        # without a day: it may have been in September
        ([*BOTH[:1], on(None)], True, "undetermined", None, ("claims/NoneTrue.on",)),
        ([*BOTH, on(None)], True, "satisfied", 2, ()),
        # may be another office's, may not be urgent; what is in a period already does not matter
        ([*BOTH[:1], on("2019-09-05", None)], True, "undetermined", None,
         ("claims/2019-09-05True.office_id",)),
        ([*BOTH[:1], on("2019-09-05", urgent=None)], True, "undetermined", None,
         ("claims/2019-09-05None.urgent",)),
        ([*BOTH[:1], on("2019-08-05", urgent=None)], True, "breached", 1, ()),
        ([*BOTH[:1], on("2019-08-05", urgent=None)], False, "undetermined", None,
         ("complete.claims",)),
        ([], True, "breached", 0, ()),
    ],
)  # fmt: skip
def test_what_recurs(
    facts: list[Fact],
    complete: bool,
    status: str,
    actual: int | None,
    needs_: tuple[str, ...],
) -> None:
    """Periods with what they ask for, and those that may have it."""
    findings = found(must(dealt()), [O(), *facts], [Claim] if complete else [])
    (finding,) = findings
    assert (finding.status.value, finding.actual, finding.needs) == (status, actual, needs_)
    assert finding.required == 2


def test_how_often_is_left_open() -> None:
    """Then the parameter is needed, and nothing is counted."""
    (finding,) = found(must(dealt(OPEN_OFTEN)), [O(), *BOTH], [Claim])
    assert (finding.status, finding.needs) == (Status.UNDETERMINED, ("parameters.open_often",))
    (given,) = found(
        must(dealt(OPEN_OFTEN)), [O(), *BOTH], [Claim],
        parameters={"open_often": Recurrence("FREQ=MONTHLY")},
    )  # fmt: skip
    assert given.status is Status.SATISFIED


def test_no_period_has_ended() -> None:
    """Nothing is asked for yet."""
    yearly = says("1/1", **SAYS).sets("yearly", Recurrence("FREQ=YEARLY"))
    (finding,) = found(must(dealt(yearly)), [O(), on("2019-08-01")], [Claim])
    assert (finding.status, finding.actual, finding.required) == (Status.NOT_APPLICABLE, None, None)


def test_two_things_that_recur_over_one_list() -> None:
    """Each in its own periods, of the same events."""
    calm = held(claims, ~claims.urgent, on=claims.on, every=OFTEN).called(**LABELS)
    both = must(dealt() & calm)
    july_on = [*BOTH, on("2019-08-02", urgent=False)]
    (finding,) = found(both, [O(), *july_on], [Claim])
    assert (finding.status, finding.actual, finding.required) == (Status.BREACHED, 1, 2)
    (met,) = found(both, [O(), *july_on, on("2019-09-03", urgent=False)], [Claim])
    assert met.status is Status.SATISFIED


def test_what_asks_for_nothing_yet_leaves_nothing_open() -> None:
    """What else is open is needed, and no event."""
    yearly = says("1/1", **SAYS).sets("yearly", Recurrence("FREQ=YEARLY"))
    value, needs_ = told(dealt(yearly) & office.open, O(), [on(None)])
    assert (value, needs_) == (None, ("offices/O.open",))
    assert told(dealt(yearly), O(), [on(None)]) == (True, ())


# Conflicts


def two_rules(name: str = "number") -> Any:
    """A number of an open and large office that two rules give differently."""
    return defining(office, name, int)(**LABELS).by(
        quoted("1/1", **QUOTE).makes(1, when=office.open),
        quoted("1/2", **QUOTE).makes(2, when=office.large),
        otherwise=quoted("1/3", **QUOTE).makes(0),
    )


TORN: Final = O(open=True, large=True)


def conflicts_of(answer: Any) -> list[str]:
    """The citations of the conflict."""
    assert answer.conflict is not None
    return list(map(str, answer.conflict.cites))


def test_a_decision_in_conflict() -> None:
    """It names both rules; of one that may be, what it hangs on."""
    of = directive(two_rules())
    assert conflicts_of(decided(of, TORN, "number")) == ["1/1", "1/2"]
    assert decided(of, O(open=True), "number").needs == ("offices/O.large",)
    assert decided(of, O(open=True, large=False), "number").value == 1
    assert decided(of, O(open=False, large=False), "number").value == 0


def test_what_rests_on_a_conflict_is_in_conflict() -> None:
    """In the office itself, through a reference, and through a member."""
    number = two_rules()
    of_claim = defining(claim, "told", bool)(**LABELS).by(
        quoted("1/4", **QUOTE).makes(number.of(its_office) > 1)
    )
    plus = defining(office, "plus", int)(**LABELS).by(
        quoted("1/5", **QUOTE).makes(number.of(office) + 1)
    )
    member = each(Office)
    around = defining(claim, "around", bool)(**LABELS).by(
        quoted("1/6", **QUOTE).makes(some(member, number.of(member) > 1))
    )
    of = directive(number, of_claim, plus, around)
    asked = Claim(id="A", office_id="O")
    assert conflicts_of(decided(of, asked, "told", [TORN])) == ["1/1", "1/2"]
    assert conflicts_of(decided(of, TORN, "plus")) == ["1/1", "1/2"]
    assert conflicts_of(decided(of, asked, "around", [TORN], [Office])) == ["1/1", "1/2"]
    assert decided(of, asked, "around", [O(large=True, open=False)]).value is True


def test_a_verdict_a_finding_and_an_attestation_in_conflict() -> None:
    """Their outcome and status say so, where nothing else is open."""
    number = two_rules()
    applies = number.of(its_office) > 1
    rules = (
        number,
        says("1/4", **SAYS).forbids(claim, applies & claim.urgent),
        says("1/5", **SAYS).demands(office, office.desks >= 1, applies=number.of(office) > 1),
        says("1/6", **SAYS).attests(office, applies=number.of(office) > 1),
    )
    of = directive(*rules)
    facts = [but(TORN, desks=1), Claim(id="A", office_id="O", urgent=True)]
    findings = found(of, facts)
    assert [each_.status for each_ in findings] == [Status.CONFLICT, Status.CONFLICT]
    sql = of.policy(as_of=date(2019, 10, 1), engine="sql")
    reference = of.policy(as_of=date(2019, 10, 1), engine="interpreter")
    around = container(facts)
    assert compared(reference, sql, around)[1] == []
    assert sql.check(facts[1], around).outcome is pr.Outcome.CONFLICT
    open_ = container([TORN, Claim(id="A", office_id="O")])
    assert sql.check(open_.all(Claim)[0], open_).needs == ("claims/A.urgent",)


# Verdicts


def test_a_verdict_with_reasons_steps_and_exemptions() -> None:
    """Several of each: every reason that holds, every step that is missing, who is exempt."""
    rules: list[Provision] = [
        says("1/1a", **SAYS, modality=Modality.IN_PRINCIPLE).forbids(
            claim, claim.urgent, on=claim.on
        ),
        says("1/1b", **SAYS, modality=Modality.IN_PRINCIPLE).forbids(
            claim, claim.amount > 5, on=claim.on
        ),
        says("1/2", **SAYS).forbids(claim, claim.amount > 7),
        says("1/3", **SAYS).needs(
            claim,
            says("1/3", **SAYS).step("asked", claim.office_id.is_known()),
            says("1/3", **SAYS).step("heard", claim.clerk_id.is_known()),
            applies=claim.amount > 1,
            on=claim.on,
        ),
        says("1/4", **SAYS).needs(
            claim, says("1/4", **SAYS).step("asked", claim.amount < 9), on=AS_OF
        ),
    ]
    of = directive(*rules)
    exemptions = [
        pr.Exemption(id="X1", cite="1/1", subject="claims/A", valid_until=date(2019, 9, 1)),
        pr.Exemption(id="X2", cite="1/1a", subject="claims/A", valid_from=date(2019, 9, 2)),
        pr.Exemption(id="X3", cite="1/1b", subject="claims/B"),
    ]
    built = {"as_of": date(2019, 10, 1), "exemptions": exemptions}
    sql, reference = (of.policy(engine=name, **built) for name in ("sql", "interpreter"))  # type: ignore[arg-type]
    late, early = date(2019, 12, 1), date(2019, 8, 1)
    given = [
        Claim(id="A", urgent=True, amount=0, on=late),
        Claim(id="B", urgent=True, amount=6, on=late),
        Claim(id="C", urgent=True, amount=9, on=early),
        Claim(id="D", urgent=False, amount=2, on=late, office_id="O"),
        Claim(id="E", urgent=True, amount=1),
    ]
    around = container([*given, Claim(id="F", urgent=True)])
    assert compared(reference, sql, around)[1] == []
    a, b, c, d, e = (sql.check(each_, around) for each_ in given)
    assert a.outcome is pr.Outcome.PERMITTED
    assert [(str(r.cite), r.exemption) for r in a.reasons] == [("1/1a", "X2")]
    assert b.outcome is pr.Outcome.EXEMPTION_NEEDED
    assert [(str(r.cite), r.exemption) for r in b.reasons] == [("1/1a", None), ("1/1b", "X3")]
    assert [str(r.cite) for r in c.reasons] == ["1/1a", "1/1b", "1/2", "1/3", "1/4"]
    assert list(c.missing_steps) == ["asked", "heard", "asked"]
    assert (d.outcome.value, d.missing_steps) == ("awaiting", ("heard",))
    assert e.outcome is pr.Outcome.EXEMPTION_NEEDED


def test_an_exemption_on_a_day_that_is_not_known() -> None:
    """It leaves the verdict open, unless it holds on any day."""
    of = directive(
        says("1/1", **SAYS, modality=Modality.IN_PRINCIPLE).forbids(
            claim, claim.urgent, on=claim.on
        )
    )
    asked = Claim(id="A", urgent=True)
    around = container([asked])

    def verdict(**valid: Any) -> pr.Verdict:
        held_ = [pr.Exemption(id="X", cite="1/1", subject="claims/A", **valid)]
        one, other = (
            of.policy(as_of=date(2019, 10, 1), exemptions=held_, engine=engine)
            for engine in ("interpreter", "sql")
        )
        assert compared(one, other, around)[1] == []
        return other.check(asked, around)

    assert verdict().outcome is pr.Outcome.PERMITTED
    dated = verdict(valid_from=date(2019, 1, 1))
    assert (dated.outcome.value, dated.needs) == ("undetermined", ("claims/A.on",))


def test_findings_under_exemptions() -> None:
    """The first that is valid is named; another subject's does not count, nor another class's."""
    of = directive(
        says("1/1", **SAYS, modality=Modality.IN_PRINCIPLE).demands(office, office.desks >= 5),
        says("1/2b", **SAYS, modality=Modality.IN_PRINCIPLE).demands(office, office.floors >= 1),
        says("1/2a", **SAYS, modality=Modality.IN_PRINCIPLE).forbids(claim, claim.urgent),
        says("1/3", **SAYS, modality=Modality.IN_PRINCIPLE).forbids(claim, claim.amount > 5),
    )
    exemptions = [
        pr.Exemption(id="X1", cite="1/1", subject="offices/O", valid_until=date(2019, 9, 30)),
        pr.Exemption(id="X2", cite="1/1", subject="offices/O", valid_from=date(2019, 10, 1)),
        pr.Exemption(id="X3", cite="1/1", subject="offices/O"),
        pr.Exemption(id="X4", cite="1/2", subject="claims/A"),
    ]
    facts = [O(desks=4), Office(id="P", desks=4), Office(id="Q", desks=5)]
    by_desks = [
        each_ for each_ in found(of, facts, exemptions=exemptions) if str(each_.cite) == "1/1"
    ]
    first, second, third = by_desks
    assert first.status is Status.EXEMPT
    assert first.exemption is not None
    assert first.exemption.id == "X2"
    assert (second.status, second.exemption) == (Status.DEVIATES, None)
    assert third.status is Status.SATISFIED
    # one that no exemption reaches is as open as it was
    sql = of.policy(as_of=date(2019, 10, 1), exemptions=exemptions, engine="sql")
    assert sql.check(Claim(id="A")).needs == ("claims/A.amount",)
    assert sql.check(Claim(id="B")).needs == ("claims/B.amount", "claims/B.urgent")
    assert sql.check(Claim(id="A", amount=6)).outcome is pr.Outcome.EXEMPTION_NEEDED


# Attestations


def test_attestations() -> None:
    """The latest decides, denial before consent on one day; later ones are not yet given."""
    of = directive(
        says("1/1", **SAYS).attests(office),
        says("1/2", **SAYS).attests(office, applies=office.open),
        says("1/3", **SAYS, modality=Modality.TARGET).attests(office, applies=office.desks > 5),
    )

    def attested(name: str, cite: str, holds: bool | None, day: str | None) -> pr.Attestation:
        return pr.Attestation(
            id=name, subject_id="O", cite=cite, holds=holds,
            on=None if day is None else date.fromisoformat(day),
        )  # fmt: skip

    def statuses(*given: pr.Attestation, **known: Any) -> list[str]:
        return [finding.status.value for finding in found(of, [O(**known), *given])]

    assert statuses(open=False, desks=9) == ["undetermined", "not_applicable", "undetermined"]
    decided_ = statuses(
        attested("a", "1/1", False, "2019-09-01"),
        attested("b", "1/1", True, "2019-09-02"),
        attested("c", "1/2", True, "2019-09-01"),
        attested("d", "1/2", False, "2019-09-01"),
        attested("e", "1/3", False, None),
        open=True,
        desks=6,
    )
    assert decided_ == ["satisfied", "breached", "pending"]
    late = statuses(
        attested("a", "1/1", True, "2019-09-01"),
        attested("b", "1/1", False, "2019-10-02"),
        attested("c", "1/2", None, "2019-09-01"),
        open=True,
    )
    assert late == ["satisfied", "undetermined", "undetermined"]


def test_a_step_needs_a_constant_no_more_than_a_fact() -> None:
    """What is certain is written as such, and what no rule forbids is permitted."""
    of = directive(
        says("1/1", **SAYS).forbids(claim, Constant(1) > 2),
        says("1/2", **SAYS).needs(
            claim, says("1/2", **SAYS).step("done", Constant(2) > 1), on=claim.on
        ),
    )
    asked = Claim(id="A")
    around = container([asked])
    sql = of.policy(as_of=date(2019, 10, 1), engine="sql")
    assert sql.check(asked, around).outcome is pr.Outcome.PERMITTED
