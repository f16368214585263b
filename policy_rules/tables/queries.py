"""The queries of a policy over tables: one for each decision, verdict and list of findings."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Final

from attrs import field, frozen
from sqlglot import exp

from ..answers import QuestionError
from ..engines.columns import AGREEMENT, DECISION, FINDING, VERDICT
from ..engines.sql.dialects import Dialect, united
from ..engines.sql.lowering import Lowering
from ..engines.sql.questions import Questions
from ..engines.sql.reading import classes_of, years_of
from ..engines.sql.relations import Selection
from ..engines.sql.sources import Sources
from ..facts import Fact
from ..formats import Mapping as FieldMapping
from ..language import ChoiceError, Cite
from ..language.expressions import Definition
from ..language.rules import AgreementRule, AttestationRule, Requirement, Stated
from ..policy import Duty, Policy


@frozen(eq=False)
class Question:
    """What a policy can be asked of a class of facts; `name` is what a view of it is called."""

    name: str
    fact_class: type[Fact]
    columns: tuple[str, ...]
    stated: tuple[Definition | Stated, ...]
    ask: Callable[[Questions], Sequence[Selection]] = field(repr=False)


# How many rules share the rows of a part of a query, at most: each reads what all of them come to.
# No class of the directives that come with the library has so many, so that what they share is
# worked out once.
_TOGETHER: Final = 200


def years_read(policy: Policy) -> tuple[int, ...]:
    """The calendar years whose numbers a policy reads."""
    return tuple(sorted({year for years in years_of(policy.regime).values() for year in years}))


def whole_lists(
    policy: Policy, mapping: FieldMapping | None, complete: Collection[type[Fact] | str]
) -> list[type[Fact]]:
    """The classes whose tables are whole, beside them those that the mapping names.

    Raises ChoiceError for a policy, a mapping or a class that is none.
    """
    for given, kind, zh, en in (
        (policy, Policy, "`policy` 应为 `Policy`", "`policy` is a `Policy`"),
        (
            mapping,
            FieldMapping | None,
            "`mapping` 应为 `read_mapping` 读出的映射",
            "`mapping` is what `read_mapping` reads",
        ),
    ):
        if not isinstance(given, kind):
            raise ChoiceError((f"{zh}，实为 {given!r}", f"{en}, found {given!r}"))
    names = {each.collection: each for each in classes_of(policy.regime)}
    listed = complete if isinstance(complete, Iterable) else [complete]
    classes = []
    for each in [listed] if isinstance(listed, str) else listed:
        found = names.get(each) if isinstance(each, str) else each
        if not isinstance(found, type) or not issubclass(found, Fact):
            raise ChoiceError(
                (
                    f"`complete` 应为事实的类或列表名，实为 {each!r}",
                    f"`complete` holds classes of facts or names of their lists, found {each!r}",
                )
            )
        classes.append(found)
    return [*classes, *(() if mapping is None else mapping.complete)]


class Queries:
    """What a policy asks of tables, as SQL."""

    def __init__(
        self,
        policy: Policy,
        dialect: Dialect,
        sources: Sources,
        complete: Iterable[type[Fact]] = (),
    ) -> None:
        self.policy = policy
        self.dialect = dialect
        self.sources = sources
        self.complete = frozenset(each.collection for each in complete)

    @cached_property
    def questions(self) -> Mapping[str, Question]:
        """Everything that can be asked of the tables that there are, by name."""
        return {each.name: each for cls in self.sources for each in self._of(cls)}

    def _of(self, cls: type[Fact]) -> Iterator[Question]:
        rules = self.policy.rules
        for name in rules.named(cls):
            definition = rules.definitions[cls, name]

            def decide(questions: Questions, of: Definition = definition) -> list[Selection]:
                return [questions.decision(of)]

            yield Question(f"{cls.collection}_{name}", cls, DECISION, (definition,), decide)
        requests = rules.verdict_rules_of(cls)
        if requests:
            yield Question(
                f"{cls.collection}_verdicts", cls, VERDICT, requests, lambda q: [q.verdict()]
            )
        duties = rules.requirements_of(cls)
        if duties:
            yield self.findings_under(cls, duties)
        if agreements := rules.agreements_of(cls):
            yield self.agreements_under(cls, agreements)

    def findings_under(self, cls: type[Fact], duties: Sequence[Duty]) -> Question:
        """The findings on a class of facts under some duties."""
        listed = tuple(duties)
        return Question(
            f"{cls.collection}_findings", cls, FINDING, listed, lambda q: q.findings(listed)
        )

    def agreements_under(self, cls: type[Fact], rules: Sequence[AgreementRule]) -> Question:
        """Whether accounts of the facts of a class agree under some rules."""
        listed = tuple(rules)
        return Question(
            f"{cls.collection}_agreements", cls, AGREEMENT, listed, lambda q: q.agreements(listed)
        )

    def decision(self, cls: type[Fact], name: str) -> Question:
        """The decision of a name on a class of facts."""
        found = self.questions.get(f"{_collection_of(cls)}_{name}")
        if found is None or found.columns is not DECISION:
            raise self._unanswerable(cls, f"decision `{name}`")
        return found

    def verdict(self, cls: type[Fact]) -> Question:
        """The verdicts on a class of requests."""
        return self._named(cls, "verdicts")

    def findings(self, cls: type[Fact], cite: str | None = None) -> Question:
        """The findings on a class of facts: all, or under the rules that a citation names."""
        found = self._named(cls, "findings")
        if cite is None:
            return found
        wanted = _parsed(cite)
        duties = [each for each in self.policy.rules.requirements_of(cls)
                  if wanted in (each.cite, each.cite.of_sentence)]  # fmt: skip
        if not duties:
            raise self._unanswerable(cls, f"finding under `{cite}`")
        return self.findings_under(cls, duties)

    def agreements(self, cls: type[Fact], cite: str | None = None) -> Question:
        """Whether accounts agree: all of a class, or under the rules that a citation names."""
        found = self._named(cls, "agreements")
        if cite is None:
            return found
        wanted = _parsed(cite)
        rules = [each for each in self.policy.rules.agreements_of(cls)
                 if wanted in (each.cite, each.cite.of_sentence)]  # fmt: skip
        if not rules:
            raise self._unanswerable(cls, f"agreement under `{cite}`")
        return self.agreements_under(cls, rules)

    def _named(self, cls: type[Fact], kind: str) -> Question:
        found = self.questions.get(f"{_collection_of(cls)}_{kind}")
        if found is None:
            raise self._unanswerable(cls, kind)
        return found

    def _unanswerable(self, cls: type[Fact], what: str) -> QuestionError:
        if cls not in self.sources:
            return QuestionError(f"there is no table of {cls.collection}; map one to it")
        decided = [f"decision `{name}`" for name in self.policy.rules.named(cls)]
        others = [
            name.removeprefix(f"{cls.collection}_")
            for name, each in self.questions.items()
            if each.fact_class is cls and each.columns is not DECISION
        ]
        known = ", ".join([*decided, *others])
        return QuestionError(f"no {what} on {cls.collection}; there are {known or 'none'}")

    def amended_by(self, cls: type[Fact]) -> str:
        """By whose rules each act of a class is judged, where amendments tell its acts apart."""
        asked = Question("amended_by", cls, (), (), lambda q: [q.amended_by()])
        return self.dialect.sql(self._query([asked]))

    def query(self, question: Question) -> exp.Query:
        """The query that answers.

        Of many rules it has several parts that share no rows: a row carries what all of the rules
        of its part come to, and is read for each of them.
        """
        together = _TOGETHER if self.dialect.keeps_parts else 1
        parts = list(self._parts(question, together))
        if self.dialect.keeps_parts or len(parts) == 1:
            return self._query(parts)
        # Each by itself, so that none of them carries the parts of all.
        return united([_selected(self._query([each]), question.columns) for each in parts])

    def _parts(self, question: Question, together: int) -> Iterator[Question]:
        listed, cls = question.stated, question.fact_class
        if question.columns not in (FINDING, AGREEMENT) or len(listed) <= together:
            yield question
            return
        for first in range(0, len(listed), together):
            some = listed[first : first + together]
            if question.columns is FINDING:
                yield self.findings_under(cls, _duties(some))
            else:
                yield self.agreements_under(cls, _agreements(some))

    def _query(self, parts: Sequence[Question]) -> exp.Query:
        lowering = None
        selections: list[Selection] = []
        for each in parts:
            lowering = Lowering(
                self.policy.regime,
                self.policy.exemption_index,
                self.dialect,
                self.sources,
                complete=self.complete,
                beside=lowering,
            )
            selections += each.ask(Questions(lowering, each.fact_class))
        assert lowering is not None
        return lowering.query.written(selections)

    def all_findings(self) -> str:
        """The findings on all classes, each named by its collection."""
        return self._of_all_classes(FINDING, "duty")

    def all_agreements(self) -> str:
        """Whether accounts of the facts of all classes agree, each named by its collection."""
        return self._of_all_classes(AGREEMENT, "rule on two accounts")

    def _of_all_classes(self, columns: tuple[str, ...], what: str) -> str:
        blocks: list[exp.Query] = []
        for question in self.questions.values():
            if question.columns is columns:
                collection = exp.Literal.string(question.fact_class.collection)
                named = exp.Alias(this=collection, alias=exp.to_identifier("collection"))
                blocks.append(_selected(self.query(question), columns, named))
        if not blocks:
            raise QuestionError(f"there is no table of which any {what} speaks; map one")
        return self.dialect.sql(united(blocks))

    def sql(self, question: Question, *, pretty: bool = False) -> str:
        """The same as text."""
        return self.dialect.sql(self.query(question), pretty=pretty)


def _collection_of(cls: type[Fact]) -> str:
    if not isinstance(cls, type) or not issubclass(cls, Fact):
        raise QuestionError(f"tables are asked about a class of facts, found {cls!r}")
    return cls.collection


def _parsed(cite: str) -> Cite:
    try:
        return Cite.parse(cite)
    except (TypeError, ValueError) as error:
        raise QuestionError(f"`cite` is a citation such as `2.1/1b`, found {cite!r}") from error


def _selected(query: exp.Query, names: Iterable[str], *first: exp.Expression) -> exp.Select:
    """The rows of a query as a part of a larger one."""
    part = exp.Subquery(this=query, alias=exp.TableAlias(this=exp.to_identifier("found")))
    columns = [*first, *(exp.Column(this=exp.to_identifier(name)) for name in names)]
    return exp.Select(expressions=columns).from_(part, copy=False)


def _agreements(stated: Iterable[Definition | Stated]) -> list[AgreementRule]:
    return [each for each in stated if isinstance(each, AgreementRule)]


def _duties(stated: Iterable[Definition | Stated]) -> list[Duty]:
    return [each for each in stated if isinstance(each, Requirement | AttestationRule)]
