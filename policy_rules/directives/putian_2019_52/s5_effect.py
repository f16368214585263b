"""五 Effect: reform and training are to make stations' work more effective; a general aim."""

from ...language import Clause

clause = Clause("5", "提升实效", "Effect")
(s1,) = clause.sentences(1)

s1.qualitative(
    "改革警务运行模式、加强实战培训、提升工作实效，没有量化标准",
    "no measure is given for reforming the way of working, for more practical training"
    " or for better results",
)
