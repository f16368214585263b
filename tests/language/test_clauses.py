"""A clause as its author writes it: what is registered, and what is forgotten, with its line."""

from __future__ import annotations

import pickle
import sys
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from importlib import import_module, reload
from pathlib import Path
from textwrap import dedent
from types import ModuleType
from typing import Any

import pytest

import policy_rules as pr
from policy_rules.cli import main
from policy_rules.facts import Fault, Unit
from policy_rules.language import (
    Amendment,
    Clause,
    Directive,
    DirectiveError,
    ExcuseKind,
    Modality,
    RuleTypeError,
    Sentence,
    amended,
    count,
    load,
    subject,
)
from policy_rules.language.changes import NewProvision, NewRules, NewValue, Repeal
from policy_rules.language.expressions import AS_OF, Count, Parameter, Reading
from policy_rules.language.places import fault_at
from policy_rules.language.rules import Provision
from policy_rules.police import CriminalCase, Station, Task

station, task, case = subject(Station), subject(Task), subject(CriminalCase)

HEAD = """\
from datetime import date

from policy_rules.police import Station, Task
from policy_rules.language import Clause, Directive, subject

clause = Clause("1", "章", "clause")
s1, s2 = clause.sentences(2)
station, task = subject(Station), subject(Task)
"""
SAID = 's2.background("背景", "background")\n'
FOOT = """\
DIRECTIVE = Directive(
    id="made-up", number="试", zh="试", en="made up", issued=date(2020, 1, 1), clauses=[clause],
    sentences={"1/1": "", "1/2": ""},
)
"""
RULE = 's1("应当")("应当", "must").demands(station, station.pilot)\n'

Author = Callable[..., Path]


def test_a_unit_of_fields_is_a_unit_of_values() -> None:
    """It is written once."""
    clause = Clause("1", "章", "clause")
    (s1,) = clause.sentences(1)
    unit = Unit("元", "dollars")
    price = s1("五元")("价", "price").sets("price", 5, unit=unit)
    assert (price.unit_zh, price.unit_en) == ("元", "dollars")
    cost = clause.defines(station, "cost", int, unit=unit)("价", "cost").by(s1("五元").makes(price))
    assert (cost.unit_zh, cost.unit_en) == ("元", "dollars")


@pytest.fixture
def author(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Author]:
    """Write modules that can be imported until the test is over."""
    monkeypatch.syspath_prepend(tmp_path)
    before = set(sys.modules)

    def write(name: str, *parts: str) -> Path:
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("".join(parts), "utf-8")
        return path

    yield write
    for name in set(sys.modules) - before:
        del sys.modules[name]


def line_of(path: Path, text: str) -> str:
    """The place of the line that begins with a text."""
    lines = path.read_text("utf-8").splitlines()
    (number,) = (place for place, line in enumerate(lines, 1) if line.startswith(text))
    return f"{path}:{number}"


def faults(name: str) -> list[Fault]:
    """What is wrong with the directive of a module."""
    with pytest.raises(DirectiveError) as error:
        pr.load(f"{name}:DIRECTIVE")
    return list(error.value.faults)


# What is registered


def test_what_is_written_is_registered_in_its_order() -> None:
    clause = Clause("1", "章", "clause")
    s1, s2 = clause.sentences(2)
    asked = s1.reading("mode", default="one")("何", "what").options(
        one=("甲", "one"), two=("乙", "two"), why=("因", "because")
    )
    least = s1("三人")("下限", "minimum").sets("least", 3, unit=("人", "officers"))
    size = clause.defines(station, "size", int, unit=("人", "officers"))("人数", "size").by(
        s1("人数").makes(station.officers, when=asked.is_("one")),
        otherwise=s2("零").makes(0),
    )
    large = s1("大所")("大型所", "large station").decides(station, "large", size.of(station) > 9)
    enough = s1.a("应当")("够", "enough").demands(station, size.of(station) >= least)
    norms = s1.b.target("力争")("规范", "norms").attests(station)
    quota = s2.a.in_principle("原则上")("指标", "quota").forbids(task, task.quota)
    report = s2("报告")("报告", "report").step("report", task.within_statutory_duty)
    steps = s2.b("方可")("须报告", "must report").needs(task, report, on=task.starts_on)
    branch = s2("除外")("除外", "except").excepts(s2.a, task.branch_duty)
    rest = s2.qualitative("其余", "the rest")
    written: list[Provision] = [size, large, enough, norms, quota, steps, branch, rest]
    assert clause.provisions == tuple(written)
    assert [str(each.cite) for each in (enough, norms, quota, steps, branch, rest)] == [
        "1/1a", "1/1b", "1/2a", "1/2b", "1/2", "1/2",
    ]  # fmt: skip
    assert [each.modality for each in (enough, norms, quota)] == [
        Modality.MUST, Modality.TARGET, Modality.IN_PRINCIPLE,
    ]  # fmt: skip
    assert (str(branch.to), steps.steps, rest.kind) == ("1/2a", (report,), ExcuseKind.QUALITATIVE)
    assert large.otherwise is not None
    assert large.no_zh == "非大型所"
    assert [str(each.value) for each in (*large.rules, large.otherwise)] == ["True", "False"]
    assert isinstance(asked, Reading)
    assert isinstance(least, Parameter)
    loaded = load(
        Directive(
            id="made-up", number="试", zh="试", en="made up", issued=date(2020, 1, 1),
            clauses=[clause], sentences={"1/1": "", "1/2": ""},
        )
    )  # fmt: skip
    assert [str(rule.cite) for rule in loaded.rules] == ["1/1a", "1/1b", "1/2a", "1/2b"]


def test_each_kind_of_excuse() -> None:
    (s1,) = Clause("1", "章", "clause").sentences(1)
    made = [s1.qualitative("甲", "a"), s1.background("乙", "b"), s1.out_of_scope("丙", "c")]
    assert [(each.kind, each.zh, each.en) for each in made] == [
        (ExcuseKind.QUALITATIVE, "甲", "a"),
        (ExcuseKind.BACKGROUND, "乙", "b"),
        (ExcuseKind.OUT_OF_SCOPE, "丙", "c"),
    ]


def test_a_sentence_has_every_letter() -> None:
    (s1,) = Clause("1", "章", "clause").sentences(1)
    letters = "abcdefghijklmnopqrstuvwxyz"
    assert {letter for letter in dir(Sentence) if len(letter) == 1} == set(letters)
    assert [str(getattr(s1, each).cite) for each in letters] == [f"1/1{each}" for each in letters]


def test_two_accounts_or_a_condition_under_which_both_can_be_right() -> None:
    clause = Clause("1", "章", "clause")
    (s1,) = clause.sentences(1)
    same = s1.a("一致")("一致", "agree").agrees(case, case.simple, case.complex)
    possible = s1.b("一致")("一致", "agree").agrees(case, ~(case.simple & case.complex))
    assert str(same.duty.must) == "(criminal_case.simple == criminal_case.complex)"
    assert str(possible.duty.must) == "~(criminal_case.simple & criminal_case.complex)"
    with pytest.raises(RuleTypeError, match="a condition is boolean, found choice"):
        s1.c("一致")("一致", "agree").agrees(case, case.role)


def test_what_all_rules_of_a_clause_have_in_common() -> None:
    clause = Clause("1", "章", "clause", applies=case.simple)
    s1, s2, s3, s4, s5 = clause.sentences(5)
    banned = s1("不得")("不得", "must not").forbids(case, case.complex)
    asked = s2("应当")("应当", "must").demands(
        case, case.causation_clear, applies=case.role.is_known()
    )
    attested = s3("应当")("应当", "must").attests(case)
    agreeing = s4("一致")("一致", "agree").agrees(case, case.simple, case.complex)
    step = s5("经同意")("同意", "agreed").step("agreed", case.complex)
    needed = s5("须经")("须经", "needs").needs(case, step, on=AS_OF)
    for rule in (banned, attested, agreeing, needed):
        assert str(rule.applies) == "criminal_case.simple"
    assert str(asked.applies) == "(criminal_case.simple & known(criminal_case.role))"
    assert str(banned.condition) == "criminal_case.complex"
    assert str(banned.holds) == "(criminal_case.simple & criminal_case.complex)"


# What is forgotten


FORGOTTEN: Mapping[str, tuple[str, str, str, str]] = {
    "a quotation": (
        's1("三人")\n',
        's1("三人")',
        "1/1: nothing comes of “三人”; say what it `demands`, `forbids`, `sets`…",
        "1/1：引文“三人”之后没有内容；请写明 `demands`、`forbids`、`sets` 等",
    ),
    "a statement": (
        's1("三人")("甲", "one")\n',
        's1("三人")',
        "1/1: nothing comes of “三人”; say what it `demands`, `forbids`, `sets`…",
        "1/1：引文“三人”之后没有内容；请写明 `demands`、`forbids`、`sets` 等",
    ),
    "the rules of a definition": (
        'clause.defines(station, "size", int)("数", "size")\n',
        "clause.defines",
        "`size`: has no rules; give them in `.by(…)`",
        "`size`：没有规则；请写入 `.by(…)`",
    ),
    "the options of a reading": (
        's1.reading("mode", default="one")("何", "what")\n',
        "s1.reading",
        "1/1: reading `mode` has no options; give `.options(…)`",
        "1/1：口径 `mode` 没有选项；请写明 `.options(…)`",
    ),
    "a value of no definition": (
        's1("三人").makes(3)\n',
        's1("三人")',
        "1/1: “三人” makes a value in no definition; put it into `.by(…)`",
        "1/1：“三人”所定的值不在任何定义中；请写入 `.by(…)`",
    ),
    "a step of no rule": (
        's1("报告")("报告", "report").step("report", task.quota)\n',
        's1("报告")',
        "step `report`: is in no rule; put it into `.needs(…)`",
        "程序 `report`：不在任何规则中；请写入 `.needs(…)`",
    ),
    "a parameter": (
        's1("三人")("下限", "minimum").sets("least", 3)\n',
        's1("三人")',
        "1/1: no rule uses parameter `least`",
        "1/1：没有规则使用参数 `least`",
    ),
    "a reading": (
        's1.reading("mode", default="one")("何", "what").options(\n'
        '    one=("甲", "a"), two=("乙", "b"), why=("因", "why")\n)\n',
        "s1.reading",
        "1/1: no rule asks for reading `mode`",
        "1/1：没有规则用到口径 `mode`",
    ),
}


@pytest.mark.parametrize("what", FORGOTTEN)
def test_what_is_begun_or_used_by_nothing(what: str, author: Author) -> None:
    body, line, en, zh = FORGOTTEN[what]
    path = author("pack.py", HEAD, RULE, body, SAID, FOOT)
    (fault,) = faults("pack")
    assert (fault.place, fault.en, fault.zh) == (line_of(path, line), en, zh)


def test_a_sentence_of_which_nothing_is_said(author: Author) -> None:
    path = author("pack.py", HEAD, RULE, FOOT)
    (fault,) = faults("pack")
    assert fault.place == line_of(path, "clause = ")
    assert fault.en == (
        "1/2: has neither a rule nor an excuse; say what it comes to, or that it is `qualitative`, "
        "`background` or `out_of_scope`"
    )
    assert fault.zh.startswith("1/2：既无规则也未说明不计算的理由")


def test_sentences_that_there_are_not(author: Author) -> None:
    three = HEAD.replace("s1, s2 = clause.sentences(2)", "s1, s2, s3 = clause.sentences(3)")
    path = author("pack.py", three, RULE, SAID, 's3.background("无", "none")\n', FOOT)
    unknown, number = faults("pack")
    assert (unknown.place, unknown.en) == (
        line_of(path, "s3.background"), "1/3: excuse cites a sentence that the directive has not",
    )  # fmt: skip
    assert (number.place, number.en, number.zh) == (
        line_of(path, "clause = "),
        "1: is written with 3 sentences; the text has 2",
        "1：写作 3 句；原文为 2 句",
    )


LATER = 'rest = Clause("2", "末", "rest")\n(s1,) = rest.sentences(1)\n' + RULE


def test_a_clause_that_is_not_listed(author: Author) -> None:
    path = author("pack.py", HEAD, RULE, SAID, LATER, FOOT)
    (fault,) = faults("pack")
    assert (fault.place, fault.en, fault.zh) == (
        line_of(path, "rest = "),
        "2: its clause is in no directive; list it in `clauses`",
        "2：该条款不属于任何文件；请列入 `clauses`",
    )


def test_a_heading_that_is_opened_twice(author: Author) -> None:
    again = 'again = Clause("1", "章", "clause")\ns1, s2 = again.sentences(2)\n' + SAID
    foot = FOOT.replace("[clause]", "[clause, again]")
    path = author("pack.py", HEAD, RULE, SAID, again, foot)
    (fault,) = faults("pack")
    first = line_of(path, "clause = ")
    assert (fault.place, fault.en) == (
        line_of(path, "again = "), f"1: is opened a second time; it is open at {first}",
    )  # fmt: skip


def folder(author: Author, listed: str = "one.clause, two.clause") -> None:
    """A pack in a folder, with a module for each heading."""
    author("pack/one.py", HEAD, RULE, SAID)
    author("pack/two.py", HEAD.replace('"1"', '"2"'), RULE, SAID)
    foot = FOOT.replace("[clause]", f"[{listed}]").replace(
        '"1/2": ""', '"1/2": "", "2/1": "", "2/2": ""'
    )
    imports = "from datetime import date\nfrom policy_rules.language import Directive\n"
    author("pack/__init__.py", imports, "from . import one, two\n", foot)


def test_a_module_whose_clause_is_not_listed(author: Author) -> None:
    """It is found beside two others, since they are of one folder."""
    folder(author)
    path = author("pack/three.py", HEAD.replace('"1"', '"3"'), RULE, SAID)
    init = Path(path.parent / "__init__.py")
    init.write_text(init.read_text("utf-8").replace("one, two\n", "one, three, two\n"), "utf-8")
    (fault,) = faults("pack")
    assert (fault.place, fault.en[:23]) == (line_of(path, "clause = "), "3: its clause is in no ")


def values(module: ModuleType) -> list[str]:
    """The rules of a module's directive, as they are written."""
    rules = load(module.DIRECTIVE).rules
    return [f"{rule.cite} {rule.quote} {rule.zh} {rule.en}" for rule in rules]


def test_a_module_can_be_imported_twice_and_loaded_again(author: Author) -> None:
    folder(author)
    first = import_module("pack")
    known = values(first)
    assert len(known) == 2
    assert values(import_module("pack")) == known
    reload(first.one)
    assert values(first) == known
    assert values(reload(first)) == known


def test_rules_that_a_program_makes_may_leave_sentences_for_later() -> None:
    (s1, _) = Clause("1", "章", "clause").sentences(2)
    rule = s1("应当")("应当", "must").demands(station, station.pilot)
    made = Clause("1", "章", "clause", [rule])
    directive = Directive(
        id="made-up", number="试", zh="试", en="made up", issued=date(2020, 1, 1), clauses=[made],
        sentences={"1/1": "", "1/2": ""},
    )  # fmt: skip
    assert len(load(directive).rules) == 1


# Errors where they are written


REFUSED: Mapping[str, tuple[str, str, str]] = {
    "a condition of another type": (
        's1("应当")("应当", "must").demands(station, station.officers)\n',
        "a condition is boolean, found integer in `police_station.officers`",
        "条件的类型须为 boolean，`police_station.officers` 的类型为 integer",
    ),
    "values of two types": (
        's1("应当")("应当", "must").demands(station, station.officers >= "12")\n',
        "cannot compare integer with text in `(police_station.officers >= 12)`",
        "不能比较 integer 和 text：`(police_station.officers >= 12)`",
    ),
    "a field that there is not": (
        's1("应当")("应当", "must").demands(station, station.beards)\n',
        "police_station has no field `beards`, and no definition of that name attached",
        "派出所没有字段 `beards`，也没有附上同名的定义",
    ),
    "a letter of what binds nobody": (
        's1.a("三人")("下限", "minimum").sets("least", 3)\n',
        "1/1a: a letter is of a rule that binds; a value or definition has the sentence's "
        "citation, 1/1",
        "1/1a：字母只用于有约束力的规则；数值和定义用所在句的编号 1/1",
    ),
    "the strength of what binds nobody": (
        's1.in_principle("三人")("下限", "minimum").sets("least", 3)\n',
        "1/1: `in_principle` is how a duty or a ban binds; this is neither",
        "1/1：“原则上”只用于义务和禁止；此处两者都不是",
    ),
    "one quotation for two things": (
        'words = s1("应当")("应当", "must"); words.attests(station); words.attests(station)\n',
        "one quotation comes to one thing; quote the words again",
        "一处引文只对应一项内容；请再次引用",
    ),
    "a definition without rules": (
        'clause.defines(station, "size", int)("数", "size").by()\n',
        "`size` has no rule",
        "`size` 没有规则",
    ),
    "what is no citation": (
        's1("除外")("除外", "except").excepts("5.1.1", station.pilot)\n',
        "`5.1.1` is not a citation: expected the form `5.1/2` or `2.1/1b`",
        "`5.1.1` 不是引用编号；应如 `5.1/2` 或 `2.1/1b`",
    ),
    "a change that is in no amendment": (
        's1("三人").changes("least", 3)\n',
        "only a clause of an amendment changes another document; give the clause its `document`",
        "只有修改文件的条款才能修改其他文件；请给条款写明 `document`",
    ),
    "what takes a place in no amendment": (
        's1.in_place_of("2/1")("应当")("应当", "must").demands(station, station.pilot)\n',
        "only a clause of an amendment changes another document; give the clause its `document`",
        "只有修改文件的条款才能修改其他文件；请给条款写明 `document`",
    ),
    "words that count nothing": (
        's1("应当")("应当", "must").demands(station, station.pilot.called("甲", "a"))\n',
        "what is called so gathers related facts, found `police_station.pilot`",
        "只有对关联事实的计数、合计等可以写明所计内容，实为 `police_station.pilot`",
    ),
}


@pytest.mark.parametrize("what", REFUSED)
def test_an_error_of_the_author_names_its_line(what: str, author: Author) -> None:
    body, en, zh = REFUSED[what]
    path = author("pack.py", HEAD, body, SAID, FOOT)
    (fault,) = faults("pack")
    assert (fault.place, fault.en, fault.zh) == (line_of(path, body.partition(" ")[0]), en, zh)


def test_what_is_written_after_the_directive(author: Author) -> None:
    path = author("pack.py", HEAD, 's1.background("甲", "a")\n', SAID, FOOT, RULE)
    (fault,) = faults("pack")
    assert (fault.place, fault.en) == (
        line_of(path, 's1("应当")'),
        "is written after its directive was made; write it above the directive",
    )


def test_faults_of_loading_name_their_lines(author: Author) -> None:
    """Those that are found when all is read: here two citations, a letter and a circle."""
    path = author(
        "pack.py", HEAD, RULE, "\n", RULE, 's2.b("应当")("应当", "must").attests(station)\n',
        'one = clause.defines(station, "one", bool)("甲", "one").by(\n'
        '    s1("甲").makes(True, when=station.pilot)\n)\n',
        FOOT,
    )  # fmt: skip
    found = [(fault.place.rpartition(":")[2], fault.en) for fault in faults("pack")]
    lines = path.read_text("utf-8").splitlines()
    last = {line.split("(")[0]: str(place) for place, line in enumerate(lines, 1)}
    assert found == [
        (last["s1"], "1/1: is the citation of 2 rules; letter them a, b, …"),
        (last["s2.b"], "1/2: the letters of its rules are b; expected a, b, … without a gap"),
        (
            last["one = clause.defines"],
            "`one` of police_station: its rules (1/1) are not shown to cover everything; say what "
            "holds `otherwise`",
        ),
    ]


def test_both_languages_on_the_command_line(
    author: Author, capfd: pytest.CaptureFixture[str]
) -> None:
    """Of what is found in loading, and of what fails before it."""
    path = author("pack.py", HEAD, RULE, FOOT)
    for lang, said in (("en", "1/2: has neither a rule"), ("zh", "1/2：既无规则也未说明")):
        assert main(["directive", "--directive", "pack:DIRECTIVE", "--lang", lang]) == 2
        shown = capfd.readouterr().err
        assert line_of(path, "clause = ") in shown
        assert said in shown
    broken = author("broken.py", "\n1 / 0\n")
    assert main(["directive", "--directive", "broken:DIRECTIVE", "--lang", "en"]) == 2
    assert f"{broken}:2: its module fails (ZeroDivisionError: division by zero)" in (
        capfd.readouterr().err
    )


# Amendments


def base() -> tuple[Directive, Mapping[str, Any]]:
    """A directive to be amended, and what of it an amendment speaks of."""
    clause = Clause("1", "章", "clause")
    s1, s2, s3 = clause.sentences(3)
    least = s1("三人")("下限", "minimum").sets("least", 3)
    size = clause.defines(station, "size", int)("数", "size").by(
        s1("大").makes(2, when=station.pilot), s2("小").makes(1, when=~station.pilot)
    )
    s2("应当")("应当", "must").demands(station, station.officers >= least)
    s3("不得")("不得", "must not").forbids(task, task.quota)
    branch = s3("除外")("除外", "except").excepts(s3, task.branch_duty)
    directive = Directive(
        id="made-up", number="试", zh="试", en="made up", issued=date(2020, 1, 1), clauses=[clause],
        sentences={"1/1": "", "1/2": "", "1/3": ""},
    )  # fmt: skip
    return directive, {"least": least, "size": size, "branch": branch, "s2": s2}


def amendment(clause: Clause, sentences: int) -> Amendment:
    """A document of one heading."""
    return Amendment(
        id="later", number="改", zh="改", en="amends", issued=date(2021, 1, 1), clauses=[clause],
        sentences={f"1/{number}": "" for number in range(1, sentences + 1)},
    )  # fmt: skip


def test_an_amendment_is_written_under_its_sentences() -> None:
    directive, of = base()
    clause = Clause("1", "改", "changes", document="later")
    s1, s2, s3, s4, s5 = clause.sentences(5)
    s1.background("缘由", "why")
    s1("五人").changes(of["least"], 5)
    s2.in_place_of(of["s2"])("应当")("所数", "stations").demands(station, station.beds >= 1)
    clause.redefines(of["size"], in_place_of="1/1").by(s3("大").makes(3, when=station.pilot))
    s4("终止")("不再除外", "no longer").repeals(of["branch"])
    s5("终止")("不再有小", "no longer small").repeals("1/2", of=of["size"])
    clause.redefines(of["size"]).by(s5("其余").makes(0, when=~station.pilot))
    made = amendment(clause, 5)
    assert [type(each) for each in made.changes] == [
        NewProvision, NewValue, NewProvision, NewRules, Repeal, Repeal, NewRules,
    ]  # fmt: skip
    assert clause.provisions == ()
    rules = load(amended(directive, made))
    assert [str(each.cite) for each in rules.rules] == ["1/2", "1/3", "later:1/2"]
    policy = pr.LoadedDirective(rules).policy
    for day, expected in ((date(2020, 12, 31), (2, 1)), (date(2021, 1, 1), (3, 0))):
        decided = policy(as_of=day)
        sizes = [decided.decide(Station(id="S", pilot=p), "size").value for p in (True, False)]
        assert tuple(sizes) == expected


def test_what_an_amendment_forgets() -> None:
    directive, of = base()
    clause = Clause("1", "改", "changes", document="later")
    s1, s2, _ = clause.sentences(3)
    s1("五人").changes("most", 5)
    s1("六人")("上限", "maximum").sets("unused", 6)
    clause.redefines(of["size"])
    s2("小").makes(4)
    with pytest.raises(DirectiveError) as error:
        amended(directive, amendment(clause, 4))
    assert [fault.en.partition(";")[0] for fault in error.value.faults] == [
        "later:1/1: no rule uses parameter `unused`",
        "`size`: has no rules",
        "later:1/2: “小” makes a value in no definition",
        "later:1: is written with 3 sentences",
        "later:1/2: has neither a rule nor an excuse",
        "later:1/3: has neither a rule nor an excuse",
        "later:1/4: has neither a rule nor an excuse",
        "later:1/1: no rule has a parameter `most`",
    ]
    assert all(Path(__file__).name in fault.place for fault in error.value.faults)


def test_a_directive_is_looked_through_before_it_is_amended() -> None:
    clause = Clause("1", "章", "clause")
    s1, _ = clause.sentences(2)
    s1("应当")("应当", "must").demands(station, station.pilot)
    directive = Directive(
        id="made-up", number="试", zh="试", en="made up", issued=date(2020, 1, 1), clauses=[clause],
        sentences={"1/1": "", "1/2": ""},
    )  # fmt: skip
    changes = Clause("1", "改", "changes", document="later")
    (s1,) = changes.sentences(1)
    s1.background("缘由", "why")
    with pytest.raises(DirectiveError) as error:
        amended(directive, amendment(changes, 1))
    assert [fault.en[:35] for fault in error.value.faults] == [
        "1/2: has neither a rule nor an excu"
    ]


def test_a_definition_takes_no_place() -> None:
    clause = Clause("1", "改", "changes", document="later")
    (s1,) = clause.sentences(1)
    words = s1.in_place_of("1/2")("大")("大型", "large")
    with pytest.raises(RuleTypeError) as error:
        words.decides(station, "large", station.pilot)
    assert str(error.value) == (
        "1/2: is replaced by a rule; a definition `redefines` some of its rules"
    )


def test_words_of_what_is_counted() -> None:
    number = count(station).called("所", "stations")
    compared = (count(station) >= 1).called("所", "stations")
    assert [(each.zh, each.en) for each in (number, compared.left) if isinstance(each, Count)] == [
        ("所", "stations"), ("所", "stations"),
    ]  # fmt: skip


def test_a_place_and_an_error_can_be_pickled() -> None:
    clause = Clause("1", "章", "clause")
    place = clause.written.opened
    assert str(pickle.loads(pickle.dumps(place))) == str(place)
    assert Path(__file__).name in str(place)
    error = DirectiveError("made-up", [fault_at(place, "wrong", "错")])
    assert str(pickle.loads(pickle.dumps(error))) == str(error)


def test_both_languages_in_one_error() -> None:
    error = DirectiveError("made-up", [fault_at("a.py:1", "wrong", "错")])
    assert str(error) == dedent(
        """\
        directive `made-up` cannot be loaded:
          a.py:1: wrong"""
    )
    assert error.text("zh") == "文件 `made-up` 无法载入：\n  a.py:1：错"
