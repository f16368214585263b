"""How another system asks: JSON comes in, answers with their reasons go out as JSON.

Run it: `python examples/embed.py`. A request names what it wants judged; everything else that is
known of it comes along as a facts document.
"""

from __future__ import annotations

import json
from typing import Any

import policy_rules as pr
from policy_rules.formats import InputError, parse

# Load once and build one policy for each date: both can be shared between threads.
DIRECTIVE = pr.load("putian-2019-52")

REQUEST = """
{"as_of": "2019-09-01",
 "stations": [{"id": "350304540000", "name": "黄石派出所", "pilot": false, "officers": 14,
   "community_officers": 5}],
 "cases": [
   {"id": "A1", "station_id": "350304540000", "causation_clear": true, "simple": true,
    "means": ["image"], "place_codes": ["350304", "350102"], "complex": false,
    "category": "ordinary", "role": "lead"},
   {"id": "A2", "station_id": "350304540000", "causation_clear": true, "simple": true,
    "means": [], "place_codes": ["350304"], "category": "ordinary", "role": "lead"}]}
"""


def answer(body: str) -> dict[str, Any]:
    """The decisions, verdicts and gaps for one request; a request with faults gets them all."""
    try:
        document = parse(json.loads(body))
    except json.JSONDecodeError as error:
        return {"faults": [f"不是 JSON：{error}"]}
    except InputError as error:
        return {"faults": [fault.text("zh") for fault in error.faults]}
    if document.as_of is None:
        return {"faults": ["请给出 as_of（基准日期）"]}
    policy = DIRECTIVE.policy(as_of=document.as_of, exemptions=document.exemptions)
    return {
        "directive": DIRECTIVE.id,
        "as_of": policy.as_of.isoformat(),
        "modes": [mode(policy, station) for station in document.facts.all(pr.Station)],
        "cases": [
            judged(policy, policy.check(case, document.facts))
            for case in document.facts.all(pr.CriminalCase)
        ],
        "gaps": [gap.zh for gap in policy.audit(document.facts).worst(3)],
    }


def mode(policy: pr.Policy, station: pr.Station) -> dict[str, Any]:
    """The duty mode of a station, with the sentences that give it."""
    decision = policy.decide(station, "duty_mode")
    value: pr.DutyMode | None = decision.value
    return {
        "station": station.name,
        "mode": value.zh if value else None,
        "cites": [str(cite) for cite in decision.cites],
    }


def judged(policy: pr.Policy, verdict: pr.Verdict) -> dict[str, Any]:
    """A verdict for a form on a screen.

    Undetermined is neither yes nor no: the form asks for what is named in `ask`. Only `permitted`
    lets a case through, so whatever is new or unknown stops here instead of passing silently.
    """
    result: dict[str, Any] = {
        "case": verdict.subject,
        "permitted": verdict.permitted,
        "outcome": verdict.outcome.zh,
        "reasons": [f"{reason.cite} {reason.zh}" for reason in verdict.reasons],
    }
    if verdict.outcome is pr.Outcome.UNDETERMINED:
        result["ask"] = list(verdict.needs)
    if not verdict.permitted:
        result["why"] = policy.explain(verdict, lang="zh").splitlines()
    return result


if __name__ == "__main__":
    print(json.dumps(answer(REQUEST), ensure_ascii=False, indent=1))
