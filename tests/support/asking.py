"""Asking a policy, and what the answers come to: what the property tests share."""

from __future__ import annotations

from datetime import date

import policy_rules as pr
from policy_rules.answers import Agreement, Consistency, Decision, Finding, Verdict
from policy_rules.language import load
from policy_rules.language.rules import AttestationRule
from policy_rules.policy import Answer, LoadedDirective, Policy
from policy_rules.testing.choosing import Chooser
from policy_rules.testing.comparing import answers_of
from policy_rules.testing.random_directives import random_directive
from policy_rules.testing.random_facts import Setting, random_facts, random_setting

PUTIAN = pr.load("putian-2019-52")
DAY = date(2019, 9, 1)


def loaded(choose: Chooser) -> LoadedDirective:
    """The directive of Putian, or one time in two a random one in which to learn is safe."""
    if choose.chance(50):
        return LoadedDirective(load(random_directive(choose, monotone=True, depth=2)))
    return PUTIAN


def policy_of(
    directive: LoadedDirective, setting: Setting, exemptions: tuple[pr.Exemption, ...] = ()
) -> Policy:
    """The policy in a setting, on the engine that has nothing to compile: the other agrees."""
    return directive.policy(
        as_of=setting.as_of, readings=setting.readings, parameters=setting.parameters,
        exemptions=exemptions, engine="interpreter",
    )  # fmt: skip


def outcome(answer: Answer) -> object:
    """What an answer comes to; None where it is undetermined."""
    match answer:
        case Decision():
            return "conflict" if answer.conflict else answer.value
        case Verdict():
            return None if answer.outcome is pr.Outcome.UNDETERMINED else answer.outcome
        case Finding():
            return None if answer.status is pr.Status.UNDETERMINED else answer.status
        case Agreement():
            return None if answer.status is Consistency.UNDETERMINED else answer.status


def asked(answer: Answer) -> tuple[str, str, str]:
    """The question: the fact, the kind of answer, and the name or citation."""
    match answer:
        case Decision():
            return answer.subject, "decision", answer.name
        case Verdict():
            return answer.subject, "verdict", ""
        case Finding():
            return answer.subject, "finding", str(answer.cite)
        case Agreement():
            return answer.subject, "agreement", str(answer.cite)


def by_question(policy: Policy, facts: pr.Facts) -> dict[tuple[str, str, str], Answer]:
    """The answers by what was asked."""
    return {asked(answer): answer for answer in answers_of(policy, facts)}


def again(policy: Policy, facts: pr.Facts, answer: Answer) -> Answer:
    """The answer of another policy, on other facts, to the same question."""
    about = [fact for fact in facts if fact.key == answer.subject]
    found: tuple[Answer, ...] = (
        *policy.decisions_of(facts, lambda _: about),
        *policy.verdicts_of(facts, lambda _: about),
        *policy.audit(facts, lambda _: about),
        *policy.agreements_of(facts, lambda _: about),
    )
    return next(each for each in found if asked(each) == asked(answer))


def attested(answer: Answer) -> bool:
    """Whether the answer rests on an attestation, which is looked up and not computed."""
    return isinstance(answer, Finding) and isinstance(answer.rule, AttestationRule)


Errand = tuple[LoadedDirective, Setting, pr.Facts]


def errand(choose: Chooser) -> Errand:
    """A directive, a setting for a policy, and facts to ask about."""
    directive = loaded(choose)
    setting = random_setting(choose, directive.rules)
    return directive, setting, random_facts(choose, directive.rules, setting.as_of, most=3)
