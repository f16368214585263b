"""How a text itself is cited (第五条第二款, cl 5(2)(a)), beside headings and sentence numbers."""

from __future__ import annotations

import json
import pickle
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import policy_rules as pr
from policy_rules.cli import main
from policy_rules.language import Cite, Clause, Directive, RuleTypeError, subject
from policy_rules.language.attestations import cited_attestations
from policy_rules.police import Station, Task

clause = Clause("5", "第五条 借用", "Clause 5 Loans")
s1, s2, s3 = clause.sentences(
    3, ("第五条第一款", "cl 5(1)"), ("第五条第二款", "cl 5(2)"), ("", "cl 5(3)")
)
task, station = subject(Task), subject(Station)
s1.in_principle("不得借用")("原则上不得借用", "in principle, no loans").forbids(task, task.quota)
s2.a.labelled("第五条第二款第一项", "cl 5(2)(a)")("设有用房")("有用房", "there are rooms").demands(
    station, station.rooms >= 1
)
s2.b("设有制度")("已建立制度", "there is a system").attests(station)
s3.background("附则", "final provisions")
DIRECTIVE = Directive(
    id="labelled", number="示例〔2020〕3号", zh="办法", en="Measures", issued=date(2020, 1, 1),
    sentences={"5/1": "", "5/2": "", "5/3": ""}, clauses=[clause],
)  # fmt: skip
MODULE = f"{__name__}:DIRECTIVE"
POLICY = pr.load(DIRECTIVE).policy(as_of=date(2020, 6, 1))
FACTS = pr.Facts(stations=[Station(id="S", rooms=0)])


def test_explanations_cite_as_the_text_is_cited() -> None:
    rooms, system = POLICY.audit(FACTS)
    assert "［第五条第二款第一项“设有用房”］" in POLICY.explain(rooms, "zh")
    assert "[cl 5(2)(a): “设有用房”]" in POLICY.explain(rooms, "en")
    assert "［第五条第二款b“设有制度”］" in POLICY.explain(system, "zh")
    assert "[cl 5(2) b: “设有制度”]" in POLICY.explain(system, "en")


def test_a_citation_stays_what_it_is() -> None:
    """Labels take no part in comparisons; programs read the same citations as ever."""
    rooms, _ = POLICY.audit(FACTS)
    assert rooms.cite == Cite.parse("5/2a")
    assert hash(rooms.cite) == hash(Cite.parse("5/2a"))
    assert str(rooms.cite) == "5/2a"
    assert pickle.loads(pickle.dumps(rooms.cite)).label == ("第五条第二款第一项", "cl 5(2)(a)")
    report = POLICY.audit(FACTS).as_json()
    assert report["findings"][0]["cite"] == "5/2a"
    assert report["labels"] == {
        "5/1": {"zh": "第五条第一款", "en": "cl 5(1)"},
        "5/2": {"zh": "第五条第二款", "en": "cl 5(2)"},
        "5/2a": {"zh": "第五条第二款第一项", "en": "cl 5(2)(a)"},
        "5/2b": {"zh": "第五条第二款b", "en": "cl 5(2) b"},
        "5/3": {"zh": "", "en": "cl 5(3)"},
    }
    assert (
        "labels"
        not in pr.load("putian-2019-52").policy(as_of=date(2020, 1, 1)).audit(pr.Facts()).as_json()
    )


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("cl 5(2)(a)", "5/2a"),
        ("CL5(2)(A)", "5/2a"),
        ("cl 5（2）（a）", "5/2a"),
        ("第五条第二款第一项", "5/2a"),
        ("cl 5(3)", "5/3"),
        ("5/2a", "5/2a"),
        ("cl 6", "cl 6"),
        ("", ""),
    ],
)
def test_what_is_typed(typed: str, meant: str) -> None:
    """Whatever its case, its width and its spaces; anything else is left as it is."""
    assert DIRECTIVE.citation(typed) == meant


def test_a_label_of_two_sentences_is_of_neither() -> None:
    other = Clause("1", "一", "one")
    first, second = other.sentences(2, ("", "cl 1"), ("", "cl 1"))
    for each in (first, second):
        each.background("背景", "background")
    made = Directive(
        id="twice", number="1", zh="一", en="one", issued=date(2020, 1, 1),
        sentences={"1/1": "", "1/2": ""}, clauses=[other],
    )  # fmt: skip
    assert made.citation("cl 1") == "cl 1"


def test_exemptions_and_attestations_cite_so_too() -> None:
    held = pr.Exemption(id="X", cite="cl 5(1)", subject="tasks/T")
    policy = pr.load(DIRECTIVE).policy(as_of=date(2020, 6, 1), exemptions=[held])
    verdict = policy.check(Task(id="T", quota=True))
    assert [(str(reason.cite), reason.exemption) for reason in verdict.reasons] == [("5/1", "X")]
    given = pr.Attestation(id="A", cite="第五条第二款b", subject_id="S", holds=True)
    unsaid = pr.Attestation(id="B", subject_id="S")
    facts = pr.Facts(stations=FACTS.all(Station), attestations=[given, unsaid])
    cited = cited_attestations(DIRECTIVE, facts)
    assert [each.cite for each in cited.all(pr.Attestation)] == ["5/2b", None]
    assert cited_attestations(DIRECTIVE, FACTS) is FACTS


@pytest.fixture
def document(tmp_path: Path) -> str:
    path = tmp_path / "facts.json"
    path.write_text(
        json.dumps(
            {
                "as_of": "2020-06-01",
                "stations": [{"id": "S", "rooms": 0}],
                "tasks": [{"id": "T", "quota": True}],
                "attestations": [
                    {"id": "A", "cite": "cl 5(2) b", "subject_id": "S", "holds": False}
                ],
                "exemptions": [{"id": "X", "cite": "第五条第一款", "subject": "tasks/T"}],
            }
        )
    )
    return str(path)


def test_the_command_line(document: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Tables show the labels, and what is typed may be one."""

    def shown(*arguments: Any) -> str:
        main([*map(str, arguments), "--directive", MODULE])
        return capsys.readouterr().out

    text = shown("audit", document, "--lang", "en")
    assert "cl 5(2)(a)" in text
    assert "cl 5(2) b" in text
    assert "5/2a" not in text
    assert "第五条第二款第一项" in shown("audit", document, "--lang", "zh")
    text = shown("explain", document, "--subject", "stations/S", "--cite", "cl5(2)(a)")
    assert "S" in text
    assert "cl 5(1) in principle, no loans" in shown("check", document, "--lang", "en")
    text = shown("directive", "--coverage", "--lang", "en")
    assert "cl 5(3)" in text
    assert "cl 5(3)" in shown("directive", "--coverage", "--lang", "zh")  # there is no other
    rows = json.loads(shown("directive", "--format", "json"))["clauses"][0]["sentences"]
    assert (rows[1]["label_zh"], rows[1]["rules"][0]["label_en"]) == ("第五条第二款", "cl 5(2)(a)")


def test_as_many_labels_as_sentences() -> None:
    with pytest.raises(RuleTypeError, match="5: has 2 sentences, found 1 labels of them"):
        Clause("5", "五", "five").sentences(2, ("", "cl 5(1)"))


def test_paragraphs_are_counted_by_the_label_of_the_heading() -> None:
    """cl 5, its paragraph (2), of which item (a); 第五条第十一款第二项."""
    counted = Clause("5", "五", "five", label=("第五条", "cl 5"))
    found = counted.sentences(11)
    assert found[1].cite.label == ("第五条第二款", "cl 5(2)")
    assert found[1].a.cite.label == ("第五条第二款第一项", "cl 5(2)(a)")
    assert found[10].b.cite.label == ("第五条第十一款第二项", "cl 5(11)(b)")
    named = found[1].c.labelled("第五条第二款但书", "cl 5(2) proviso")
    assert named.cite.label == ("第五条第二款但书", "cl 5(2) proviso")


def test_in_one_language_they_are_counted_in_that_one() -> None:
    (only,) = Clause("5", en="five", label=("", "cl 5")).sentences(1)
    assert (only.cite.label, only.a.cite.label) == (("", "cl 5(1)"), ("", "cl 5(1)(a)"))


def test_labels_of_sentences_go_before_that_of_the_heading() -> None:
    (only,) = Clause("5", "五", "five", label=("", "cl 5")).sentences(1, ("", "proviso"))
    assert (only.cite.label, only.a.cite.label) == (("", "proviso"), ("", "proviso a"))
