"""A plugin for pytest: each case of a case file is a test on each engine.

A `conftest.py` at the top asks for it: `pytest_plugins = ["policy_rules.testing.pytest_plugin"]`.
The settings `policy_rules_directive`, `policy_rules_cases` and `policy_rules_engines` say what is
tested. With `--mutants`, one more test finds the small slips in the rules that no case notices.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import Any, cast

import pytest

from ..facts import FactError
from ..language import DirectiveError
from ..policy import EngineName, LoadedDirective, UnknownDirectiveError, load
from .cases import Case, Runner, read_cases
from .killing import survivors


class Differs(Exception):
    """Answers are not what a case expects, or cases do not notice what they should."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """The settings and the option."""
    parser.addini("policy_rules_directive", "the directive: a name, or `module:NAME`", default="")
    parser.addini("policy_rules_cases", "patterns of case files", type="args", default=[])
    parser.addini(
        "policy_rules_engines", "the engines", type="args", default=["python", "interpreter"]
    )
    parser.addoption(
        "--mutants",
        action="store_true",
        help="also find the small slips in the directive's rules that none of its cases notices",
    )


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> CaseFile | None:
    """A case file, where it is one by its pattern."""
    patterns = parent.config.getini("policy_rules_cases")
    if file_path.suffix == ".toml" and any(map(file_path.match, patterns)):
        return CaseFile.from_parent(parent, path=file_path)
    return None


def pytest_collection_modifyitems(
    session: pytest.Session, config: pytest.Config, items: list[pytest.Item]
) -> None:
    """Add the search for slips that none of the collected cases notices."""
    cases = {str(each.case): each.case for each in items if isinstance(each, CaseItem)}
    if cases and config.getoption("--mutants"):
        items.append(MutantsItem.from_parent(session, name="mutants", cases=[*cases.values()]))


class CaseFile(pytest.File):
    """A file of cases, each a test on each engine."""

    def collect(self) -> Iterator[CaseItem]:
        """The cases. Cases of one engine come one after the other and share what it compiles."""
        try:
            cases = list(read_cases(self.path))
            directive = _directive(self.config)
        except (FactError, DirectiveError, UnknownDirectiveError) as error:
            raise self.CollectError(str(error)) from error
        for engine in self.config.getini("policy_rules_engines"):
            runner = Runner(directive, cast(EngineName, engine))
            for case in cases:
                name = f"{case.name} [{engine}]"
                yield CaseItem.from_parent(self, name=name, case=case, runner=runner)


class CaseItem(pytest.Item):
    """One case on one engine."""

    def __init__(self, *, case: Case, runner: Runner, **given: Any) -> None:
        super().__init__(**given)
        self.case = case
        self._runner = runner

    def runtest(self) -> None:
        """Ask what the case expects. Raises Differs with each difference."""
        found = self._runner.differences(self.case)
        if found:
            raise Differs("\n".join([f"{self.case.sentence}: {self.case.why}", *found]))

    def reportinfo(self) -> tuple[Path, None, str]:
        """Where pytest says that it is."""
        return self.path, None, self.name

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """What differs, without a traceback of this library."""
        if isinstance(excinfo.value, Differs | FactError):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)


class MutantsItem(pytest.Item):
    """The slips in the rules, made one by one."""

    def __init__(self, *, cases: Iterable[Case], **given: Any) -> None:
        super().__init__(**given)
        self._cases = cases

    @cached_property
    def _directive(self) -> LoadedDirective:
        return _directive(self.config)

    def runtest(self) -> None:
        """Make each slip. Raises Differs with those that no case notices."""
        left = survivors(self._directive.rules.directive, self._cases)
        if left:
            said = [f"{len(left)} slips in the rules are noticed by no case:"]
            raise Differs("\n  ".join([*said, *map(str, left)]))

    def reportinfo(self) -> tuple[Path, None, str]:
        """Where pytest says that it is."""
        return self.path, None, f"{self.name} of {self._directive.id}"

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """The slips, without a traceback of this library."""
        if isinstance(excinfo.value, Differs):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)


def _directive(config: pytest.Config) -> LoadedDirective:
    name = config.getini("policy_rules_directive")
    if not name:
        raise UnknownDirectiveError(
            "name the directive in the setting `policy_rules_directive`",
            "请在设置 `policy_rules_directive` 中写明文件",
        )
    return load(name)
