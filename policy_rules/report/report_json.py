"""A report as one JSON document, for programs that draw or send it themselves."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from ..answers import plain
from ..arguments import public
from ..facts import Fact
from ..facts.labelled import Labelled
from ..policy import Duty, Policy
from ..render.naming import name_of
from ..render.wording import Language
from .colours import Colours
from .model import Gap, Inspection, Missing, Problem, Ranked
from .overview import Overview, Placed, Spread
from .shares import Share

# The version of the format; another one where a key changes its meaning or goes away.
REPORT_FORMAT: Final = 1

Json = dict[str, Any]


@public
def inspection_json(of: Inspection) -> Json:
    """An inspection as JSON has it; its answers are written as documents of answers have them."""
    return {
        **_head("inspection", of.policy, of.colours),
        "within": None if of.within is None else of.within.key,
        "statuses": _counts(of.statuses),
        "attestations": _counts(of.attestations),
        "share": _share(of.share),
        "attested": _share(of.attested),
        "ranking": {
            cls.collection: [_ranked(each) for each in bodies]
            for cls, bodies in zip(of.classes, of.ranking, strict=True)
        },
        "indicators": [
            {**_rule(each.rule), "shares": {key: _share(of) for key, of in each.shares.items()}}
            for each in of.indicators
        ],
        "problems": [_problem(each, of.policy) for each in of.problems],
        "denied": [_problem(each, of.policy) for each in of.denied],
        "doubtful": [each.as_json() for each, _ in of.doubtful],
        "agreements": _counts(of.agreements),
        "soon": {str(days): [each.as_json() for each in dues] for days, dues in of.soon.items()},
        "missing": [_missing(each) for each in of.missing],
        "outcomes": _counts(of.outcomes),
        "verdicts": [each.as_json() for each in of.verdicts],
        "turning": None if of.readings is None else [each.as_json() for each in of.readings],
        "lists": [each.as_json() for each in of.lists],
    }


def overview_json(of: Overview) -> Json:
    """An overview as JSON has it: numbers by body, region and rule, and no single answer."""
    return {
        **_head("overview", of.policy, of.colours),
        "numbers": {cls.collection: number for cls, number in of.numbers.items()},
        "statuses": _counts(of.statuses),
        "share": _share(of.share),
        "attested": _share(of.attested),
        "regions": [_placed(each) for each in of.regions],
        "bodies": [_placed(each) for each in of.bodies],
        "spreads": [_spread(each) for each in of.spreads],
        "outcomes": _counts(of.outcomes),
        "agreements": _counts(of.agreements),
        "lists": [each.as_json() for each in of.lists],
    }


def inspection_content(
    of: Inspection, _: Language, notes: Sequence[str], details: Mapping[str, str]
) -> bytes:
    """The JSON of an inspection as a file; `notes` are in the language asked for."""
    return _content(inspection_json(of), notes, details)


def overview_content(
    of: Overview, _: Language, notes: Sequence[str], details: Mapping[str, str]
) -> bytes:
    """The JSON of an overview as a file."""
    return _content(overview_json(of), notes, details)


def _content(said: Json, notes: Sequence[str], details: Mapping[str, str]) -> bytes:
    whole = said | {"notes": [*notes], "details": dict(details)}
    return (json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def _head(kind: str, policy: Policy, colours: Colours) -> Json:
    return {
        "format": REPORT_FORMAT,
        "kind": kind,
        "directive": policy.rules.directive.id,
        "as_of": policy.as_of.isoformat(),
        "readings": policy.readings,
        "parameters": {name: plain(value) for name, value in policy.regime.parameters.items()},
        "colours": {
            "green": plain(colours.green),
            "yellow": plain(colours.yellow),
            "known": plain(colours.known),
        },
    }


def _counts(counts: Mapping[Any, int]) -> dict[str, int]:
    return {str(kind): number for kind, number in counts.items()}


def _share(share: Share) -> Json:
    return {"met": share.met, "unmet": share.unmet, "open": share.open}


def _rule(rule: Duty) -> Json:
    return {"cite": str(rule.cite), "zh": rule.zh, "en": rule.en}


def _body(body: Fact | None) -> Json | None:
    return None if body is None else {"subject": body.key, "name": name_of(body) or None}


def _ranked(of: Ranked) -> Json:
    return {
        "body": _body(of.body),
        "within": None if of.within is None else of.within.key,
        "place": of.place,
        "colour": str(of.colour),
        "share": _share(of.share),
        "attested": _share(of.attested),
        "gaps": of.gaps,
        "worst": None if of.worst is None else of.worst.as_json(),
    }


def _problem(of: Problem, policy: Policy) -> Json:
    return {
        **_rule(of.rule),
        "quote": of.rule.quote,
        "modality": str(of.rule.modality),
        "responsible": plain(policy.regime.responsible(of.rule)),
        "open": [_gap(each) for each in of.open],
        "late": [_gap(each) for each in of.late],
    }


def _gap(of: Gap) -> Json:
    return {"finding": of.finding.as_json(), "overdue": of.overdue}


def _missing(of: Missing) -> Json:
    return {
        "body": _body(of.body),
        "collection": of.collection,
        "name": of.name,
        "subjects": [*of.keys],
        "cites": [*map(str, of.cites)],
        "findings": of.findings,
    }


def _region(region: Labelled | None) -> Json | None:
    if region is None:
        return None
    return {"value": str(region), "zh": region.zh, "en": region.en}


def _placed(of: Placed) -> Json:
    return {
        "body": _body(of.body),
        "region": _region(of.region),
        "place": of.place,
        "colour": str(of.colour),
        "share": _share(of.share),
        "attested": _share(of.attested),
        "foremost": None if of.foremost is None else str(of.foremost.cite),
        "colours": _counts(of.colours),
    }


def _spread(of: Spread) -> Json:
    regions = {region: _share(share) for region, share in of.regions.items()}
    return {**_rule(of.rule), "share": _share(of.share), "regions": regions}
