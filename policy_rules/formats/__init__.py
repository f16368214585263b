"""Facts in documents: reading JSON, CSV directories and workbooks, writing JSON; mappings."""

from .documents import Document, InputError, parse, read, to_json
from .mapping import ColumnMapping, Mapping, TableMapping
from .mapping_files import parse_mapping, read_mapping
from .notes import Note

__all__ = [
    "ColumnMapping",
    "Document",
    "InputError",
    "Mapping",
    "Note",
    "TableMapping",
    "parse",
    "parse_mapping",
    "read",
    "read_mapping",
    "to_json",
]
