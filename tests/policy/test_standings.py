"""What is said of a status stands with it, and is read from there."""

from __future__ import annotations

from policy_rules.answers import GAPS, Outcome, Status


def test_what_makes_the_exit_status_1() -> None:
    """As the manual says: breached, missed, deviating, in conflict or open."""
    assert {status for status in Status if status.standing.wrong} == {
        Status.BREACHED, Status.DEVIATES, Status.MISSED, Status.CONFLICT, Status.UNDETERMINED,
    }  # fmt: skip
    assert {outcome for outcome in Outcome if outcome.standing.wrong} == {
        Outcome.PROHIBITED, Outcome.EXEMPTION_NEEDED, Outcome.AWAITING, Outcome.UNDETERMINED,
        Outcome.CONFLICT,
    }  # fmt: skip


def test_what_has_not_been_done() -> None:
    """Of a duty in principle too: one that was attested not to be met was once left out."""
    assert {status for status in Status if status.standing.unmet} == {
        Status.BREACHED, Status.DEVIATES, Status.MISSED, Status.PENDING,
    }  # fmt: skip


def test_gaps_are_in_the_order_of_their_gravity() -> None:
    assert GAPS == (Status.CONFLICT, Status.BREACHED, Status.DEVIATES, Status.MISSED)
    graver = [status.standing.gravity or 0 for status in GAPS]
    assert graver == sorted(set(graver))  # no two alike: the order of a table hangs on it
