"""一 Political building: the Party's lead over the police; a general requirement."""

from ...language import Clause

clause = Clause("1", "政治建警", "Political building of the police")
(s1,) = clause.sentences(1)

s1.qualitative(
    "总体政治要求，没有量化标准", "a general political requirement; no measure is given for it"
)
