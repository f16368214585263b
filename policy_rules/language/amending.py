"""Amending: a directive and a document that amends it make the directive as amended."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from typing import TypeVar, cast

from attrs import evolve

from ..arguments import public
from ..facts import Fault
from .amendments import Amendment
from .changes import Change, NewProvision, NewRules, NewValue, Repeal
from .checking import Parts
from .citations import Cite, names_a_document
from .clauses import Clause
from .decimals import expect_within
from .depths import too_deep
from .directives import Directive
from .expressions import (
    TRUE,
    AmendedValue,
    Constitutive,
    Definition,
    Ending,
    Expression,
    Parameter,
    Source,
    is_no_value,
    none_of,
)
from .loading import DirectiveError, load
from .permissions import of_permission, prohibition, provisos_of, where_it_applies
from .places import fault_at
from .rewriting import expressions_of, rewritten_directive, rules_of, with_outcomes
from .rules import Excuse, Prohibition, Provision, Proviso, Rule, RuleException
from .trees import walk
from .types import INTEGER, RATIONAL, RuleTypeError, check_value
from .unused import forgotten_in_amendment, forgotten_in_directive

_S = TypeVar("_S", bound=Source)
_DAY = timedelta(days=1)


@public
def amended(directive: Directive, amendment: Amendment) -> Directive:
    """The directive as the amendment leaves it: up to the day before as it was, then changed.

    It is a directive like any other, and can be amended again. Raises DirectiveError with every
    fault: of the changes, and of the directive that they make.
    """
    if faults := _too_deep(directive, amendment):
        raise DirectiveError(directive.id, faults)
    return _Amending(directive, amendment).result()


class _Amending:
    def __init__(self, directive: Directive, amendment: Amendment) -> None:
        self.amendment = amendment
        self.places = {
            what: place
            for clause in amendment.clauses
            for what, place in clause.written.places.items()
        }
        self.change: object = None
        self.faults = [
            *forgotten_in_directive(directive, Parts(directive).nodes),
            *_faults_of(amendment, directive),
            *forgotten_in_amendment(amendment),
        ]
        # What is no day after the directive's own is a fault; the changes are looked at all the
        # same, so that what is wrong with them is said at once.
        self.day = max(amendment.in_force, directive.issued + _DAY)
        sentences = {f"{amendment.id}:{cite}": each for cite, each in amendment.sentences.items()}
        self.parameters: dict[str, Parameter] = {}
        self.find_parameters(rules_of(directive))
        self.directive = evolve(
            directive,
            amendments=[*directive.amendments, self.labelled(amendment)],
            sentences={**directive.sentences, **sentences},
            fact_classes=[*directive.fact_classes, *amendment.fact_classes],
            clauses=[*directive.clauses, *_clauses(amendment)],
        )

    def labelled(self, amendment: Amendment) -> Amendment:
        """The amendment with the labels of the parameters that it sets."""
        changes = []
        for each in amendment.changes:
            if isinstance(each, NewValue) and each.parameter in self.parameters:
                of = self.parameters[each.parameter]
                each = evolve(each, zh=of.zh, en=of.en)
            changes.append(each)
        return evolve(amendment, changes=changes)

    def result(self) -> Directive:
        for each in self.amendment.changes:
            before = self.directive, dict(self.parameters)
            self.change = each.provision if isinstance(each, NewProvision) else each
            try:
                self.apply(each)
            except RuleTypeError as error:
                self.fault(f"{each.cite}: {error.en}", f"{each.cite}：{error.zh}")
                self.directive, self.parameters = before
        if self.faults:
            try:
                load(self.directive)
            except DirectiveError as error:
                self.faults += error.faults
            raise DirectiveError(self.directive.id, self.faults)
        return self.directive

    def fault(self, en: str, zh: str) -> None:
        """Note what is wrong with the change at hand."""
        self.faults.append(fault_at(self.places.get(self.change), en, zh))

    def apply(self, change: Change) -> None:
        self.expect_labels(change)
        match change:
            case NewValue():
                self.set_value(change)
            case NewProvision():
                self.add_provision(change)
            case NewRules():
                self.add_rules(change)
            case Repeal():  # pragma: no branch - the match is exhaustive
                self.repeal(change)

    def expect_labels(self, change: Change) -> None:
        """The words that a change should have; those of rules are looked at in loading."""
        languages = self.directive.languages
        names = {NewValue: ("quote",), Repeal: ("quote", *languages)}.get(type(change), ())
        missing = [f"`{name}`" for name in names if not getattr(change, name).strip()]
        if missing:
            self.fault(
                f"{change.cite}: has no {' and no '.join(missing)}",
                f"{change.cite}：没有 {'、'.join(missing)}",
            )

    def own(self, cite: Cite) -> bool:
        """Whether a citation is one of the amendment's own sentences; if not, that is a fault."""
        if cite.document == self.amendment.id and str(cite.of_sentence) in self.directive.sentences:
            return True
        first = next(iter(self.amendment.sentences), "1/1")
        own = f"{self.amendment.id}:{first}"
        self.fault(
            f"{cite}: is no sentence of the amendment; cite one, as `{own}`",
            f"{cite}：不是修改文件的句子；请引用其句子，如 `{own}`",
        )
        return False

    def all_own(self, cites: Iterable[Cite]) -> bool:
        return not [cite for cite in cites if not self.own(cite)]

    # Parameters

    def set_value(self, change: NewValue) -> None:
        old = self.parameters.get(change.parameter)
        if not self.own(change.cite):
            return
        if old is None:
            self.fault(
                f"{change.cite}: no rule has a parameter `{change.parameter}`",
                f"{change.cite}：没有规则使用参数 `{change.parameter}`",
            )
            return
        check_value(old.name, old.type, change.value)
        latest = old.values[-1][0] if old.values else None
        if latest is not None and latest >= self.day:
            self.fault(
                f"{change.cite}: `{old.name}` has a value from {latest} already, "
                f"which is not before {self.day}",
                f"{change.cite}：`{old.name}` 自 {latest} 起已有值，不早于 {self.day}",
            )
            return
        new = evolve(
            old,
            values=(*old.values, (self.day, change.value)),
            amended=(*old.amended, AmendedValue(self.day, str(change.cite), change.quote)),
        )
        self.rewrite({}, new)
        self.parameters[old.name] = new

    def find_parameters(self, provisions: Iterable[Rule | Definition | RuleException]) -> None:
        for provision in provisions:
            for part in expressions_of(provision):
                for node in walk(part):
                    if isinstance(node, Parameter):
                        self.parameters.setdefault(node.name, node)

    def rewrite(
        self, provisions: Mapping[Provision, Provision | None], new: Parameter | None = None
    ) -> None:
        """Put other provisions and another parameter in; what knew them as they were follows."""
        known = {**self.parameters, **({new.name: new} if new is not None else {})}

        def replace(node: Expression) -> Expression | None:
            if isinstance(node, Parameter):
                meant = known.get(node.name, node)
                return meant if _is_earlier(node, meant) else None
            return None

        self.directive = rewritten_directive(self.directive, provisions, replace)

    # Provisions

    def add_provision(self, change: NewProvision) -> None:
        provision = change.provision
        if isinstance(provision, Definition):
            cites = [each.cite for each in provision.outcomes()]
            new: Provision = with_outcomes(provision, tuple(map(self.begun, provision.outcomes())))
        elif isinstance(provision, Excuse):
            cites, new = [provision.cite], provision
        else:
            cites, new = [provision.cite], self.begun(provision)
        if not self.all_own(cites):
            return
        replaced: dict[Provision, Provision | None] = {}
        if change.old is not None and isinstance(provision, Source):
            ending = Ending(cite=provision.cite, quote=provision.quote, replaced=True)
            kind = RuleException if isinstance(provision, RuleException) else Rule
            replaced = self.ended(change.old, ending, kind)
        self.insert(new, change.cite)
        self.rewrite(replaced)

    def insert(self, provision: Provision, cite: Cite) -> None:
        """Put a new provision under the heading of its sentence."""
        clauses = [
            each.with_provisions((*each.provisions, provision))
            if each.heading == cite.clause
            else each
            for each in self.directive.clauses
        ]
        self.directive = evolve(self.directive, clauses=clauses)
        if not isinstance(provision, Excuse):
            self.find_parameters([provision])

    def repeal(self, change: Repeal) -> None:
        if not self.own(change.cite):
            return
        ending = Ending(cite=change.cite, quote=change.quote, zh=change.zh, en=change.en)
        if change.of is None:
            kind = RuleException if change.exceptions_only else Rule | RuleException
            self.rewrite(self.ended(change.old, ending, kind))
            return
        definition = self.definition(change.cite, change.of)
        if definition is not None:
            self.rewrite(self.without(definition, change.old, ending))

    def ended(self, old: Cite, ending: Ending, kind: object) -> dict[Provision, Provision | None]:
        """The rules that a citation reaches, each with the same until the day before."""
        reached: list[Rule | RuleException] = [
            each
            for each in rules_of(self.directive)
            if not isinstance(each, Definition)
            and isinstance(each, kind)  # type: ignore[arg-type]  # a class or a union of some
            and _reaches(old, each.cite)
        ]
        for definition in self.permissions() if kind is not RuleException else ():
            if any(_reaches(old, each.cite) for each in provisos_of(definition)):
                self.fault(
                    f"{ending.cite}: ends {old}, which is a condition of `{definition.name}`; "
                    "repeal it with `of`, or put another in its place with `redefines`",
                    f"{ending.cite}：终止的 {old} 是 `{definition.name}` 的条件；"
                    "请用 `of` 写明废止，或用 `redefines` 代替",
                )
                return {}
        return {each: self.until_then(each, ending) for each in self.holding(old, reached, ending)}

    def permissions(self) -> Iterator[Definition]:
        """The permissions of the directive, each with the conditions that it ever had."""
        for each in rules_of(self.directive):
            if isinstance(each, Definition) and provisos_of(each):
                yield each

    def holding(self, old: Cite, reached: Iterable[_S], ending: Ending) -> list[_S]:
        """Those of the rules that hold before the amendment does, or else a fault."""
        found = list(reached)
        there = [
            each for each in found if each.in_force(self.day - _DAY) and each.in_force(self.day)
        ]
        if not found:
            defined = [
                f"`{each.name}`"
                for each in rules_of(self.directive)
                if isinstance(each, Definition)
                and any(_reaches(old, rule.cite) for rule in each.outcomes())
            ]
            if defined:
                self.fault(
                    f"{ending.cite}: ends {old}, which is a rule of {' and '.join(defined)}; "
                    "name it with `of`",
                    f"{ending.cite}：终止的 {old} 是 {'、'.join(defined)} 的规则；请用 `of` 写明",
                )
            else:
                self.fault(
                    f"{ending.cite}: ends {old}, which is no such rule",
                    f"{ending.cite}：要终止 {old}，而没有该规则",
                )
        elif not there:
            last = self.day - _DAY
            self.fault(
                f"{ending.cite}: ends {old}, which does not hold up to {last} and beyond",
                f"{ending.cite}：要终止 {old}，而它在 {last} 前后并不一直有效",
            )
        return there

    def until_then(self, rule: _S, ending: Ending) -> _S:
        return evolve(rule, valid_until=self.day - _DAY, ended_by=ending)

    def begun(self, rule: _S) -> _S:
        return evolve(rule, valid_from=max(self.day, rule.valid_from or self.day))

    # Rules of definitions

    def definition(self, cite: Cite, meant: Definition) -> Definition | None:
        """The directive's own definition of a name; that there is none is a fault."""
        for each in rules_of(self.directive):
            if (
                isinstance(each, Definition)
                and each.name == meant.name
                and each.subject.fact_class is meant.subject.fact_class
            ):
                return each
        self.fault(
            f"{cite}: `{meant.name}` of {meant.subject} is defined by no clause of the directive",
            f"{cite}：文件没有定义{meant.subject.fact_class.zh}的 `{meant.name}`",
        )
        return None

    def add_rules(self, change: NewRules) -> None:
        definition = self.definition(change.cite, change.of)
        if not self.all_own(each.cite for each in change.outcomes()) or definition is None:
            return
        for each in change.outcomes():
            expect_within(definition, each.value, str(each.cite))
            found = each.value.type
            if is_no_value(each.value):
                none_of(definition.type)  # refuses a type of which there is always a value
            elif found != definition.type and (definition.type, found) != (RATIONAL, INTEGER):
                raise RuleTypeError(
                    f"`{definition.name}` is {definition.type}, found {found} in `{each.value}`",
                    f"`{definition.name}` 的类型为 {definition.type}，"
                    f"而 `{each.value}` 的类型为 {found}",
                )
        self.expect_same_kind(definition, change)
        first = change.outcomes()[0]
        kept, replaced = definition, dict[Provision, Provision | None]()
        if change.old is not None:
            ending = Ending(cite=first.cite, quote=first.quote, replaced=True)
            replaced = self.without(definition, change.old, ending)
            kept = cast(Definition, replaced[definition])
        if change.otherwise is not None and kept.otherwise is not None:
            self.fault(
                f"{change.otherwise.cite}: `{definition.name}` has an `otherwise` "
                f"({kept.otherwise.cite}); replace it by its citation",
                f"{change.otherwise.cite}：`{definition.name}` 已有 `otherwise`"
                f"（{kept.otherwise.cite}）；请按其编号代替",
            )
            return
        model = next(self.prohibitions(definition), None)
        applies = TRUE if model is None else model.applies
        rules = [
            where_it_applies(rule, applies) if isinstance(rule, Proviso) else rule
            for rule in change.rules
        ]
        added = evolve(
            kept,
            rules=(*kept.rules, *map(self.begun, rules)),
            otherwise=kept.otherwise if change.otherwise is None else self.begun(change.otherwise),
        )
        self.find_parameters([added])
        for rule in change.rules:
            if isinstance(rule, Proviso) and model is not None:
                new = prohibition(
                    rule, model.subject, model.modality, applies=model.applies, on=model.on,
                    responsible=model.responsible,
                )  # fmt: skip
                self.insert(self.begun(new), rule.cite)
        self.rewrite({**replaced, definition: added})

    def expect_same_kind(self, definition: Definition, change: NewRules) -> None:
        """The conditions of a permission are changed by others, the rules of others by rules."""
        permission = bool(provisos_of(definition))
        for each in change.rules:
            if isinstance(each, Proviso) is permission:
                continue
            if permission:
                raise RuleTypeError(
                    f"`{definition.name}` is a permission; give its conditions, "
                    "`s1.a(…)(…).proviso(…)`",
                    f"`{definition.name}` 是许可；请写其条件，`s1.a(…)(…).proviso(…)`",
                )
            raise RuleTypeError(
                f"`{definition.name}` is no permission; give rules, `s1(…).makes(…)`",
                f"`{definition.name}` 不是许可；请写规则，`s1(…).makes(…)`",
            )

    def prohibitions(self, definition: Definition) -> Iterator[Prohibition]:
        """The prohibitions of a permission."""
        rules = (each for each in rules_of(self.directive) if isinstance(each, Prohibition))
        return of_permission(definition, rules)

    def without(
        self, definition: Definition, old: Cite, ending: Ending
    ) -> dict[Provision, Provision | None]:
        """The definition with the rules that a citation reaches until the day before; with those
        of a permission, its prohibitions."""
        reached = (each for each in definition.outcomes() if _reaches(old, each.cite))
        ending_ = self.holding(old, reached, ending)

        def kept(rule: Constitutive) -> Constitutive:
            return self.until_then(rule, ending) if rule in ending_ else rule

        made = with_outcomes(definition, tuple(map(kept, definition.outcomes())))
        if definition.otherwise in ending_ and made.otherwise is not None:
            made = evolve(made, formerly=(*made.formerly, made.otherwise), otherwise=None)
        cites = {rule.cite for rule in ending_}
        replaced: dict[Provision, Provision | None] = {
            each: self.until_then(each, ending)
            for each in self.prohibitions(definition)
            if each.cite in cites
        }
        return {**replaced, definition: made}


def _too_deep(directive: Directive, amendment: Amendment) -> list[Fault]:
    """The provisions, new ones among them, that could not be read; and where each stands."""
    parts = Parts(evolve(directive, amendments=[*directive.amendments, amendment]))
    written: dict[Definition | Rule | RuleException, object] = {
        each: each for each in parts.everything()
    }
    for change in amendment.changes:
        match change:
            case NewProvision(provision=new) if not isinstance(new, Excuse):
                written[new] = new
            case NewRules():
                of = change.of
                written[evolve(of, rules=change.outcomes(), formerly=(), otherwise=None)] = change
    return [parts.fault(written[each], en, zh) for each, en, zh in too_deep(written)]


def _clauses(amendment: Amendment) -> Iterator[Clause]:
    """A clause for each heading of the amendment, which its provisions will stand under."""
    headings = (cite.partition("/")[0] for cite in amendment.sentences)
    for heading in dict.fromkeys(headings):
        yield Clause(
            heading=f"{amendment.id}:{heading}",
            zh=f"{amendment.number} {amendment.zh}",
            en=f"{amendment.number} {amendment.en}",
            provisions=(),
        )


def _reaches(old: Cite, cite: Cite) -> bool:
    """Whether a citation is that of a rule, or of its whole sentence."""
    return old in (cite, cite.of_sentence)


def _is_earlier(one: Parameter, other: Parameter) -> bool:
    """Whether a parameter is the other one as it was before it was amended."""

    def labels(of: Parameter) -> tuple[object, ...]:
        return (of.type, of.cite, of.quote, of.zh, of.en, of.unit_zh, of.unit_en)

    return (
        one is not other
        and labels(one) == labels(other)
        and len(one.amended) < len(other.amended)
        and one.values == other.values[: len(one.values)]
    )


def _faults_of(amendment: Amendment, directive: Directive) -> Iterator[Fault]:
    """What is wrong with the document itself, whatever it changes."""

    def fault(en: str, zh: str) -> Fault:
        of = amendment.id
        return fault_at(None, f"amendment `{of}`: {en}", f"修改文件 `{of}`：{zh}")

    if not names_a_document(amendment.id):
        yield fault(
            "its id is not in the form `place-2021-8`", "其编号不合格式，应如 `place-2021-8`"
        )
    if amendment.id in (directive.id, *(each.id for each in directive.amendments)):
        yield fault("another document has this id", "另一文件已用此编号")
    missing = [
        f"`{name}`"
        for name in ("number", *directive.languages)
        if not getattr(amendment, name).strip()
    ]
    if missing:
        yield fault(f"has no {' and no '.join(missing)}", f"没有 {'、'.join(missing)}")
    if amendment.in_force <= directive.issued:
        yield fault(
            f"is in force on {amendment.in_force}; expected a day after the directive's "
            f"issue on {directive.issued}",
            f"施行日期为 {amendment.in_force}；应晚于原文件的成文日期 {directive.issued}",
        )
    last = directive.in_force_until
    if last is not None and last < amendment.in_force:
        yield fault(
            f"is in force on {amendment.in_force}, when the directive no longer is, "
            f"which is so until {last}",
            f"施行日期为 {amendment.in_force}，而原文件施行至 {last} 止",
        )
    for each in directive.amendments:
        if amendment.in_force < each.in_force:
            yield fault(
                f"is in force on {amendment.in_force}, before `{each.id}` is "
                f"({each.in_force}); amend in the order of these days",
                f"施行日期 {amendment.in_force} 早于 `{each.id}`（{each.in_force}）；"
                "请按施行日期先后修改",
            )
    for cite in amendment.sentences:
        try:
            parsed = Cite.parse(cite)
        except ValueError as error:
            yield fault(str(error), f"`{cite}` 不是引用编号；应如 `5.1/2` 或 `2.1/1b`")
            continue
        if parsed.document or parsed.letter:
            yield fault(
                f"`{cite}` is no sentence of its own, such as `1/1`",
                f"`{cite}` 不是它自己的句子，应如 `1/1`",
            )
