"""四（四） Case-handling rooms."""

from ...language import Clause

CLAUSE = Clause(heading="4.4", zh="办案场所", en="Case-handling rooms", provisions=[])
