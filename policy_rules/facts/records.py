"""Facts about the rules themselves: attestations and exemptions."""

from __future__ import annotations

from datetime import date

from .fields import Fact, boolean, day, fact, identity, text


@fact(collection="attestations", zh="证明", en="attestation", counter="份")
class Attestation(Fact):
    """A statement that what a sentence asks for is there, or is not."""

    id: str = identity()
    subject_id: str | None = text(
        zh="对象编号", en="subject", meaning="The id of the fact that the statement is about."
    )
    cite: str | None = text(
        zh="条款", en="citation", meaning="The citation of the rule, such as `3.3/1a`."
    )
    holds: bool | None = boolean(
        zh="已落实",
        no_zh="未落实",
        en="holds",
        meaning="Whether what the sentence asks for is there.",
    )
    on: date | None = day(zh="日期", en="date", meaning="The day of the statement.")
    document: str | None = text(
        zh="文件", en="document", meaning="The document that the statement rests on."
    )


@fact(collection="exemptions", zh="豁免批准", en="exemption", counter="项")
class Exemption(Fact):
    """A decision that an in-principle rule need not be followed; part of a policy, not a fact."""

    id: str = identity()
    cite: str = text(
        zh="条款", en="citation", required=True, meaning="The citation of the sentence or rule."
    )
    subject: str = text(
        zh="对象", en="subject", required=True, meaning="The key of the fact, such as `cases/A1`."
    )
    authority: str | None = text(zh="批准机关", en="authority", meaning="Who decided it.")
    document: str | None = text(
        zh="文件", en="document", meaning="The document that the decision is in."
    )
    reason: str | None = text(zh="理由", en="reason", meaning="Why it was decided.")
    valid_from: date | None = day(
        zh="生效日期",
        en="valid from",
        meaning="The first day it is valid; unknown means from the beginning.",
    )
    valid_until: date | None = day(
        zh="失效日期",
        en="valid until",
        meaning="The last day it is valid; unknown means without end.",
    )
