"""What an author has written so far, and where: nothing is forgotten, and errors name a line."""

from __future__ import annotations

import sys
from types import CodeType

from ..facts import Fault
from ..facts.faults import FaultCode
from .changes import Change, NewProvision
from .citations import Cite
from .expressions import TRUE, Definition, Expression
from .rules import Provision
from .types import RuleTypeError


class Place:
    """Where in an author's code something is written. Its line is looked up when it is shown."""

    __slots__ = ("code", "instruction", "module")

    def __init__(self, code: CodeType | str, instruction: int, module: str) -> None:
        self.code = code
        self.instruction = instruction
        self.module = module

    def __reduce__(self) -> tuple[object, ...]:
        # Code cannot be pickled: in another process, a place is what it is shown as.
        return Place, (str(self), 0, self.module)

    def __str__(self) -> str:
        if isinstance(self.code, str):
            return self.code
        line = self.code.co_firstlineno
        for start, end, number in self.code.co_lines():
            if start <= self.instruction < end and number is not None:
                line = number
        return f"{self.code.co_filename}:{line}"


def _here() -> Place:
    """Where the author is, who has called something of this package."""
    frame = sys._getframe(3)  # of what is called here, an author calls what calls `begin`
    while frame.f_back is not None and (
        frame.f_globals.get("__package__") == __package__
        or frame.f_code.co_filename.startswith("<attrs generated")
    ):
        frame = frame.f_back
    return Place(frame.f_code, frame.f_lasti, frame.f_globals.get("__name__", ""))


def fault_at(place: Place | str | None, en: str, zh: str) -> Fault:
    """What is wrong with what an author wrote, in English and Chinese, and where it stands."""
    return Fault(place=str(place or ""), code=FaultCode.WRONG_USAGE, en=en, zh=zh)


def author_line(error: BaseException) -> str:
    """The file and line of the author's code at which an error arose, if it did in such code."""
    if isinstance(error, SyntaxError) and error.filename:
        return f"{error.filename}:{error.lineno}"
    found = ""
    step = error.__traceback__
    while step is not None:
        package = str(step.tb_frame.f_globals.get("__name__", "")).partition(".")
        of_library = package[0] == __package__.partition(".")[0] and not package[2].startswith(
            "directives."
        )
        if not of_library and "importlib" not in step.tb_frame.f_code.co_filename:
            found = f"{step.tb_frame.f_code.co_filename}:{step.tb_lineno}"
        step = step.tb_next
    return found


class Written:
    """What is written under a heading and where, finished or not; what its sentences change.

    `document` and `applies` are those of the clause, whose `provisions` these are.
    """

    def __init__(self) -> None:
        self.opened = _here()
        self.provisions: list[Provision] | None = None
        self.document = ""
        self.applies: Expression = TRUE
        self.places: dict[object, Place] = {}
        self.sentences: int | None = None
        self.changes: list[Change] = []
        self.labelled: dict[str, Cite] = {}
        self.closed = False

    def open(self, provisions: list[Provision], document: str, applies: Expression) -> None:
        """Begin with what a clause was opened with."""
        self.provisions, self.document, self.applies = provisions, document, applies

    def without_sentences(self) -> Written:
        """The same places for what a program has made of it."""
        other = Written()
        other.opened, other.places, other.closed = self.opened, self.places, True
        other.labelled = self.labelled
        return other

    def label(self, cite: Cite) -> Cite:
        """Note how a sentence is cited, or one of its rules; gives the citation again."""
        if any(cite.label):
            self.labelled[str(cite)] = cite
        return cite

    def begin(self, what: object) -> None:
        """Note what an author begins."""
        if self.closed:
            raise RuleTypeError(
                "is written after its directive was made; write it above the directive",
                "写在文件对象建立之后；请移到其前",
            )
        self.places[what] = _here()

    def finish(self, begun: object, made: object) -> None:
        """Note what it has become: nothing comes to two things."""
        place = self.places.pop(begun, None)
        if place is None:
            raise RuleTypeError(
                "one quotation comes to one thing; quote the words again",
                "一处引文只对应一项内容；请再次引用",
            )
        self.places[made] = place

    def put(self, begun: object, made: Provision, old: Cite | None = None) -> None:
        """Register a provision; in an amendment, as a change, perhaps in the place of another."""
        if old is not None and isinstance(made, Definition):
            raise RuleTypeError(
                f"{old}: is replaced by a rule; a definition `redefines` some of its rules",
                f"{old}：须由规则代替；定义的规则用 `redefines` 修改",
            )
        if self.document:
            self.finish(begun, made)
            self.changes.append(NewProvision(provision=made, old=old))
        elif old is not None or self.provisions is None:
            raise _only_in_amendments()
        else:
            self.finish(begun, made)
            self.provisions.append(made)

    def change(self, begun: object, made: Change) -> None:
        """Register what a sentence of an amendment changes."""
        if not self.document:
            raise _only_in_amendments()
        self.finish(begun, made)
        self.changes.append(made)


def _only_in_amendments() -> RuleTypeError:
    return RuleTypeError(
        "only a clause of an amendment changes another document; give the clause its `document`",
        "只有修改文件的条款才能修改其他文件；请给条款写明 `document`",
    )
