"""莆政办〔2019〕52号: on strengthening and improving the building up of police stations."""

from datetime import date

from ...language import Directive
from . import (
    s2_1_strength,
    s2_2_leaders,
    s3_1_case_scope,
    s3_3_task_admission,
    s3_4_other_activities,
    s5_1_duty_modes,
)
from .sentences import SENTENCES

DIRECTIVE = Directive(
    id="putian-2019-52",
    number="莆政办〔2019〕52号",
    zh="莆田市人民政府办公室关于进一步加强和改进公安派出所建设工作的意见",
    en="Opinion of the Putian municipal government office on strengthening and improving the"
    " building up of police stations",
    issued=date(2019, 7, 16),
    clauses=[
        s2_1_strength.CLAUSE,
        s2_2_leaders.CLAUSE,
        s3_1_case_scope.CLAUSE,
        s3_3_task_admission.CLAUSE,
        s3_4_other_activities.CLAUSE,
        s5_1_duty_modes.CLAUSE,
    ],
    sentences=SENTENCES,
)
