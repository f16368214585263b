"""五 Effect: reform and training are to make stations' work more effective; a general aim."""

from ...language import Clause, ExcuseKind, excuse

CLAUSE = Clause(
    heading="5",
    zh="提升实效",
    en="Effect",
    provisions=[
        excuse(
            "5/1", ExcuseKind.QUALITATIVE,
            zh="改革警务运行模式、加强实战培训、提升工作实效，没有量化标准",
            en="no measure is given for reforming the way of working, for more practical training"
            " or for better results",
        ),
    ],
)  # fmt: skip
