"""四（二） Police workstations."""

from ...language import Clause

CLAUSE = Clause(heading="4.2", zh="标准化警务工作站", en="Police workstations", provisions=[])
