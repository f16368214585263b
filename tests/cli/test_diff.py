"""`diff`: where another setting changes answers, in both languages, as JSON, and of given facts."""

from __future__ import annotations

import json
import sys

import pytest

from policy_rules.cli import main

ROOMS = "--directive", "reading_rooms:DIRECTIVE", "--as-of", "2026-09-01"


def asked(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    """The exit status, and what was written."""
    status = main(["diff", *arguments])
    written = capsys.readouterr()
    return status, written.out, written.err


def test_nothing_else_is_equal(capsys: pytest.CaptureFixture[str]) -> None:
    """The same twice is proved to answer alike."""
    status, english, _ = asked(capsys, *ROOMS, "--lang", "en")
    assert status == 0
    assert "It is proved that both answer alike of any facts" in english
    _, chinese, _ = asked(capsys, *ROOMS, "--lang", "zh")
    assert "已证明两者对任何事实的回答都相同" in chinese


def test_a_parameter_changes_what_it_says(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "160")
    setting = "--set", "first_class_stock=3001"
    status, english, _ = asked(capsys, *ROOMS, *setting, "--lang", "en")
    assert status == 1
    assert "where answers change" in english
    _, chinese, _ = asked(capsys, *ROOMS, *setting, "--lang", "zh")
    assert "回答改变之处" in chinese
    status, written, _ = asked(capsys, *ROOMS, *setting, "--format", "json")
    told = json.loads(written)
    assert (status, told["equal"], told["open"]) == (1, False, [])
    assert {each["collection"] for each in told["regions"]}
    assert all(each["affected"] is None for each in told["regions"])


def test_all_that_is_wrong_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = asked(capsys, "--to", "soon", "--with", "nowhere", "--lang", "en")
    assert (status, out) == (2, "")
    assert "--to" in err
    assert "nowhere" in err


def test_without_the_solver_it_is_said_what_to_install(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [each for each in sys.modules if each.startswith("policy_rules.analysis.")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "z3", None)
    status, out, err = asked(capsys, *ROOMS, "--lang", "en")
    assert (status, out) == (2, "")
    assert "install `policy-rules[analysis]`" in err
