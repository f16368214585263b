"""四（五） Mediation."""

from ...language import Clause

CLAUSE = Clause(heading="4.5", zh="矛盾纠纷多元化解", en="Mediation", provisions=[])
