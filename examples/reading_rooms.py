"""A second directive, made up for the tutorial: when village reading rooms open, and who uses them.

Its text is our own, so it stands here in full. Of a real directive, only the operative words are
quoted, and the fingerprints stand in for the text.
"""

from datetime import date

from policy_rules.facts import (
    Fact,
    Labelled,
    Unit,
    boolean,
    choice,
    day,
    fact,
    identity,
    integer,
    reference,
    text,
)
from policy_rules.language import AS_OF, Clause, Directive, subject
from policy_rules.language.sentences import fingerprints

TEXT = """
1/1 为方便群众读书看报，制定本规定。
1.1/1 藏书3000册以上的阅览室为甲类阅览室，其他为乙类阅览室。
1.1/2 甲类阅览室每周开放不少于40小时，乙类阅览室每周开放不少于20小时。
1.1/3 有条件的阅览室逐步设置儿童专区。
1.2/1 阅览室原则上不出借用于商业活动。
1.2/2 借用阅览室的，经村委会同意后方可使用。
"""

# Facts: what the directive speaks of

VOLUMES = Unit("册", "volumes")
HOURS = Unit("小时", "hours")


class RoomClass(Labelled):
    """The class of a reading room, by its stock."""

    FIRST = ("first", "甲类", "first class")
    SECOND = ("second", "乙类", "second class")


class Purpose(Labelled):
    """What a room is lent for."""

    PUBLIC = ("public", "公益活动", "public event")
    COMMERCIAL = ("commercial", "商业活动", "commercial event")


@fact(collection="reading_rooms", zh="阅览室", en="reading room")
class ReadingRoom(Fact):
    """A village's reading room."""

    id: str = identity()
    name: str | None = text(zh="名称", en="name", meaning="What the room is called.")
    volumes: int | None = integer(
        zh="纸质藏书", en="printed volumes", unit=VOLUMES, meaning="Printed books on the shelves."
    )
    ebooks: int | None = integer(
        zh="电子藏书", en="electronic volumes", unit=VOLUMES, meaning="Electronic books on offer."
    )
    weekly_hours: int | None = integer(
        zh="每周开放时间", en="weekly hours", unit=HOURS, meaning="Hours open in a usual week."
    )
    children_area: bool | None = boolean(
        zh="有儿童专区",
        no_zh="没有儿童专区",
        en="children's area",
        meaning="Whether it has an area for children.",
    )


@fact(collection="loans_of_rooms", zh="场地借用", en="loan of a room", deed="出借")
class RoomLoan(Fact):
    """A request to use a reading room."""

    id: str = identity()
    room_id: str | None = reference(
        "reading_rooms", zh="阅览室", en="reading room", meaning="The room that is asked for."
    )
    purpose: Purpose | None = choice(
        Purpose, zh="用途", en="purpose", meaning="What it is asked for."
    )
    agreed_on: date | None = day(
        zh="村委会同意日期", en="agreed on", meaning="The day the village committee agreed."
    )
    held_on: date | None = day(zh="使用日期", en="held on", meaning="The day of the event.")


# 一 Purpose

purpose = Clause("1", "总则", "Purpose")
(s1,) = purpose.sentences(1)

s1.background("制定本规定的目的", "why the directive was made")

# 一（一） The rooms

rooms = Clause("1.1", "阅览室的类别和开放", "Classes and hours")
s1, s2, s3 = rooms.sentences(3)
room = subject(ReadingRoom)

STOCK_COUNTS = s1.reading("stock_counts", default="printed")(
    "“藏书”是否包括电子藏书？", "does the stock (藏书) include electronic books?"
).options(
    printed=("只计纸质藏书", "printed volumes only"),
    all_volumes=("纸质和电子藏书合计", "printed and electronic volumes together"),
    why=("“册”通常指纸质图书", "the unit 册 is usually that of printed books"),
)
stock = rooms.defines(room, "stock", int, unit=("册", "volumes"))("藏书量", "stock").by(
    s1("藏书").makes(room.volumes, when=STOCK_COUNTS.is_("printed")),
    s1("藏书").makes(room.volumes + room.ebooks, when=STOCK_COUNTS.is_("all_volumes")),
)
FIRST_CLASS_STOCK = s1("藏书3000册以上")(
    "甲类阅览室的最低藏书量", "least stock of a first-class room"
).sets("first_class_stock", 3000, unit=("册", "volumes"))
room_class = rooms.defines(room, "room_class", RoomClass)("阅览室类别", "class of the room").by(
    s1("藏书3000册以上的阅览室为甲类阅览室").makes(
        RoomClass.FIRST, when=stock.of(room) >= FIRST_CLASS_STOCK
    ),
    s1("其他为乙类阅览室").makes(RoomClass.SECOND, when=stock.of(room) < FIRST_CLASS_STOCK),
)

FIRST_CLASS_HOURS = s2("甲类阅览室每周开放不少于40小时")(
    "甲类阅览室每周最少开放时间", "least weekly hours of a first-class room"
).sets("first_class_hours", 40, unit=("小时", "hours"))
SECOND_CLASS_HOURS = s2("乙类阅览室每周开放不少于20小时")(
    "乙类阅览室每周最少开放时间", "least weekly hours of a second-class room"
).sets("second_class_hours", 20, unit=("小时", "hours"))
s2.a("甲类阅览室每周开放不少于40小时")(
    "甲类阅览室开放时间足够", "a first-class room is open long enough"
).demands(
    room,
    room.weekly_hours >= FIRST_CLASS_HOURS,
    applies=room_class.of(room).is_(RoomClass.FIRST),
)
s2.b("乙类阅览室每周开放不少于20小时")(
    "乙类阅览室开放时间足够", "a second-class room is open long enough"
).demands(
    room,
    room.weekly_hours >= SECOND_CLASS_HOURS,
    applies=room_class.of(room).is_(RoomClass.SECOND),
)

s3.target("逐步设置儿童专区")(
    "逐步设置儿童专区", "an area for children is set up step by step"
).demands(room, room.children_area)
s3.qualitative("“有条件”由各村自行判断", "each village judges for itself whether it can")

# 一（二） Who may use them

loans = Clause("1.2", "阅览室的借用", "Lending a room")
s1, s2 = loans.sentences(2)
loan = subject(RoomLoan)

s1.in_principle("原则上不出借用于商业活动")(
    "阅览室原则上不出借用于商业活动", "a room is in principle not lent for commerce"
).forbids(loan, loan.purpose.is_(Purpose.COMMERCIAL), on=loan.held_on)

s2("方可使用")(
    "借用阅览室须先经村委会同意", "a room is used once the village committee has agreed"
).needs(
    loan,
    s2("经村委会同意")("村委会同意", "agreement of the village committee").step(
        "village_agreement", (loan.agreed_on <= loan.held_on) & (loan.agreed_on <= AS_OF)
    ),
    on=loan.held_on,
)

DIRECTIVE = Directive(
    id="reading-rooms",
    number="示例〔2020〕1号",
    zh="村阅览室开放和借用规定（示例）",
    en="On the opening and lending of village reading rooms (made up)",
    issued=date(2020, 3, 1),
    clauses=[purpose, rooms, loans],
    sentences=fingerprints(TEXT),
    fact_classes=[ReadingRoom, RoomLoan],
)
