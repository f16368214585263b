"""六（一） Careers."""

from ...language import Clause

CLAUSE = Clause(heading="6.1", zh="待遇保障", en="Careers", provisions=[])
