"""三（二） Incidents: those that are no matter for the police are passed on to 12345."""

from ...facts import City, Incident, IncidentKind, Route
from ...language import (
    INTEGER,
    Clause,
    ExcuseKind,
    always,
    attest,
    define,
    excuse,
    parameter,
    require,
    subject,
    when,
)

city = subject(City)
incident = subject(Incident)

# 第一句

modules = attest(
    city,
    cite="3.2/1a", quote="开发一键转接、平台对接等功能模块",
    zh="已开发一键转接、平台对接功能模块",
    en="the city has modules for passing incidents on at one key and for linking platforms",
)  # fmt: skip

route = define(
    incident, "route", Route,
    zh="流转去向", en="route",
    rules=[
        when(incident.kind.is_(IncidentKind.NON_POLICE))
        .then(Route.HOTLINE, cite="3.2/1", quote="将非警务警情实时流转至12345"),
    ],
    otherwise=always(Route.POLICE, cite="3.2/1", quote="非警务警情"),
)  # fmt: skip

TRANSFER_MINUTES = parameter(
    "transfer_minutes", type=INTEGER,
    cite="3.2/1", quote="实时", unit=("分钟", "minutes"),
    zh="“实时流转”的最长用时（文件未定）",
    en="maximum minutes for passing an incident on “at once” (left open by the text)",
)  # fmt: skip

passed_on = require(
    incident,
    ~(incident.transferred.is_known() & ~incident.transferred)  # given a time, it was passed on
    & (incident.transferred_at <= incident.received_at.plus_minutes(TRANSFER_MINUTES)),
    applies=incident.kind.is_(IncidentKind.NON_POLICE),
    cite="3.2/1b", quote="将非警务警情实时流转至12345",
    zh="非警务警情实时流转至12345", en="a non-police incident is passed on to 12345 at once",
)  # fmt: skip

# 第二句

centre = attest(
    city,
    cite="3.2/2a", quote="建立“12345一号通”莆田智慧城市管理指挥服务中心",
    zh="已建立“12345一号通”莆田智慧城市管理指挥服务中心",
    en="the city has the smart city command and service centre “one number, 12345”",
)  # fmt: skip

platforms = attest(
    city,
    cite="3.2/2b", quote="将网格化、数字城管、应急管理等平台统一整合到12345平台",
    zh="网格化、数字城管、应急管理平台已整合到12345平台",
    en="the city has merged the platforms for grids, city management and emergencies into 12345",
)  # fmt: skip

# 第四句

false_calls = attest(
    city,
    cite="3.2/4", quote="依法严厉打击恶意骚扰、谎报警情等违法犯罪行为",
    zh="恶意骚扰、谎报警情的行为均已依法处理",
    en="every malicious or false call in the city has been dealt with under the law",
)  # fmt: skip

CLAUSE = Clause(
    heading="3.2",
    zh="警情处置",
    en="Incidents",
    provisions=[
        modules, route, passed_on,
        excuse(
            "3.2/1", ExcuseKind.QUALITATIVE,
            zh="“加强110社会联动建设”没有量化标准，“等功能模块”未列明其他模块",
            en="no measure is given for linking 110 with other services; the other modules are not"
            " named",
        ),
        centre, platforms,
        excuse(
            "3.2/2", ExcuseKind.QUALITATIVE,
            zh="“等平台”未列明其他平台", en="the other platforms are not named",
        ),
        excuse(
            "3.2/3", ExcuseKind.QUALITATIVE,
            zh="创新服务方式没有量化标准",
            en="no measure is given for new ways of serving the public",
        ),
        false_calls,
        excuse(
            "3.2/4", ExcuseKind.QUALITATIVE,
            zh="宣传和引导没有量化标准，“等违法犯罪行为”未列明其他行为",
            en="no measure is given for publicity and guidance; the other offences are not named",
        ),
    ],
)  # fmt: skip
