"""三（一） Case scope: which criminal cases a station handles, and which it does not lead."""

from ...facts import CaseCategory, CaseRole, CriminalCase, Means
from ...language import (
    Clause,
    ExcuseKind,
    Modality,
    excuse,
    forbid,
    parameter,
    reading,
    subject,
)

case = subject(CriminalCase)
_leads = case.role.is_(CaseRole.LEAD)

# 第一句

CASE_SCOPE_COVERS = reading(
    "case_scope_covers", "3.1/1",
    zh="“办理”是否包括协办？",
    en="does handling (办理) include assisting?",
    leading=("只指主办", "leading only"),
    any_handling=("主办和协办", "leading and assisting"),
    default="leading",
    why=(
        "第二句用“主办”；派出所仍可协助办理范围以外的案件",
        "the second sentence says “lead”; a station may still assist with a case out of its scope",
    ),
)  # fmt: skip

ORDINARY_MEANS = parameter(
    "ordinary_means", {Means.IMAGE},
    cite="3.1/1", quote="除图侦手段以外",
    zh="派出所可使用的侦查手段", en="means of investigation that a station may use",
)  # fmt: skip

scope = forbid(
    case,
    (CASE_SCOPE_COVERS.is_("any_handling") | _leads)
    & ~(case.causation_clear & case.simple & case.means.within(ORDINARY_MEANS)),
    cite="3.1/1", quote="须是因果关系明显、案情简单、无需专业侦查手段（除图侦手段以外）的案件",
    zh="派出所办理的案件须因果关系明显、案情简单、无需图侦以外的专业侦查手段",
    en="a station handles only cases with clear causation and simple facts that need no"
    " specialised means of investigation other than video images",
)  # fmt: skip

# 第二句

CITY_CODES = parameter(
    "city_codes", "3503",
    cite="3.1/2", quote="涉外地市刑事案件",
    zh="本市行政区划代码前四位", en="first four digits of the city's division codes",
)  # fmt: skip

not_leading = forbid(
    case,
    _leads
    & (
        ~case.place_codes.all_start_with(CITY_CODES)
        | case.complex
        | case.category.is_not(CaseCategory.ORDINARY)
    ),
    modality=Modality.IN_PRINCIPLE,
    cite="3.1/2", quote="等案件原则上不由派出所主办",
    zh="涉外地市、复杂刑事案件，特别是涉恐、涉众型经济、涉黑犯罪案件，原则上不由派出所主办",
    en="in principle, a station does not lead cases that involve other cities or are complex, in"
    " particular cases of terrorism, economic crime with many victims or organised crime",
)  # fmt: skip

CLAUSE = Clause(
    heading="3.1",
    zh="刑事案件办理范围",
    en="Scope of criminal cases",
    provisions=[
        scope, not_leading,
        excuse(
            "3.1/2", ExcuseKind.QUALITATIVE,
            zh="“等案件”未列明其他情形", en="the other cases are not named",
        ),
    ],
)  # fmt: skip
