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
    if name := name_of(fact):
        return name
    return _put_together(owner, what, pick(lang, "", " ")) if owner else what


def _put_together(owner: str, what: str, between: str) -> str:
    """An owner's name before what it owns; what the one ends with and the other begins with is
    said once: 西关派出所 and 派出所设施 are 西关派出所设施."""
    for length in range(min(len(owner), len(what)), 1, -1):
        shared, rest = what[:length], what[length:]
        # Where there are spaces between words, none is taken apart.
        whole = not between or f"{between}{owner}".endswith(f"{between}{shared}")
        if owner.endswith(shared) and whole and rest.startswith(between):
            return owner + rest
    return f"{owner}{between}{what}"


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
