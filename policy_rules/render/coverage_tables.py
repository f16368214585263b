"""The directive sentence by sentence: what becomes of each, for someone with the text in hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from rich.cells import cell_len
from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from ..language import Cite, Regime
from ..language.annotation import Entry, basis, entries
from ..language.changes import NewValue, Repeal
from ..language.citations import numeral
from ..language.rules import AttestationRule, Excuse
from .prose import Column, Grid, Prose
from .provision_words import Annotations, clause_title, form_words, quoted
from .tables import line, printable
from .wording import Language, cite_shown, pick

_COLUMNS: Final = (Column("", fixed=True), Column("", fixed=True), Column(""))
_INDENT: Final = (0, 0, 0, 2)
_BySentence = Mapping[str, Sequence[Entry]]


def coverage_parts(chosen: Regime, as_of: str, lang: Language) -> list[RenderableType]:
    """Every sentence with its rules, or why it has none, under its heading; and the sums.

    `as_of` says for which date the values of parameters are shown.
    """
    directive = chosen.rules.directive
    by_sentence = entries(chosen.rules)
    titles = {each.heading: pick(lang, each.zh, each.en) for each in directive.clauses}
    origins = {each.heading: (each.instrument, each.authority) for each in directive.clauses}
    annotations = Annotations(chosen, lang)
    widths = _widths(by_sentence, lang)
    odd = _oddities(chosen)
    title = f"{directive.number} {pick(lang, directive.zh, directive.en)}"
    parts: list[RenderableType] = [line(title, "bold"), line(as_of, "dim")]
    last = None
    for sentence, listed in by_sentence.items():
        cite = directive.cited(sentence)
        if cite.clause != last:
            last = cite.clause
            heading = clause_title(last, titles.get(last, ""), lang)
            parts += ["", line(heading, "bold underline")]
            parts += [line(pick(lang, *each), "dim") for each in origins.get(last, ()) if any(each)]
        number = pick(lang, f"第{numeral(cite.sentence)}句", f"Sentence {cite.sentence}")
        if any(cite.label):
            number = cite_shown(cite, lang)
        parts.append(Prose.assemble((number, "bold"), (_noted(odd.get(sentence, ()), lang), "dim")))
        rows = [_row(chosen, annotations, entry, lang, widths) for entry in listed]
        if not rows:
            bare = Prose(pick(lang, "尚未建模", "bare"), style="yellow")
            rows = [(Prose(sentence.ljust(widths[0])), bare, Text())]
        parts.append(Padding(Grid(_COLUMNS, rows, headed=False), _INDENT))
    return [*parts, "", *(line(each) for each in _sums(by_sentence, lang))]


def _widths(by_sentence: _BySentence, lang: Language) -> tuple[int, int]:
    """The width of the citations and of the forms, so that all sentences line up."""
    listed = [entry for each in by_sentence.values() for entry in each]
    return (
        max((cell_len(cite_shown(entry.cite, lang)) for entry in listed), default=0),
        max((cell_len(form_words(entry.provision, lang)) for entry in listed), default=0),
    )


def _oddities(chosen: Regime) -> dict[str, list[str]]:
    """The numbers of the oddities that stand in each sentence."""
    found: dict[str, list[str]] = {}
    for place, oddity in enumerate(chosen.rules.directive.oddities, 1):
        for cite in oddity.cites:
            found.setdefault(str(Cite.parse(cite).of_sentence), []).append(str(place))
    return found


def _noted(places: Sequence[str], lang: Language) -> str:
    listed = pick(lang, "、", ", ").join(places)
    many = "oddities" if len(places) > 1 else "oddity"
    return pick(lang, f"  （疑点 {listed}）", f"  ({many} {listed})") if places else ""


def _row(
    chosen: Regime,
    annotations: Annotations,
    entry: Entry,
    lang: Language,
    widths: tuple[int, int],
) -> tuple[Text, ...]:
    form, cite = form_words(entry.provision, lang), cite_shown(entry.cite, lang)
    style = "dim" if isinstance(entry.provision, Excuse) else ""
    content = Prose(printable(annotations.statement(entry)), style=style)
    if entry.quote:
        content.append(f"\n{quoted(printable(entry.quote))}", "italic")
    rest = [*annotations.conditions(entry), *annotations.basis(entry, basis(chosen.rules, entry))]
    for each in rest:
        content.append(f"\n{printable(each)}", "dim")
    return (
        Prose(cite + " " * (widths[0] - cell_len(cite))),
        Prose(form + " " * (widths[1] - cell_len(form)), style=style),
        content,
    )


def _sums(by_sentence: _BySentence, lang: Language) -> list[str]:
    """How many sentences carry rules, only an excuse, or nothing; how many rules there are."""
    provisions = {entry.provision for each in by_sentence.values() for entry in each}
    rules = [each for each in provisions if not isinstance(each, Excuse | NewValue | Repeal)]
    attested = sum(isinstance(each, AttestationRule) for each in rules)
    ruled = sum(
        any(not isinstance(entry.provision, Excuse) for entry in each)
        for each in by_sentence.values()
    )
    bare = sum(not each for each in by_sentence.values())
    excused = len(by_sentence) - ruled - bare
    computed = len(rules) - attested
    return [
        pick(
            lang,
            f"共 {len(by_sentence)} 句：{ruled} 句有规则，{excused} 句只说明不计算的原因，"
            f"{bare} 句尚未建模。",
            f"{len(by_sentence)} sentences: {ruled} carry rules, {excused} only a reason why "
            f"nothing is computed, {bare} are bare.",
        ),
        pick(
            lang,
            f"规则和认定：{computed} 项据数据判定，{attested} 项依据佐证材料判定。",
            f"Rules and definitions: {computed} rest on data, {attested} on attestations.",
        ),
        pick(
            lang,
            "疑点、口径、参数的内容：directive --oddities、--readings、--parameters。",
            "What oddities, readings and parameters say: directive --oddities, --readings, "
            "--parameters.",
        ),
    ]
