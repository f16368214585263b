"""What facts are called: by name, or by what they are and whose."""

from __future__ import annotations

from collections.abc import Sequence

from ..facts import Fact, Facts
from ..facts.linking import references_of
from .wording import Language, pick


def name_of(fact: Fact) -> str:
    """The name of a fact, or nothing."""
    name = getattr(fact, "name", None)
    return name if isinstance(name, str) else ""


def called(fact: Fact, facts: Facts, lang: Language) -> str:
    """The name of a fact; of one without a name, what it is and, where the facts say it, whose."""
    owner = "".join(owners([fact], facts)[:1])
    what = pick(lang, fact.zh, fact.en)
    return name_of(fact) or (pick(lang, f"{owner}{what}", f"{owner} {what}") if owner else what)


def owners(found: Sequence[Fact], facts: Facts) -> list[str]:
    """The names of what some facts of a class refer to, by the first field that leads to any."""
    classes = {cls.collection: cls for cls in facts.classes()}
    for field, collection in references_of(type(found[0])).items():
        known = classes.get(collection)
        ids = dict.fromkeys(getattr(fact, field) for fact in found)
        names = [name_of(facts.named(known, id_)) for id_ in ids if id_] if known else []
        if any(names):
            return list(filter(None, names))
    return []
