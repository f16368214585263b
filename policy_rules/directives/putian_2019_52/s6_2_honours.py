"""六（二） Honours."""

from ...language import Clause

CLAUSE = Clause(heading="6.2", zh="表彰奖励", en="Honours", provisions=[])
