"""The directive as the service tells of it: what can be asked, readings and parameters."""

from __future__ import annotations

from typing import Any

from ..facts import Fact
from ..formats.directive_json import parameter_json, reading_json
from ..language import RuleSet
from .asking import Service


def directive_document(service: Service) -> dict[str, Any]:
    """What a caller can ask of the directive and choose, in both languages.

    Parameters have the values that hold on the service's date, else on the day of issue.
    """
    rules = service.rules
    directive = rules.directive
    regime = service.directive.policy(
        as_of=service.as_of or directive.issued,
        readings=service.readings,
        parameters=service.parameters,
    ).regime
    return {
        "directive": directive.id,
        "number": directive.number,
        "zh": directive.zh,
        "en": directive.en,
        "issued": directive.issued.isoformat(),
        "decisions": [
            {"name": each.name, "of": each.subject.fact_class.collection}
            for each in rules.definitions.values()
            if not each.inner
        ],
        "requests": [
            {"collection": each.collection, "zh": each.zh, "en": each.en}
            for each in requests_of(rules)
        ],
        "readings": [reading_json(rules, each) for each in rules.readings.values()],
        "parameters": [parameter_json(each, regime) for each in rules.parameters.values()],
    }


def requests_of(rules: RuleSet) -> list[type[Fact]]:
    """The classes of requests that the directive speaks of."""
    return [each for each in rules.directive.classes if rules.verdict_rules_of(each)]
