"""一 Political building: the Party's lead over the police; a general requirement."""

from ...language import Clause, ExcuseKind, excuse

CLAUSE = Clause(
    heading="1",
    zh="政治建警",
    en="Political building of the police",
    provisions=[
        excuse(
            "1/1", ExcuseKind.QUALITATIVE,
            zh="总体政治要求，没有量化标准",
            en="a general political requirement; no measure is given for it",
        ),
    ],
)  # fmt: skip
