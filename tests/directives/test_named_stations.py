"""The fourteen stations that the directive names, audited as its dates come and go.

The facts are those of `cases/named_stations.toml`, where each finding is derived by hand; here is
kept how the findings read.
"""

from __future__ import annotations

from typing import Final

import pytest

import policy_rules as pr
from policy_rules.render.wording import Language
from policy_rules.testing.cases import Case, document_of, read_cases
from tests.support.places import CASES, GOLDEN

DIRECTIVE: Final = pr.load("putian-2019-52")
STATES: Final = {
    str(case.content["as_of"]): case for case in read_cases(CASES / "named_stations.toml")
}
# Premises, beds and rooms, workstations, smart areas.
CITES: Final = {
    *("4.1/2a", "4.1/2b", "4.1/2c", "4.1/3a", "4.1/3b", "4.1/5a", "4.1/5b"),
    *("4.2/3", "4.2/4", "4.2/5", "4.4/2a", "4.4/2b"),
}


def findings_of(case: Case) -> list[pr.Finding]:
    """The findings on the city and the stations under the rules that the case is about."""
    policy = DIRECTIVE.policy(as_of=case.content["as_of"])
    found = policy.audit(document_of(case, DIRECTIVE).facts)
    return [each for each in found if str(each.cite) in CITES]


def lines(case: Case, lang: Language) -> str:
    """What the findings that apply say, under the name of the city or station."""
    said: dict[str, list[str]] = {}
    for finding in findings_of(case):
        if finding.status is not pr.Status.NOT_APPLICABLE:
            fact, text = finding.fact, finding.zh if lang == "zh" else finding.en
            assert isinstance(fact, pr.City | pr.Station)
            said.setdefault(fact.name or fact.id, []).append(f"  {finding.cite} {text}\n")
    return "".join(f"{name}\n{''.join(each)}" for name, each in said.items())


def test_the_stations_are_those_that_the_directive_names() -> None:
    named = {"湄洲派出所", "白沙派出所"}
    for parameter in DIRECTIVE.rules.parameters.values():
        if parameter.name.startswith("names_of_"):
            named |= {name for name in parameter.values[0][1] if name.endswith("派出所")}
    given = {
        station.name
        for case in STATES.values()
        for station in document_of(case, DIRECTIVE).facts.all(pr.Station)
    }
    assert given == named
    assert len(given) == 15  # one of the fourteen has changed its name


@pytest.mark.parametrize("day", STATES)
def test_every_finding_is_derived_by_hand(day: str) -> None:
    expected = {(each["subject"], each["cite"]) for each in STATES[day].content["finding"]}
    assert {(f.subject, str(f.cite)) for f in findings_of(STATES[day])} == expected


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("day", STATES)
def test_findings_read_as_they_were_kept(day: str, lang: Language) -> None:
    text = lines(STATES[day], lang)
    golden = GOLDEN / "named_stations" / f"{day}.{lang}.txt"
    if not golden.exists():
        golden.write_text(text, "utf-8")
        pytest.fail(f"{golden.name} was not there; read what was written before you keep it")
    assert text == golden.read_text("utf-8")
