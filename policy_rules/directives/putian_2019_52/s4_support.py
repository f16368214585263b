"""四 Support: stations meet the ministry's construction standard."""

from ...facts import Station
from ...language import Clause, ExcuseKind, attest, excuse, subject

station = subject(Station)

building_standard = attest(
    station,
    cite="4/1", quote="落实公安部《公安派出所建设标准》的相关要求",
    zh="派出所达到公安部《公安派出所建设标准》",
    en="a station meets the ministry's construction standard for police stations",
)  # fmt: skip

CLAUSE = Clause(
    heading="4",
    zh="强化保障",
    en="Support",
    provisions=[
        building_standard,
        excuse(
            "4/1", ExcuseKind.QUALITATIVE,
            zh="“暖警”工程和强化经费、用房及装备保障是总的要求，标准见四（一）至四（五）",
            en="care for officers and more funds, premises and equipment are general aims; for"
            " standards see 4.1 to 4.5",
        ),
    ],
)  # fmt: skip
