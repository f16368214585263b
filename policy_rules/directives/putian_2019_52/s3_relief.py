"""三 Relief from other work."""

from ...language import Clause

CLAUSE = Clause(heading="3", zh="减轻负担", en="Relief from other work", provisions=[])
