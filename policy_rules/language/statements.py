"""What quoted words come to: values, definitions, obligations, prohibitions, steps, exceptions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final, Protocol, TypeAlias, TypedDict, TypeVar

from ..facts import Labelled, Unit, act_day_of
from .changes import NewRules, NewValue, Repeal
from .citations import Cite
from .decimals import expect_places, expect_within
from .exact import literal
from .expected import (
    expect,
    expect_labels,
    expect_mapping,
    expect_name,
    expect_text,
    expect_unit,
)
from .expressions import (
    AS_OF,
    DEADLINE,
    TRUE,
    Attribute,
    Constitutive,
    Definition,
    Expression,
    Node,
    Option,
    Parameter,
    Reading,
    Subject,
    Variable,
    all_of,
    as_node,
    is_no_value,
    lift,
    none_of,
    variable_of,
)
from .lists import TextList, list_of
from .permissions import prohibition, where_it_applies
from .places import Written
from .rules import (
    NEVER,
    AgreementRule,
    AttestationRule,
    Modality,
    Prohibition,
    Proviso,
    Requirement,
    Rule,
    RuleException,
    Step,
    Steps,
)
from .trees import walk
from .types import (
    BOOLEAN,
    DATE,
    INTEGER,
    RATIONAL,
    RuleTypeError,
    Type,
    check_value,
    type_of_annotation,
    type_of_value,
)

_P = TypeVar("_P", bound=Definition | Rule | RuleException)
Labels: TypeAlias = tuple[str, str]
NO_UNIT: Final = ("", "")
# A unit of fields, or what it is called in Chinese and English.
UnitOrLabels: TypeAlias = Unit | Labels


class HasCite(Protocol):
    """A sentence, or the letter of a rule: what has a citation."""

    cite: Cite


class Quotation:
    """Operative words of a sentence, of which it is still to be said what they come to."""

    __slots__ = ("cite", "modality", "old", "quote", "written")

    def __init__(
        self, written: Written, cite: Cite, quote: str, modality: Modality | None, old: Cite | None
    ) -> None:
        self.written = written
        self.cite = cite
        self.quote = expect_text(quote, "the words of the sentence", "文件原词")
        self.modality = modality
        self.old = old

    def __call__(self, zh: str = "", en: str = "") -> Statement:
        """Say in our words, in Chinese and English, what the quoted ones say."""
        return Statement(self, zh, en)

    def makes(self, value: object, *, when: Expression = TRUE) -> Constitutive:
        """Give an attribute this value under a condition; it stands in `clause.defines(…).by(…)`.

        `NONE` says that there is no value. Without a condition, in all cases, or in all others.
        """
        _expect_plain(self.cite, self.modality)
        made = Constitutive(
            cite=self.cite, quote=self.quote, condition=_boolean(when), value=lift(value)
        )
        self.written.finish(self, made)
        return made

    def changes(self, parameter: Parameter | str, value: object) -> None:
        """Give a parameter another value, or one at last, from the amendment's day on."""
        name = parameter.name if isinstance(parameter, Parameter) else parameter
        made = NewValue(cite=self.cite, quote=self.quote, parameter=name, value=literal(value))
        self.written.change(self, made)


class _Stated(TypedDict):
    """What every rule on a fact says of itself."""

    cite: Cite
    quote: str
    zh: str
    en: str
    subject: Variable
    responsible: Labelled | None


class Statement:
    """Operative words of a sentence with what they say, in Chinese and English."""

    __slots__ = ("en", "words", "zh")

    def __init__(self, words: Quotation, zh: str, en: str) -> None:
        self.words = words
        self.zh = expect_text(zh, "what they say in Chinese", "中文含义")
        self.en = expect_text(en, "what they say in English", "英文含义")

    def sets(
        self,
        name: str,
        value: object = None,
        *,
        unit: UnitOrLabels = NO_UNIT,
        since: Mapping[date, object] | None = None,
    ) -> Parameter:
        """A value that the sentence sets. `since` gives later values, each from its date."""
        values: list[tuple[date | None, object]] = []
        if value is not None:
            values.append((None, literal(value)))
        later = {} if since is None else expect_mapping(since, "since")
        for day in later:
            expect(day, date, "the dates from which values hold", "取值起始日期")
        values += [(day, literal(changed)) for day, changed in sorted(later.items())]
        if not values:
            raise RuleTypeError(
                f"parameter `{name}` has no value; the sentence `leaves_open` its type",
                f"参数 `{name}` 没有值；文件未定的，用 `leaves_open` 写明类型",
            )
        return self._parameter(name, type_of_value(values[0][1]), values, unit)

    def leaves_open(
        self, name: str, type: Type | type, *, unit: UnitOrLabels = NO_UNIT
    ) -> Parameter:
        """A value that the sentence asks for and does not set, such as 定期 or 一定数量."""
        return self._parameter(name, type_of_annotation(type), [], unit)

    def decides(
        self, of: Subject, name: str, when: Expression, *, no_zh: str = "", no_en: str = ""
    ) -> Definition:
        """A derived attribute that is yes under the condition, and otherwise no.

        `no_zh` denies it in Chinese, by default with 非 before the label, and `no_en` in English,
        by default with `not`.
        """
        _expect_plain(self.words.cite, self.words.modality)
        yes = self._given(lift(True), _boolean(when))
        denied = no_zh, no_en
        return self._defined(variable_of(of), name, denied, (yes,), self._given(lift(False)))

    def _given(self, value: Node, condition: Node = TRUE) -> Constitutive:
        return Constitutive(
            cite=self.words.cite, quote=self.words.quote, condition=condition, value=value
        )

    def _defined(
        self,
        subject: Variable,
        name: str,
        denied: tuple[str, str],
        rules: tuple[Constitutive, ...],
        otherwise: Constitutive,
    ) -> Definition:
        """A derived attribute that is yes or no; `denied` is how, in Chinese and English."""
        return self._put(
            Definition(
                subject=subject,
                name=expect_name(name),
                type=BOOLEAN,
                zh=self.zh,
                en=self.en,
                no_zh=denied[0] or (self.zh and f"非{self.zh}"),
                no_en=denied[1],
                rules=rules,
                otherwise=otherwise,
            )
        )

    def proviso(self, met: Expression) -> Proviso:
        """A condition on which something is permitted; it stands in what `permits_only`."""
        made = Proviso(
            cite=self.words.cite,
            quote=self.words.quote,
            condition=~_boolean(met),
            value=lift(False),
            zh=self.zh,
            en=self.en,
            modality=self.words.modality,
        )
        _expect_in_its_own_place(self.words)
        self.words.written.finish(self.words, made)
        return made

    def permits_only(
        self,
        of: Subject,
        name: str,
        *provisos: Proviso,
        applies: Expression = TRUE,
        on: Expression = AS_OF,
        no_zh: str = "",
        no_en: str = "",
        responsible: Labelled | None = None,
    ) -> Definition:
        """Where it `applies`, something is permitted only if each of some conditions is met.

        Each is a `proviso` with a citation of its own. What comes of them is a derived attribute,
        which is no where one of them is not met, and yes otherwise; and a prohibition for each, of
        which `on` is the date of the act. `no_zh` and `no_en` deny the attribute.
        """
        _expect_unlettered(self.words.cite)
        _expect_provisos(self.words.cite, provisos)
        subject, day, where = variable_of(of), _date(on), self._applying(applies)
        made = self._defined(
            subject,
            name,
            (no_zh, no_en),
            tuple(where_it_applies(each, where) for each in provisos),
            self._given(lift(True)),
        )
        for each in provisos:
            modality = self.words.modality or Modality.MUST_NOT
            ban = prohibition(
                each, subject, modality, applies=where, on=day, responsible=responsible
            )
            self.words.written.put(each, ban)
        return made

    def _parameter(
        self,
        name: str,
        type: Type,
        values: Sequence[tuple[date | None, object]],
        unit: UnitOrLabels,
    ) -> Parameter:
        _expect_plain(self.words.cite, self.words.modality)
        for _, value in values:
            check_value(name, type, value)
        made = Parameter(
            expect_name(name),
            type,
            tuple(values),
            str(self.words.cite),
            self.words.quote,
            self.zh,
            self.en,
            *expect_unit(unit),
        )
        self.words.written.finish(self.words, made)
        return made

    def demands(
        self,
        of: Subject,
        must: Expression,
        *,
        applies: Expression = TRUE,
        due: Expression | None = None,
        responsible: Labelled | None = None,
    ) -> Requirement:
        """An obligation on a fact: where it `applies`, it `must` be so, by the date `due` if any.

        That is a parameter, or worked out of each fact (`item.acquired_on.plus_years(3)`). Facts
        with dates count by then where the condition compares them with `DEADLINE`.
        `responsible` is the body that the sentence names, of the directive's vocabulary.
        """
        return self._put(
            Requirement(
                **self._of(of, responsible),
                modality=self.words.modality or Modality.MUST,
                applies=self._applying(applies),
                must=_boolean(must),
                due=None if due is None else _due(self.words.cite, due),
            )
        )

    def attests(
        self, of: Subject, *, applies: Expression = TRUE, responsible: Labelled | None = None
    ) -> AttestationRule:
        """An obligation that rests on an attestation that a document or mechanism exists."""
        return self._put(
            AttestationRule(
                **self._of(of, responsible),
                modality=self.words.modality or Modality.MUST,
                applies=self._applying(applies),
            )
        )

    def agrees(
        self,
        of: Subject,
        first: Expression,
        second: object = None,
        *,
        applies: Expression = TRUE,
        responsible: Labelled | None = None,
    ) -> AgreementRule:
        """Two accounts of one thing should say the same, where the rule applies.

        With one condition alone, that is to hold: a part is not larger than its whole. Where it
        does not, the data are doubtful; that breaches nothing.
        """
        _expect_unbound(self.words.cite, self.words.modality)
        return self._put(
            AgreementRule(
                **self._of(of, responsible),
                applies=self._applying(applies),
                first=_boolean(first) if second is None else as_node(first),
                second=None if second is None else as_node(lift(second)),
            )
        )

    def lists(
        self, what: object, number: Parameter | None = None, *, due: Parameter | None = None
    ) -> TextList:
        """A list that the text speaks of and others keep, of which an audit says how much is there.

        It is of the facts that are counted (`count(each(Station), …)`), of which there are to be a
        `number`, and where dates count, by the date `due`; of those that a definition finds by
        their names; or of what a parameter holds that the text leaves open. It decides nothing,
        and stands in the `lists` of the directive.
        """
        _expect_plain(self.words.cite, self.words.modality)
        if self.words.written.document:
            raise RuleTypeError(
                f"{self.words.cite}: a list stands in a directive, not in what amends it; amend "
                "its number, or what it is of",
                f"{self.words.cite}：名单写在文件中，不写在修改文件中；可修改其数目或所计内容",
            )
        by = None if due is None else _due(self.words.cite, due)
        made = list_of(self.words.cite, self.words.quote, (self.zh, self.en), what, number, by)
        self.words.written.finish(self.words, made)
        return made

    def forbids(
        self,
        of: Subject,
        condition: Expression,
        *,
        applies: Expression = TRUE,
        on: Expression = AS_OF,
        responsible: Labelled | None = None,
    ) -> Prohibition:
        """Where it `applies`, a request must not be granted under the condition.

        `on` is the date of the act.
        """
        return self._put(
            Prohibition(
                **self._of(of, responsible),
                modality=self.words.modality or Modality.MUST_NOT,
                condition=_boolean(condition),
                on=_date(on),
                applies=self._applying(applies),
            )
        )

    def step(self, name: str, obtained: Expression) -> Step:
        """Something to be obtained before an act; it stands in what the sentence `needs`."""
        _expect_unbound(self.words.cite, self.words.modality)
        made = Step(
            name=expect_name(name),
            zh=self.zh,
            en=self.en,
            quote=self.words.quote,
            obtained=_boolean(obtained),
        )
        self.words.written.finish(self.words, made)
        return made

    def needs(
        self,
        of: Subject,
        *steps: Step,
        on: Expression | None = None,
        applies: Expression = TRUE,
        responsible: Labelled | None = None,
    ) -> Steps:
        """Where the rule applies, the act needs the steps first.

        `on` is the date of the act; where it is left out, the day that acts of the class have. One
        that has no day at all is still to be done, whenever it is asked about.
        """
        _expect_unbound(self.words.cite, self.words.modality)
        day = _day_of_act(of) if on is None else _date(on)
        if not steps:
            raise RuleTypeError(
                f"{self.words.cite}: needs one step or more", f"{self.words.cite}：须有一个以上程序"
            )
        for each in steps:
            expect(each, Step, "a step, `s1(…)(…).step(…)`", "程序，即 `s1(…)(…).step(…)`")
        return self._put(
            Steps(
                **self._of(of, responsible),
                applies=self._applying(applies),
                steps=steps,
                on=day,
            )
        )

    def excepts(self, to: str | HasCite | RuleException, condition: Expression) -> RuleException:
        """Where the condition holds, the rule of that citation does not apply.

        An exception from an exception is given that one, or its citation where no rule has it.
        """
        _expect_unbound(self.words.cite, self.words.modality)
        return self._put(
            RuleException(
                cite=self.words.cite,
                quote=self.words.quote,
                zh=self.zh,
                en=self.en,
                to=to.cite if isinstance(to, RuleException) else cite_of(to),
                condition=_boolean(condition),
                of_exception=isinstance(to, RuleException),
            )
        )

    def repeals(self, old: str | HasCite | RuleException, *, of: Definition | None = None) -> None:
        """End the rule that is cited, in an amendment, without another in its place.

        The citation of a sentence, without a letter, reaches all its rules and exceptions; to end
        an exception alone, give it instead. Rules of a definition are repealed with it as `of`.
        """
        alone = isinstance(old, RuleException)
        made = Repeal(
            cite=self.words.cite,
            quote=self.words.quote,
            zh=self.zh,
            en=self.en,
            old=old.cite if isinstance(old, RuleException) else cite_of(old),
            of=of,
            exceptions_only=alone,
        )
        self.words.written.change(self.words, made)

    def _applying(self, applies: Expression) -> Node:
        """Where a rule applies: of those of its clause, where all of these do."""
        own, shared = _boolean(applies), _boolean(self.words.written.applies)
        parts = [each for each in (shared, own) if each is not TRUE]
        return all_of(*parts) if parts else TRUE

    def _of(self, of: Subject, responsible: Labelled | None) -> _Stated:
        if responsible is not None:
            expect(
                responsible, Labelled, "a body of the vocabulary, such as `Body.COUNCIL`",
                "词汇中的责任单位，如 `Body.COUNCIL`",
            )  # fmt: skip
        return {
            "cite": self.words.cite,
            "quote": self.words.quote,
            "zh": self.zh,
            "en": self.en,
            "subject": variable_of(of),
            "responsible": responsible,
        }

    def _put(self, made: _P) -> _P:
        self.words.written.put(self.words, made, self.words.old)
        return made


class Defining:
    """A definition that still has no rules."""

    __slots__ = (
        "en", "name", "no_en", "no_zh", "places", "subject", "type", "unit", "written", "zh",
    )  # fmt: skip

    def __init__(
        self,
        written: Written,
        subject: Variable,
        name: str,
        type: Type,
        unit: UnitOrLabels,
        places: int | None = None,
    ) -> None:
        expect_places(name, type, places)
        self.places = places
        self.written = written
        self.subject = subject
        self.name = expect_name(name)
        self.type = type
        self.unit = expect_unit(unit)
        self.zh = self.en = self.no_zh = self.no_en = ""

    def __call__(self, zh: str = "", en: str = "", *, no_zh: str = "", no_en: str = "") -> Defining:
        """What it is called; `no_zh` denies it in Chinese, by default with 非 before it, and
        `no_en` in English, by default with `not`."""
        self.zh, self.en = expect_labels((zh, en))
        self.no_zh = expect_text(no_zh, "its denial in Chinese", "中文的否定")
        self.no_en = expect_text(no_en, "its denial in English", "英文的否定")
        return self

    def by(self, *rules: Constitutive, otherwise: Constitutive | None = None) -> Definition:
        """The rules that give the attribute its value: `s1("…").makes(value, when=condition)`.

        `otherwise` holds where none of them applies; without it, they must be shown to cover
        everything, or the directive is refused when it is loaded.
        """
        _expect_rules(self.name, rules, otherwise)
        for each in rules:
            if isinstance(each, Proviso):
                raise _belongs_in_permission(each)
        made = Definition(
            subject=self.subject,
            name=self.name,
            type=self.type,
            zh=self.zh,
            en=self.en,
            unit_zh=self.unit[0],
            unit_en=self.unit[1],
            no_zh=self.no_zh or (self.zh and f"非{self.zh}"),
            no_en=self.no_en,
            rules=rules,
            otherwise=otherwise,
            places=self.places,
        )
        for rule in made.outcomes():
            expect_within(made, rule.value, str(rule.cite))
            if is_no_value(rule.value):
                none_of(made.type)  # refuses a type of which there is always a value
            elif rule.value.type != made.type and (made.type, rule.value.type) != (
                RATIONAL,
                INTEGER,
            ):
                found = f"found {rule.value.type} in `{rule.value}`"
                raise RuleTypeError(
                    f"{rule.cite}: `{made.name}` is {made.type}, {found}",
                    f"{rule.cite}：`{made.name}` 的类型为 {made.type}，"
                    f"而 `{rule.value}` 的类型为 {rule.value.type}",
                )
        self.written.put(self, made)
        return made


class Asking:
    """A question of interpretation that still has no options."""

    __slots__ = ("cite", "default", "en", "name", "written", "zh")

    def __init__(self, written: Written, cite: Cite, name: str, default: str) -> None:
        self.written = written
        self.cite = cite
        self.name = expect_name(name)
        self.default = default
        self.zh = self.en = ""

    def __call__(self, zh: str = "", en: str = "") -> Asking:
        """The question, in Chinese and English."""
        self.zh, self.en = expect_labels((zh, en))
        return self

    def options(self, *, why: Labels = NO_UNIT, **options: Labels) -> Reading:
        """The competing answers as `name=(Chinese, English)`, and why the default is taken."""
        if not any(expect_labels(why)):
            raise RuleTypeError(
                f"reading `{self.name}` needs a reason for its default, `why=(Chinese, English)`",
                f"口径 `{self.name}` 须说明默认的理由：`why=(中文, 英文)`",
            )
        if self.default not in options or len(options) < 2:
            raise RuleTypeError(
                f"reading `{self.name}` needs two options or more, its default among them",
                f"口径 `{self.name}` 须有两个以上选项，默认选项须在其中",
            )
        listed = tuple(Option(key, *expect_labels(labels)) for key, labels in options.items())
        made = Reading(self.name, str(self.cite), self.zh, self.en, listed, self.default, *why)
        self.written.finish(self, made)
        return made


class Redefining:
    """Other rules of a definition, of which none is written yet."""

    __slots__ = ("definition", "name", "old", "written")

    def __init__(self, written: Written, definition: Definition, old: str | HasCite | None) -> None:
        self.written = written
        self.definition = definition
        self.name = definition.name
        self.old = old

    def by(self, *rules: Constitutive, otherwise: Constitutive | None = None) -> None:
        """The rules that take the place of others, or are added."""
        _expect_rules(self.name, rules, otherwise)
        old = None if self.old is None else cite_of(self.old)
        made = NewRules(of=self.definition, rules=rules, otherwise=otherwise, old=old)
        self.written.change(self, made)


def _expect_plain(cite: Cite, modality: Modality | None) -> None:
    """What is no duty and no ban stands in the sentence itself, and binds neither more nor less."""
    _expect_unlettered(cite)
    _expect_unbound(cite, modality)


def _expect_provisos(cite: Cite, provisos: Sequence[Proviso]) -> None:
    if not provisos:
        raise RuleTypeError(
            f"{cite}: is permitted on one condition or more", f"{cite}：须有一个以上条件"
        )
    for each in provisos:
        expect(
            each, Proviso, "a condition, `s1.a(…)(…).proviso(…)`",
            "条件，即 `s1.a(…)(…).proviso(…)`",
        )  # fmt: skip
        if each.cite.clause != cite.clause:
            raise RuleTypeError(
                f"{each.cite}: is a condition of what {cite} permits; write it under {cite.clause}",
                f"{each.cite}：是 {cite} 所许可的条件；请写在 {cite.clause} 之下",
            )


def _expect_in_its_own_place(words: Quotation) -> None:
    if words.old is not None:
        raise RuleTypeError(
            f"{words.cite}: a condition of a permission takes the place of another in "
            f'`clause.redefines(permission, "{words.old}").by(…)`',
            f"{words.cite}：许可的条件须用 "
            f'`clause.redefines(permission, "{words.old}").by(…)` 代替',
        )


def _belongs_in_permission(proviso: Proviso) -> RuleTypeError:
    return RuleTypeError(
        f"{proviso.cite}: a condition of a permission stands in `permits_only`",
        f"{proviso.cite}：许可的条件须写在 `permits_only` 中",
    )


def _expect_unlettered(cite: Cite) -> None:
    if cite.letter:
        raise RuleTypeError(
            f"{cite}: a letter is of a rule that binds; a value or definition has the sentence's "
            f"citation, {cite.of_sentence}",
            f"{cite}：字母只用于有约束力的规则；数值和定义用所在句的编号 {cite.of_sentence}",
        )


def _expect_unbound(cite: Cite, modality: Modality | None) -> None:
    if modality is not None:
        raise RuleTypeError(
            f"{cite}: `{modality}` is how a duty or a ban binds; this is neither",
            f"{cite}：“{modality.zh}”只用于义务和禁止；此处两者都不是",
        )


def _expect_rules(name: str, rules: Sequence[Constitutive], otherwise: Constitutive | None) -> None:
    for rule in (*rules, *([] if otherwise is None else [otherwise])):
        expect(
            rule, Constitutive, "rules such as `s1(…).makes(value, when=…)`",
            "规则，如 `s1(…).makes(value, when=…)`",
        )  # fmt: skip
    if not rules and otherwise is None:
        raise RuleTypeError(f"`{name}` has no rule", f"`{name}` 没有规则")


def cite_of(cited: str | HasCite) -> Cite:
    """The citation that is written, or that of a sentence."""
    if not isinstance(cited, str):
        cite = getattr(cited, "cite", None)
        return expect(
            cite, Cite, "a citation such as `5.1/2`, or a sentence", "引用编号，如 `5.1/2`，或句子"
        )
    try:
        return Cite.parse(cited)
    except ValueError as error:
        raise RuleTypeError(
            str(error), f"`{cited}` 不是引用编号；应如 `5.1/2` 或 `2.1/1b`"
        ) from None


def _boolean(expression: Expression) -> Node:
    node = as_node(expression)
    if node.type != BOOLEAN:
        raise RuleTypeError(
            f"a condition is boolean, found {expression.type} in `{expression}`",
            f"条件的类型须为 boolean，`{expression}` 的类型为 {expression.type}",
        )
    return node


def _due(cite: Cite, due: Expression) -> Node:
    dated = isinstance(due, Expression) and due.type == DATE
    if isinstance(due, Parameter):
        dated = dated and bool(due.values)
    if not dated or any(node is DEADLINE for node in walk(as_node(due))):
        raise RuleTypeError(
            f"{cite}: what is due is a parameter with a date, or a date worked out of each fact, "
            f"found `{due}`",
            f"{cite}：期限须为有日期值的参数，或由各事实算出的日期，实为 `{due}`",
        )
    return as_node(due)


def _day_of_act(of: Subject) -> Node:
    variable = variable_of(of)
    spec = act_day_of(variable.fact_class)
    return NEVER if spec is None else _date(Attribute(variable, spec))


def _date(expression: Expression) -> Node:
    node = as_node(expression)
    if node.type != DATE:
        raise RuleTypeError(
            f"the date of an act is a date, found {expression.type} in `{expression}`",
            f"行为的日期须为 date，`{expression}` 的类型为 {expression.type}",
        )
    return node
