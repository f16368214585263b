"""Directives by reference: another process loads the same one by its name.

A directive is not written into a pickle, just as the code of a function is not.
"""

from __future__ import annotations

import sys
from functools import lru_cache
from importlib import import_module

from .directives import Directive


@lru_cache(maxsize=32)
def reference_to(directive: Directive) -> tuple[str, str]:
    """The module in which a directive stands, and its name there.

    Raises PicklingError for one that stands in no module, such as one that a function made.
    """
    for module, loaded in list(sys.modules.items()):
        for name, value in list(getattr(loaded, "__dict__", {}).items()):
            if value is directive:
                return module, name
    # Imported here since it takes as long as the clauses of a directive.
    from pickle import PicklingError

    raise PicklingError(
        f"directive `{directive.id}` cannot be pickled, nor its policies and answers: no module "
        "has it under a name by which it could be loaded again; keep it in one (`module:NAME`)"
    )


def referred_to(module: str, name: str) -> Directive:
    """The directive that stands in a module under a name."""
    directive: Directive = getattr(import_module(module), name)
    return directive
