"""Where the text does not fit, or leaves something open, and how the rules treat it.

In the order of the text; what is of the document as a whole comes last.
"""

from typing import Final

from ...language import Oddity

ODDITIES: Final = (
    Oddity(
        cites=["1.3/1"],
        zh="轮值轮训和岗位技能竞赛没有写“定期”，也没有写次数；他处须反复举办的都写明周期或“定期”。",
        en="Rotation training and skills contests have no “regularly” and no number; what else"
        " is to recur has its period, or “regularly”.",
        treatment_zh="视为须反复举办，周期是没有值的参数；成文满一年仍一次未办的不符合"
        "（`never_held`），其余在设定周期之前无法判定。",
        treatment_en="They are taken to recur, by parameters without a value: a breach where none"
        " was held a year after the issue (`never_held`), else undetermined until a period is set.",
    ),
    Oddity(
        cites=["2.1/1"],
        zh="主送单位包括管委会，而两个“40%以上”中的前一个只按县（区）计算。",
        en="The addressees include management committees; the first of the two 40% shares goes by"
        " county or district only.",
        treatment_zh="2.1/1a 逐个判定数据中的公安局；管委会的公安机关，数据中列为公安局的同样判定，"
        "未列的不判定。",
        treatment_en="2.1/1a judges every bureau of the document; that of a management committee"
        " is judged where it is listed as a bureau, else not.",
    ),
    Oddity(
        cites=["2.1/4"],
        zh="“一村（格）一警（辅）”的两处括号有四种理解：村或格，民警或辅警。",
        en="The brackets of “one village (grid), one officer (auxiliary)” can be read in four"
        " ways: village or grid, officer or auxiliary.",
        treatment_zh="任一种均可：2.1/4 只比较填报的 `villages_covered` 和 `villages`，按村还是"
        "按格、计民警还是辅警，由填报单位统一。",
        treatment_en="Any of them will do: 2.1/4 compares `villages_covered` with `villages` as"
        " they are given; whoever gives them counts both in the same units.",
    ),
    Oddity(
        cites=["2.1/6", "2.2/1", "3.2/1", "4.3/1", "5.1/3", "5.2/3", "6.4/1"],
        zh="“一定数量”“逐步”“实时”“及时”“若干”“定期”均没有具体数字。",
        en="“A certain number”, “step by step”, “at once”, “in time”, “several” and “regularly”"
        " have no figures.",
        treatment_zh="一定数量、实时、定期是没有值的参数（`secondment_number`、`transfer_minutes`、"
        "`joint_meeting_period`、`mental_screening_period`），设定之前，有关结果为无法判定，定期而从未举办的除外（`never_held`）；"
        "“逐步”（2.2/1）是没有期限的目标，未达到的为待完成；“及时”（4.3/1d）按基准日期是否配齐"
        "判定；“若干”（5.1/3a）为至少一个。",
        treatment_en="“A certain number”, “at once” and “regularly” are parameters without a value"
        " (`secondment_number`, `transfer_minutes`, `joint_meeting_period`,"
        " `mental_screening_period`): what depends on them is undetermined until they are set,"
        " but for what was never held (`never_held`)."
        " “Step by step” (2.2/1) is a target without a date, pending while unmet; “in time”"
        " (4.3/1d) is judged on the policy's date; “several” (5.1/3a) is at least one.",
    ),
    Oddity(
        cites=["2.2/2", "5.1/3"],
        zh="年龄要求针对派出所领导，包括副所长；学历和经历要求只提所长和教导员；按片划责时副所长"
        "也不在除外之列。",
        en="The rule on age is for a station's leaders, deputy chiefs among them; the rules on"
        " education and service name chief and instructor only; nor is a deputy chief exempt from"
        " having a zone.",
        treatment_zh="照字面：2.2/2c 适用于所长、副所长和教导员，2.2/2a、2.2/2b 只适用于所长和教"
        "导员，5.1/3b 对副所长同样适用。",
        treatment_en="By the letter: 2.2/2c is for chiefs, deputy chiefs and instructors, 2.2/2a"
        " and 2.2/2b for chiefs and instructors only, and 5.1/3b reaches deputy chiefs.",
    ),
    Oddity(
        cites=["2.2/2", "4.1/3", "4.4/2", "4.5/2", "5.3/2"],
        zh="措辞约束力较弱，却带有具体数字或期限：“原则上”不超过50周岁，“可”给予800至1000元，"
        "“力争”“争取”于某年完成。",
        en="Words that bind weakly stand with firm figures and dates: “in principle” not over 50,"
        " “may” pay 800 to 1000 yuan, “strive” to complete by a year.",
        treatment_zh="数字照算，后果按措辞的约束力：2.2/2c 可经批准豁免；4.5/2c 不发补助不违反，发"
        "放而不在幅度内的不符合；4.1/3b、4.4/2b 到期未完成的为未达目标，不算不符合。5.3/2 涉及对"
        "人的监测，不写成规则。",
        treatment_en="The figure is computed, the words decide what comes of it: 2.2/2c can be"
        " displaced by an exemption; under 4.5/2c no stipend is no breach, one outside the band"
        " is; 4.1/3b and 4.4/2b, unmet after their date, are missed, not breached. 5.3/2 monitors"
        " persons and is not modelled.",
    ),
    Oddity(
        cites=["2.3/1"],
        zh="要求建立辅警“配置”机制，但全文没有辅警与民警的配比。",
        en="There is to be a mechanism for “allotting” auxiliaries, but nowhere a ratio of"
        " auxiliaries to officers.",
        treatment_zh="2.3/1a 至 2.3/1c 依据佐证材料判定，不计算配比。",
        treatment_en="2.3/1a to 2.3/1c rest on attestations; no ratio is computed.",
    ),
    Oddity(
        cites=["3.1/1", "3.1/2"],
        zh="前句规定“办理”的范围，后句规定不由派出所“主办”；后句的“复杂”又与前句的“简单”重复。",
        en="One sentence sets the scope of “handling” cases, the next excludes “leading” some; and"
        " “complex” repeats what is not “simple”.",
        treatment_zh="口径 `case_scope_covers` 默认只指主办：协办的案件不受两句限制。`simple` 和 "
        "`complex` 是两个事实，分别填报，不互相推算。",
        treatment_en="The reading `case_scope_covers` is by default of leading only: a case in"
        " which the station assists is out of both sentences' reach. `simple` and `complex` are"
        " two facts; neither is inferred from the other.",
    ),
    Oddity(
        cites=["3.2/2"],
        zh="有的文本把“12345一号通”的“一”排成破折号。",
        en="Some copies print a dash for the 一 (one) of “12345一号通”.",
        treatment_zh="以“一”为准；用排成破折号的文本执行 `--check-text`，3.2/2 会报告为文字不同。",
        treatment_en="一 is taken to be meant; `--check-text` reports 3.2/2 of a copy with the"
        " dash as different.",
    ),
    Oddity(
        cites=["3.3/3"],
        zh="审批跨级：警种报“同级”治安部门审核，却须经“市”公安局党委同意，县级警种也不例外；"
        "没有办理时限。",
        en="The procedure jumps a level: the public order department reviews at the “same level”,"
        " but the Party committee of the “municipal” bureau approves, even for a county's branch;"
        " and there is no time limit.",
        treatment_zh="照字面：审核部门的级别须与下达单位相同，批准机关一律为市公安局党委；未批准"
        "之前一直为须先履行程序。",
        treatment_en="By the letter: the review is at the issuer's level, the approval always by"
        " that Party committee; until then the task is awaiting steps, however long.",
    ),
    Oddity(
        cites=["3.4/1", "2.1/4"],
        zh="“不得指派民警”只保护民警；二（一）则对辅警另作规定。",
        en="Only officers are protected from being assigned; 2.1 shows that auxiliaries are"
        " handled apart.",
        treatment_zh="指派辅警的任务不受 3.4/1 限制；2.1/4 的辅警计入 `villages_covered`，按默认"
        "口径不计入警力。",
        treatment_en="A task assigned to an auxiliary is not reached by 3.4/1; the auxiliaries of"
        " 2.1/4 count in `villages_covered`, and by default not in strength.",
    ),
    Oddity(
        cites=["4.1/2", "4.1/3"],
        zh="名单后写“等3个”“等5个”“等2个”，“等”字之外又写明个数；文件他处的“等”则未尽列举。",
        en="“And others” (等) follows lists whose number is stated as well; elsewhere it leaves a"
        " list open.",
        treatment_zh="写明个数的名单视为列举完毕，即 `named_station` 认定的十二所；他处的“等”未尽列"
        "举：可能属于其余的，无法判定，不算不符合，直到设定其余有哪些（0/1 的 `other_main_duties`、"
        "3.1/2 的 `other_excluded_categories`、4.5/2d 的 `other_hired_backgrounds`）；其余“等”处只"
        "要求列明的。",
        treatment_en="A list with its number is closed: the twelve stations of `named_station`."
        " Elsewhere 等 leaves it open: what may be one of the rest is undetermined, not breached,"
        " until it is set what the rest are (`other_main_duties` of 0/1,"
        " `other_excluded_categories` of 3.1/2, `other_hired_backgrounds` of 4.5/2d); in all"
        " other places no more is asked than what is named.",
    ),
    Oddity(
        cites=["4.1/3"],
        zh="“十八列岛边防所”沿用边防部队改制前的名称，当时正改称海防所。",
        en="“十八列岛边防所” is named after the border-defence force as it was before its reform;"
        " such stations were then being renamed 海防所.",
        treatment_zh="`names_of_shibaliedao` 同时列入边防所、边防派出所、海防所、海防派出所，任"
        "一名称均视为该所。",
        treatment_en="`names_of_shibaliedao` has the names 边防所, 边防派出所, 海防所 and"
        " 海防派出所; each of them is taken to be that station.",
    ),
    Oddity(
        cites=["4.1/5", "4.2/3", "4.2/4", "4.5/2"],
        zh="派出所分类三处不同：城区所和农村所，城区派出所和其他试点派出所，城区派出所和其他乡镇"
        "派出所。",
        en="Stations are divided in three ways: urban and rural; urban and other pilots; urban"
        " and other township stations.",
        treatment_zh="`setting` 分城区、乡镇、农村三类，由数据填报，不从名称或代码推断；三处均为"
        "城区对其余，4.1/5b 的“农村所”包括乡镇。",
        treatment_en="`setting` is urban, township or rural, as given, never inferred from a name"
        " or code; in all three places it is urban against the rest, so that 4.1/5b takes in"
        " townships.",
    ),
    Oddity(
        cites=["4.2/3", "4.2/4"],
        zh="2019年的要求写“标准化警务工作站各4个”，2020年的要求既无“标准化”也无“各”。",
        en="The sentence on 2019 says “standardised”, and “each”; the one on 2020 says neither.",
        treatment_zh="4.2/3 只数标准化的，4.2/4 不论是否标准化；是否各自计算是口径 "
        "`other_pilots_workstations`（默认各自），4个是否为最低数是口径 `workstation_number`（默"
        "认最低数）。",
        treatment_en="4.2/3 counts standardised workstations only, 4.2/4 any; whether 4.2/4 is"
        " meant of each is the reading `other_pilots_workstations` (default: each), whether four"
        " is the least number the reading `workstation_number` (default: the least).",
    ),
    Oddity(
        cites=["4.2/3", "4.2/4", "4.4/2", "4.5/2", "5.1/1"],
        zh="21个改革试点、其中10个城区所和11个其他所、21个调解员进驻所、5个智慧执法区试点，都没有"
        "列名。",
        en="The 21 pilots of the reform (10 urban, 11 others), the 21 mediation stations and the"
        " five pilots of smart enforcement areas are not named.",
        treatment_zh="由数据填报（`pilot`、`setting`、`mediation_station`）；5.1/1a、4.5/2f 核对"
        "总数，4.2/3a、4.2/4a 核对分项数；与文件不一致的为数据存疑，不算不符合。两个“21个”"
        "默认是两份名单（口径 `mediation_stations`）；4.4/2a 默认数任意建成的五个（口径 "
        "`smart_area_pilots`）。",
        treatment_en="They are given as facts (`pilot`, `setting`, `mediation_station`); 5.1/1a"
        " and 4.5/2f compare the totals, 4.2/3a and 4.2/4a the parts; a difference is doubtful"
        " data, no breach. The two 21 are by default two lists (reading `mediation_stations`);"
        " 4.4/2a counts by default any five areas (reading `smart_area_pilots`).",
    ),
    Oddity(
        cites=["5.1/1", "5.1/2"],
        zh="同一个室有两个名称：作为队室写“综合勤务指挥室”（两处），写职能时作“综合警务指挥室”。",
        en="One room has two names: 综合勤务指挥室 as a unit (twice), 综合警务指挥室 where its"
        " functions are listed.",
        treatment_zh="视为同一个室（`command`）；后一名称只出现在未写成规则的职能之中。",
        treatment_en="They are taken to be one unit (`command`); the second name stands only with"
        " the functions, which are not modelled.",
    ),
    Oddity(
        cites=["5.1/1", "5.1/2"],
        zh="“两队一室”没有处警巡逻队，未说明由谁处警；“三队一室”则有。",
        en="“Two teams and one room” has no patrol team, and it is not said who answers calls;"
        " “three teams and one room” has one.",
        treatment_zh="5.1/2 只核对两队一室是否设立，不推定由谁处警；多设处警巡逻队不违反。",
        treatment_en="5.1/2 asks whether the two teams and the room are set up, and assumes"
        " nothing about who answers calls; a patrol team besides is no breach.",
    ),
    Oddity(
        cites=["5.1/3"],
        zh="“综合用警”：小所的民警都按片工作，没有专人办案或处警。",
        en="“All officers for all work”: at a small station everyone works by zone, and nobody is"
        " left for cases or calls.",
        treatment_zh="按片划责的派出所没有应设的队室（`teams` 为空），不核对由谁办案、处警。",
        treatment_en="A station that works by zone has no required units (`teams` is empty); who"
        " handles cases and calls is not asked.",
    ),
    Oddity(
        cites=["5.1/4"],
        zh="“2019年6月底前”早于文件的成文日期（2019年7月16日）。",
        en="The deadline, end of June 2019, is before the date of the document (16 July 2019).",
        treatment_zh="照常判定；结果注明期限早于文件成文日期（JSON 中 `retroactive` 为 true）。文"
        "件成文之前不作任何判定。",
        treatment_en="It is judged like any other; its finding says that it was due before the"
        " directive was issued (`retroactive` in JSON). Nothing is judged before that date.",
    ),
    Oddity(
        cites=["6.2/2", "6.2/3"],
        zh="二等功是“推报”，三等功是“记”，审批级别不同；三年依次为一级、二级、一级的，按字面两"
        "句都不符合。",
        en="Second-class merit is “put forward”, third-class “given”: different levels decide."
        " Three years of grades one, two, one fit neither sentence by the letter.",
        treatment_zh="只判定是否可以推报、可以记功，不代替有权机关决定；等级既有一级又有二级的，"
        "默认可记三等功，口径 `grade_two_years` 可改为两项都不可。",
        treatment_en="The rules say who may be put forward or given it, and leave the decision to"
        " whoever takes it. Mixed grades are by default eligible for third-class merit;"
        " the reading `grade_two_years` can make them eligible for neither.",
    ),
    Oddity(
        cites=[],
        zh="没有施行日期、有效期、废止和解释条款，没有罚则，多数事项没有写明责任单位。",
        en="There is no clause on commencement, expiry, repeal or interpretation, none on"
        " sanctions, and for most duties no responsible body.",
        treatment_zh="自成文之日起适用，不设终止日期；结果只说明是否符合，不附后果；规则的对象是"
        "数据所在的单位（派出所、公安局、市等），不表示该单位就是责任单位。",
        treatment_en="It applies from the day it was issued, without an end. A finding says how"
        " things stand and carries no consequence. The subject of a rule is where its data stand"
        " (station, bureau, city), which is not to say who answers for it.",
    ),
    Oddity(
        cites=[],
        zh="扫描的文本在词语和数字中间有空格，在句子中间有换行。",
        en="Scanned copies have spaces inside words and numbers, and line breaks inside sentences.",
        treatment_zh="`--check-text` 比对之前先统一全半角和引号，并去掉空白。",
        treatment_en="`--check-text` folds width and quotation marks and drops white space before"
        " it compares.",
    ),
)
