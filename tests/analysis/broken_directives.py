"""Directives with one defect each, made up for the prover to find: what is wrong with which rule.

Each is as small as its defect. What is to be found was worked out by hand.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Final, TypeAlias

from policy_rules.analysis.claims import Property
from policy_rules.language import (
    AS_OF,
    average,
    count,
    each,
    greatest,
    least,
    none,
    subject,
    the,
    total,
)
from policy_rules.language.rules import Provision
from policy_rules.testing.made_up import Claim, Clerk, Colour, Office
from tests.support.writing import at, defining, quoted, says

office, clerk, claim = subject(Office), subject(Clerk), subject(Claim)
clerks, claims = each(Clerk, office_id=office), each(Claim, office_id=office)
all_claims = each(Claim)
Provisions: TypeAlias = list[Provision]
# The property that does not hold, and the rules of which it does not.
Defect: TypeAlias = tuple[Property, tuple[str, ...]]
Broken: TypeAlias = tuple[Provisions, Defect]


def demand(cite: str, must: Any, of: Any = office, **more: Any) -> Provision:
    """An obligation of a sentence."""
    return says(cite).demands(of, must, **more)


def forbid(cite: str, when: Any, of: Any = claim) -> Provision:
    """A prohibition of a sentence."""
    return says(cite).forbids(of, when, on=claim.on)


def grade(*rules: Any, **more: Any) -> Provision:
    """A number that rules give to an office."""
    return defining(office, "grade", int)("等级", "grade").by(*rules, **more)


def makes(cite: str, value: Any, when: Any) -> Any:
    """A rule of that definition."""
    return quoted(cite).makes(value, when=when)


_MANY: Final = count(clerks)
_SENIOR: Final = count(clerks, clerks.senior)
_JUNIOR: Final = count(clerks, ~clerks.senior)
_FILES: Final = total(clerks, clerks.files)
_SENIOR_FILES: Final = total(clerks, clerks.files, clerks.senior)
_claims_of_clerk: Final = each(Claim, clerk_id=clerks)
_CLAIMS: Final = total(clerks, count(_claims_of_clerk))
_OTHERWISE: Final[Mapping[str, Any]] = {"otherwise": quoted("1/9").makes(0)}


def _since(cite: str, name: str, first: int, day: date, then: int) -> Any:
    return says(cite).sets(name, first, since={day: then})


def impossible_on_one_day() -> Broken:
    """From 2020 on, at least six desks are asked for, and at most five."""
    least_desks = _since("1/3", "least_desks", 2, date(2020, 1, 1), 6)
    return (
        [demand("1/1", office.desks >= least_desks), demand("1/2", office.desks <= 5)],
        (Property.TOGETHER, ("1/1", "1/2")),
    )


def a_reading() -> Any:
    """A question that the text leaves open."""
    return (
        at("1/4")
        .reading("which", default="wide")("问", "which?")
        .options(wide=("宽", "wide"), narrow=("窄", "narrow"), why=("因", "why"))
    )


def impossible_under_one_reading() -> Broken:
    """Read narrowly, more desks are asked for than the other sentence admits."""
    which = a_reading()
    return (
        [
            demand("1/1", (office.desks >= 7) | which.is_("wide")),
            demand("1/2", office.desks <= 5),
        ],
        (Property.TOGETHER, ("1/1", "1/2")),
    )


def overlap_in_one_number() -> Broken:
    """Three desks are both few and many."""
    few, many = makes("1/1", 1, office.desks <= 3), makes("1/2", 2, office.desks >= 3)
    return [grade(few, many, **_OTHERWISE)], (Property.CONSISTENT, ("1/1", "1/2", "1/9"))


def overlap_by_another_field() -> Broken:
    """An office that is large and open has two grades."""
    large, open_ = makes("1/1", 1, office.large), makes("1/2", 2, office.open)
    return [grade(large, open_, **_OTHERWISE)], (Property.CONSISTENT, ("1/1", "1/2", "1/9"))


def overlap_of_worked_out_values() -> Broken:
    """The grade of an office of four floors is four by one rule and the desks by another."""
    floors, desks = (
        makes("1/1", office.floors, office.floors >= 4),
        makes("1/2", office.desks, office.floors <= 4),
    )
    return [grade(floors, desks, **_OTHERWISE)], (Property.CONSISTENT, ("1/1", "1/2", "1/9"))


def overlap_with_three_clerks() -> Broken:
    """With three clerks an office is of the first grade and of the second."""
    few, many = makes("1/1", 1, _MANY <= 3), makes("1/2", 2, _MANY >= 3)
    return [grade(few, many, **_OTHERWISE)], (Property.CONSISTENT, ("1/1", "1/2", "1/9"))


def overlap_with_two_kinds_of_clerks() -> Broken:
    """Two grades need two senior clerks, one that is not, and no fourth."""
    one = makes("1/1", 1, (_SENIOR >= 2) & (_JUNIOR >= 1))
    two = makes("1/2", 2, (_MANY <= 3) & (_MANY >= 3))
    return [grade(one, two, **_OTHERWISE)], (Property.CONSISTENT, ("1/1", "1/2", "1/9"))


def dead_rule() -> Broken:
    """No office has more desks than nine."""
    rule = makes("1/1", 1, office.desks > 9)
    return [grade(rule, **_OTHERWISE)], (Property.APPLIES, ("1/1",))


def dead_by_a_sum_of_counts() -> Broken:
    """Who is senior and who is not are together no more than all."""
    rule = makes("1/1", 1, _SENIOR + _JUNIOR > _MANY)
    return [grade(rule, **_OTHERWISE)], (Property.APPLIES, ("1/1",))


def dead_by_nested_counts() -> Broken:
    """No more clerks can have claims than there are clerks."""
    of_clerk = each(Claim, clerk_id=clerks)
    with_claims = count(clerks, count(of_clerk) >= 1)
    rule = makes("1/1", 1, with_claims > _MANY)
    return [grade(rule, **_OTHERWISE)], (Property.APPLIES, ("1/1",))


def dead_by_dates() -> Broken:
    """Nobody starts after the last of several years and before the first."""
    until = clerk.since.plus_years(1)
    return (
        [demand("1/1", clerk.senior, clerk, applies=(until < clerk.since) & (clerk.files >= 0))],
        (Property.APPLIES, ("1/1",)),
    )


def dead_by_greatest() -> Broken:
    """The greatest of what clerks have is not less than the least."""
    most = greatest(clerks, clerks.files, otherwise=0)
    fewest = least(clerks, clerks.files, otherwise=0)
    rule = makes("1/1", 1, most < fewest)
    return [grade(rule, **_OTHERWISE)], (Property.APPLIES, ("1/1",))


def dead_by_another_decision() -> Broken:
    """A grade of three is given to nobody, and asked for."""
    given = grade(makes("1/1", 1, office.open), makes("1/2", 2, ~office.open))
    asked = subject(Office, given)  # type: ignore[arg-type]
    return (
        [given, demand("1/3", office.large, asked, applies=asked.grade >= 3)],
        (Property.APPLIES, ("1/3",)),
    )


def shadowed_rule() -> Broken:
    """Whoever has six desks has four."""
    wide, narrow = makes("1/1", 1, office.desks >= 4), makes("1/2", 1, office.desks >= 6)
    return [grade(wide, narrow, **_OTHERWISE)], (Property.MATTERS, ("1/2",))


def shadowed_prohibition() -> Broken:
    """Urgent claims of a great amount are claims of a great amount."""
    return (
        [forbid("1/1", claim.amount >= 5), forbid("1/2", (claim.amount >= 7) & claim.urgent)],
        (Property.MATTERS, ("1/2",)),
    )


def impossible_alone() -> Broken:
    """No number is both small and great."""
    must = (office.desks <= 2) & (office.desks >= 4)
    return [demand("1/1", must)], (Property.SATISFIABLE, ("1/1",))


def impossible_by_its_condition() -> Broken:
    """Where it applies it asks for what its own condition excludes."""
    return (
        [demand("1/1", ~office.open, applies=office.open)],
        (Property.SATISFIABLE, ("1/1",)),
    )


def impossible_by_counts() -> Broken:
    """More senior clerks are asked for than clerks are allowed."""
    must = (_SENIOR >= 4) & (_MANY <= 3)
    return [demand("1/1", must)], (Property.SATISFIABLE, ("1/1",))


def impossible_by_fractions() -> Broken:
    """A rent of less than a cent above nothing is none."""
    must = (office.rent > 0) & (office.rent < Decimal("0.01"))
    return [demand("1/1", must)], (Property.SATISFIABLE, ("1/1",))


def impossible_by_texts() -> Broken:
    """Nothing begins in two ways."""
    must = office.motto.starts_with("ab") & office.motto.starts_with("ac")
    return [demand("1/1", must)], (Property.SATISFIABLE, ("1/1",))


def impossible_by_codes() -> Broken:
    """Codes that all lie in one region include none of another."""
    must = office.places.all_start_with("35") & office.places.has("3601")
    return [demand("1/1", must)], (Property.SATISFIABLE, ("1/1",))


def impossible_by_sets() -> Broken:
    """Nothing within red overlaps with blue."""
    must = office.colours.within({Colour.RED}) & office.colours.has(Colour.BLUE)
    return [demand("1/1", must)], (Property.SATISFIABLE, ("1/1",))


def impossible_by_a_reference() -> Broken:
    """Of the clerk who handles it one sentence asks for what it excludes."""
    handler = the(Clerk, claim.clerk_id)
    must = handler.senior & ~handler.senior
    return [demand("1/1", must, claim)], (Property.SATISFIABLE, ("1/1",))


def contradiction_across_sentences() -> Broken:
    """One sentence asks for three floors, another for two at most."""
    return (
        [demand("1/1", office.floors >= 3), demand("1/2", office.floors <= 2)],
        (Property.TOGETHER, ("1/1", "1/2")),
    )


def contradiction_over_members() -> Broken:
    """Two senior clerks are asked for, and that nobody is senior."""
    return (
        [demand("1/1", _SENIOR >= 2), demand("1/2", none(clerks, clerks.senior))],
        (Property.TOGETHER, ("1/1", "1/2")),
    )


def contradiction_by_definition() -> Broken:
    """What is asked for by way of a decision, another sentence excludes."""
    given = grade(makes("1/1", 1, office.desks >= 5), makes("1/2", 2, office.desks < 5))
    asked = subject(Office, given)  # type: ignore[arg-type]
    return (
        [given, demand("1/3", asked.grade.is_(1), asked), demand("1/4", office.desks <= 4)],
        (Property.TOGETHER, ("1/3", "1/4")),
    )


def duty_that_cannot_be_broken() -> Broken:
    """What is asked for is always so."""
    return [demand("1/1", office.desks >= 0)], (Property.BREAKABLE, ("1/1",))


def duty_on_members_that_cannot_be_broken() -> Broken:
    """No more of the clerks are senior than there are."""
    return [demand("1/1", _SENIOR <= _MANY)], (Property.BREAKABLE, ("1/1",))


def exception_that_never_applies() -> Broken:
    """Who has six desks is none of those with fewer than five."""
    rule = demand("1/1", office.open, applies=office.desks < 5)
    return (
        [rule, says("1/2").excepts("1/1", office.desks >= 6)],
        (Property.EXCEPTION, ("1/2", "1/1")),
    )


def exception_that_leaves_nothing() -> Broken:
    """All to whom the rule applies are excepted from it."""
    rule = demand("1/1", office.open, applies=office.desks < 5)
    return (
        [rule, says("1/2").excepts("1/1", office.desks <= 4)],
        (Property.APPLIES, ("1/1",)),
    )


def nothing_is_permitted() -> Broken:
    """Small claims are prohibited, and great ones."""
    return (
        [forbid("1/1", claim.amount <= 5), forbid("1/2", claim.amount >= 5)],
        (Property.PERMITS, ("1/1", "1/2")),
    )


def step_that_cannot_be_obtained() -> Broken:
    """What must have been heard was heard before it was received, and after."""
    heard = says("1/1").step("heard", (claim.amount >= 5) & (claim.amount <= 4))
    steps = says("1/1").needs(claim, heard, applies=claim.urgent, on=claim.on)
    return [steps], (Property.SATISFIABLE, ("1/1",))


def step_that_another_implies() -> Broken:
    """Who has five has three."""
    steps = says("1/1").needs(
        claim,
        says("1/1", "三").step("three", claim.amount >= 3),
        says("1/1", "五").step("five", claim.amount >= 5),
        on=claim.on,
    )
    return [steps], (Property.MATTERS, ("1/1",))


def rule_that_ended_before_it_could_apply() -> Broken:
    """It applies from a day on that its own end precedes."""
    late = says("1/1").sets("late", date(2021, 1, 1))
    rule = demand("1/2", office.open, applies=(late <= AS_OF) & (late > AS_OF))
    return [rule], (Property.APPLIES, ("1/2",))


def overlap_on_one_day() -> Broken:
    """From 2020 on few may be four, as many are."""
    most_few = _since("1/3", "most_few", 3, date(2020, 1, 1), 4)
    few, many = makes("1/1", 1, office.desks <= most_few), makes("1/2", 2, office.desks >= 4)
    return (
        [grade(few, many, **_OTHERWISE)],
        (Property.CONSISTENT, ("1/1", "1/2", "1/9")),
    )


def overlap_under_one_reading() -> Broken:
    """Read narrowly, six desks are many, and few."""
    which = a_reading()
    few = makes("1/1", 1, office.desks <= 6)
    many = makes("1/2", 2, (office.desks > 6) | (which.is_("narrow") & (office.desks > 5)))
    return [grade(few, many, **_OTHERWISE)], (Property.CONSISTENT, ("1/1", "1/2", "1/9"))


def overlap_only_with_three_clerks() -> Broken:
    """Two clerks have at most eighteen files; of four or more the first rule does not speak."""
    some, much = makes("1/1", 1, _MANY <= 3), makes("1/2", 2, _FILES >= 19)
    return [grade(some, much, **_OTHERWISE)], (Property.CONSISTENT, ("1/1", "1/2", "1/9"))


def dead_by_a_sum() -> Broken:
    """Three clerks of nine files each have no more than twenty-seven."""
    rule = makes("1/1", 1, (_MANY <= 3) & (_FILES >= 28))
    return [grade(rule, **_OTHERWISE)], (Property.APPLIES, ("1/1",))


def dead_by_a_sum_of_parts() -> Broken:
    """Senior clerks have no more files than all clerks."""
    rule = makes("1/1", 1, _SENIOR_FILES > _FILES)
    return [grade(rule, **_OTHERWISE)], (Property.APPLIES, ("1/1",))


def dead_by_a_sum_of_sums() -> Broken:
    """What each has of both, all have of both."""
    of_both = total(clerks, clerks.files + count(_claims_of_clerk))
    rule = makes("1/1", 1, of_both < _FILES + _CLAIMS)
    return [grade(rule, **_OTHERWISE)], (Property.APPLIES, ("1/1",))


def dead_by_an_average() -> Broken:
    """Nobody has ten files, so the average is not as great."""
    rule = makes("1/1", 1, average(clerks, clerks.files, otherwise=0) > 9)
    return [grade(rule, **_OTHERWISE)], (Property.APPLIES, ("1/1",))


def impossible_by_a_sum_of_counts() -> Broken:
    """Three clerks of two claims each have more than five together."""
    busy = count(clerks, count(_claims_of_clerk) >= 2)
    return (
        [demand("1/1", busy >= 3), demand("1/2", _CLAIMS <= 5)],
        (Property.TOGETHER, ("1/1", "1/2")),
    )


def impossible_with_three_clerks() -> Broken:
    """Where it applies, three clerks would have to have twenty-eight files."""
    return (
        [demand("1/1", _FILES >= 28, applies=_MANY.is_(3))],
        (Property.SATISFIABLE, ("1/1",)),
    )


def duty_on_sums_that_cannot_be_broken() -> Broken:
    """Of the files that clerks have, senior ones have no more than all."""
    return [demand("1/1", _SENIOR_FILES <= _FILES)], (Property.BREAKABLE, ("1/1",))


def shadowed_by_a_count() -> Broken:
    """Where three are senior there are two clerks."""
    wide, narrow = makes("1/1", 1, _MANY >= 2), makes("1/2", 1, _SENIOR >= 3)
    return [grade(wide, narrow, **_OTHERWISE)], (Property.MATTERS, ("1/2",))


def nothing_is_permitted_from_a_day_on() -> Broken:
    """From 2020 on, what is not small is great."""
    least_great = _since("1/3", "least_great", 7, date(2020, 1, 1), 4)
    return (
        [forbid("1/1", claim.amount <= 3), forbid("1/2", claim.amount >= least_great)],
        (Property.PERMITS, ("1/1", "1/2")),
    )


BROKEN: Final[tuple[Callable[[], Broken], ...]] = (
    impossible_on_one_day,
    impossible_under_one_reading,
    overlap_in_one_number,
    overlap_by_another_field,
    overlap_of_worked_out_values,
    overlap_with_three_clerks,
    overlap_with_two_kinds_of_clerks,
    dead_rule,
    dead_by_a_sum_of_counts,
    dead_by_nested_counts,
    dead_by_dates,
    dead_by_greatest,
    dead_by_another_decision,
    shadowed_rule,
    shadowed_prohibition,
    impossible_alone,
    impossible_by_its_condition,
    impossible_by_counts,
    impossible_by_fractions,
    impossible_by_texts,
    impossible_by_codes,
    impossible_by_sets,
    impossible_by_a_reference,
    contradiction_across_sentences,
    contradiction_over_members,
    contradiction_by_definition,
    duty_that_cannot_be_broken,
    duty_on_members_that_cannot_be_broken,
    exception_that_never_applies,
    exception_that_leaves_nothing,
    nothing_is_permitted,
    step_that_cannot_be_obtained,
    step_that_another_implies,
    rule_that_ended_before_it_could_apply,
    overlap_on_one_day,
    overlap_under_one_reading,
    overlap_only_with_three_clerks,
    dead_by_a_sum,
    dead_by_a_sum_of_parts,
    dead_by_a_sum_of_sums,
    dead_by_an_average,
    impossible_by_a_sum_of_counts,
    impossible_with_three_clerks,
    duty_on_sums_that_cannot_be_broken,
    shadowed_by_a_count,
    nothing_is_permitted_from_a_day_on,
)
