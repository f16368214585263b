"""五（一） Duty modes: how a station organises its officers."""

from datetime import date

from ...facts import DutyMode, Officer, Role, Station, Team
from ...language import (
    AS_OF,
    Clause,
    ExcuseKind,
    Modality,
    always,
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

station = subject(Station, strength)
officer = each(Officer, station_id=station)

# 第一句至第三句：勤务模式

TWO_TEAM_STRENGTH = parameter(
    "two_team_strength", 12,
    cite="5.1/2", quote="警力12人以上（含12人）", unit=("人", "officers"),
    zh="实行两队一室的最低警力", en="least strength for two teams and one room",
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
    zh="三队一室的队室", en="the units of three teams and one room",
)  # fmt: skip

TWO_TEAMS = parameter(
    "two_teams", {Team.COMMUNITY, Team.CASE, Team.COMMAND},
    cite="5.1/2", quote="社区警务队、打击办案队、综合勤务指挥室",
    zh="两队一室的队室", en="the units of two teams and one room",
)  # fmt: skip

_mode = duty_mode.of(station)

teams = define(
    station, "teams", set_of(Team),
    zh="应设队室", en="units to be set up",
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
    cite="5.1/1", quote="实行“三队一室”",
    zh="试点派出所设有三队一室", en="a pilot station has set up three teams and one room",
)  # fmt: skip

two_teams_set_up = require(
    station,
    station.units.includes(teams.of(station)),
    applies=_mode.is_(DutyMode.TWO_TEAMS_ONE_ROOM),
    cite="5.1/2", quote="实行“两队一室”",
    zh="实行两队一室的派出所设有两队一室",
    en="a station of two teams and one room has set them up",
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
        zh="没有所属警务区的民警", en="officers without a zone",
    ),
    applies=_mode.is_(DutyMode.ZONED),
    modality=Modality.IN_PRINCIPLE,
    cite="5.1/3b", quote="原则上除所长、教导员和内勤外，其余民警根据划片开展工作",
    zh="所长、教导员和内勤以外的民警原则上均有所属警务区",
    en="officers other than chief, instructor and clerk in principle each have a zone",
)  # fmt: skip

# 第四句

CHANGEOVER = parameter(
    "changeover", date(2019, 6, 30),
    cite="5.1/4", quote="2019年6月底前",
    zh="勤务工作调整期限", en="date by which the change of duty modes is complete",
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
    zh="勤务模式完善期", en="years in which the duty modes are improved",
)  # fmt: skip

in_review_period = define(
    station, "in_review_period", bool,
    zh="处于勤务模式完善期", en="in the period for improving duty modes",
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
        duty_mode, teams, three_teams_set_up, two_teams_set_up,
        excuse(
            "5.1/2", ExcuseKind.OUT_OF_SCOPE,
            zh="指挥室的情指功能涉及人员识别和感知预警",
            en="the command room's intelligence functions identify and watch persons",
        ),
        zones, officers_by_zone,
        changeover, in_review_period,
        excuse(
            "5.1/4", ExcuseKind.QUALITATIVE,
            zh="实战化、智慧化的勤务模式没有可计算的标准",
            en="a practical and smart way of working has no measure",
        ),
    ],
)  # fmt: skip
