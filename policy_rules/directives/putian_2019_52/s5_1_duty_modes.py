"""五（一） Duty modes: how a station organises its officers."""

from datetime import date

from ...language import AS_OF, Clause, count, each, empty, none, set_of, subject
from ...police import Body, City, DutyMode, Officer, Role, Station, Team
from .s2_1_strength import strength

clause = Clause("5.1", "派出所勤务模式", "Duty modes of stations")
s1, s2, s3, s4 = clause.sentences(4)
city, station, station_of_city = subject(City), subject(Station, strength), each(Station)
officer = each(Officer, station_id=station)

# 第一句：试点派出所
PILOT_NUMBER = s1("21个派出所")("改革试点派出所数", "number of pilot stations").sets(
    "pilot_number", 21, unit=("个", "stations")
)
_pilots = count(station_of_city, station_of_city.pilot).called("试点派出所数", "pilot stations")
PILOTS_LISTED = s1("21个派出所")("改革试点派出所", "pilot stations of the reform").lists(
    _pilots, PILOT_NUMBER
)
s1.a("21个派出所")(
    "列入改革试点的派出所数与文件一致", "the city has as many pilot stations as the directive says"
).agrees(city, _pilots, PILOT_NUMBER)

# 第一句至第三句：勤务模式
TWO_TEAM_STRENGTH = s2("警力12人以上（含12人）")(
    "实行两队一室的最低警力", "minimum strength for two teams and one room"
).sets("two_team_strength", 12, unit=("人", "officers"))

duty_mode = clause.defines(station, "duty_mode", DutyMode)("勤务模式", "duty mode").by(
    s1("21个派出所实行“三队一室”").makes(DutyMode.THREE_TEAMS_ONE_ROOM, when=station.pilot),
    s2("其他警力12人以上（含12人）").makes(
        DutyMode.TWO_TEAMS_ONE_ROOM, when=~station.pilot & (station.strength >= TWO_TEAM_STRENGTH)
    ),
    s3("警力在12人以下").makes(
        DutyMode.ZONED, when=~station.pilot & (station.strength < TWO_TEAM_STRENGTH)
    ),
)

# 各模式的队室
THREE_TEAMS = s1("社区警务队、打击办案队、处警巡逻队、综合勤务指挥室")(
    "三队一室的队室", "units of three teams and one room"
).sets("three_teams", {Team.COMMUNITY, Team.CASE, Team.PATROL, Team.COMMAND})

TWO_TEAMS = s2("社区警务队、打击办案队、综合勤务指挥室")(
    "两队一室的队室", "units of two teams and one room"
).sets("two_teams", {Team.COMMUNITY, Team.CASE, Team.COMMAND})

_mode = duty_mode.of(station)
teams = clause.defines(station, "teams", set_of(Team))("应设队室", "units required").by(
    s1("“三队一室”").makes(THREE_TEAMS, when=_mode.is_(DutyMode.THREE_TEAMS_ONE_ROOM)),
    s2("“两队一室”").makes(TWO_TEAMS, when=_mode.is_(DutyMode.TWO_TEAMS_ONE_ROOM)),
    s3("按片划责、综合用警").makes(empty(Team), when=_mode.is_(DutyMode.ZONED)),
)
s1.b("实行“三队一室”")(
    "试点派出所设有三队一室", "a pilot station has set up three teams and one room"
).demands(station, station.units.includes(teams.of(station)), applies=station.pilot)

s2("实行“两队一室”")(
    "应实行两队一室的派出所设有两队一室",
    "a station in the mode of two teams and one room has set them up",
).demands(
    station,
    station.units.includes(teams.of(station)),
    applies=_mode.is_(DutyMode.TWO_TEAMS_ONE_ROOM),
    responsible=Body.STATION,
)
s2.out_of_scope(
    "指挥室的情报指挥功能涉及人员识别和感知预警",
    "the command room's intelligence functions identify and monitor persons",
)

# 第三句：警务区
s3.a("划分若干个警务区")(
    "按片划责的派出所划有警务区", "a station that works by zone has zones"
).demands(station, station.zones >= 1, applies=_mode.is_(DutyMode.ZONED), responsible=Body.STATION)
s3.b.in_principle("原则上除所长、教导员和内勤外，其余民警根据划片开展工作")(
    "所长、教导员和内勤以外的民警原则上均划入警务区",
    "in principle, every officer other than the chief, instructor and clerks has a zone",
).demands(
    station,
    none(
        officer,
        ~officer.role.is_in({Role.CHIEF, Role.INSTRUCTOR, Role.CLERK}) & officer.zone.is_(""),
    ).called("未划入警务区的民警", "officers without a zone"),
    applies=_mode.is_(DutyMode.ZONED),
    responsible=Body.STATION,
)

s3.c("根据辖区实际情况划分若干个警务区")(
    "没有警务区的派出所，没有民警划入警务区",
    "at a station without zones, no officer has one",
).agrees(
    station,
    none(officer, ~officer.zone.is_("")).called("划入警务区的民警", "officers with a zone"),
    applies=~(station.zones >= 1),
)

CHANGEOVER = s4("2019年6月底前")(
    "勤务工作调整的期限", "date by which the change of duty modes is to be complete"
).sets("changeover", date(2019, 6, 30))
s4("2019年6月底前，完成全市公安机关勤务工作调整")(
    "实际勤务模式与应实行的模式一致", "the duty mode in use is the one laid down"
).demands(station, station.duty_mode_in_use.is_(_mode), due=CHANGEOVER, responsible=Body.BUREAU)
REVIEW_YEARS = s4("随后的两年内")("勤务模式完善期", "years for improving the duty modes").sets(
    "review_years", 2, unit=("年", "years")
)
in_review_period = s4("随后的两年内")(
    "处于勤务模式完善期", "in the review period of duty modes"
).decides(
    station,
    "in_review_period",
    (CHANGEOVER < AS_OF) & (CHANGEOVER.plus_years(REVIEW_YEARS) >= AS_OF),
    no_zh="不处于勤务模式完善期",
)
s4.qualitative(
    "“不断完善提升”和实战化、智慧化的勤务模式没有量化标准",
    "no measure is given for practical and smart duty modes",
)
