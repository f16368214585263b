"""三（一） Case scope: which criminal cases a station handles, and which it does not lead."""

from ...language import Clause, set_of, subject
from ...police import CaseCategory, CaseRole, CriminalCase, Means

clause = Clause("3.1", "刑事案件办理范围", "Scope of criminal cases")
s1, s2 = clause.sentences(2)
case = subject(CriminalCase)

_leads = case.role.is_(CaseRole.LEAD)
CASE_SCOPE_COVERS = s1.reading("case_scope_covers", default="leading")(
    "“办理”是否包括协办？", "does handling (办理) include assisting?"
).options(
    leading=("只指主办", "leading only"),
    any_handling=("主办和协办", "leading and assisting"),
    why=(
        "第二句用“主办”；派出所仍可协助办理范围以外的案件",
        "the second sentence says “lead”; a station may still assist with a case out of its scope",
    ),
)
COMPLEX_CASES = s2.reading("complex_cases", default="both_sentences")(
    "复杂案件是否还须符合前句的“案情简单”？",
    "must a complex case, which the second sentence leaves out in principle, be simple as well?",
).options(
    both_sentences=("须，两句各自适用", "yes: each sentence applies by itself"),
    second_alone=(
        "不须，复杂案件只适用后句，可经批准由派出所主办",
        "no: the second alone is of complex cases, so that one can be led with an exemption",
    ),
    why=(
        "前句用“须”，没有除外；后句的“原则上”不能放宽前句",
        "the first sentence says “must” and excepts nothing, which “in principle” in the second"
        " does not soften",
    ),
)
ORDINARY_MEANS = s1("除图侦手段以外")(
    "派出所可使用的侦查手段", "means of investigation that a station may use"
).sets("ordinary_means", {Means.IMAGE})
s1("须是因果关系明显、案情简单、无需专业侦查手段（除图侦手段以外）的案件")(
    "派出所办理的案件须因果关系明显、案情简单、无需图侦以外的专业侦查手段",
    "a station handles only cases with clear causation and simple facts that need no"
    " specialised means of investigation other than video images",
).forbids(
    case,
    ~(
        case.causation_clear
        & (case.simple | (COMPLEX_CASES.is_("second_alone") & case.complex))
        & case.means.within(ORDINARY_MEANS)
    ),
    applies=CASE_SCOPE_COVERS.is_("any_handling") | _leads,
)

CITY_CODES = s2("涉外地市刑事案件")(
    "本市行政区划代码前四位", "first four digits of the city's division codes"
).sets("city_codes", "3503")
EXCLUDED_CATEGORIES = s2("涉恐犯罪、涉众型经济犯罪、涉黑犯罪")(
    "原则上不由派出所主办的案件类别",
    "categories of cases that a station does not lead in principle",
).sets(
    "excluded_categories",
    {CaseCategory.TERRORISM, CaseCategory.MASS_ECONOMIC, CaseCategory.ORGANISED_CRIME},
)
# “等案件”：其他案件是否也不由派出所主办，文件未定
OTHER_EXCLUDED_CATEGORIES = s2("等案件")(
    "所列以外原则上不由派出所主办的案件类别（文件未定）",
    "other categories that a station does not lead in principle (left open by the text)",
).leaves_open("other_excluded_categories", set_of(CaseCategory))
OTHER_CATEGORIES_LISTED = s2("等案件")(
    "所列以外原则上不由派出所主办的案件类别",
    "other categories that a station does not lead in principle",
).lists(OTHER_EXCLUDED_CATEGORIES)
s2.in_principle("等案件原则上不由派出所主办")(
    "涉外地市、复杂刑事案件，特别是涉恐、涉众型经济、涉黑犯罪案件，原则上不由派出所主办",
    "in principle, a station does not lead cases that involve other cities or are complex, in"
    " particular cases of terrorism, economic crime with many victims or organised crime",
).forbids(
    case,
    ~case.place_codes.all_start_with(CITY_CODES)
    | case.complex
    | case.category.is_in(EXCLUDED_CATEGORIES)
    | (case.category.is_(CaseCategory.OTHER) & case.category.is_in(OTHER_EXCLUDED_CATEGORIES)),
    applies=_leads,
)
s2.a("复杂刑事案件")(
    "案情简单的案件不填为复杂案件", "no case is said to be both simple and complex"
).agrees(case, ~(case.simple & case.complex))
