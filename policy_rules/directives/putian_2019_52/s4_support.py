"""四 Support."""

from ...language import Clause

CLAUSE = Clause(heading="4", zh="强化保障", en="Support", provisions=[])
