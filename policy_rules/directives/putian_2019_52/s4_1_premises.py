"""四（一） Premises."""

from ...language import Clause

CLAUSE = Clause(heading="4.1", zh="派出所工作生活条件", en="Premises", provisions=[])
