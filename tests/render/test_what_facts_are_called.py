"""What facts without a name are called: what they are, and whose."""

from __future__ import annotations

import pytest

from policy_rules.facts import Fact, Facts
from policy_rules.facts.fields import fact, identity, reference, text
from policy_rules.render.naming import called


@fact(collection="posts", zh="派出所", en="police station")
class Post(Fact):
    """Something with a name."""

    id: str = identity()
    name: str | None = text(zh="名称", en="name", meaning="Its name.")


@fact(collection="fittings", zh="派出所设施", en="station facility")
class Fitting(Fact):
    """Something of it, without one."""

    id: str = identity()
    post_id: str | None = reference("posts", zh="派出所", en="post", meaning="Where it is.")


@pytest.mark.parametrize(
    ("name", "zh", "en"),
    [
        # FOUND: 西关派出所派出所设施.
        ("西关派出所", "西关派出所设施", "西关派出所 station facility"),
        ("西关所", "西关所派出所设施", "西关所 station facility"),
        ("West Gate station", "West Gate station派出所设施", "West Gate station facility"),
        ("West Gatestation", "West Gatestation派出所设施", "West Gatestation station facility"),
        ("派出所", "派出所设施", "派出所 station facility"),
    ],
)
def test_what_both_say_is_said_once(name: str, zh: str, en: str) -> None:
    fitting = Fitting(id="F", post_id="P")
    facts = Facts(others=[Post(id="P", name=name), fitting])
    assert (called(fitting, facts, "zh"), called(fitting, facts, "en")) == (zh, en)


def test_without_an_owner() -> None:
    fitting = Fitting(id="F")
    facts = Facts(others=[fitting])
    assert (called(fitting, facts, "zh"), called(fitting, facts, "en")) == (
        "派出所设施", "station facility",
    )  # fmt: skip
