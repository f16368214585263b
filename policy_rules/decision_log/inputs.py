"""The facts that an answer rests on: those to which its rules lead from its subject."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from attrs import frozen

from ..answers import Agreement, Decision, Finding, Verdict
from ..facts import Fact, Facts, fields_of
from ..language import RuleSet
from ..language.expressions import subject_variable
from ..language.reads import Everyone, Members, Named, Path, Reads, Sharing
from ..policy import Answer


@frozen
class Input:
    """The facts that answers rest on, which of their lists are whole, and how they were reached.

    Who is not named there and could be one of those that were asked for is among the facts. Over
    other paths than these, there can be facts that are not. `subject` is the one that the answers
    are about, where it was asked about without being among the facts.
    """

    subject: Fact | None
    facts: tuple[Fact, ...]
    whole: frozenset[str]
    paths: list[str]


class Inputs:
    """What the answers of a directive rest on."""

    def __init__(self, rules: RuleSet) -> None:
        self._rules = rules
        self._reads = Reads(rules)
        self._paths: dict[object, frozenset[Path]] = {}

    def of(self, answers: Iterable[Answer]) -> Input:
        """What answers about one fact rest on: enough to ask the same questions again."""
        found: dict[Fact, None] = {}
        paths: set[Path] = set()
        for answer in answers:
            found[answer.fact] = None
            paths |= self.paths_of(answer)
        fact, around = answer.fact, answer.surroundings
        for path in paths:
            found.update(dict.fromkeys(_reached(path, fact, around)))
        bodies = (each for each in answer.bodies if each is not None)
        found.update((each, None) for each in bodies if _is_among(each, around))
        read = {step.to.collection for path in paths for step in path}
        whole = frozenset(name for name in read if around.is_complete(name))
        _close(found, whole, around)
        outside = not _is_among(fact, around)
        if outside:
            del found[fact]
        return Input(fact if outside else None, tuple(found), whole, sorted(map(path_text, paths)))

    def paths_of(self, answer: Answer) -> frozenset[Path]:
        """The paths over which the rules of an answer lead to other facts."""
        about: object = type(answer.fact)
        match answer:
            case Decision():
                about = answer.definition
            case Finding() | Agreement():
                about = answer.rule
        paths = self._paths.get(about)
        if paths is None:
            paths = self._paths[about] = frozenset(self._found(answer))
        return paths

    def _found(self, answer: Answer) -> Iterator[Path]:
        fact_class = type(answer.fact)
        match answer:
            case Decision():
                reads = [self._reads.of_definition(answer.definition)]
            case Verdict():
                rules = self._rules.verdict_rules_of(fact_class)
                reads = [self._reads.of_rule(rule) for rule in rules]
            case Finding() | Agreement():
                reads = [self._reads.of_rule(answer.rule)]
        by_day = [node for _, node in self._rules.reached.get(fact_class, ())]
        reads.append(self._reads.of_nodes(by_day, {subject_variable(fact_class): ()}))
        for each in reads:
            for read in each:
                if read.path:
                    yield read.path


def _reached(path: Path, fact: Fact, facts: Facts) -> Iterator[Fact]:
    """The facts at all steps of a path; those at the last as well as those on the way."""
    here: list[Fact] = [fact]
    for step in path:
        there: list[Fact] = []
        for each in here:
            match step:
                case Members():
                    there += facts.related(step.to, step.link, each.id)
                    there += facts.unlinked(step.to, step.link)
                case Sharing() if (value := getattr(each, step.field)) is not None:
                    there += facts.related(step.to, step.link, value)
                    there += facts.unlinked(step.to, step.link)
                case Sharing() | Everyone():
                    there += facts.all(step.to)
                case Named() if named := getattr(each, step.via):
                    # One that is not there can have members all the same.
                    there.append(facts.named(step.to, named))
                case Named():
                    pass
        yield from (each for each in there if _is_among(each, facts))
        here = list(dict.fromkeys(there))


def _is_among(fact: Fact, facts: Facts) -> bool:
    """Whether a fact is there; one of which only the id is known, since others name it, is not."""
    return facts.get(type(fact), fact.id) is fact


def _close(found: dict[Fact, None], whole: Iterable[str], facts: Facts) -> None:
    """Add what is referred to, where references of facts that stand together are checked."""
    by_name = {cls.collection: cls for cls in facts.classes()}
    if not by_name:
        return
    waiting = list(found)
    checked = {each.collection for each in waiting} | {*whole}
    seen: set[Fact] = set()
    while waiting:
        for each in waiting:
            seen.add(each)
            for spec in fields_of(type(each)).values():
                target = by_name.get(spec.target or "")
                if target is not None and target.collection in checked:
                    named = facts.get(target, getattr(each, spec.name) or "")
                    if named is not None:
                        found[named] = None
        checked = {each.collection for each in found} | {*whole}
        waiting = [each for each in found if each not in seen]


def path_text(path: Path) -> str:
    """A path as the log has it, such as `stations.bureau_id events.bureau_id`."""
    return " ".join(map(_step_text, path))


def _step_text(step: Members | Sharing | Everyone | Named) -> str:
    to = step.to.collection
    match step:
        case Members():
            return f"{to}.{step.link}"
        case Sharing():
            return f"{to}.{step.link}={step.of.collection}.{step.field}"
        case Everyone():
            return f"{to}"
        case Named():  # pragma: no branch - the match is exhaustive
            return f"{step.of.collection}.{step.via}"
