"""一 Politics first."""

from ...language import Clause

CLAUSE = Clause(heading="1", zh="政治建警", en="Politics first", provisions=[])
