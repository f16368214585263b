"""一（一） Political study."""

from ...language import Clause

CLAUSE = Clause(heading="1.1", zh="理论武装", en="Political study", provisions=[])
