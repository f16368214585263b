"""Who is compared: each module answers the same three questions in its own way."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any, Final

from attrs import frozen

from ..inputs import Inputs

QUESTIONS: Final = {
    "duty_mode": "A. The duty mode of a station, with its citation",
    "case": "B. A criminal case, with all reasons",
    "task": "C. A task, with all reasons and all missing steps",
}

# The value and its citation; or the outcome, the citations against, and the missing steps.
Answer = tuple[object, ...]

STEPS: Final = (
    "report_necessity",
    "report_feasibility",
    "report_operability",
    "guarantee_personnel",
    "guarantee_funds",
    "guarantee_equipment",
    "public_order_review",
    "municipal_committee_approval",
)


@frozen
class Contestant:
    """One way to answer one question.

    `ask` is what is timed, over `inputs` made ready beforehand; `read` puts what it gives into the
    common form. `bare` ones give the value or outcome alone.
    """

    name: str
    question: str
    ask: Callable[[Any], Any]
    inputs: Sequence[Any]
    read: Callable[[Any], Answer]
    bare: bool = False


# The only rule about cases and tasks that holds in principle.
IN_PRINCIPLE: Final = "3.1/2"
MODULES: Final = {
    "hand-written": "handwritten",
    "policy_rules": "ours",
    "zen-engine": "zen_engine",
    "durable-rules": "durable_rules",
    "rule-engine": "rule_engine_peer",
}
PEERS: Final = ("zen-engine", "durable-rules", "rule-engine")


def line_up(inputs: Inputs) -> tuple[list[Contestant], dict[str, str]]:
    """Everyone who can take part, and those who cannot, with the reason."""
    present: list[Contestant] = []
    skipped = {}
    for name, module in MODULES.items():
        try:
            found = import_module(f"{__name__}.{module}")
        except ImportError as error:
            skipped[name] = str(error)
            continue
        present += found.contestants(inputs)
    return present, skipped


def flat(inputs: Sequence[Any]) -> list[dict[str, bool | int]]:
    """The flat forms of inputs."""
    return [each.flat for each in inputs]


def verdict(reasons: Sequence[str], missing: Sequence[str] = ()) -> Answer:
    """A verdict in the common form."""
    outcome = "awaiting" if missing else "permitted"
    if reasons:
        outcome = "prohibited" if any(map(IN_PRINCIPLE.__ne__, reasons)) else "exemption_needed"
    return outcome, tuple(reasons), tuple(missing)
