"""What is needed to settle answers, in words: of the classes that a directive adds too."""

from pathlib import Path

import pytest

from policy_rules.cli import main
from tests.support.command_line import write

# A directive with two classes of its own: halls, and the seats that are counted in them.
_HALLS = '''
from datetime import date
from policy_rules.facts import Fact, boolean, fact, identity, reference
from policy_rules.language import Clause, Directive, count, each, subject

@fact(collection="halls", zh="会堂", en="hall")
class Hall(Fact):
    """A hall."""

    id: str = identity()
    open: bool | None = boolean(zh="对外开放", en="open", meaning="Whether it is open.")

@fact(collection="seats", zh="坐席", en="seat")
class Seat(Fact):
    """A seat of a hall."""

    id: str = identity()
    hall_id: str | None = reference("halls", zh="所属会堂", en="hall", meaning="Its hall.")
    cleaned: bool | None = boolean(zh="已清洁", en="cleaned", meaning="Whether it is clean.")

hall = subject(Hall)
seat = each(Seat, hall_id=hall)
clean = count(seat, where=seat.cleaned)
clause = Clause("1", "一", "one")
s1, s2, s3 = clause.sentences(3)
s1("一")("可用", "ready").decides(hall, "ready", clean >= 3)
s2("三")("坐席清洁", "seats are clean").demands(hall, clean >= 3)
s3("四")("开放", "it is open").demands(hall, hall.open)
MINE = Directive(
    id="halls", number="试", zh="试行", en="made up", issued=date(2019, 1, 1),
    sentences={f"1/{number}": "" for number in range(1, 4)},
    fact_classes=[Hall, Seat],
    clauses=[clause],
)
'''
_FACTS = {
    "as_of": "2020-01-01",
    "halls": [{"id": "H1"}],
    "seats": [{"id": f"S{number}", "hall_id": "H1"} for number in (1, 2)],
}


@pytest.fixture
def directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the directive and the facts are."""
    (tmp_path / "halls_directive.py").write_text(_HALLS, "utf-8")
    write(tmp_path / "facts.json", _FACTS)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "150")
    return tmp_path


@pytest.mark.parametrize("command", [["audit"], ["decide"], ["sensitivity"]])
def test_fields_of_the_directives_own_classes_have_their_labels(
    command: list[str], directory: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = ["--directive", "halls_directive:MINE", "--lang", "zh"]
    assert main([*command, "facts.json", *own]) in (0, 1)
    shown = capsys.readouterr().out
    assert "cleaned" not in shown
    assert "hall_id" not in shown
    if command != ["sensitivity"]:
        assert "已清洁" in shown
        assert "完整的坐席名单（complete：seats）" in shown
    if command == ["audit"]:
        assert "对外开放" in shown


def test_a_list_of_which_there_is_nothing(
    directory: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(directory / "facts.json", {key: _FACTS[key] for key in ("as_of", "halls")})
    own = ["--directive", "halls_directive:MINE", "--lang", "zh"]
    assert main(["audit", "facts.json", *own]) == 1
    assert "完整的坐席名单（complete：seats）" in capsys.readouterr().out
