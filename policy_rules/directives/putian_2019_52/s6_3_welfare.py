"""六（三） Welfare."""

from ...language import Clause

CLAUSE = Clause(heading="6.3", zh="解决后顾之忧", en="Welfare", provisions=[])
