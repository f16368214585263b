"""序言 Preamble."""

from ...language import Clause

CLAUSE = Clause(heading="0", zh="序言", en="Preamble", provisions=[])
