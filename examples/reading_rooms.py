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
from policy_rules.language import (
    AS_OF,
    Clause,
    Directive,
    ExcuseKind,
    Modality,
    define,
    excuse,
    forbid,
    needs,
    parameter,
    reading,
    require,
    step,
    subject,
    when,
)
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


@fact(collection="loans_of_rooms", zh="场地借用", en="loan of a room")
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


# 一（一） The rooms

room = subject(ReadingRoom)

STOCK_COUNTS = reading(
    "stock_counts", "1.1/1",
    zh="“藏书”是否包括电子藏书？",
    en="does the stock (藏书) include electronic books?",
    printed=("只计纸质藏书", "printed volumes only"),
    all_volumes=("纸质和电子藏书合计", "printed and electronic volumes together"),
    default="printed",
    why=("“册”通常指纸质图书", "the unit 册 is usually that of printed books"),
)  # fmt: skip

stock = define(
    room, "stock", int,
    zh="藏书量", en="stock", unit=("册", "volumes"),
    rules=[
        when(STOCK_COUNTS.is_("printed"))
        .then(room.volumes, cite="1.1/1", quote="藏书"),
        when(STOCK_COUNTS.is_("all_volumes"))
        .then(room.volumes + room.ebooks, cite="1.1/1", quote="藏书"),
    ],
)  # fmt: skip

FIRST_CLASS_STOCK = parameter(
    "first_class_stock", 3000,
    cite="1.1/1", quote="藏书3000册以上", unit=("册", "volumes"),
    zh="甲类阅览室的最低藏书量", en="least stock of a first-class room",
)  # fmt: skip

room_class = define(
    room, "room_class", RoomClass,
    zh="阅览室类别", en="class of the room",
    rules=[
        when(stock.of(room) >= FIRST_CLASS_STOCK)
        .then(RoomClass.FIRST, cite="1.1/1", quote="藏书3000册以上的阅览室为甲类阅览室"),
        when(stock.of(room) < FIRST_CLASS_STOCK)
        .then(RoomClass.SECOND, cite="1.1/1", quote="其他为乙类阅览室"),
    ],
)  # fmt: skip

FIRST_CLASS_HOURS = parameter(
    "first_class_hours", 40,
    cite="1.1/2", quote="甲类阅览室每周开放不少于40小时", unit=("小时", "hours"),
    zh="甲类阅览室每周最少开放时间", en="least weekly hours of a first-class room",
)  # fmt: skip

SECOND_CLASS_HOURS = parameter(
    "second_class_hours", 20,
    cite="1.1/2", quote="乙类阅览室每周开放不少于20小时", unit=("小时", "hours"),
    zh="乙类阅览室每周最少开放时间", en="least weekly hours of a second-class room",
)  # fmt: skip

first_class_open = require(
    room,
    room.weekly_hours >= FIRST_CLASS_HOURS,
    applies=room_class.of(room).is_(RoomClass.FIRST),
    cite="1.1/2a", quote="甲类阅览室每周开放不少于40小时",
    zh="甲类阅览室开放时间足够", en="a first-class room is open long enough",
)  # fmt: skip

second_class_open = require(
    room,
    room.weekly_hours >= SECOND_CLASS_HOURS,
    applies=room_class.of(room).is_(RoomClass.SECOND),
    cite="1.1/2b", quote="乙类阅览室每周开放不少于20小时",
    zh="乙类阅览室开放时间足够", en="a second-class room is open long enough",
)  # fmt: skip

children_area = require(
    room,
    room.children_area,
    modality=Modality.TARGET,
    cite="1.1/3", quote="逐步设置儿童专区",
    zh="逐步设置儿童专区", en="an area for children is set up step by step",
)  # fmt: skip

ROOMS = Clause(
    heading="1.1",
    zh="阅览室的类别和开放",
    en="Classes and hours",
    provisions=[
        stock, room_class, first_class_open, second_class_open, children_area,
        excuse(
            "1.1/3", ExcuseKind.QUALITATIVE,
            zh="“有条件”由各村自行判断", en="each village judges for itself whether it can",
        ),
    ],
)  # fmt: skip

# 一（二） Who may use them

loan = subject(RoomLoan)

no_commerce = forbid(
    loan,
    loan.purpose.is_(Purpose.COMMERCIAL),
    modality=Modality.IN_PRINCIPLE,
    on=loan.held_on,
    cite="1.2/1", quote="原则上不出借用于商业活动",
    zh="阅览室原则上不出借用于商业活动", en="a room is in principle not lent for commerce",
)  # fmt: skip

agreement = needs(
    loan,
    [
        step(
            "village_agreement",
            (loan.agreed_on <= loan.held_on) & (loan.agreed_on <= AS_OF),
            quote="经村委会同意", zh="村委会同意", en="agreement of the village committee",
        )
    ],
    on=loan.held_on,
    cite="1.2/2", quote="方可使用",
    zh="借用阅览室须先经村委会同意", en="a room is used once the village committee has agreed",
)  # fmt: skip

LOANS = Clause(
    heading="1.2",
    zh="阅览室的借用",
    en="Lending a room",
    provisions=[no_commerce, agreement],
)

PURPOSE = Clause(
    heading="1",
    zh="总则",
    en="Purpose",
    provisions=[
        excuse(
            "1/1", ExcuseKind.BACKGROUND,
            zh="制定本规定的目的", en="why the directive was made",
        )
    ],
)  # fmt: skip

DIRECTIVE = Directive(
    id="reading-rooms",
    number="示例〔2020〕1号",
    zh="村阅览室开放和借用规定（示例）",
    en="On the opening and lending of village reading rooms (made up)",
    issued=date(2020, 3, 1),
    clauses=[PURPOSE, ROOMS, LOANS],
    sentences=fingerprints(TEXT),
    fact_classes=[ReadingRoom, RoomLoan],
)
