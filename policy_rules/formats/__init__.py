"""Facts in documents: reading JSON files and directories of CSV files, writing JSON."""

from .documents import Document, InputError, parse, read, to_json

__all__ = ["Document", "InputError", "parse", "read", "to_json"]
