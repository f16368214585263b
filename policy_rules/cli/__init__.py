"""The command line, `policy-rules`: decide, check, audit and explain facts by a directive."""

from .running import main

__all__ = ["main"]
