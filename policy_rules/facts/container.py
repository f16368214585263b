"""The facts that a policy is applied to, with an index over them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, TypeVar

from ..arguments import public, wrong
from .belonging import Belonging
from .checks import nearest
from .faults import FactError, Fault, FaultCode, shown, unlike
from .fields import Fact, fields_of, known_fields
from .linking import Row, dangling, duplicate, link_faults, references_of
from .records import Exemption
from .vocabulary import loaded_classes

_F = TypeVar("_F", bound=Fact)


class Facts:
    """An immutable collection of facts.

    Each list is called as the collection of its class (`stations=[...]`), of a vocabulary that is
    loaded or of the facts themselves; `others` takes facts of any other classes. `complete` names
    the collections (or gives the classes) whose lists are whole; every other list is partial.
    Raises `FactError` with everything that is wrong: a fact in the wrong list, an id given twice,
    a reference to a fact that is not there, an unknown name of a list or in `complete`.
    """

    __slots__ = (
        "__weakref__", "_before", "_belonging", "_by_id", "_complete", "_index", "_lists",
        "_unlinked",
    )  # fmt: skip

    @public
    def __init__(
        self,
        *,
        others: Iterable[Fact] = (),
        complete: Iterable[str | type[Fact]] = (),
        **lists: Iterable[Fact],
    ) -> None:
        faults: list[Fault] = []
        asked = bool(lists or others or complete)
        known = {cls.collection: cls for cls in loaded_classes()} if asked else {}
        given: dict[type[Fact], tuple[Fact, ...]] = {}
        for name, facts in lists.items():
            _add_list(given, name, facts, known, faults)
        _add_others(given, others, known.values(), faults)
        names = {*known, *(cls.collection for cls in given)}
        self._complete = _complete_collections(names, complete, faults)
        in_order = dict.fromkeys((*known.values(), *given))
        self._lists = {cls: given[cls] for cls in in_order if given.get(cls)}
        self._by_id = {cls: {fact.id: fact for fact in facts} for cls, facts in self._lists.items()}
        self._index: dict[tuple[type[Fact], str], dict[object, tuple[Fact, ...]]] = {}
        self._belonging: dict[tuple[type[Fact], ...], Belonging] = {}
        # Those that these are made of by adding to them, and what was added and is not yet checked.
        self._before: Facts | None = None
        self._unlinked: dict[type[Fact], dict[str, Fact]] = {}
        if not self._linked():
            rows = {
                cls: [Row(fact.key, known_fields(fact), {}) for fact in facts]
                for cls, facts in self._lists.items()
            }
            faults += link_faults(rows, self._complete)
        if faults:
            raise FactError(faults)

    @public
    def including(
        self,
        facts: Iterable[Fact],
        complete: Iterable[str | type[Fact]] = (),
        *,
        linked: bool = True,
    ) -> Facts:
        """Give these facts and others, each of which takes the place of one that has its id.

        It costs what is added, not what there is: lists and indexes of other classes are shared.
        `complete` names lists that are whole beside those that are so already. What is added may
        refer to what is still to come, where it is not `linked`: that is checked with the next
        that are added. Raises `FactError` for an id that is given twice, a reference to a fact that
        is not there, and as the constructor does for `complete`.
        """
        added: dict[type[Fact], dict[str, Fact]] = {}
        faults: list[Fault] = []
        for fact in facts:
            of_class = added.setdefault(type(fact), {})
            if fact.id in of_class:
                faults.append(duplicate(fact.key, "id", fact.id, type(fact)))
            of_class[fact.id] = fact
        made = object.__new__(Facts)
        names = {cls.collection for cls in (*loaded_classes(), *self._lists, *added)}
        made._complete = self._complete | _complete_collections(names, complete, faults)
        made._by_id = self._by_id | {
            cls: self._by_id.get(cls, {}) | of for cls, of in added.items()
        }
        in_order = dict.fromkeys((*loaded_classes(), *made._by_id))
        made._lists = {
            cls: tuple(made._by_id[cls].values()) if cls in added else self._lists[cls]
            for cls in in_order
            if cls in made._by_id
        }
        made._index = {key: of for key, of in self._index.items() if key[0] not in added}
        made._belonging = {}
        made._before = self
        made._unlinked = {
            cls: self._unlinked.get(cls, {}) | added.get(cls, {})
            for cls in (*self._unlinked, *added)
        }
        if linked:
            faults += made._led_nowhere()
            made._unlinked = {}
        if faults:
            raise FactError(faults)
        return made

    def all(self, cls: type[_F]) -> tuple[_F, ...]:
        """Give the facts of a class, in the order in which they were given."""
        return self._lists.get(cls) or _none_of(cls, "all")  # type: ignore[return-value]  # of it

    def get(self, cls: type[_F], id: str) -> _F | None:
        """Give the fact of a class that has an id, or None."""
        facts = self._by_id.get(cls)
        if facts is None:
            _none_of(cls, "get")
            return None
        return facts.get(id)  # type: ignore[return-value]  # as above

    def named(self, cls: type[_F], id: str) -> _F:
        """Give the fact of a class that has an id; if it is not here, only its id is known."""
        found = self.get(cls, id)
        return cls(id=id) if found is None else found  # type: ignore[call-arg]  # all have ids

    def is_complete(self, of: str | type[Fact]) -> bool:
        """Say whether the list of a class, or of a collection by its name, is whole."""
        return (of if isinstance(of, str) else of.collection) in self._complete

    def related(self, cls: type[_F], field: str, value: object) -> tuple[_F, ...]:
        """Give the facts of a class whose field has a value.

        Raises `KeyError` for a field that the class does not have.
        """
        index = self._index.get((cls, field))
        if index is None:
            index = self._indexed(cls, field)
        return index.get(value, ())  # type: ignore[return-value]  # as above

    def unlinked(self, cls: type[_F], field: str) -> tuple[_F, ...]:
        """Give the facts of a class whose field is unknown.

        Raises `KeyError` for a field that the class does not have.
        """
        return self.related(cls, field, None)

    @public
    def belonging(self, classes: Iterable[type[Fact]]) -> Belonging:
        """Give what finds the bodies of some classes, the largest first, that facts belong to."""
        key = tuple(classes)
        found = self._belonging.get(key)
        return found or self._belonging.setdefault(key, Belonging(key, self))

    def classes(self) -> tuple[type[Fact], ...]:
        """Give the classes that there are facts of."""
        return tuple(self._lists)

    @property
    def collections(self) -> Mapping[str, tuple[Fact, ...]]:
        """The facts by the name of their collection; only collections that hold any."""
        return MappingProxyType({cls.collection: facts for cls, facts in self._lists.items()})

    @property
    def complete(self) -> frozenset[str]:
        """The names of the collections whose lists are whole."""
        return self._complete

    def __iter__(self) -> Iterator[Fact]:
        for facts in self._lists.values():
            yield from facts

    def __len__(self) -> int:
        return sum(map(len, self._lists.values()))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Facts):
            return NotImplemented
        return self._complete == other._complete and self._lists == other._lists

    def __hash__(self) -> int:
        return hash((len(self), self._complete))

    def __repr__(self) -> str:
        counts = [f"{len(facts)} {cls.collection}" for cls, facts in self._lists.items()]
        return f"<Facts: {', '.join(counts) or 'none'}>"

    def _indexed(self, cls: type[Fact], field: str) -> dict[object, tuple[Fact, ...]]:
        fields_of(cls)[field]
        before = self._before
        if before is not None and before._lists.get(cls) is self._lists.get(cls):
            # Made there, it serves whatever else is added to those facts.
            shared = before._index.get((cls, field)) or before._indexed(cls, field)
            return self._index.setdefault((cls, field), shared)
        lists: dict[object, list[Fact]] = {}
        for fact in self._lists.get(cls, ()):
            lists.setdefault(getattr(fact, field), []).append(fact)
        index = {value: tuple(facts) for value, facts in lists.items()}
        # Threads that come at the same time build equal indexes, and all get the first stored.
        return self._index.setdefault((cls, field), index)

    def _led_nowhere(self) -> Iterator[Fault]:
        """Find references to facts that are not there: of what was added and not yet checked, and
        of all that may refer to what is listed or whole only since."""
        before = self._before
        while before is not None and before._unlinked:
            before = before._before
        known = {cls.collection: ids for cls, ids in self._by_id.items()}
        listed = known.keys() | self._complete
        old = NO_FACTS if before is None else before
        new = listed - {cls.collection for cls in old._lists} - old._complete
        for cls, facts in self._by_id.items():
            for field, target in references_of(cls).items():
                if target not in listed:
                    continue
                ids = known.get(target, {})
                for fact in (facts if target in new else self._unlinked.get(cls, {})).values():
                    id_ = getattr(fact, field)
                    if id_ and id_ not in ids:
                        yield dangling(fact.key, field, id_, target)

    def _linked(self) -> bool:
        """Say whether ids are unique and references lead somewhere, as fast as that goes."""
        known = {cls.collection: ids for cls, ids in self._by_id.items()}
        for cls, facts in self._lists.items():
            if len(self._by_id[cls]) < len(facts):
                return False
            for field, target in references_of(cls).items():
                ids = known.get(target, {})
                if not ids and target not in self._complete:
                    continue
                values: set[Any] = {getattr(fact, field) for fact in facts}
                values -= {None, ""}  # unknown, or known to be none
                if not values <= ids.keys():
                    return False
        return True


def _none_of(cls: type[Fact], asked: str) -> tuple[()]:
    """No facts, if it is a class of facts that there are none of."""
    if isinstance(cls, type) and issubclass(cls, Fact):
        return ()
    raise wrong(f"Facts.{asked}", "cls", "type[Fact]", cls)


def _add_list(
    lists: dict[type[Fact], tuple[Fact, ...]],
    name: str,
    facts: Iterable[Fact],
    known: Mapping[str, type[Fact]],
    faults: list[Fault],
) -> None:
    """Add the facts that are given under the name of a collection."""
    if not isinstance(facts, Iterable):
        do = "没有时可不填或填空列表", "leave it out, or give an empty list"
        faults.append(unlike(name, facts, "列表", "a list", do=do))
        return
    listed = tuple(facts)
    types = set(map(type, listed))
    # Two vocabularies can have a collection of one name, and a directive classes of its own.
    cls = next((each for each in types if getattr(each, "collection", "") == name), None)
    cls = known.get(name) if cls is None or not issubclass(cls, Fact) else cls
    if cls is None:
        near = nearest(name, known)
        faults.append(
            Fault(
                place=name,
                code=FaultCode.UNKNOWN_COLLECTION,
                zh="没有这个列表；" + (f"是否为 `{near[0]}`？请改正" if near else "请改正"),
                en="expected the name of a collection, found none of that name; "
                + (f"did you mean `{near[0]}`? correct it" if near else "correct it"),
            )
        )
        return
    lists[cls] = listed if types <= {cls} else tuple(_of_class(cls, listed, faults))


def _of_class(cls: type[Fact], facts: Iterable[Fact], faults: list[Fault]) -> Iterator[Fact]:
    for position, fact in enumerate(facts):
        if type(fact) is cls:
            yield fact
            continue
        found_zh, found_en = _kind_of(fact)
        faults.append(
            Fault(
                place=f"{cls.collection}[{position}]",
                code=FaultCode.WRONG_SHAPE,
                zh=f"应为{cls.zh}，实为{found_zh}；请放到相应的列表",
                en=f"expected a fact of the class `{cls.__name__}`, found {found_en}; "
                "give it in the list of its own class",
            )
        )


def _kind_of(fact: object) -> tuple[str, str]:
    if isinstance(fact, Fact):
        return f"{fact.zh}（`{type(fact).__name__}`）", f"one of the class `{type(fact).__name__}`"
    zh, en = shown(fact)
    return zh, en


def _add_others(
    lists: dict[type[Fact], tuple[Fact, ...]],
    others: Iterable[Fact],
    known: Iterable[type[Fact]],
    faults: list[Fault],
) -> None:
    added: dict[type[Fact], list[Fact]] = {}
    listed: set[type[Fact]] = {*known, *lists, Exemption}
    names = {cls.collection: cls for cls in listed}
    for position, fact in enumerate(others):
        if isinstance(fact, Fact):
            cls = type(fact)
            if cls not in listed and names.setdefault(cls.collection, cls) is cls:
                added.setdefault(cls, []).append(fact)
                continue
        found_zh, found_en = _kind_of(fact)
        own = type(fact).collection if isinstance(fact, Fact) and type(fact) in known else ""
        to_zh = f"以 `{own}=[…]` 给出" if own else "放到相应的列表"
        to_en = f"as `{own}=[…]`" if own else "where it belongs"
        faults.append(
            Fault(
                place=f"others[{position}]",
                code=FaultCode.WRONG_SHAPE,
                zh=f"应为其他类的事实，且列表名不与已有的相同，实为{found_zh}；请{to_zh}",
                en="expected a fact of a class that has no list here and no collection name of "
                f"another class, found {found_en}; give it {to_en}",
            )
        )
    lists.update({cls: tuple(facts) for cls, facts in added.items()})


def _complete_collections(
    known: Collection[str], complete: Iterable[str | type[Fact]], faults: list[Fault]
) -> frozenset[str]:
    names = set()
    # One name is not its letters.
    alone = isinstance(complete, str) or not isinstance(complete, Iterable)
    for each in [complete] if alone else complete:
        if isinstance(each, type) and issubclass(each, Fact) and each is not Exemption:
            names.add(each.collection)
        elif isinstance(each, str) and each in known:
            names.add(each)
        else:
            there = sorted(known)
            do = (
                f"请填下列之一：{'、'.join(there)}",
                f"give one of {', '.join(f'`{name}`' for name in there)}",
            )
            what, code = ("列表的名称", "the name of a collection"), FaultCode.UNKNOWN_COLLECTION
            faults.append(unlike("complete", each, *what, code=code, do=do))
    return frozenset(names)


NO_FACTS = Facts()
