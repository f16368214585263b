"""二（三） Auxiliaries."""

from ...language import Clause

CLAUSE = Clause(heading="2.3", zh="派出所辅警管理", en="Auxiliaries", provisions=[])
