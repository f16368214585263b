"""Rulings on part 三: relief from other work."""

from typing import Final

from ....language import Ruling

RULINGS: Final = (
    Ruling(
        cites=["3.1/2"],
        zh="哪些算“涉外地市”的案件？",
        en="which cases involve other cities (外地市)?",
        taken_zh="有地点不在本市的（按涉案地行政区划代码）",
        taken_en="those with a place outside this one, by its code",
        instead_zh="当事人籍贯或者住址在外地的，也算",
        instead_en="those with a party from elsewhere, too",
        why_zh="“外地市”是本市以外的地市，不是外国；案件涉及何处，以案件的地点为准",
        why_en="外地市 are other cities, not other countries; where a case is involved goes by its"
        " places",
    ),
    Ruling(
        cites=["3.2/1b"],
        zh="没有流转的非警务警情，是否要等“实时”的时长设定后再判定？",
        en="does a call that was not passed on wait until minutes are set for “at once”?",
        taken_zh="不等；没有流转即不符合",
        taken_en="no: it is a breach",
        instead_zh="要等；设定之前无法判定",
        instead_en="yes: until then it is undetermined",
        why_zh="没有流转，不论时长定为多少都达不到",
        why_en="what is not passed on is late by any number",
    ),
    Ruling(
        cites=["3.3/1b"],
        zh="“围绕标准开展主业工作”，由全市证明还是由各派出所证明？",
        en="is keeping to the norms in main duties attested of the city or of each station?",
        taken_zh="由全市证明",
        taken_en="of the city",
        instead_zh="由各派出所逐所证明",
        instead_en="of each station",
        why_zh="“确保”承前句的“建立”，主语是建立清单和机制的一方，派出所是所确保的对象",
        why_en="who is to “ensure” it is who sets up the list and the mechanism; stations are what"
        " it is ensured of",
    ),
    Ruling(
        cites=["3.3/2"],
        zh="指标任务经过准入，能否下达？",
        en="may a quota be given once it is admitted?",
        taken_zh="能",
        taken_en="yes",
        instead_zh="不能；指标任务一律不得下达",
        instead_en="no: a station is given no quotas at all",
        why_zh="禁止的是“擅自”下达，经审核、同意的不是擅自",
        why_en="what is forbidden is to give it without authority (擅自)",
    ),
    Ruling(
        cites=["3.3/2", "3.3/3"],
        zh="哪些任务须经准入？",
        en="which tasks need admission?",
        taken_zh="警种部门下达的指标任务，以及警种职责任务（不论由谁下达）",
        taken_en="quotas from a specialised branch, and a branch's own duties from anyone",
        instead_zh="只限警种部门下达的",
        instead_en="only what a branch gives",
        why_zh="前半句写明“警种部门”，后半句“属专业警种部门职责任务的”没有限定由谁分解",
        why_en="the first half names the branches; the second, of their duties, names nobody",
    ),
    Ruling(
        cites=["3.3/3"],
        zh="评估、审核、同意、实施是否有先后？",
        en="do report, review, approval and start have an order?",
        taken_zh="有，依次进行，同日可以",
        taken_en="yes, that one; two on one day will do",
        instead_zh="实施之前齐备即可，不问先后",
        instead_en="no, if all are there before the start",
        why_zh="文件写“提出评估报告”“报……审核并经……同意后方可组织实施”，是先后的次序",
        why_en="the text puts them in a row, and ends “only then may it be carried out”",
    ),
    Ruling(
        cites=["3.3/3"],
        zh="评估报告由谁提出、保障何时明确，是否核对？",
        en="is it checked who wrote the report, and when the guarantees were given?",
        taken_zh="不核对；有报告、已明确保障即可",
        taken_en="no, if there are a report and the guarantees",
        instead_zh="须由该警种提出，并在报审之前明确保障",
        instead_en="yes: the branch, and before the review",
        why_zh="报告随任务上报，视为由该警种提出；保障没有写明时间",
        why_en="a report that comes with the task is taken to be the branch's; no day is set for"
        " guarantees",
    ),
)
