"""六 Incentives."""

from ...language import Clause

CLAUSE = Clause(heading="6", zh="优化激励", en="Incentives", provisions=[])
