"""A small made-up vocabulary, with a field of every kind, for random directives."""

from __future__ import annotations

from collections.abc import Mapping, Set
from datetime import date, datetime
from decimal import Decimal

from ..facts import Fact, Labelled, Unit
from ..facts.fields import (
    boolean,
    by_year,
    choice,
    choices,
    codes,
    day,
    decimal,
    fact,
    identity,
    integer,
    moment,
    reference,
    text,
)

_PIECES = Unit("件", "pieces")
_YUAN = Unit("元", "yuan")


class Colour(Labelled):
    """A choice."""

    RED = ("red", "红", "red")
    GREEN = ("green", "绿", "green")
    BLUE = ("blue", "蓝", "blue")


@fact(collection="offices", zh="办事处", en="office")
class Office(Fact):
    """What most rules are about."""

    id: str = identity()
    open: bool | None = boolean(zh="开放", en="open", meaning="Whether it is open.")
    large: bool | None = boolean(zh="大型", en="large", meaning="Whether it is large.")
    desks: int | None = integer(zh="桌数", en="desks", unit=_PIECES, maximum=9, meaning="Desks.")
    floors: int | None = integer(
        zh="层数", en="floors", unit=_PIECES, minimum=1, maximum=9, meaning="Floors."
    )
    rent: Decimal | None = decimal(
        zh="租金",
        en="rent",
        unit=_YUAN,
        places=2,
        minimum=-3,
        maximum=9,
        meaning="Rent, paid or got.",
    )
    founded: date | None = day(zh="成立日期", en="founded", meaning="The day it was founded.")
    checked_at: datetime | None = moment(
        zh="检查时间", en="checked at", meaning="When it was last looked at."
    )
    colour: Colour | None = choice(Colour, zh="颜色", en="colour", meaning="Its colour.")
    colours: Set[Colour] | None = choices(Colour, zh="诸色", en="colours", meaning="Its colours.")
    places: Set[str] | None = codes(
        zh="地区代码", en="places", pattern=r"[0-9]{4}", meaning="The codes of its places."
    )
    motto: str | None = text(zh="口号", en="motto", may_be_empty=True, meaning="Its motto.")
    visits: Mapping[int, int] | None = by_year(
        zh="来访数", en="visits", unit=_PIECES, maximum=9, meaning="Visits by calendar year."
    )


@fact(collection="clerks", zh="办事员", en="clerk")
class Clerk(Fact):
    """What aggregates range over."""

    id: str = identity()
    office_id: str | None = reference("offices", zh="所属", en="office", meaning="The office.")
    senior: bool | None = boolean(zh="资深", en="senior", meaning="Whether of long standing.")
    files: int | None = integer(zh="卷数", en="files", unit=_PIECES, maximum=9, meaning="Files.")
    since: date | None = day(zh="到任日期", en="since", meaning="The first day.")
    until: date | None = day(
        zh="离任日期", en="until", may_be_none=True, meaning="The last day, if there is one."
    )
    wage: int | None = integer(
        zh="津贴", en="wage", unit=_YUAN, maximum=9, may_be_none=True, meaning="A wage, if any."
    )
    colour: Colour | None = choice(
        Colour, zh="颜色", en="colour", may_be_none=True, meaning="The colour, if any."
    )


@fact(collection="claims", zh="申请", en="claim", act_day="on")
class Claim(Fact):
    """A request to act."""

    id: str = identity()
    office_id: str | None = reference("offices", zh="所属", en="office", meaning="The office.")
    clerk_id: str | None = reference("clerks", zh="经办人", en="clerk", meaning="The clerk.")
    urgent: bool | None = boolean(zh="紧急", en="urgent", meaning="Whether it is urgent.")
    amount: int | None = integer(zh="数额", en="amount", unit=_PIECES, maximum=9, meaning="Amount.")
    fee: Decimal | None = decimal(
        zh="费用", en="fee", unit=_YUAN, places=2, maximum=9, may_be_none=True, meaning="A fee."
    )
    heard_at: datetime | None = moment(
        zh="听证时间", en="heard at", may_be_none=True, meaning="When it was heard, if it was."
    )
    note: str | None = text(zh="附注", en="note", may_be_none=True, meaning="A note, if any.")
    on: date | None = day(zh="日期", en="on", meaning="The day of the act.")
    colours: Set[Colour] | None = choices(Colour, zh="诸色", en="colours", meaning="Its colours.")


CLASSES: tuple[type[Fact], ...] = (Office, Clerk, Claim)
