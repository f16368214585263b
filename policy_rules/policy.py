"""A policy: a directive as of a date, with its readings, parameters and exemptions, to be asked."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from functools import cached_property
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias, overload
from weakref import ref

from attrs import frozen

from .answers import (
    ANSWERS_FORMAT,
    GAPS,
    Agreement,
    Decision,
    DecisionPart,
    Finding,
    Proof,
    QuestionError,
    Status,
    Verdict,
    VerdictPart,
    plain,
)
from .arguments import public
from .facts import NO_FACTS, Exemption, Fact, FactError, Facts
from .facts.checks import nearest
from .installed import installed
from .language import (
    ChoiceError,
    Cite,
    Directive,
    DirectiveError,
    Regime,
    RuleSet,
    RuleTypeError,
    regime,
)
from .language import load as load_rules
from .language.attestations import faults_of_attestations
from .language.caching import made_once
from .language.exemptions import cited_exemptions, exemption_faults
from .language.places import author_line, fault_at
from .language.rules import AttestationRule, Modality, Requirement

if TYPE_CHECKING:  # an engine is imported when a policy is built, which loading does not need
    from .engines import CompiledRegimes, Engine, Exemptions
    from .engines.agreements import Comparer
    from .engines.lists import ListCoverage
    from .engines.protocol import Auditor, Checker, Decider

EngineName: TypeAlias = Literal["python", "interpreter", "durable", "sql"]
Language: TypeAlias = Literal["zh", "en"]
Answer: TypeAlias = Decision | Verdict | Finding | Agreement
Duty: TypeAlias = Requirement | AttestationRule
Through: TypeAlias = Callable[[Facts], Iterable[Fact]]


class UnknownDirectiveError(LookupError):
    """No directive has the name: `en` and `zh` say what there is instead."""

    def __init__(self, en: str, zh: str) -> None:
        super().__init__(en)
        self.en = en
        self.zh = zh

    def __str__(self) -> str:
        return self.en

    def __reduce__(self) -> tuple[object, ...]:
        return UnknownDirectiveError, (self.en, self.zh)


_MOST_POLICIES: Final = 64


class LoadedDirective:
    """A directive that has passed every check. Build a `policy` of it to ask questions."""

    def __init__(self, rules: RuleSet) -> None:
        self.rules = rules
        self._policies: dict[object, Policy] = {}

    @cached_property
    def _compiled(self) -> CompiledRegimes:
        from .engines import CompiledRegimes

        return CompiledRegimes()

    @property
    def id(self) -> str:
        """The name under which it is loaded."""
        return self.rules.directive.id

    def policy(
        self,
        *,
        as_of: date,
        readings: Mapping[str, str] | None = None,
        parameters: Mapping[str, object] | None = None,
        exemptions: Iterable[Exemption] = (),
        engine: EngineName = "python",
        lost: Iterable[tuple[type[Fact], str]] = (),
    ) -> Policy:
        """The directive as it stands on a date.

        `readings` names the option taken where the text can be read in more than one way;
        `parameters` sets or replaces values; `exemptions` displace in-principle rules. Engines
        differ in speed only. `lost` are the fields of which values were lost, as a document's
        `tolerated.lost` says: no answer rests on their being unknown. Raises ChoiceError for a
        reading, parameter, exemption or engine that cannot be.
        """
        from .engines import ENGINES, Exemptions

        if named := _lost(lost):
            return self._careful(named).policy(
                as_of=as_of, readings=readings, parameters=parameters, exemptions=exemptions,
                engine=engine,
            )  # fmt: skip
        if not isinstance(as_of, date) or isinstance(as_of, datetime):
            raise ChoiceError(
                (f"`as_of` 应为日期，实为 {as_of!r}", f"`as_of` is a date, found {as_of!r}")
            )
        if not isinstance(engine, str) or engine not in ENGINES:
            known = ", ".join(f"`{name}`" for name in ENGINES)
            raise ChoiceError(
                (f"没有引擎 `{engine}`；现有 {known}", f"no engine `{engine}`; there are {known}")
            )
        chosen = regime(self.rules, as_of, readings, parameters)
        given = tuple(exemptions) if isinstance(exemptions, Iterable) else (exemptions,)
        for each in given:
            if not isinstance(each, Exemption):
                raise ChoiceError(
                    (
                        f"`exemptions` 应为 `Exemption` 的列表，实为 {each!r}",
                        f"`exemptions` holds objects of class `Exemption`, found {each!r}",
                    )
                )
        held = Exemptions(cited_exemptions(self.rules.directive, given))
        if faults := exemption_faults(self.rules, held.all):
            raise ChoiceError(*((each.text("zh"), each.text("en")) for each in faults))
        identity = (engine, chosen.identity)
        kept = None if held else self._policies.get(identity)
        if kept is not None:
            return kept
        made = Policy(chosen, held, ENGINES[engine](chosen, held, self._compiled), engine)
        if not held:
            if len(self._policies) >= _MOST_POLICIES:
                self._policies.clear()
            self._policies[identity] = made
        return made

    def _careful(self, lost: frozenset[tuple[type[Fact], str]]) -> LoadedDirective:
        """The directive for facts of which some were lost."""
        from .language.caution import cautious  # only where data are dirty

        rules = cautious(self.rules, lost)
        return _loaded(rules)

    def __copy__(self) -> LoadedDirective:
        return self

    def __deepcopy__(self, memo: object) -> LoadedDirective:
        return self

    def __reduce__(self) -> tuple[object, ...]:
        return _loaded, (self.rules,)

    def __repr__(self) -> str:
        return f"<directive {self.id}>"


class Policy:
    """A directive as of a date. Immutable, and safe to share between threads.

    It can be pickled, and so be shared between processes: each loads the directive by its name.
    """

    def __init__(
        self, chosen: Regime, exemptions: Exemptions, engine: Engine, engine_name: EngineName
    ) -> None:
        self._regime = chosen
        self._exemptions = exemptions
        self._engine = engine
        self.engine = engine_name
        self._deciders: dict[str, dict[type[Fact], Decider]] = {}
        self._checkers: dict[type[Fact], Checker] = {}
        self._auditors: dict[type[Fact], Auditor] = {}
        self._comparers: dict[type[Fact], Comparer] = {}
        self._proved: tuple[ref[Facts], dict[object, Any]] | None = None

    @property
    def regime(self) -> Regime:
        """The rules, the date, and the readings and parameters that were chosen."""
        return self._regime

    @property
    def rules(self) -> RuleSet:
        """The rules of the directive."""
        return self._regime.rules

    @property
    def as_of(self) -> date:
        """The date for which the policy answers."""
        return self._regime.as_of

    @property
    def readings(self) -> dict[str, str]:
        """The option taken of each reading."""
        return dict(self._regime.readings)

    @property
    def exemptions(self) -> tuple[Exemption, ...]:
        """The exemptions that the policy takes into account."""
        return self._exemptions.all

    @property
    def answering(self) -> Engine:
        """The engine that answers, for those who ask about some of the rules only."""
        return self._engine

    @property
    def exemption_index(self) -> Exemptions:
        """The same, found by subject and sentence."""
        return self._exemptions

    def decide(self, fact: Fact, name: str, facts: Facts = NO_FACTS) -> Decision:
        """The value of a derived attribute of a fact.

        `facts` are the facts around it, where the rules ask for them (a roster, say). Raises
        QuestionError where nothing of that name is defined of such a fact, and ConflictError
        where two rules give it different values.
        """
        if facts.__class__ is not Facts:
            raise _not_facts(facts)
        try:
            decide = self._deciders[name][fact.__class__]
        except (KeyError, TypeError):
            decide = self._decider(fact, name)
        answer = decide(fact, facts)
        conflict = answer._part.conflict  # read directly: a property takes a tenth of the time
        if conflict is not None:
            raise conflict.error()
        return answer

    def check(self, request: Fact, facts: Facts = NO_FACTS) -> Verdict:
        """The verdict on a request: a case, task, transfer, appointment or posting.

        Raises QuestionError where no rule is about requests of that kind.
        """
        if facts.__class__ is not Facts:
            raise _not_facts(facts)
        try:
            check = self._checkers[request.__class__]
        except KeyError:
            check = self._checker(request)
        return check(request, facts)

    @overload
    def asker(self, fact_class: type[Fact], name: str) -> Callable[..., DecisionPart]: ...

    @overload
    def asker(self, fact_class: type[Fact]) -> Callable[..., VerdictPart]: ...

    def asker(self, fact_class: type[Fact], name: str | None = None) -> Callable[..., Any]:
        """A question bound to a class of facts, for those who ask it again and again.

        Called with a fact, and with the facts around it where the rules ask for them, it gives what
        answers of one kind share: of a decision the `value`, `cites` and `needs`; without a name,
        of a verdict the `outcome`, `reasons`, `missing_steps` and `needs`. Nothing is made for the
        fact itself, so it takes a fraction of the time of `decide` and `check`. Called, it raises
        what they raise. Raises QuestionError where there is nothing to ask.
        """
        if not isinstance(fact_class, type) or not issubclass(fact_class, Fact):
            raise QuestionError(f"a question is bound to a class of facts, found {fact_class!r}")
        if name is None:
            self._expect_requests(fact_class)
        elif name not in self.rules.named(fact_class):
            raise QuestionError(_no_decision(self.rules, fact_class, name))
        return self._engine.asker(fact_class, name)

    def auditor(self, fact_class: type[Fact], rules: Iterable[Duty]) -> Auditor:
        """What gives the findings on a fact of a class, with the facts around it, under some rules.

        For those who ask about a few rules only.
        """
        return self._engine.auditor(fact_class, tuple(rules))

    def audit(self, facts: Facts, through: Through = iter) -> Report:
        """Every finding on every fact; decisions and verdicts come with the report on demand.

        `through` gives the facts to audit one after the other: for those who show how far the
        audit is, or who ask about some of the facts only. Raises FactError for attestations of
        what rests on none, or about facts that are not there.
        """
        if facts.__class__ is not Facts:
            raise _not_facts(facts)
        if faults := faults_of_attestations(self.rules, facts):
            raise FactError(faults)
        found: list[Finding] = []
        for fact in through(facts):
            auditor = self._auditors.get(type(fact))
            if auditor is None:
                auditor = self._auditors.setdefault(type(fact), self._engine.auditor(type(fact)))
            found += auditor(fact, facts)
        return Report(self, facts, found)

    def explain(self, answer: Answer, lang: Language = "en") -> str:
        """Why an answer is what it is, down to the facts, in Chinese (`zh`) or English (`en`)."""
        from .render.explanations import explanation  # words are heavy, and seldom asked for

        if lang not in ("zh", "en"):
            raise QuestionError(f"`lang` is `zh` or `en`, found {lang!r}")
        return explanation(self._proof(answer, lang), lang, self.rules.directive.numbers)

    def prove(self, answer: Answer) -> Proof:
        """The proof of an answer: the rule, its operative words, what was compared, the facts.

        Raises QuestionError for what is not an answer of this directive.
        """
        return self._proof(answer)

    def _proof(self, answer: Answer, lang: Language | None = None) -> Proof:
        """The proof, in both languages or in one alone."""
        from .render.proofs import prove

        if not self._answers(answer):
            raise QuestionError("what is explained is an answer of this policy's own directive")
        if not self._gave(answer):
            raise QuestionError(
                "what is explained is an answer of a policy like this one: of the same date, "
                "readings and parameters; explain it by the policy that gave it"
            )
        return prove(self._regime, self._exemptions, answer, self._worked_out(answer), lang)

    def _worked_out(self, answer: Answer) -> dict[object, Any]:
        """What has been worked out of the facts around an answer, for the next one among them.

        Of the facts that were asked about last, while anybody holds them; those of a session
        change.
        """
        fact, around = answer.fact, answer.surroundings
        if type(around) is not Facts or around.get(type(fact), fact.id) is not fact:
            return {}
        proved = self._proved
        if proved is None or proved[0]() is not around:
            self._proved = proved = ref(around), {}
        return proved[1]

    def _gave(self, answer: Answer) -> bool:
        """Whether the answer is one of a policy that gives the same ones."""
        if answer.regime is not self._regime and answer.regime.identity != self._regime.identity:
            return False
        fact, around = answer.fact, answer.surroundings
        match answer:
            case Verdict() if self._exemptions or any(each.exemption for each in answer.reasons):
                return answer == self._checker(fact)(fact, around)
            case Finding() if answer.rule.modality is Modality.IN_PRINCIPLE and (
                self._exemptions or answer.exemption
            ):
                # Of what the facts and the regime leave the same, exemptions change these alone.
                given = self.auditor(type(fact), [answer.rule])(fact, around)
                said = answer.status, answer.exemption
                return any((each.status, each.exemption) == said for each in given)
        return True

    def _answers(self, answer: Answer) -> bool:
        match answer:
            case Decision():
                of = type(answer.fact), answer.name
                return self.rules.definitions.get(of) is answer.definition
            case Finding() | Agreement():
                return answer.rule in self.rules.of_class(type(answer.fact))
            case Verdict():
                return bool(self.rules.verdict_rules_of(type(answer.fact)))
            case _:
                return False

    def decisions_of(self, facts: Facts, through: Through = iter) -> Iterator[Decision]:
        """Every derived attribute of every fact; one in conflict says so in its `conflict`."""
        _expect_facts(facts)
        for fact in through(facts):
            for name in self.rules.named(type(fact)):
                yield self._decider(fact, name)(fact, facts)

    def verdicts_of(self, facts: Facts, through: Through = iter) -> Iterator[Verdict]:
        """The verdict on every request among the facts."""
        _expect_facts(facts)
        for fact in through(facts):
            if self.rules.verdict_rules_of(type(fact)):
                yield self.check(fact, facts)

    def agreements_of(self, facts: Facts, through: Through = iter) -> Iterator[Agreement]:
        """Whether accounts of one thing say the same, of every fact of which two are given."""
        from .engines.agreements import comparer

        _expect_facts(facts)
        for fact in through(facts):
            compare = self._comparers.get(type(fact))
            if compare is None:
                rules = self.rules.agreements_of(type(fact))
                made = comparer(self._engine, type(fact), rules)
                compare = self._comparers.setdefault(type(fact), made)
            yield from compare(fact, facts)

    def lists_of(self, facts: Facts) -> tuple[ListCoverage, ...]:
        """How much the facts have of each list that the text speaks of; it decides nothing.

        Before the directive was in force there are none.
        """
        from .engines.lists import coverages_of_facts

        if facts.__class__ is not Facts:
            raise _not_facts(facts)
        return coverages_of_facts(self._engine, self._regime, facts)

    def _decider(self, fact: Fact, name: str) -> Decider:
        _expect_fact(fact)
        if not isinstance(name, str):
            raise QuestionError(_no_decision(self.rules, type(fact), name))
        known = self._deciders.get(name, {}).get(type(fact))
        if known is not None:
            return known
        names = self.rules.named(type(fact))
        if name not in names:
            raise QuestionError(_no_decision(self.rules, type(fact), name))
        made = self._engine.decider(type(fact), name)
        self._deciders.setdefault(name, {})[type(fact)] = made
        return made

    def _checker(self, request: Fact) -> Checker:
        _expect_fact(request)
        self._expect_requests(type(request))
        made = self._engine.checker(type(request))
        return self._checkers.setdefault(type(request), made)

    def _expect_requests(self, fact_class: type[Fact]) -> None:
        if not self.rules.verdict_rules_of(fact_class):
            kinds = sorted({r.subject.fact_class.en for r in self.rules.rules if hasattr(r, "on")})
            raise QuestionError(
                f"{_one(fact_class)} is not a request that the directive speaks of; "
                f"requests are: {', '.join(kinds)}"
            )

    def __copy__(self) -> Policy:
        return self

    def __deepcopy__(self, memo: object) -> Policy:
        return self

    def __reduce__(self) -> tuple[object, ...]:
        chosen = self._regime
        return _policy, (
            _loaded(chosen.rules), chosen.as_of, dict(chosen.readings), dict(chosen.parameters),
            self.exemptions, self.engine,
        )  # fmt: skip

    def __repr__(self) -> str:
        return f"<policy {self.rules.directive.id} as of {self.as_of}, engine {self.engine}>"


def _policy(
    directive: LoadedDirective,
    as_of: date,
    readings: Mapping[str, str],
    parameters: Mapping[str, object],
    exemptions: tuple[Exemption, ...],
    engine: EngineName,
) -> Policy:
    return directive.policy(
        as_of=as_of, readings=readings, parameters=parameters, exemptions=exemptions, engine=engine
    )


def _lost(given: Iterable[tuple[type[Fact], str]]) -> frozenset[tuple[type[Fact], str]]:
    listed = tuple(given) if isinstance(given, Iterable) else (given,)
    for each in listed:
        match each:
            case (type(), str()):
                continue
        raise ChoiceError(
            (
                f"`lost` 应为 `(事实的类, 字段名)` 的列表，实为 {each!r}",
                f"`lost` holds pairs of a class of facts and the name of a field, found {each!r}",
            )
        )
    return frozenset(listed)


def _not_facts(found: object) -> QuestionError:
    return QuestionError(f"`facts` is a `Facts`, found {found!r}")


def _expect_facts(facts: object) -> None:
    if not isinstance(facts, Facts):
        raise _not_facts(facts)


def _expect_fact(fact: object) -> None:
    if not isinstance(fact, Fact):
        raise QuestionError(f"a policy is asked about a fact, found {fact!r}")


def _one(fact_class: type[Fact]) -> str:
    return f"{'an' if fact_class.en[0] in 'aeiou' else 'a'} {fact_class.en}"


def _no_decision(rules: RuleSet, fact_class: type[Fact], name: object) -> str:
    names = rules.named(fact_class)
    if not names:
        kinds = sorted({of.en for of, _ in rules.definitions})
        return f"nothing is decided of {_one(fact_class)}; decisions are of: {', '.join(kinds)}"
    close = nearest(name, names) if isinstance(name, str) else []
    hint = f"did you mean `{close[0]}`? " if close else ""
    listed = ", ".join(f"`{each}`" for each in names)
    return f"no decision `{name}` of {_one(fact_class)}; {hint}there are {listed}"


@frozen
class SummaryRow:
    """How many findings under one rule have each status."""

    cite: Cite
    zh: str
    en: str
    attested: bool
    counts: Mapping[Status, int]


class Report:
    """The findings of an audit: iterable, and summarised."""

    def __init__(self, policy: Policy, facts: Facts, findings: list[Finding]) -> None:
        self.policy = policy
        self.facts = facts
        self.findings = tuple(findings)

    def __iter__(self) -> Iterator[Finding]:
        return iter(self.findings)

    def __len__(self) -> int:
        return len(self.findings)

    @property
    def decisions(self) -> Iterator[Decision]:
        """Every derived attribute of every fact."""
        return self.policy.decisions_of(self.facts)

    @property
    def verdicts(self) -> Iterator[Verdict]:
        """The verdict on every request among the facts."""
        return self.policy.verdicts_of(self.facts)

    @property
    def agreements(self) -> Iterator[Agreement]:
        """Whether accounts of one thing say the same, of every fact of which two are given."""
        return self.policy.agreements_of(self.facts)

    @property
    def lists(self) -> tuple[ListCoverage, ...]:
        """How much of each list that the text speaks of the facts have."""
        return self.policy.lists_of(self.facts)

    def summary(self) -> tuple[SummaryRow, ...]:
        """The findings counted by rule and status, in the order of the text."""
        counts: dict[Requirement | AttestationRule, dict[Status, int]] = {}
        for (rule, status), number in Counter((f.rule, f.status) for f in self.findings).items():
            counts.setdefault(rule, {})[status] = number
        order = {rule.cite: place for place, rule in enumerate(self.policy.rules.rules)}
        return tuple(
            SummaryRow(rule.cite, rule.zh, rule.en, isinstance(rule, AttestationRule), counts[rule])
            for rule in sorted(counts, key=lambda rule: order[rule.cite])
        )

    def worst(self, number: int = 10) -> tuple[Finding, ...]:
        """The gravest measured gaps: breaches before deviations, the largest shortfall first.

        What was made good late comes after what is still open. Raises QuestionError for what is no
        number.
        """
        if not isinstance(number, int):
            raise QuestionError(f"`number` is how many gaps to give, found {number!r}")
        gaps = [
            f for f in self.findings if f.status in GAPS and not isinstance(f.rule, AttestationRule)
        ]
        gaps.sort(key=order_of_gaps)
        return tuple(gaps[:number])

    def as_json(self) -> dict[str, Any]:
        """The report as JSON has it."""
        return answers_document(
            self.policy,
            lists=self.lists,
            decisions=self.decisions,
            verdicts=self.verdicts,
            findings=self.findings,
            agreements=self.agreements,
        )


def order_of_gaps(finding: Finding) -> tuple[int, bool, float, int, date, str]:
    """Gravest first; what was made good late comes after what is still open."""
    return (
        GAPS.index(finding.status),
        finding.met_on is not None,
        -_gap(finding),
        -(finding.shortfall or 0),
        finding.due or date.max,
        finding.subject,
    )


def _gap(finding: Finding) -> float:
    """The share of what is required that is lacking; used to order a table, never to decide."""
    if finding.shortfall is None:
        return 1  # what is not measured is lacking as a whole
    return finding.shortfall / (finding.required or 1)


@public
def answers_document(
    policy: Policy,
    *,
    lists: Iterable[ListCoverage] | None = None,
    decisions: Iterable[Decision] = (),
    verdicts: Iterable[Verdict] = (),
    findings: Iterable[Finding] = (),
    agreements: Iterable[Agreement] = (),
) -> dict[str, Any]:
    """Answers as one JSON document; `lists`, where it is asked how much of them there is."""
    from .language.fingerprints import fingerprint_of  # its JSON and hashes are not light

    labels = {
        cite: {"zh": zh, "en": en} for cite, (zh, en) in policy.rules.directive.labels.items()
    }
    parameters = {name: plain(value) for name, value in policy.regime.parameters.items()}
    return {
        "format": ANSWERS_FORMAT,
        "directive": policy.rules.directive.id,
        "fingerprint": fingerprint_of(policy.rules),
        "as_of": policy.as_of.isoformat(),
        "readings": policy.readings,
        **({"parameters": parameters} if parameters else {}),
        **({"labels": labels} if labels else {}),
        **({} if lists is None else {"lists": [each.as_json() for each in lists]}),
        "decisions": [each.as_json() for each in decisions],
        "verdicts": [each.as_json() for each in verdicts],
        "findings": [each.as_json() for each in findings],
        "agreements": [each.as_json() for each in agreements],
    }


def load(directive: str | Directive) -> LoadedDirective:
    """A directive by its name (`putian-2019-52`), by `module:NAME`, or as it was written.

    Loading checks the whole directive; the result is kept, so loading again costs nothing.
    Raises UnknownDirectiveError for a name that there is not, DirectiveError for a directive
    with faults.
    """
    if not isinstance(directive, str | Directive):
        raise UnknownDirectiveError(
            f"a directive is loaded by its name, found {directive!r}",
            f"文件按名称载入，实为 {directive!r}",
        )
    # What is made here stays: to look through it for garbage takes a tenth of the time.
    collecting = gc.isenabled()
    gc.disable()
    try:
        written = directive if isinstance(directive, Directive) else _named(directive)
        return _loaded(load_rules(written))
    finally:
        if collecting:
            gc.enable()


@made_once
def _loaded(rules: RuleSet) -> LoadedDirective:
    return LoadedDirective(rules)


def _named(name: str) -> Directive:
    module, separator, attribute = name.partition(":")
    try:
        if separator and _is_dotted(module):
            found = _in_module(module, attribute)
        elif separator:
            found = None
        else:
            # One that comes with the library is found faster than by what is installed.
            built_in = _module(f"{__package__}.directives.{name.replace('-', '_')}")
            found = getattr(built_in, "DIRECTIVE", None)
            if found is None and (entry := installed().get(name)) is not None:
                found = entry.load()
    except RuleTypeError as error:
        fault = fault_at(author_line(error), error.en, error.zh)
        raise DirectiveError(name, [fault]) from error
    if found is None:
        known = [f"`{each}`" for each in installed()]
        raise UnknownDirectiveError(
            f"no directive `{name}`; there is {', '.join(known) or 'none'}, "
            "and your own as `module:NAME`",
            f"没有文件 `{name}`；现有 {'、'.join(known) or '无'}，自己的写作 `module:NAME`",
        )
    if not isinstance(found, Directive):
        raise UnknownDirectiveError(
            f"`{name}` is not a directive, found {found!r}",
            f"`{name}` 不是文件（`Directive`），实为 {found!r}",
        )
    return found


def _in_module(module: str, attribute: str) -> object:
    """What a module has under a name. Raises UnknownDirectiveError where there is none."""
    loaded = _module(module)
    if loaded is None:
        raise UnknownDirectiveError(
            f"no module `{module}` for `{module}:{attribute}`; it is looked for among what is "
            "installed, on PYTHONPATH, and by the command line where it is run",
            f"`{module}:{attribute}` 的模块 `{module}` 不存在；在已安装的包、PYTHONPATH 和"
            "命令行的当前目录中查找",
        )
    if not hasattr(loaded, attribute):
        there = [f"`{name}`" for name, each in vars(loaded).items() if isinstance(each, Directive)]
        listed = ", ".join(there) or "none"
        raise UnknownDirectiveError(
            f"module `{module}` has no `{attribute}`; its directives are {listed}",
            f"模块 `{module}` 中没有 `{attribute}`；其中的文件有 {'、'.join(there) or '无'}",
        )
    return getattr(loaded, attribute)


def _module(name: str) -> ModuleType | None:
    """The module of a name, or None where there is none."""
    if not _is_dotted(name):
        return None
    try:
        return import_module(name)
    except ModuleNotFoundError as error:
        # Any other error is of the directive's own module, and not a matter of its name.
        if f"{name}.".startswith(f"{error.name}."):
            return None
        raise


def _is_dotted(name: str) -> bool:
    return all(part.isidentifier() for part in name.split("."))
