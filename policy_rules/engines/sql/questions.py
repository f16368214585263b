"""The queries that answer: decisions, verdicts and findings, one row for each answer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import cached_property
from typing import Final

from sqlglot import exp

from ...answers import CONSISTENCY, Outcome, Status
from ...facts import Attestation, Fact
from ...language.citations import Cite
from ...language.expressions import (
    TRUE,
    Constant,
    Definition,
    Derived,
    Exempted,
    Node,
    all_of,
    any_of,
    at_least,
    gives_none,
    none_of,
    subject_variable,
)
from ...language.rails import fraction
from ...language.rules import AgreementRule, AttestationRule, Requirement
from ...language.trees import walk
from ...language.types import BOOLEAN, DATE, INTEGER, MOMENT, RATIONAL, TEXTS
from ..columns import AGREEMENT, DECISION, FINDING, VERDICT
from ..conditions import (
    FindingConditions,
    Measure,
    finding_conditions,
    unmet,
    verdict_conditions,
)
from ..protocol import Duties
from .alike import put_together
from .definitions import Candidate, grouped_by_value, main_part
from .dialects import (
    SQL_FALSE,
    SQL_NULL,
    SQL_TRUE,
    amount,
    atom,
    case,
    cast,
    equal,
    is_given,
    is_null,
    number,
    sql_and,
    sql_not,
    sql_or,
    unequal,
)
from .lowering import Lowering
from .places import Defined, Given, RowScope
from .relations import Outputs, Relation, Selection
from .sources import bit_of

# Those of a decimal, in all databases.
DIGITS: Final = 38


def _is_quotient(definition: Definition) -> bool:
    """Whether a value is given as two whole numbers."""
    return definition.type == RATIONAL and definition.places is None


class Questions:
    """The questions about one class of facts, put to one query."""

    def __init__(self, lowering: Lowering, fact_class: type[Fact]) -> None:
        self._lowering = lowering
        self._dialect = lowering.dialect
        self._regime = lowering.regime
        self._class = fact_class
        self._relation: Relation = lowering.places.subjects(fact_class)
        self._scope = RowScope(self._relation, {subject_variable(fact_class): ""})
        self._attested: dict[str, exp.Expression] | None = None

    @property
    def _id(self) -> exp.Expression:
        return self._lowering.places.read(self._relation, "", Given("id"))

    # Decisions

    def decision(self, definition: Definition) -> Selection:
        """A row for each fact: the value, the sentences that give it, and what it needs."""
        lowering, dialect = self._lowering, self._dialect
        empty = dialect.text("")
        if not self._regime.in_force:
            nothing = [("id", self._id), ("value", self._shown(SQL_NULL, definition))]
            if _is_quotient(definition):
                nothing.append(("denominator", cast(SQL_NULL, dialect.wide)))
            nothing += [(name, empty) for name in DECISION[2:]]
            return Selection(self._relation, [nothing])
        places, scope = lowering.places, self._scope
        subject = definition.subject
        value = places.at(scope, subject, Defined(definition, main_part(definition)))
        under = None
        if definition.type == RATIONAL:
            under = places.at(scope, subject, Defined(definition, "denominator"))
        there = self._there(definition, value, under)
        shown = case([(there, self._shown(value, definition))])
        outputs = [("id", self._id), ("value", shown)]
        if under is not None and _is_quotient(definition):
            outputs.append(("denominator", case([(there, cast(under, dialect.wide))])))
        outputs.append(("cites", self._cites(definition, value)))
        needs, conflicts = lowering.needing.of_definition(definition, scope)
        told = empty
        if conflicts is not None:
            needs = self._relation.add("needs", needs)
            told = case([(sql_and(is_null(value), self._is_empty(needs)), conflicts)], empty)
        outputs += [("conflict", told), ("needs", case([(is_null(value), needs)], empty))]
        return Selection(self._relation, [outputs])

    def _there(
        self, definition: Definition, value: exp.Expression, under: exp.Expression | None
    ) -> exp.Expression:
        """That a value is not what stands for none: that is shown as no value, with citations."""
        if not gives_none(definition) or value is SQL_NULL:
            return SQL_TRUE
        none = none_of(definition.type)
        if under is None:
            return unequal(value, self._lowering.constant(none))
        if definition.places is not None:
            return unequal(value, number(none.value.numerator * 10**definition.places))
        apart = unequal(value, number(none.value.numerator))
        return sql_or(apart, unequal(under, number(1)))

    def _shown(self, value: exp.Expression, definition: Definition) -> exp.Expression:
        """A value as it is read: the members of a set as words, with a space between."""
        dialect, type_ = self._dialect, definition.type
        if value is SQL_NULL:
            return cast(value, self._type_of(definition))
        if definition.places is not None:
            return self._decimal(value, definition.places)
        if type_ == TEXTS:
            return dialect.words_of_codes(value)
        if type_ == INTEGER:
            whole = self._whole_for([Derived(definition.subject, definition)])
            return value if whole == dialect.whole else cast(value, whole)
        if type_.name != "set" or type_.choices is None:
            return value
        members = [
            (unequal(dialect.bits(value, number(bit_of(each))), number(0)), dialect.text(str(each)))
            for each in type_.choices
        ]
        listed = dialect.listed(members)
        if not dialect.empty_text:
            listed = exp.Coalesce(this=listed, expressions=[dialect.text("")])
        return case([(is_given(value), listed)])

    def _decimal(self, steps: exp.Expression, places: int) -> exp.Expression:
        """A number of so many places, of which there is how many of the last place it has."""
        whole = cast(steps, f"decimal({DIGITS - places - 2},0)")
        made = exp.Mul(this=whole, expression=amount(Decimal((0, (1,), -places))))
        return cast(made, f"decimal({DIGITS},{places})")

    def _type_of(self, definition: Definition) -> str:
        if definition.places is not None:
            return f"decimal({DIGITS},{definition.places})"
        if definition.type == RATIONAL:
            return self._dialect.wide
        simple = {BOOLEAN: "boolean", INTEGER: "bigint", DATE: "date", MOMENT: "timestamp"}
        return self._dialect.type(simple.get(definition.type, "text"))

    def _is_empty(self, text: exp.Expression) -> exp.Expression:
        return (
            sql_not(unequal(text, self._dialect.text("")))
            if self._dialect.empty_text
            else is_null(text)
        )

    def _cites(self, definition: Definition, value: exp.Expression) -> exp.Expression:
        """The sentences of the rules that certainly apply, where there is a value."""
        lowering, dialect = self._lowering, self._dialect
        empty = dialect.text("")
        candidates = lowering.definitions.candidates(definition)
        if not candidates or value is SQL_NULL:
            return empty
        constant = all(isinstance(each.value, Constant) for each in candidates)
        if constant and definition.type != RATIONAL:
            # Those that apply give the value, so they are among those that could.
            groups = [
                (self._gives(definition, value, members[0]), members)
                for _, members in grouped_by_value(candidates)
            ]
        else:
            groups = [(is_given(value), list(candidates))]
        return case([(given, self._applying(definition, each)) for given, each in groups], empty)

    def _gives(
        self, definition: Definition, value: exp.Expression, candidate: Candidate
    ) -> exp.Expression:
        if definition.type == BOOLEAN:
            truth = self._dialect.truth(value)
            assert isinstance(candidate.value, Constant)
            return truth if candidate.value.value else sql_not(truth)
        return equal(value, self._lowering.value(candidate.value, self._scope))

    def _applying(self, definition: Definition, candidates: Sequence[Candidate]) -> exp.Expression:
        outcomes = tuple(definition.outcomes())
        applying: dict[Cite, exp.Expression] = {}
        for each in candidates:
            cite = outcomes[each.place].cite
            condition = self._lowering.condition(each.condition, self._scope)
            applying[cite] = sql_or(applying.get(cite, SQL_FALSE), condition)
        if len(applying) == 1:
            return self._dialect.text(str(*applying))
        return self._dialect.listed(
            [(applying[cite], self._dialect.text(str(cite))) for cite in sorted(applying)]
        )

    # Verdicts

    def verdict(self) -> Selection:
        """A row for each request: the outcome, why, what is missing, and what it needs."""
        dialect = self._dialect
        conditions = verdict_conditions(self._regime, self._class)
        empty = dialect.text("")
        if not self._regime.in_force:
            outcome = dialect.text(str(Outcome.NOT_APPLICABLE))
            outputs = [("id", self._id), ("outcome", outcome)]
            outputs += [(name, empty) for name in VERDICT[2:]]
            return Selection(self._relation, [outputs])
        fold = self._lowering.folded.fold
        reasons: list[tuple[object, exp.Expression, str]] = []
        exempting: list[tuple[exp.Expression, exp.Expression]] = []
        prohibited: list[Node] = []
        deviating: list[Node] = []
        waiting: list[Node] = []
        missing: list[tuple[exp.Expression, exp.Expression]] = []
        for each in conditions.prohibitions:
            holds = fold(each.holds)
            condition = self._kept(holds, f"r_{each.rule.cite}", str(each.rule.cite))
            reasons.append((each.rule.cite, condition, str(each.rule.cite)))
            exempting += self._exemptions(fold(each.exempted), str(each.rule.cite))
            (prohibited if each.strict else deviating).append(holds)
        for group in conditions.groups:
            applies = fold(group.applies)
            needed = self._kept(applies, f"a_{group.rule.cite}", str(group.rule.cite))
            for step, node in zip(group.rule.steps, group.obtained, strict=True):
                got = self._kept(fold(node), step.name, f"{group.rule.cite} {step.zh}")
                # Of the only group, something is missing only where it applies.
                lacking = (
                    sql_not(got) if len(conditions.groups) == 1 else sql_and(needed, sql_not(got))
                )
                missing.append((lacking, dialect.text(step.name)))
            lacking_any = fold(group.missing)
            begun = fold(all_of(group.missing, group.begun))
            reason = self._kept(begun, f"r_{group.rule.cite}", str(group.rule.cite))
            reasons.append((group.rule.cite, reason, str(group.rule.cite)))
            prohibited.append(begun)
            waiting.append(lacking_any)
        prohibition = self._kept(any_of(*prohibited), "prohibited", "")
        deviation = self._kept(any_of(*deviating), "in_principle", "")
        wait = self._kept(any_of(*waiting), "waiting", "")
        undetermined = dialect.text(str(Outcome.UNDETERMINED))
        in_time = self._kept(fold(conditions.in_time), "in_time", "")
        branches = [
            (sql_not(in_time), dialect.text(str(Outcome.NOT_APPLICABLE))),
            (dialect.unknown(in_time), undetermined),
        ]
        branches += [
            branch
            for condition, certain in (
                (prohibition, Outcome.PROHIBITED),
                (deviation, Outcome.EXEMPTION_NEEDED),
                (wait, Outcome.AWAITING),
            )
            for branch in (
                (condition, dialect.text(str(certain))),
                (dialect.unknown(condition), undetermined),
            )
        ]
        outcome = self._relation.add(
            "outcome", case(branches, dialect.text(str(Outcome.PERMITTED)))
        )
        nodes = [fold(node) for node in conditions.deciding]
        needs, conflicts = self._lowering.needing.texts(nodes, self._scope)
        open_ = exp.EQ(this=outcome, expression=undetermined)
        if conflicts is not None:
            needs = self._relation.add("needs", case([(open_, needs)], empty))
            settled = sql_and(open_, self._is_empty(needs), unequal(conflicts, empty))
            outcome = self._relation.add(
                "outcome", case([(settled, dialect.text(str(Outcome.CONFLICT)))], outcome)
            )
        else:
            needs = case([(open_, needs)], empty)
        reasons.sort(key=lambda each: each[0])  # type: ignore[arg-type, return-value]
        told = {
            "reasons": self._some(reasons),
            "missing_steps": case([(wait, dialect.listed(missing))], empty),
            "exemptions": dialect.listed(exempting),
        }
        if conditions.in_time is not TRUE:
            told = {name: case([(in_time, text)], empty) for name, text in told.items()}
        outputs = [("id", self._id), ("outcome", outcome), *told.items(), ("needs", needs)]
        return Selection(self._relation, [outputs])

    def _some(self, reasons: Sequence[tuple[object, exp.Expression, str]]) -> exp.Expression:
        """The citations of the reasons that certainly hold."""
        listed = [each for each in reasons if each[1] is not SQL_FALSE and each[1] is not SQL_NULL]
        if not listed or len(listed) > _FEW:
            return self._dialect.listed(
                [(condition, self._dialect.text(cite)) for _, condition, cite in listed]
            )
        branches = []
        for bits in sorted(range(1, 2 ** len(listed)), key=lambda bits: -bits.bit_count()):
            chosen = [each for place, each in enumerate(listed) if bits >> place & 1]
            condition = sql_and(*(condition for _, condition, _ in chosen))
            text = self._dialect.text(" ".join(cite for _, _, cite in chosen))
            branches.append((condition, text))
        return case(branches, self._dialect.text(""))

    # Acts

    def amended_by(self) -> Selection:
        """A row for each act: the amendments by whose rules it is judged, NULL where not known."""
        dialect, fold = self._dialect, self._lowering.folded.fold
        reached = [
            (self._condition(fold(condition)), dialect.text(id_))
            for id_, condition in self._regime.rules.reached[self._class]
        ]
        open_ = sql_or(*(dialect.unknown(condition) for condition, _ in reached))
        by = case([(sql_not(open_), dialect.listed(reached))])
        return Selection(self._relation, [[("id", self._id), ("amended_by", by)]])

    def _condition(self, node: Node) -> exp.Expression:
        return self._lowering.condition(node, self._scope)

    def _kept(self, node: Node, wanted: str, comment: str) -> exp.Expression:
        """A condition as a column, which others that contain it read."""
        return self._lowering.kept(node, self._scope, _name(wanted), comment)

    def _exemptions(self, exempted: Node, cite: str) -> list[tuple[exp.Expression, exp.Expression]]:
        """The first exemption that displaces a rule which would hold, as `citation=exemption`."""
        displacing = [node for node in walk(exempted) if isinstance(node, Exempted)]
        if not displacing:
            return []
        condition = self._condition(exempted)
        branches = [
            (valid, self._dialect.text(f"{cite}={each.id}"))
            for valid, each in self._lowering.exempting(displacing[-1], self._scope)
        ]
        return [(condition, case(branches, self._dialect.text("")))]

    # Findings

    def findings(self, rules: Duties) -> list[Selection]:
        """A row for each fact and rule: the status, what was measured, and what it needs."""
        found = []
        for rule in rules:
            if not self._regime.in_force or not self._regime.holds(rule):
                found.append(self._selection(rule, SQL_FALSE))
            elif isinstance(rule, AttestationRule):
                found.append(self._attestation(rule))
            else:
                found.append(self._finding(finding_conditions(self._regime, rule)))
        return put_together(found) if self._dialect.lists_rows else found

    def agreements(self, rules: Sequence[AgreementRule]) -> list[Selection]:
        """A row for each fact and rule: whether both accounts say the same, and what they say."""
        text, column = self._dialect.text, self._lowering.query.column
        status = column("status")
        comes_to = [
            (exp.EQ(this=status, expression=text(str(of_duty))), text(str(said)))
            for of_duty, said in CONSISTENCY.items()
            if str(of_duty) != str(said)
        ]
        own = {
            "status": case(comes_to, status),
            "first": column("actual"),
            "second": column("required"),
        }
        told = [(name, own.get(name, column(name))) for name in AGREEMENT]
        found = self.findings([each.duty for each in rules])
        return [each._replace(steps=(*each.steps, told)) for each in found]

    def _selection(
        self,
        rule: Requirement | AttestationRule,
        applies: exp.Expression,
        meets: exp.Expression = SQL_NULL,
        **given: exp.Expression,
    ) -> Selection:
        """What is selected of a fact under a rule, of which its finding is `_told`.

        `unmet` is the status where it applies and is not met.
        """
        dialect = self._dialect
        empty = dialect.text("")
        missing = {
            "unmet": empty,
            "actual": cast(SQL_NULL, dialect.whole),
            "required": cast(SQL_NULL, dialect.whole),
            "due": cast(SQL_NULL, "date"),
            "exemption": empty,
            "needs": empty,
            "conflict": empty,
        }
        values = {
            "id": self._id,
            "cite": dialect.text(str(rule.cite)),
            "applies": self._flag(applies),
            "meets": self._flag(meets),
        }
        outputs = [*(values | missing | given).items()]
        return Selection(self._relation, [outputs], self._told)

    def _flag(self, condition: exp.Expression) -> exp.Expression:
        flag = self._dialect.flag(condition)
        return cast(SQL_NULL, self._dialect.truth_type) if flag is SQL_NULL else flag

    @cached_property
    def _told(self) -> tuple[Outputs, Outputs]:
        """The finding of what is selected under a rule: its status, and then the whole of it.

        Of all rules alike, so that a database plans it once, and not for each of them.
        """
        dialect, text = self._dialect, self._dialect.text
        column = self._lowering.query.column
        applies, meets = dialect.truth(column("applies")), dialect.truth(column("meets"))
        status, actual, required = column("status"), column("actual"), column("required")
        undetermined = text(str(Status.UNDETERMINED))
        branches = [
            (sql_not(applies), text(str(Status.NOT_APPLICABLE))),
            (sql_or(dialect.unknown(applies), dialect.unknown(meets)), undetermined),
            (meets, text(str(Status.SATISFIED))),
        ]
        given = ("id", "cite", "actual", "required", "due", "exemption", "needs", "conflict")
        of_rule = [(name, column(name)) for name in given]

        def comes_to(of: Status) -> exp.Expression:
            return exp.EQ(this=status, expression=text(str(of)))

        open_, satisfied = comes_to(Status.UNDETERMINED), comes_to(Status.SATISFIED)
        applying = unequal(status, text(str(Status.NOT_APPLICABLE)))
        empty = text("")
        settled = self._is_empty(column("needs")), unequal(column("conflict"), empty)
        shortfall = [
            (sql_and(satisfied, is_given(required)), number(0)),
            (sql_or(satisfied, sql_not(applying)), SQL_NULL),
        ]
        off = exp.Abs(this=exp.Sub(this=required, expression=actual))
        own = {
            "status": case([(sql_and(open_, *settled), text(str(Status.CONFLICT)))], status),
            "actual": case([(applying, actual)]),
            "required": case([(applying, required)]),
            "shortfall": case(shortfall, off),
            "due": case([(applying, column("due"))]),
            "exemption": case([(comes_to(Status.EXEMPT), column("exemption"))], empty),
            "needs": case([(open_, column("needs"))], empty),
        }
        told = [(name, own.get(name, column(name))) for name in FINDING]
        return [*of_rule, ("status", case(branches, column("unmet")))], told

    def _finding(self, conditions: FindingConditions) -> Selection:
        dialect, rule = self._dialect, conditions.rule
        fold = self._lowering.folded.fold
        cite = str(rule.cite)
        applies_node, must_node = fold(conditions.applies), fold(conditions.must)
        applies = self._kept(applies_node, f"applies_{cite}", f"{cite} {rule.zh}")
        if applies is SQL_FALSE:
            return self._selection(rule, SQL_FALSE)
        must = self._kept(must_node, f"meets_{cite}", f"{cite} {rule.zh}")
        exempted_node = fold(conditions.exempted)
        exempted = self._condition(exempted_node)
        day = None if conditions.due is None else dialect.day(conditions.due)
        open_ = sql_or(dialect.unknown(applies), dialect.unknown(must))
        branches = []
        if conditions.due_of_fact is not None:
            overdue = self._kept(fold(conditions.overdue), f"overdue_{cite}", f"{cite} {rule.zh}")
            open_ = sql_or(open_, dialect.unknown(overdue))
            branches = [
                (dialect.unknown(overdue), dialect.text(str(Status.UNDETERMINED))),
                (sql_not(overdue), dialect.text(str(Status.PENDING))),
            ]
            day = self._lowering.value(fold(conditions.due_of_fact), self._scope)
        plain = conditions.status(True, False, False, True)
        displaced = conditions.status(True, False, True, True)
        if exempted is not SQL_FALSE and displaced is not plain:
            branches.append((exempted, dialect.text(str(displaced))))
        given = {"unmet": case(branches, dialect.text(str(plain)))}
        if day is not None:
            given["due"] = cast(day, "date")
        asked = [applies_node, must_node, *map(fold, conditions.unmet_or_open)]
        given |= self._open(asked, open_)
        if conditions.measures:
            given |= self._measured(conditions)
        if exempted is not SQL_FALSE:
            assert isinstance(exempted_node, Exempted)
            named = [
                (valid, dialect.text(each.id))
                for valid, each in self._lowering.exempting(exempted_node, self._scope)
            ]
            given["exemption"] = case(named, dialect.text(""))
        return self._selection(rule, applies, must, **given)

    def _open(self, nodes: list[Node], open_: exp.Expression) -> dict[str, exp.Expression]:
        """What conditions need where something is open; and their conflicts, if there can be any.

        Worked out for these rows only, since it looks at much.
        """
        empty = self._dialect.text("")
        needs, conflicts = self._lowering.needing.texts(nodes, self._scope)
        given = {"needs": case([(open_, needs)], empty)}
        if conflicts is not None:
            given["conflict"] = case([(open_, conflicts)], empty)
        return given

    def _measured(self, conditions: FindingConditions) -> dict[str, exp.Expression]:
        """What there is and what is required, of the comparison that the finding reports."""
        dialect = self._dialect
        fold = self._lowering.folded.fold
        listed = [
            (self._condition(fold(part)), *self._read_measure(measure))
            for part, measure in conditions.measures
        ]
        whole = self._whole_for(
            [fold(of) for _, each in conditions.measures for of in (each.actual, each.required)]
        )
        actual: exp.Expression
        required: exp.Expression
        if len(listed) == 1:
            _, actual, required = listed[0]
        else:
            unmet_, open_, met = [], [], []
            for truth, *values in listed:
                unmet_.append((sql_not(truth), values))
                open_.append((dialect.unknown(truth), values))
                met.append((truth, values))
            order = [*unmet_, *open_, *met]
            actual, required = (
                case([(condition, values[place]) for condition, values in order])
                for place in (0, 1)
            )
        return {"actual": cast(actual, whole), "required": cast(required, whole)}

    def _whole_for(self, nodes: Iterable[Node]) -> str:
        """The type that has room for values that are measured, in files too.

        DuckDB writes a HUGEINT to Parquet as a DOUBLE, which has lost digits.
        """
        is_wide = self._lowering.widths.is_wide
        wide = any(is_wide(fraction(each)[0]) for each in nodes)
        return f"decimal({DIGITS},0)" if wide else self._dialect.whole

    def _read_measure(self, measure: Measure) -> tuple[exp.Expression, exp.Expression]:
        fold = self._lowering.folded.fold
        actual = self._lowering.value(fold(measure.actual), self._scope)
        node = fold(measure.required)
        return actual, self._rounded(node, measure.rounding)

    def _rounded(self, node: Node, op: str) -> exp.Expression:
        """The least (or greatest) whole number that satisfies a comparison with a value."""
        over, under = fraction(node)
        above = self._lowering.value(over, self._scope)
        below = self._lowering.value(under, self._scope)
        if above is SQL_NULL or below is SQL_NULL:
            return SQL_NULL
        one = number(1)
        if isinstance(below, exp.Literal) and below.this == "1":
            if op not in (">", "<"):
                return above
            return (exp.Add if op == ">" else exp.Sub)(this=atom(above), expression=one)
        rest: exp.Expression = exp.Mod(this=atom(above), expression=atom(below))
        if not at_least(over, 0):
            rest = exp.Paren(this=exp.Add(this=exp.Paren(this=rest), expression=atom(below)))
            rest = exp.Mod(this=rest, expression=atom(below))
        rest = exp.Paren(this=rest)
        multiple = exp.Paren(this=exp.Sub(this=atom(above), expression=rest))
        floor = self._dialect.whole_part(multiple, below)
        some = unequal(rest, number(0))
        more = exp.Add(this=atom(floor), expression=one)
        match op:
            case ">=":
                return case([(is_null(rest), SQL_NULL), (some, more)], floor)
            case ">":
                return more
            case "<=":
                return floor
            case "<":
                less = exp.Sub(this=atom(floor), expression=one)
                return case([(is_null(rest), SQL_NULL), (some, floor)], less)
            case _:
                return case([(exp.EQ(this=rest, expression=number(0)), floor)])

    def _attestation(self, rule: AttestationRule) -> Selection:
        """The finding under one duty that rests on an attestation."""
        applies_node = self._lowering.folded.fold(rule.applies)
        applies = self._condition(applies_node)
        code = self._attested_code(rule)
        odd = exp.Mod(this=code, expression=number(2))
        affirmed = SQL_NULL if code is SQL_NULL else exp.EQ(this=odd, expression=number(0))
        denied = self._dialect.text(str(unmet(rule.modality, False, False)))
        given = self._open([applies_node], self._dialect.unknown(applies))
        return self._selection(rule, applies, affirmed, unmet=denied, **given)

    def _attested_code(self, rule: AttestationRule) -> exp.Expression:
        """What the latest attestation says: even where it affirms, odd where it denies."""
        places = self._lowering.places
        if not places.there(Attestation):
            return SQL_NULL
        if self._attested is None:
            self._attested = self._attestations()
        return self._attested[str(rule.cite)]

    def _attestations(self) -> dict[str, exp.Expression]:
        """The latest attestation under each rule, as columns beside the facts."""
        lowering, dialect = self._lowering, self._dialect
        relation = lowering.places.listed(Attestation)

        def read(name: str) -> exp.Expression:
            return lowering.places.read(relation, "", Given(name))

        holds, on, cite = read("holds"), read("on"), read("cite")
        subject = lowering.places.link(relation, "subject_id")
        rules = [
            rule
            for rule in self._regime.rules.requirements_of(self._class)
            if isinstance(rule, AttestationRule)
        ]
        if holds is SQL_NULL or cite is SQL_NULL:
            return {str(rule.cite): SQL_NULL for rule in rules}
        day: exp.Expression = number(0)
        counting = is_given(holds)
        if on is not SQL_NULL:
            counting = sql_and(
                counting,
                sql_or(is_null(on), exp.LTE(this=on, expression=dialect.day(self._regime.as_of))),
            )
            day = exp.Coalesce(this=exp.Paren(this=dialect.day_number(on)), expressions=[number(0)])
        denies = case([(dialect.truth(holds), number(0))], number(1))
        rank = exp.Add(this=exp.Mul(this=number(2), expression=day), expression=denies)
        order = relation.add("attested", case([(counting, rank)]))
        grouped = lowering.aggregates.grouped(relation, (subject.name,), order, cite)
        join = lowering.query.join(grouped.name, grouped, grouped.level, {subject.name: self._id})
        found = {}
        for rule in rules:
            one = case([(exp.EQ(this=cite, expression=dialect.text(str(rule.cite))), order)])
            name = grouped.output(f"attested_{_name(str(rule.cite))}", exp.Max(this=one))
            column = lowering.query.column(name, join.alias)
            found[str(rule.cite)] = self._relation.add(name, column, join)
        return found


_FEW: Final = 3


def _name(cite: str) -> str:
    """A citation as part of a name."""
    return cite.replace(".", "_").replace("/", "_")
