"""二 Staffing."""

from ...language import Clause

CLAUSE = Clause(heading="2", zh="充实力量", en="Staffing", provisions=[])
