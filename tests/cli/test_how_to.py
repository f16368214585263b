"""`how-to`: the least change, in both languages and as JSON; and all that is wrong at once."""

from __future__ import annotations

import json
import sys

import pytest

from policy_rules.cli import main

FACTS = "examples/putian/facts.json"


def asked(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    """The exit status, and what was written."""
    status = main(["how-to", FACTS, *arguments])
    written = capsys.readouterr()
    return status, written.out, written.err


def test_a_way_is_told_in_both_languages(capsys: pytest.CaptureFixture[str]) -> None:
    aim = "--subject", "cases/A1", "--goal", "permitted"
    status, chinese, _ = asked(capsys, *aim, "--lang", "zh")
    assert status == 0
    assert "目标：黄石派出所刑事案件 A1　可以实施" in chinese
    (row,) = [line.split() for line in chinese.splitlines() if line.startswith("   1")]
    assert row == ["1", "黄石派出所刑事案件", "A1", "办案角色", "主办", "协办", "3.1/2"]
    _, english, _ = asked(capsys, *aim, "--lang", "en")
    assert "the way at the least cost (1):" in english
    (row,) = [line.split() for line in english.splitlines() if line.startswith("  1")]
    assert row[-4:] == ["role", "lead", "assist", "3.1/2"]


def test_json_names_what_changes(capsys: pytest.CaptureFixture[str]) -> None:
    status, written, _ = asked(
        capsys, "--subject", "cases/A1", "--goal", "permitted", "--format", "json"
    )
    told = json.loads(written)
    assert (status, told["result"], told["directive"]) == (0, "possible", "putian-2019-52")
    assert told["ways"] == [
        {
            "cost": "1",
            "changes": [
                {"fact": "cases/A1", "field": "role", "year": None, "before": "lead",
                 "after": "assist", "alike": 0, "cites": ["3.1/2"]},
            ],
        }
    ]  # fmt: skip


def test_what_stands_in_the_way_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    """A pilot is one of those that the directive lists; its duty mode is not for it to choose."""
    aim = "--subject", "stations/350304540000", "--goal", "duty_mode=zoned"
    status, english, _ = asked(capsys, *aim, "--lang", "en")
    assert status == 1
    assert "  5.1/3 duty mode\n    what may not change: pilot: yes\n" in english
    _, chinese, _ = asked(capsys, *aim, "--lang", "zh")
    assert "    不能改变的：改革试点：是\n" in chinese


def test_what_may_change_and_costs_are_named(capsys: pytest.CaptureFixture[str]) -> None:
    """Officers in place of a number that is reported."""
    status, written, _ = asked(
        capsys, "--subject", "stations/350304540000", "--goal", "4.3/1c", "--format", "json",
        "--may-change", "stations.body_cameras", "--cost", "stations.body_cameras=1/2",
        "--keep", "duty_mode",
    )  # fmt: skip
    (way,) = json.loads(written)["ways"]
    assert status == 0
    assert (way["cost"], way["changes"][0]["after"]) == ("0.5", 34)


def test_all_that_is_wrong_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = asked(
        capsys, "--subject", "cases/A1", "--goal", "allowed", "--lang", "en",
        "--may-change", "case.role", "--cost", "cases.role=-1",
    )  # fmt: skip
    assert (status, out) == (2, "")
    assert "no goal `allowed`" in err
    assert "found `case.role`" in err
    assert "a number above 0" in err
    status, _, err = asked(capsys, "--subject", "cases/A99", "--goal", "permitted", "--lang", "en")
    assert status == 2
    assert "--subject" in err
    status, _, err = asked(
        capsys, "--subject", "cases/A1", "--goal", "permitted", "--cost", "x", "--lang", "en"
    )
    assert status == 2
    assert "NAME=N" in err


def test_without_the_solver_it_is_said_what_to_install(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [each for each in sys.modules if each.startswith("policy_rules.analysis.")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "z3", None)
    status, out, err = asked(capsys, "--subject", "cases/A1", "--goal", "permitted", "--lang", "en")
    assert (status, out) == (2, "")
    assert "install `policy-rules[analysis]`" in err


def test_what_to_find_out_first_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    """With ten officers it has no two teams, be it a pilot or not, whatever it has set up."""
    about = ["explain", FACTS, "--subject", "stations/350305560000", "--cite", "5.1/2"]
    assert main([*about, "--find-out", "--lang", "en"]) == 1
    assert capsys.readouterr().out.endswith(
        "  find out first (it may settle it alone):\n"
        "    whether a pilot: not applicable in any case\n"
        "  enough, whatever is found:\n"
        "    whether a pilot\n"
    )
    assert main([*about, "--find-out", "--lang", "zh"]) == 1
    assert "    是否为改革试点：无论为何，不适用\n" in capsys.readouterr().out
    assert main([*about, "--find-out", "--format", "json"]) == 1
    (finding,) = json.loads(capsys.readouterr().out)["findings"]
    assert finding["find_out"]["enough"] == [["stations/350305560000.pilot"]]
    main([*about, "--format", "json"])
    assert "find_out" not in json.loads(capsys.readouterr().out)["findings"][0]


def test_without_a_solver_nothing_is_found_out(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "policy_rules.analysis.inquiries", None)
    assert main(["explain", FACTS, "--subject", "cases/A1", "--find-out", "--lang", "en"]) == 2
    assert "--find-out: expected the solver `z3-solver`" in capsys.readouterr().err
