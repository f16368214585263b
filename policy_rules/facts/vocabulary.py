"""Vocabularies: the classes of facts that directives on one subject share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from attrs import field, frozen

from .fields import Fact
from .presets import Preset
from .records import Attestation

# Under which packages name the vocabularies that they bring.
GROUP: Final = "policy_rules.vocabularies"
# What documents say beside their lists, by the words for it: no list is called so.
SETTINGS: Final = {
    **dict.fromkeys(("format", "格式"), "format"),
    **dict.fromkeys(("as_of", "基准日期", "as of"), "as_of"),
    **dict.fromkeys(("complete", "完整列表"), "complete"),
}
# The sheet of a workbook that has them.
SHEETS_OF_SETTINGS: Final = frozenset({"document", "设置"})


def _with_attestations(classes: Iterable[type[Fact]]) -> tuple[type[Fact], ...]:
    return tuple(dict.fromkeys((*classes, Attestation)))


@frozen(eq=False)
class Vocabulary:
    """Classes of facts, in the order in which their facts are listed, attestations among them.

    `presets` are the conventions that mappings can name. Whoever makes a vocabulary loads it:
    `Facts` then takes lists that are called as its collections.
    """

    name: str
    classes: tuple[type[Fact], ...] = field(converter=_with_attestations)
    presets: tuple[Preset, ...] = ()

    def __attrs_post_init__(self) -> None:
        _LOADED[self.name] = self


_LOADED: Final[dict[str, Vocabulary]] = {}


def words_of(cls: type[Fact]) -> tuple[str, ...]:
    """What the list of a class may be called: by its name, or by its labels."""
    return tuple(dict.fromkeys(word for word in (cls.collection, cls.zh, cls.en) if word))


def loaded_classes() -> tuple[type[Fact], ...]:
    """The classes of all vocabularies that are loaded; where none is, of all that are installed."""
    vocabularies = _loaded()
    if len(vocabularies) == 1:
        return vocabularies[0].classes
    return _with_attestations(cls for each in vocabularies for cls in each.classes)


def known_with(own: Iterable[type[Fact]]) -> tuple[type[Fact], ...]:
    """The same and some more, which take the place of those of the same collections."""
    return tuple({cls.collection: cls for cls in (*loaded_classes(), *own)}.values())


def loaded_presets() -> Mapping[str, Preset]:
    """The conventions of these vocabularies, by name."""
    return {each.name: each for vocabulary in _loaded() for each in vocabulary.presets}


def _loaded() -> list[Vocabulary]:
    if not _LOADED:
        from importlib.metadata import entry_points  # slow to import, and seldom needed

        for entry in entry_points(group=GROUP):
            entry.load()
    return [*_LOADED.values()]
