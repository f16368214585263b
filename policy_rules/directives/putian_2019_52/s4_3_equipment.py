"""四（三） Equipment."""

from ...language import Clause

CLAUSE = Clause(heading="4.3", zh="警用装备", en="Equipment", provisions=[])
