"""三（三） Task admission: what a task that is not a station's own needs before it may begin."""

from ...facts import (
    Approver,
    City,
    Guarantee,
    Issuer,
    ReportSection,
    Reviewer,
    Task,
)
from ...language import (
    AS_OF,
    Clause,
    ExcuseKind,
    always,
    attest,
    define,
    excuse,
    needs,
    step,
    subject,
    when,
)

city = subject(City)
task = subject(Task)

# 第一句

duty_list = attest(
    city,
    cite="3.3/1a", quote="建立派出所职责清单及准入机制",
    zh="已建立派出所职责清单及准入机制",
    en="the city has a list of stations' duties and a mechanism for admitting tasks",
)  # fmt: skip

main_duties = attest(
    city,
    cite="3.3/1b", quote="围绕公安部《公安派出所正规化建设规范》标准开展主业工作",
    zh="派出所按《公安派出所正规化建设规范》开展主业工作",
    en="stations carry out their main duties by the ministry's norms for regularised stations",
)  # fmt: skip

# 第二句

needs_admission = define(
    task, "needs_admission", bool,
    zh="须经准入", no_zh="无须准入", en="admission needed",
    rules=[
        when(task.quota & task.issuer.is_(Issuer.POLICE_BRANCH))
        .then(True, cite="3.3/2", quote="警种部门不得擅自向派出所下达指标任务"),
        when(task.branch_duty)
        .then(True, cite="3.3/2", quote="属专业警种部门职责任务的，不得变相分解至派出所"),
    ],
    otherwise=always(False, cite="3.3/2", quote="属专业警种部门职责任务的"),
)  # fmt: skip

# 第三句

_reported = task.reported_on <= AS_OF

admission = needs(
    task,
    [
        step(
            "report_necessity", task.report_sections.has(ReportSection.NECESSITY) & _reported,
            quote="必要性", zh="评估报告载明必要性", en="report on necessity",
        ),
        step(
            "report_feasibility", task.report_sections.has(ReportSection.FEASIBILITY) & _reported,
            quote="可行性", zh="评估报告载明可行性", en="report on feasibility",
        ),
        step(
            "report_operability", task.report_sections.has(ReportSection.OPERABILITY) & _reported,
            quote="实操性", zh="评估报告载明实操性", en="report on operability",
        ),
        step(
            "guarantee_personnel", task.guarantees.has(Guarantee.PERSONNEL),
            quote="人员", zh="已明确人员保障", en="personnel guaranteed",
        ),
        step(
            "guarantee_funds", task.guarantees.has(Guarantee.FUNDS),
            quote="经费", zh="已明确经费保障", en="funds guaranteed",
        ),
        step(
            "guarantee_equipment", task.guarantees.has(Guarantee.EQUIPMENT),
            quote="装备保障", zh="已明确装备保障", en="equipment guaranteed",
        ),
        step(
            "public_order_review",
            task.reviewed_by.is_(Reviewer.PUBLIC_ORDER)
            & task.review_level.is_(task.issuer_level)
            & (task.reviewed_on >= task.reported_on)
            & (task.reviewed_on <= AS_OF),
            quote="报同级治安部门审核", zh="同级治安部门审核通过",
            en="review by the public order department at the same level",
        ),
        step(
            "municipal_committee_approval",
            task.approved_by.is_(Approver.MUNICIPAL_COMMITTEE)
            & (task.approved_on >= task.reviewed_on)
            & (task.approved_on <= AS_OF)
            & (task.approved_on <= task.starts_on),
            quote="经市公安局党委研究同意", zh="市公安局党委研究同意",
            en="approval by the Party committee of the municipal bureau",
        ),
    ],
    applies=needs_admission.of(task),
    on=task.starts_on,
    cite="3.3/3", quote="方可组织实施",
    zh="需派出所配合的任务，须先评估、明确保障，经治安部门审核、市公安局党委同意",
    en="a task that a station is to help with begins only once it is assessed, provided for,"
    " reviewed and approved",
)  # fmt: skip

CLAUSE = Clause(
    heading="3.3",
    zh="任务准入",
    en="Task admission",
    provisions=[
        duty_list,
        main_duties,
        needs_admission,
        admission,
        excuse(
            "3.3/3",
            ExcuseKind.QUALITATIVE,
            zh="“等事项”未列明其他保障",
            en="the other matters are not named",
        ),
    ],
)
