"""一（四） Models."""

from ...language import Clause

CLAUSE = Clause(heading="1.4", zh="典型示范", en="Models", provisions=[])
