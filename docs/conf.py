"""How the documentation is built: `sphinx-build -W docs docs/_build/html`, without a network."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

from reference_tables import TABLES  # noqa: E402 - found through the line above
from search_words import IN_JAVASCRIPT, words  # noqa: E402 - likewise
from sphinx.search.en import SearchEnglish  # noqa: E402 - likewise

from policy_rules.render.wording import Language  # noqa: E402 - likewise

project = "policy_rules"
author = "policy_rules contributors"
copyright = author
language = "en"

extensions = ["myst_parser", "sphinx.ext.autodoc"]
exclude_patterns = ["_build", "_generated"]
html_theme = "furo"
html_title = "policy_rules"
html_copy_source = False
html_show_sphinx = False

myst_heading_anchors = 3

default_role = "literal"
autodoc_member_order = "bysource"
autodoc_preserve_defaults = True
autodoc_typehints = "signature"
autodoc_typehints_format = "short"
python_use_unqualified_type_names = True


def fill_tables(_app: Any, document: str, source: list[str]) -> None:
    """Put each generated table in the place of its mark, a comment such as `<!-- facts -->`.

    A page without a link to what it is in the other language gets one, under its title.
    """
    lang: Language = "zh" if document.endswith(".zh") else "en"
    for name, table in TABLES.items():
        mark = f"<!-- {name} -->"
        if mark in source[0]:
            source[0] = source[0].replace(mark, table(lang))
    other = f"{document}.zh" if lang == "en" else document.removesuffix(".zh")
    link = f"({other.rpartition('/')[2]}.md)"
    if (HERE / f"{other}.md").exists() and link not in source[0]:
        title, _, rest = source[0].partition("\n")
        source[0] = f"{title}\n\n[{'中文' if lang == 'en' else 'English'}]{link}\n{rest}"


class Search(SearchEnglish):
    """The search in pages of both languages."""

    js_splitter_code = IN_JAVASCRIPT

    def split(self, input: str) -> list[str]:
        """The words of a text."""
        return words(input)


def setup(app: Any) -> None:
    """Tell Sphinx of it."""
    app.connect("source-read", fill_tables)
    app.add_search_language(Search)
