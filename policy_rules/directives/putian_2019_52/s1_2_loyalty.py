"""一（二） Loyalty."""

from ...language import Clause

CLAUSE = Clause(heading="1.2", zh="忠诚警队", en="Loyalty", provisions=[])
