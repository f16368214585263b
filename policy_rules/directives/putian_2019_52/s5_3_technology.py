"""五（三） Technology."""

from ...language import Clause

CLAUSE = Clause(heading="5.3", zh="科技强警", en="Technology", provisions=[])
