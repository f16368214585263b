"""Every sentence of the directive has a rule, or says why it has none; quotations can be from it.

The official text is not here. `policy-rules directive --check-text` compares every quotation with
its own sentence; what follows needs only the fingerprints.
"""

from __future__ import annotations

import re
from fractions import Fraction

import pytest

import policy_rules as pr
from policy_rules.language.annotation import entries
from policy_rules.language.expressions import Definition, Parameter
from policy_rules.language.sentences import CoverageRow, coverage, fold, quotations
from policy_rules.language.trees import walk

RULES = pr.load("putian-2019-52").rules
ROWS = coverage(RULES)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: str(row.cite))
def test_no_sentence_is_bare(row: CoverageRow) -> None:
    """It has rules, or an excuse with its reason in both languages."""
    assert not row.bare
    assert all(zh and en for _, zh, en in row.excuses)


def test_there_are_78_sentences_under_31_headings() -> None:
    assert len(ROWS) == 78
    headings = list(dict.fromkeys(row.cite.partition("/")[0] for row in ROWS))
    assert headings == [clause.heading for clause in RULES.directive.clauses]
    assert len(headings) == 31


def test_a_clause_is_in_the_order_of_its_sentences() -> None:
    """What a heading's module lists follows the text; a definition may be of several sentences."""
    for clause in RULES.directive.clauses:
        cites = [each.cite for each in clause.provisions if not isinstance(each, Definition)]
        sentences = [cite.sentence for cite in cites]
        assert sentences == sorted(sentences), clause.heading


def test_everything_under_a_sentence_is_listed_once() -> None:
    listed = [entry for under in entries(RULES).values() for entry in under]
    provisions = [each for clause in RULES.directive.clauses for each in clause.provisions]
    assert {id(entry.provision) for entry in listed} == {id(each) for each in provisions}
    assert len({(id(each.provision), id(each.rule)) for each in listed}) == len(listed)


def test_numbers_in_statements_are_those_of_parameters() -> None:
    """A number stands once, in its parameter; a statement that repeats it may not drift from it."""
    names = {"12345"}  # the hotline
    for rule in RULES.rules:
        values = set(names)
        for node in (node for part in RULES.parts(rule) for node in walk(part)):
            if isinstance(node, Parameter):
                for _, value in node.values:
                    shares = [f"{value * 100}%"] if isinstance(value, Fraction) else []
                    values |= {str(value), *shares}
        for text in (rule.zh, rule.en):
            assert set(re.findall(r"\d+%?", text)) <= values, (str(rule.cite), text)


def test_a_quotation_is_shorter_than_its_sentence() -> None:
    lengths = {
        cite: int(known.partition(":")[0]) for cite, known in RULES.directive.sentences.items()
    }
    for cite, quote in quotations(RULES):
        assert 0 < len(fold(quote)) < lengths[str(cite.of_sentence)], (str(cite), quote)


def test_what_is_ruled_is_said_without_names_of_code() -> None:
    """Explanations and reports tell it to people: what a field or reading is called, by label."""
    said = [
        words
        for each in pr.load("putian-2019-52").rules.rulings
        for words in (each.zh, each.en, each.taken_zh, each.taken_en)
    ]
    assert [words for words in said if "`" in words] == []
