"""Facts about the rules themselves: attestations and exemptions."""

from __future__ import annotations

from datetime import date

from .fields import Fact, boolean, day, fact, identity, text


@fact(collection="attestations", zh="证明", en="attestation", counter="份")
class Attestation(Fact):
    """A statement that what a sentence asks for is there, or is not."""

    id: str = identity()
    subject_id: str | None = text(
        zh="证明对象编号",
        en="subject",
        meaning="The id of the fact that the statement is about.",
        meaning_zh="证明所说事实的编号",
    )
    cite: str | None = text(
        zh="条款",
        en="citation",
        meaning="The citation of the rule, such as `3.3/1a`.",
        meaning_zh="规则的条款号，如 `3.3/1a`",
    )
    holds: bool | None = boolean(
        zh="已落实",
        no_zh="未落实",
        en="holds",
        no_en="does not hold",
        meaning="Whether what the sentence asks for is there.",
        meaning_zh="句子所要求的是否已落实",
    )
    on: date | None = day(
        zh="日期", en="date", meaning="The day of the statement.", meaning_zh="证明的日期"
    )
    document: str | None = text(
        zh="文件",
        en="document",
        meaning="The document that the statement rests on.",
        meaning_zh="证明所依据的材料",
    )


@fact(collection="exemptions", zh="豁免批准", en="exemption", counter="项")
class Exemption(Fact):
    """A decision that an in-principle rule need not be followed; part of a policy, not a fact."""

    id: str = identity()
    cite: str = text(
        zh="条款",
        en="citation",
        required=True,
        meaning="The citation of the sentence or rule.",
        meaning_zh="句子或规则的条款号",
    )
    subject: str = text(
        zh="对象",
        en="subject",
        required=True,
        meaning="The key of the fact, such as `cases/A1`.",
        meaning_zh="事实的键，如 `cases/A1`",
    )
    authority: str | None = text(
        zh="批准机关", en="authority", meaning="Who decided it.", meaning_zh="由谁批准"
    )
    document: str | None = text(
        zh="文件",
        en="document",
        meaning="The document that the decision is in.",
        meaning_zh="批准所在的文件",
    )
    reason: str | None = text(
        zh="理由", en="reason", meaning="Why it was decided.", meaning_zh="批准的理由"
    )
    valid_from: date | None = day(
        zh="生效日期",
        en="valid from",
        meaning="The first day it is valid; unknown means from the beginning.",
        meaning_zh="有效的第一日；不写则没有起始限制",
    )
    valid_until: date | None = day(
        zh="失效日期",
        en="valid until",
        meaning="The last day it is valid; unknown means without end.",
        meaning_zh="有效的最后一日；不写则没有终止限制",
    )
