"""三（二） Incidents."""

from ...language import Clause

CLAUSE = Clause(heading="3.2", zh="警情处置", en="Incidents", provisions=[])
