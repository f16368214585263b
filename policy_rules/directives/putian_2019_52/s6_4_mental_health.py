"""六（四） Mental health."""

from ...language import Clause

CLAUSE = Clause(heading="6.4", zh="民警心理健康保护", en="Mental health", provisions=[])
