"""The words of the directive that more than one clause uses, and what they are taken to mean."""

from fractions import Fraction

from ...facts import Officer, Role, Station
from ...language import always, count, define, each, first_known, parameter, reading, subject, when

station = subject(Station)
officer = each(Officer, station_id=station)

# 警力

STRENGTH_COUNTS = reading(
    "strength_counts", "2.1/1",
    zh="“警力”是否包括辅警？",
    en="does strength (警力) include auxiliaries?",
    sworn=("只计民警", "sworn officers only"),
    sworn_and_auxiliary=("民警和辅警合计", "sworn officers and auxiliaries together"),
    default="sworn",
    why=(
        "辅警不具有执法主体资格，文件对辅警另作规定（二（三））",
        "auxiliaries have no police powers of their own, and the text treats them apart (2.3)",
    ),
)  # fmt: skip

sworn_officers = first_known(
    station.officers, count(officer, zh="花名册人数", en="officers on the roster")
)

strength = define(
    station, "strength", int,
    zh="警力", en="strength", unit=("人", "officers"),
    rules=[
        when(STRENGTH_COUNTS.is_("sworn"))
        .then(sworn_officers, cite="2.1/1", quote="派出所警力"),
        when(STRENGTH_COUNTS.is_("sworn_and_auxiliary"))
        .then(sworn_officers + station.auxiliaries, cite="2.1/1", quote="派出所警力"),
    ],
)  # fmt: skip

# 社区（驻村）民警

community_strength = define(
    station, "community_strength", int,
    zh="社区（驻村）民警数", en="community strength", unit=("人", "officers"),
    rules=[
        always(
            first_known(
                station.community_officers,
                count(
                    officer, officer.role.is_(Role.COMMUNITY),
                    zh="花名册上的社区民警", en="community officers on the roster",
                ),
            ),
            cite="2.1/1", quote="社区（驻村）民警",
        ),
    ],
)  # fmt: skip

# 县（区）和派出所的比例是两个“40%以上”

COUNTY_SHARE = parameter(
    "county_share", Fraction(2, 5),
    cite="2.1/1", quote="占所在县（区）公安机关总警力的40%以上",
    zh="派出所警力占县（区）总警力的最低比例",
    en="minimum share of a county's officers at its stations",
)  # fmt: skip

COMMUNITY_SHARE = parameter(
    "community_share", Fraction(2, 5),
    cite="2.1/1", quote="占所在派出所警力的40%以上",
    zh="社区（驻村）民警占派出所警力的最低比例",
    en="minimum share of community officers in a station's strength",
)  # fmt: skip
