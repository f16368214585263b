"""五 Effect."""

from ...language import Clause

CLAUSE = Clause(heading="5", zh="提升实效", en="Effect", provisions=[])
