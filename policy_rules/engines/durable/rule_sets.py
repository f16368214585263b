"""Rule sets of durable-rules: built when needed, driven event by event, and freed.

The extension module of durable-rules is driven directly. The Python layer above it starts threads
that poll every rule set, keeps a state that outlives an error, and swallows what an action raises.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from threading import RLock
from typing import Any, Final, TypeAlias
from weakref import WeakValueDictionary

# What happens when a rule fires: given its name, the next event to post, if there is one.
React: TypeAlias = Callable[[str], str | None]

_SESSION: Final = "0"  # the one that is meant where an event names none
_OPENING_RULE: Final = '"opened":{"all":[{"m":{"opening":1}}]}'
_OPENING: Final = '{"id":"opening","opening":1}'
_HANDLED: Final = 0


def extension() -> Any:
    """The extension module. Raises ImportError where it is not there or cannot be loaded."""
    return import_module("durable_rules_engine")


class RuleSet:
    """Some rules in durable-rules, with one session, which holds no event between two runs."""

    def __init__(self, text: str, rules: int, shelf: Shelf) -> None:
        self._text = text
        self.rules = rules
        self._shelf = shelf
        self._extension = extension()
        self._handle: int | None = None

    def run(self, event: str, react: React) -> None:
        """Post an event, and then what `react` makes of each rule that fires.

        Whatever is raised, by `react` too, leaves nothing behind: the rules are built again.
        """
        handle = self._opened()
        try:
            self._run(handle, event, react)
        except BaseException:
            self._shelf.close(self)
            raise

    def _opened(self) -> int:
        self._shelf.used(self)
        if self._handle is None:
            text = f"{{{_OPENING_RULE},{self._text}}}"
            handle: int = self._extension.create_ruleset("policy_rules", text)
            self._run(handle, _OPENING, lambda fired: None)
            # It is ours to free only now: a session that has not run an action cannot be freed.
            self._handle = handle
        return self._handle

    def _run(self, handle: int, event: str, react: React) -> None:
        act = self._extension
        session = self._posted(handle, event)
        fired = act.start_action_for_state(handle, session)[1]
        while fired is not None:
            # {"name":{"m":{...}}}
            following = react(fired[2 : fired.index('"', 2)])
            if following is not None:
                self._posted(handle, following)
            fired = act.complete_and_start_action(handle, session)

    def _posted(self, handle: int, event: str) -> int:
        result, session = self._extension.assert_event(handle, event)
        if result != _HANDLED:
            raise RuntimeError(f"durable-rules did not take the event {event} (result {result})")
        return int(session)

    def close(self) -> None:
        """Free what durable-rules holds; the next run builds it again."""
        if self._handle is not None:
            handle, self._handle = self._handle, None
            self._extension.delete_state(handle, _SESSION)
            self._extension.delete_ruleset(handle)


class Shelf:
    """The rule sets of the process: equal ones are shared, and those used last are kept open."""

    def __init__(self, most_rules: int) -> None:
        self._lock = RLock()
        self._in_use = False
        self._most_rules = most_rules
        self._by_text: WeakValueDictionary[str, RuleSet] = WeakValueDictionary()
        self._open: OrderedDict[RuleSet, None] = OrderedDict()
        self._rules = 0

    def rule_set(self, text: str, rules: int) -> RuleSet:
        """The rule set of that text."""
        with self._lock:
            found = self._by_text.get(text)
            if found is None:
                found = self._by_text[text] = RuleSet(text, rules, self)
            return found

    @contextmanager
    def in_use(self) -> Iterator[None]:
        """Run rule sets of the shelf: one thread of the process at a time.

        Raises RuntimeError where a signal handler or a finalizer asks in the middle of a run.
        """
        with self._lock:
            if self._in_use:
                raise RuntimeError(
                    "engine `durable` is asked while it seeks an answer; "
                    "in a signal handler or a finalizer, use engine `python`"
                )
            self._in_use = True
            try:
                yield
            finally:
                self._in_use = False

    def used(self, rule_set: RuleSet) -> None:
        """Keep a rule set open, and close those not used for longest where there are too many."""
        if rule_set in self._open:
            self._open.move_to_end(rule_set)
            return
        self._open[rule_set] = None
        self._rules += rule_set.rules
        while self._rules > self._most_rules and len(self._open) > 1:
            self.close(next(iter(self._open)))

    def close(self, rule_set: RuleSet) -> None:
        """Free what a rule set holds in durable-rules."""
        del self._open[rule_set]
        self._rules -= rule_set.rules
        rule_set.close()


# A rule takes some 20 KB of memory in durable-rules, so all of them some 40 MB at most.
SHELF: Final = Shelf(most_rules=2000)
