"""Police stations, the bureaus above them, their workstations and their mediators."""

from __future__ import annotations

from collections.abc import Mapping, Set
from datetime import date

from ..facts import (
    Fact,
    Labelled,
    boolean,
    by_year,
    choice,
    choices,
    day,
    fact,
    identity,
    integer,
    reference,
    text,
)
from .requests import Level
from .units import (
    BEDS,
    CAMERAS,
    MEDIATORS,
    OFFICERS,
    PEOPLE,
    POSTS,
    ROOMS,
    SETS,
    TERMINALS,
    VEHICLES,
    VILLAGES,
    WORKSTATIONS,
    YUAN,
    ZONES,
)


class Setting(Labelled):
    """Whether a station serves a city, a township or the countryside."""

    URBAN = ("urban", "城区", "urban")
    TOWNSHIP = ("township", "乡镇", "township")
    RURAL = ("rural", "农村", "rural")


class Terrain(Labelled):
    """Where a station lies, as far as it makes service hard."""

    ORDINARY = ("ordinary", "一般", "ordinary")
    MOUNTAIN = ("mountain", "山区", "mountain")
    ISLAND = ("island", "海岛", "island")


class Premises(Labelled):
    """The state of a station's building."""

    ADEQUATE = ("adequate", "用房达标", "adequate")
    NONE = ("none", "无房", "none")
    DANGEROUS = ("dangerous", "危房", "dangerous")


class DutyMode(Labelled):
    """How a station organises its officers."""

    THREE_TEAMS_ONE_ROOM = ("three_teams_one_room", "三队一室", "three teams and one room")
    TWO_TEAMS_ONE_ROOM = ("two_teams_one_room", "两队一室", "two teams and one room")
    ZONED = ("zoned", "按片划责", "zoned")


class Team(Labelled):
    """A unit within a station."""

    COMMUNITY = ("community", "社区警务队", "community policing team")
    CASE = ("case", "打击办案队", "case team")
    PATROL = ("patrol", "处警巡逻队", "patrol team")
    COMMAND = ("command", "综合勤务指挥室", "command room")


class WorkstationFunction(Labelled):
    """What a standardised workstation does."""

    PREVENTION = ("prevention", "治安防范", "crime prevention")
    INVESTIGATION = ("investigation", "调查摸排", "inquiries")
    INFORMATION = ("information", "信息收集", "information gathering")
    ANALYSIS = ("analysis", "情报研判", "analysis")
    MEDIATION = ("mediation", "矛盾化解", "dispute resolution")
    SERVICE_DESK = ("service_desk", "窗口服务", "service desk")
    RESPONSE = ("response", "就近接处警", "response to calls nearby")


class MediatorSource(Labelled):
    """How a mediator came to a station."""

    LAW_FIRM = ("law_firm", "律师事务所培养", "trained by a law firm")
    HIRED = ("hired", "派出所聘用", "hired by the station")
    OTHER = ("other", "其他", "other")


class MediatorBackground(Labelled):
    """The profession of a mediator, or the office retired from."""

    LEGAL_WORKER = ("legal_worker", "法律工作者", "legal worker")
    POLITICAL_LEGAL_RETIREE = (
        "political_legal_retiree",
        "政法系统退休干部",
        "retired official of the political and legal system",
    )
    TOWNSHIP_RETIREE = ("township_retiree", "镇（街）退休干部", "retired township official")
    OTHER = ("other", "其他", "other")


@fact(
    collection="bureaus",
    zh="公安局",
    en="bureau",
    circumstances="name level officers station_assessed organ_assessed",
)
class Bureau(Fact):
    """A public security bureau: of a county or district, or of the city itself."""

    id: str = identity()
    name: str | None = text(
        zh="名称", en="name", meaning="The name of the bureau.", meaning_zh="公安局的名称"
    )
    level: Level | None = choice(
        Level,
        zh="级别",
        en="level",
        meaning="Whether it is a county's or the municipal bureau.",
        meaning_zh="县级公安局还是市公安局",
    )
    officers: int | None = integer(
        zh="总警力",
        en="total strength",
        unit=OFFICERS,
        meaning="Sworn officers of the whole bureau, its stations included.",
        meaning_zh="全局民警总数，含所属派出所",
    )
    seconded: Mapping[int, int] | None = by_year(
        zh="机关下派锻炼民警数",
        en="officers seconded to stations",
        unit=OFFICERS,
        meaning="Officers whom headquarters sent to stations to gain experience, by calendar year.",
        meaning_zh="机关各年度派到派出所锻炼的民警数",
    )
    organ_officers: Mapping[int, int] | None = by_year(
        zh="机关民警数",
        en="headquarters officers",
        unit=OFFICERS,
        meaning="Sworn officers of the bureau's own headquarters at the end of each calendar year.",
        meaning_zh="本局机关各年末的民警数",
    )
    station_assessed: Mapping[int, int] | None = by_year(
        zh="派出所参加年度考核人数",
        en="station officers assessed",
        unit=OFFICERS,
        meaning="Station officers who took part in the annual assessment, by calendar year.",
        meaning_zh="派出所民警各年度参加年度考核的人数",
    )
    station_excellent: Mapping[int, int] | None = by_year(
        zh="派出所考核优秀人数",
        en="station officers rated excellent",
        unit=OFFICERS,
        meaning="Station officers whom the annual assessment rated excellent, by calendar year.",
        meaning_zh="派出所民警各年度考核评为优秀的人数",
    )
    organ_assessed: Mapping[int, int] | None = by_year(
        zh="机关参加年度考核人数",
        en="headquarters officers assessed",
        unit=OFFICERS,
        meaning="Headquarters officers who took part in the annual assessment, by calendar year.",
        meaning_zh="机关民警各年度参加年度考核的人数",
    )
    organ_excellent: Mapping[int, int] | None = by_year(
        zh="机关考核优秀人数",
        en="headquarters officers rated excellent",
        unit=OFFICERS,
        meaning="Headquarters officers rated excellent by the annual assessment, by calendar year.",
        meaning_zh="机关民警各年度考核评为优秀的人数",
    )
    township_secondments: Mapping[int, int] | None = by_year(
        zh="到乡镇（街道）挂职民警数",
        en="officers seconded to townships",
        unit=OFFICERS,
        meaning="Young officers seconded to key townships, by calendar year.",
        meaning_zh="各年度到重点乡镇（街道）挂职的年轻民警数",
    )


@fact(
    collection="stations",
    zh="派出所",
    en="police station",
    circumstances="name bureau_id setting terrain pilot resident_population villages "
    "can_provide_relaxation_room mediation_station protective_needed "
    "outstanding notable innovative leader_posts",
)
class Station(Fact):
    """A police station."""

    id: str = identity()
    name: str | None = text(
        zh="名称", en="name", meaning="The name of the station.", meaning_zh="派出所的名称"
    )
    bureau_id: str | None = reference(
        "bureaus",
        zh="所属公安局",
        en="bureau",
        meaning="The bureau that the station belongs to.",
        meaning_zh="派出所所属的公安局",
    )
    setting: Setting | None = choice(
        Setting,
        zh="城乡类别",
        en="setting",
        meaning="Whether the station is urban, of a township or rural.",
        meaning_zh="在城区、乡镇还是农村",
    )
    terrain: Terrain | None = choice(
        Terrain,
        zh="地形",
        en="terrain",
        meaning="Whether it lies in mountains or on an island.",
        meaning_zh="是否在山区或海岛",
    )
    pilot: bool | None = boolean(
        zh="改革试点",
        en="pilot",
        no_en="not a pilot",
        meaning="Whether it is a pilot of the reform of command and patrol.",
        meaning_zh="是否为勤务指挥和巡逻改革的试点",
    )
    officers: int | None = integer(
        zh="民警数",
        en="sworn officers",
        unit=OFFICERS,
        meaning="Sworn officers of the station.",
        meaning_zh="派出所的民警人数",
    )
    auxiliaries: int | None = integer(
        zh="辅警数",
        en="auxiliaries",
        unit=PEOPLE,
        meaning="Auxiliary police of the station.",
        meaning_zh="派出所的辅警人数",
    )
    community_officers: int | None = integer(
        zh="社区民警数",
        en="community officers",
        unit=OFFICERS,
        meaning="Sworn officers who are in charge of communities or villages.",
        meaning_zh="负责社区或村的民警人数",
    )
    resident_population: int | None = integer(
        zh="实有人口",
        en="resident population",
        unit=PEOPLE,
        maximum=2_000_000_000,
        meaning="People who actually live in the station's area, wherever they are registered.",
        meaning_zh="实际居住在辖区的人口，不论户籍在哪里",
    )
    villages: int | None = integer(
        zh="村（格）数",
        en="villages",
        unit=VILLAGES,
        meaning="Villages or grids in the station's area.",
        meaning_zh="辖区的村或网格数",
    )
    villages_covered: int | None = integer(
        zh="已配警（辅）村（格）数",
        en="villages covered",
        unit=VILLAGES,
        meaning="Villages or grids that have an officer or auxiliary of their own.",
        meaning_zh="有专门民警或辅警的村或网格数",
    )
    premises: Premises | None = choice(
        Premises,
        zh="用房状况",
        en="premises",
        meaning="The state of the station's building.",
        meaning_zh="派出所用房的状况",
    )
    relocated_on: date | None = day(
        zh="搬迁日期",
        en="relocation date",
        meaning="The day the station moved into adequate premises.",
        meaning_zh="搬入达标用房的日期",
    )
    beds: int | None = integer(
        zh="备勤床位",
        en="on-call beds",
        unit=BEDS,
        meaning="Beds for officers on call.",
        meaning_zh="供备勤民警使用的床位数",
    )
    rooms: int | None = integer(
        zh="备勤房间",
        en="on-call rooms",
        unit=ROOMS,
        meaning="Rooms for officers on call.",
        meaning_zh="供备勤民警使用的房间数",
    )
    can_provide_relaxation_room: bool | None = boolean(
        zh="具备设放松减压室的条件",
        no_zh="不具备设放松减压室的条件",
        en="relaxation room possible",
        no_en="relaxation room not possible",
        meaning="Whether conditions allow the station to have a relaxation room.",
        meaning_zh="有没有条件设放松减压室",
    )
    relaxation_room: bool | None = boolean(
        zh="有放松减压室",
        no_zh="没有放松减压室",
        en="relaxation room",
        no_en="no relaxation room",
        meaning="Whether it has a relaxation room.",
        meaning_zh="是否设有放松减压室",
    )
    workstations: int | None = integer(
        zh="警务工作站数",
        en="workstations",
        unit=WORKSTATIONS,
        meaning="Police workstations that are open.",
        meaning_zh="已启用的警务工作站数",
    )
    mediation_station: bool | None = boolean(
        zh="列入调解员进驻名单",
        no_zh="未列入调解员进驻名单",
        en="listed as a mediation station",
        meaning="Whether it is listed as one of the stations that mediators are assigned to.",
        meaning_zh="是否列入调解员进驻的派出所名单",
    )
    mediators: int | None = integer(
        zh="调解员数",
        en="mediators",
        unit=MEDIATORS,
        meaning="Mediators who work at the station.",
        meaning_zh="在派出所工作的调解员人数",
    )
    mobile_terminals: int | None = integer(
        zh="移动警务终端",
        en="mobile terminals",
        unit=TERMINALS,
        meaning="Mobile police terminals.",
        meaning_zh="移动警务终端的台数",
    )
    body_cameras: int | None = integer(
        zh="执法记录仪",
        en="body cameras",
        unit=CAMERAS,
        meaning="Body-worn cameras.",
        meaning_zh="执法记录仪的台数",
    )
    equipment_sets: int | None = integer(
        zh="单警装备",
        en="sets of personal equipment",
        unit=SETS,
        meaning="Sets of personal equipment.",
        meaning_zh="单警装备的套数",
    )
    protective_needed: int | None = integer(
        zh="防护装备需求数",
        en="protective sets needed",
        unit=SETS,
        meaning="Sets of protective equipment that the station needs.",
        meaning_zh="派出所需要的防护装备套数",
    )
    protective_held: int | None = integer(
        zh="防护装备实有数",
        en="protective sets held",
        unit=SETS,
        meaning="Sets of protective equipment that the station has.",
        meaning_zh="派出所已有的防护装备套数",
    )
    vehicles: int | None = integer(
        zh="警用车辆数",
        en="vehicles",
        unit=VEHICLES,
        meaning="Police vehicles of the station.",
        meaning_zh="派出所的警用车辆数",
    )
    vehicles_fit: int | None = integer(
        zh="标识整齐且安全堪用的车辆数",
        en="serviceable vehicles",
        unit=VEHICLES,
        meaning="Police vehicles that are properly marked, safe and serviceable.",
        meaning_zh="标识规范、安全堪用的警用车辆数",
    )
    smart_enforcement_area: bool | None = boolean(
        zh="已建成智慧执法区",
        no_zh="未建成智慧执法区",
        en="smart enforcement area finished",
        no_en="smart enforcement area not finished",
        meaning="Whether the smart enforcement area is finished.",
        meaning_zh="智慧执法区是否已建成",
    )
    smart_area_completed_on: date | None = day(
        zh="智慧执法区建成日期",
        en="completion date of the smart enforcement area",
        meaning="The day the smart enforcement area was finished.",
        meaning_zh="智慧执法区建成的日期",
    )
    zones: int | None = integer(
        zh="警务区数",
        en="zones",
        unit=ZONES,
        meaning="Police zones that the area is divided into.",
        meaning_zh="辖区划分的警务区数",
    )
    duty_mode_in_use: DutyMode | None = choice(
        DutyMode,
        zh="现行勤务模式",
        en="duty mode in use",
        meaning="The duty mode it works by.",
        meaning_zh="现在实行的勤务模式",
    )
    units: Set[Team] | None = choices(
        Team,
        zh="已设队室",
        en="units in place",
        meaning="The teams and rooms that are set up.",
        meaning_zh="已设立的队和室",
    )
    leader_posts: int | None = integer(
        zh="所领导职数",
        en="leadership posts",
        unit=POSTS,
        meaning="Established posts of chief, deputy chiefs and instructor.",
        meaning_zh="核定的所长、副所长、教导员职数",
    )
    grades: Mapping[int, int] | None = by_year(
        zh="年度等级",
        en="annual grade",
        minimum=1,
        maximum=5,
        meaning="The grade given to the station, 1 (best) to 5, by calendar year.",
        meaning_zh="各年度评定的派出所等级，1 级最高，5 级最低",
    )
    outstanding: bool | None = boolean(
        zh="业绩特别突出",
        no_zh="业绩未达特别突出",
        en="outstanding work",
        no_en="no outstanding work",
        meaning="Whether its work is found outstanding.",
        meaning_zh="业绩是否认定为特别突出",
    )
    notable: bool | None = boolean(
        zh="业绩显著",
        no_zh="业绩不显著",
        en="notable work",
        no_en="no notable work",
        meaning="Whether its work is found notable.",
        meaning_zh="业绩是否认定为显著",
    )
    innovative: bool | None = boolean(
        zh="有创新发展",
        no_zh="没有创新发展",
        en="innovative work",
        no_en="no innovative work",
        meaning="Whether its work is found innovative.",
        meaning_zh="工作是否认定为有创新",
    )


@fact(collection="workstations", zh="警务工作站", en="workstation", circumstances="station_id")
class Workstation(Fact):
    """A police workstation of a station."""

    id: str = identity()
    station_id: str | None = reference(
        "stations",
        zh="派出所",
        en="station",
        meaning="The station that it belongs to.",
        meaning_zh="所属的派出所",
    )
    functions: Set[WorkstationFunction] | None = choices(
        WorkstationFunction,
        zh="功能",
        en="functions",
        meaning="What the workstation does.",
        meaning_zh="具有哪些功能",
    )
    opened_on: date | None = day(
        zh="启用日期", en="opening date", meaning="The day it opened.", meaning_zh="启用的日期"
    )
    open_24h: bool | None = boolean(
        zh="全天候开放",
        no_zh="未全天候开放",
        en="open 24 hours",
        meaning="Whether it is open day and night.",
        meaning_zh="是否昼夜开放",
    )


@fact(
    collection="mediators",
    zh="调解员",
    en="mediator",
    counter="人",
    circumstances="station_id source background",
)
class Mediator(Fact):
    """A mediator who works at a station."""

    id: str = identity(personal=True)
    station_id: str | None = reference(
        "stations",
        zh="派出所",
        en="station",
        meaning="The station where the mediator works.",
        meaning_zh="调解员在哪个派出所工作",
    )
    monthly_stipend: int | None = integer(
        zh="每月补助",
        en="monthly stipend",
        unit=YUAN,
        meaning="What the mediator is paid a month; 0 means that nothing is paid.",
        meaning_zh="每月发给调解员的补助；0 表示不发",
        personal=True,
    )
    source: MediatorSource | None = choice(
        MediatorSource,
        zh="来源",
        en="source",
        meaning="How the mediator came to the station.",
        meaning_zh="怎样到派出所担任调解员",
        personal=True,
    )
    background: MediatorBackground | None = choice(
        MediatorBackground,
        zh="身份背景",
        en="background",
        meaning="The mediator's profession, or the office retired from.",
        meaning_zh="职业，或退休前的职务",
        personal=True,
    )
