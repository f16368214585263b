"""三（三） Task admission: what a task that is not a station's own needs before it may begin."""

from ...language import AS_OF, Clause, empty, subject
from ...police import Approver, Body, City, Guarantee, Issuer, ReportSection, Reviewer, Task

clause = Clause("3.3", "任务准入", "Task admission")
s1, s2, s3 = clause.sentences(3)
city, task = subject(City), subject(Task)

s1.a("建立派出所职责清单及准入机制")(
    "已建立派出所职责清单及准入机制",
    "the city has a list of stations' duties and a mechanism for admitting tasks",
).attests(city)
s1.b("围绕公安部《公安派出所正规化建设规范》标准开展主业工作")(
    "派出所按《公安派出所正规化建设规范》开展主业工作",
    "stations carry out their main duties by the ministry's norms for regularised stations",
).attests(city)

needs_admission = clause.defines(task, "needs_admission", bool)(
    "须经准入", "admission needed", no_zh="无须准入", no_en="no admission needed"
).by(
    s2("警种部门不得擅自向派出所下达指标任务").makes(
        True, when=task.quota & task.issuer.is_(Issuer.POLICE_BRANCH)
    ),
    s2("属专业警种部门职责任务的，不得变相分解至派出所").makes(True, when=task.branch_duty),
    otherwise=s2("属专业警种部门职责任务的").makes(False),
)

_reported = task.reported_on <= AS_OF
s3("方可组织实施")(
    "需派出所配合的任务，须先评估、明确保障，经治安部门审核、市公安局党委同意",
    "a task that a station is to help with begins only once it is assessed, provided for,"
    " reviewed and approved",
).needs(
    task,
    s3("必要性")("评估报告载明必要性", "report on necessity").step(
        "report_necessity", task.report_sections.has(ReportSection.NECESSITY) & _reported
    ),
    s3("可行性")("评估报告载明可行性", "report on feasibility").step(
        "report_feasibility", task.report_sections.has(ReportSection.FEASIBILITY) & _reported
    ),
    s3("实操性")("评估报告载明实操性", "report on operability").step(
        "report_operability", task.report_sections.has(ReportSection.OPERABILITY) & _reported
    ),
    s3("人员")("已明确人员保障", "personnel guaranteed").step(
        "guarantee_personnel", task.guarantees.has(Guarantee.PERSONNEL)
    ),
    s3("经费")("已明确经费保障", "funds guaranteed").step(
        "guarantee_funds", task.guarantees.has(Guarantee.FUNDS)
    ),
    s3("装备保障")("已明确装备保障", "equipment guaranteed").step(
        "guarantee_equipment", task.guarantees.has(Guarantee.EQUIPMENT)
    ),
    s3("报同级治安部门审核")(
        "同级治安部门审核通过", "review by the public order department at the same level"
    ).step(
        "public_order_review",
        task.reviewed_by.is_(Reviewer.PUBLIC_ORDER)
        & task.review_level.is_(task.issuer_level)
        & (task.reviewed_on >= task.reported_on)
        & (task.reviewed_on <= AS_OF),
    ),
    s3("经市公安局党委研究同意")(
        "市公安局党委研究同意", "approval by the Party committee of the municipal bureau"
    ).step(
        "municipal_committee_approval",
        task.approved_by.is_(Approver.MUNICIPAL_COMMITTEE)
        & (task.approved_on >= task.reviewed_on)
        & (task.approved_on <= AS_OF)
        & (task.approved_on <= task.starts_on),
    ),
    applies=needs_admission.of(task),
    on=task.starts_on,
    responsible=Body.BRANCH,
)
s3.a("提出评估报告")(
    "没有评估报告的任务不填报告内容", "a task without a report has no sections of one"
).agrees(
    task,
    task.report_sections.within(empty(ReportSection)),
    applies=task.reported_on.is_none(),
)
s3.b("报同级治安部门审核")(
    "审核部门与审核日期同为无，或者同不为无",
    "a task has a reviewer where it has a day of review, and only there",
).agrees(task, task.reviewed_by.is_(Reviewer.NONE), task.reviewed_on.is_none())
s3.c("经市公安局党委研究同意")(
    "批准机关与批准日期同为无，或者同不为无",
    "a task has an approver where it has a day of approval, and only there",
).agrees(task, task.approved_by.is_(Approver.NONE), task.approved_on.is_none())
s3.qualitative("“等事项”未列明其他保障", "the other matters are not named")
