"""一（三） Training."""

from ...language import Clause

CLAUSE = Clause(heading="1.3", zh="实战训练", en="Training", provisions=[])
