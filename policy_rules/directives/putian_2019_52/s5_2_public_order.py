"""五（二） Public order with the community."""

from ...language import Clause

CLAUSE = Clause(heading="5.2", zh="群防群治", en="Public order with the community", provisions=[])
