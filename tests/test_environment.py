"""What `make` installs: the engine `durable` where it can be built, all else anywhere."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parent.parent
below_3_13 = pytest.mark.skipif(
    sys.version_info >= (3, 13), reason="durable-rules never built here"
)


@pytest.fixture(scope="module")
def environment() -> ModuleType:
    """The tool, which is no part of any package."""
    spec = importlib.util.spec_from_file_location("environment", ROOT / "tools/environment.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def installed(environment: ModuleType, monkeypatch: pytest.MonkeyPatch, extra: str) -> list[str]:
    """What pip is told to install."""
    commands: list[list[str]] = []

    class Ran:
        returncode = 0

    def run(command: list[str]) -> Ran:
        commands.append(command)
        return Ran()

    monkeypatch.setattr(environment.subprocess, "run", run)
    environment.install(Path("python"), extra)
    return [command[-1] for command in commands if "pip" in command]


@below_3_13
@pytest.mark.parametrize(
    ("compiler", "reason"),
    [
        (
            "no-such-compiler",
            "the C compiler `no-such-compiler` is missing; to have it, install it",
        ),
        ("false", "`false` does not compile; to have it, install it"),
    ],
)
def test_without_a_compiler(
    compiler: str, reason: str, environment: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CC", compiler)
    assert environment.why_not_durable().startswith(reason)


@below_3_13
def test_without_the_headers(
    tmp_path: Path, environment: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CC", "true")
    monkeypatch.setattr(environment.sysconfig, "get_path", lambda _: str(tmp_path))
    assert environment.why_not_durable().startswith(f"`{tmp_path}/Python.h` is missing")


@below_3_13
def test_with_a_compiler_and_headers(
    tmp_path: Path, environment: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "Python.h").touch()
    monkeypatch.setenv("CC", "true -pthread")
    monkeypatch.setattr(environment.sysconfig, "get_path", lambda _: str(tmp_path))
    assert environment.why_not_durable() == ""


def test_python_3_13_has_no_build(environment: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment.sys, "version_info", (3, 13, 0, "final", 0))
    assert environment.why_not_durable().startswith("durable-rules does not import on Python ")


@pytest.mark.parametrize(
    ("reason", "extra", "wanted"),
    [
        ("", "test", ".[test,durable]"),
        ("", "", ".[durable]"),
        ("no compiler", "test", ".[test]"),
        ("no compiler", "", "."),
    ],
)
def test_what_is_installed(
    reason: str,
    extra: str,
    wanted: str,
    environment: ModuleType,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(environment, "why_not_durable", lambda: reason)
    assert installed(environment, monkeypatch, extra) == [wanted]
    said = "without the engine `durable`" in capsys.readouterr().out
    assert said is bool(reason)
