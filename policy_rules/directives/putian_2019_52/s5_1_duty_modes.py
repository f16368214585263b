"""五（一） Duty modes: how a station organises its officers."""

from datetime import date

from ...facts import City, DutyMode, Officer, Role, Station, Team
from ...language import (
    AS_OF,
    Clause,
    ExcuseKind,
    Modality,
    always,
    count,
    define,
    each,
    empty,
    excuse,
    none,
    parameter,
    require,
    set_of,
    subject,
    when,
)
from .terms import strength

city = subject(City)
station = subject(Station, strength)
station_of_city = each(Station)
officer = each(Officer, station_id=station)

# 第一句：试点派出所

PILOT_NUMBER = parameter(
    "pilot_number", 21,
    cite="5.1/1", quote="21个派出所", unit=("个", "stations"),
    zh="改革试点派出所数", en="number of pilot stations",
)  # fmt: skip

pilots = require(
    city,
    count(station_of_city, station_of_city.pilot, zh="试点派出所数", en="pilot stations")
    .is_(PILOT_NUMBER),
    cite="5.1/1a", quote="21个派出所",
    zh="列入改革试点的派出所数与文件一致",
    en="the city has as many pilot stations as the directive says",
)  # fmt: skip

# 第一句至第三句：勤务模式

TWO_TEAM_STRENGTH = parameter(
    "two_team_strength", 12,
    cite="5.1/2", quote="警力12人以上（含12人）", unit=("人", "officers"),
    zh="实行两队一室的最低警力", en="minimum strength for two teams and one room",
)  # fmt: skip

duty_mode = define(
    station, "duty_mode", DutyMode,
    zh="勤务模式", en="duty mode",
    rules=[
        when(station.pilot)
        .then(DutyMode.THREE_TEAMS_ONE_ROOM, cite="5.1/1", quote="21个派出所实行“三队一室”"),
        when(~station.pilot & (station.strength >= TWO_TEAM_STRENGTH))
        .then(DutyMode.TWO_TEAMS_ONE_ROOM, cite="5.1/2", quote="其他警力12人以上（含12人）"),
        when(~station.pilot & (station.strength < TWO_TEAM_STRENGTH))
        .then(DutyMode.ZONED, cite="5.1/3", quote="警力在12人以下"),
    ],
)  # fmt: skip

# 各模式的队室

THREE_TEAMS = parameter(
    "three_teams", {Team.COMMUNITY, Team.CASE, Team.PATROL, Team.COMMAND},
    cite="5.1/1", quote="社区警务队、打击办案队、处警巡逻队、综合勤务指挥室",
    zh="三队一室的队室", en="units of three teams and one room",
)  # fmt: skip

TWO_TEAMS = parameter(
    "two_teams", {Team.COMMUNITY, Team.CASE, Team.COMMAND},
    cite="5.1/2", quote="社区警务队、打击办案队、综合勤务指挥室",
    zh="两队一室的队室", en="units of two teams and one room",
)  # fmt: skip

_mode = duty_mode.of(station)

teams = define(
    station, "teams", set_of(Team),
    zh="应设队室", en="units required",
    rules=[
        when(_mode.is_(DutyMode.THREE_TEAMS_ONE_ROOM))
        .then(THREE_TEAMS, cite="5.1/1", quote="“三队一室”"),
        when(_mode.is_(DutyMode.TWO_TEAMS_ONE_ROOM))
        .then(TWO_TEAMS, cite="5.1/2", quote="“两队一室”"),
        when(_mode.is_(DutyMode.ZONED))
        .then(empty(Team), cite="5.1/3", quote="按片划责、综合用警"),
    ],
)  # fmt: skip

three_teams_set_up = require(
    station,
    station.units.includes(teams.of(station)),
    applies=station.pilot,
    cite="5.1/1b", quote="实行“三队一室”",
    zh="试点派出所设有三队一室", en="a pilot station has set up three teams and one room",
)  # fmt: skip

two_teams_set_up = require(
    station,
    station.units.includes(teams.of(station)),
    applies=_mode.is_(DutyMode.TWO_TEAMS_ONE_ROOM),
    cite="5.1/2", quote="实行“两队一室”",
    zh="应实行两队一室的派出所设有两队一室",
    en="a station in the mode of two teams and one room has set them up",
)  # fmt: skip

# 第三句：警务区

zones = require(
    station,
    station.zones >= 1,
    applies=_mode.is_(DutyMode.ZONED),
    cite="5.1/3a", quote="划分若干个警务区",
    zh="按片划责的派出所划有警务区", en="a station that works by zone has zones",
)  # fmt: skip

officers_by_zone = require(
    station,
    none(
        officer,
        ~officer.role.is_in({Role.CHIEF, Role.INSTRUCTOR, Role.CLERK}) & officer.zone.is_(""),
        zh="未划入警务区的民警", en="officers without a zone",
    ),
    applies=_mode.is_(DutyMode.ZONED),
    modality=Modality.IN_PRINCIPLE,
    cite="5.1/3b", quote="原则上除所长、教导员和内勤外，其余民警根据划片开展工作",
    zh="所长、教导员和内勤以外的民警原则上均划入警务区",
    en="in principle, every officer other than the chief, instructor and clerks has a zone",
)  # fmt: skip

# 第四句

CHANGEOVER = parameter(
    "changeover", date(2019, 6, 30),
    cite="5.1/4", quote="2019年6月底前",
    zh="勤务工作调整的期限", en="date by which the change of duty modes is to be complete",
)  # fmt: skip

changeover = require(
    station,
    station.duty_mode_in_use.is_(_mode),
    due=CHANGEOVER,
    cite="5.1/4", quote="2019年6月底前，完成全市公安机关勤务工作调整",
    zh="实际勤务模式与应实行的模式一致", en="the duty mode in use is the one laid down",
)  # fmt: skip

REVIEW_YEARS = parameter(
    "review_years", 2,
    cite="5.1/4", quote="随后的两年内", unit=("年", "years"),
    zh="勤务模式完善期", en="years for improving the duty modes",
)  # fmt: skip

in_review_period = define(
    station, "in_review_period", bool,
    zh="处于勤务模式完善期", no_zh="不处于勤务模式完善期",
    en="in the period for improving duty modes",
    rules=[
        when((CHANGEOVER < AS_OF) & (CHANGEOVER.plus_years(REVIEW_YEARS) >= AS_OF))
        .then(True, cite="5.1/4", quote="随后的两年内"),
    ],
    otherwise=always(False, cite="5.1/4", quote="随后的两年内"),
)  # fmt: skip

CLAUSE = Clause(
    heading="5.1",
    zh="派出所勤务模式",
    en="Duty modes of stations",
    provisions=[
        pilots, duty_mode, teams, three_teams_set_up, two_teams_set_up,
        excuse(
            "5.1/2", ExcuseKind.OUT_OF_SCOPE,
            zh="指挥室的情报指挥功能涉及人员识别和感知预警",
            en="the command room's intelligence functions identify and monitor persons",
        ),
        zones, officers_by_zone,
        changeover, in_review_period,
        excuse(
            "5.1/4", ExcuseKind.QUALITATIVE,
            zh="“不断完善提升”和实战化、智慧化的勤务模式没有量化标准",
            en="no measure is given for practical and smart duty modes",
        ),
    ],
)  # fmt: skip
