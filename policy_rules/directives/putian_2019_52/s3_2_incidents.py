"""三（二） Incidents: those that are no matter for the police are passed on to 12345."""

from ...language import Clause, subject
from ...police import City, Incident, IncidentKind, Route

clause = Clause("3.2", "警情处置", "Incidents")
s1, s2, s3, s4 = clause.sentences(4)
city, incident = subject(City), subject(Incident)

s1.a("开发一键转接、平台对接等功能模块")(
    "已开发一键转接、平台对接功能模块",
    "the city has modules for passing incidents on at one touch and for linking platforms",
).attests(city)
route = clause.defines(incident, "route", Route)("流转去向", "route").by(
    s1("将非警务警情实时流转至12345").makes(
        Route.HOTLINE, when=incident.kind.is_(IncidentKind.NON_POLICE)
    ),
    otherwise=s1("非警务警情").makes(Route.POLICE),
)
TRANSFER_MINUTES = s1("实时")(
    "“实时流转”的最长用时（文件未定）",
    "maximum minutes for passing an incident on “at once” (left open by the text)",
).leaves_open("transfer_minutes", int, unit=("分钟", "minutes"))
s1.b("将非警务警情实时流转至12345")(
    "非警务警情实时流转至12345", "a non-police incident is passed on to 12345 at once"
).demands(
    incident,
    # 填有流转时间的，以时间为准
    (
        incident.transferred_at.is_known()
        | ~(incident.transferred.is_known() & ~incident.transferred)
    )
    & (incident.transferred_at <= incident.received_at.plus_minutes(TRANSFER_MINUTES)),
    applies=incident.kind.is_(IncidentKind.NON_POLICE),
)
s1.c("将非警务警情实时流转至12345")(
    "填有流转时间的警情已流转", "an incident with a time of passing on was passed on"
).agrees(incident, incident.transferred, applies=incident.transferred_at.is_known())
s1.d("将非警务警情实时流转至12345")(
    "流转时间不早于接警时间", "no incident was passed on before it was received"
).agrees(
    incident,
    incident.transferred_at >= incident.received_at,
    applies=incident.transferred_at.is_known(),
)
s1.qualitative(
    "“加强110社会联动建设”没有量化标准，“等功能模块”未列明其他模块",
    "no measure is given for linking 110 with other services; the other modules are not named",
)

s2.a("建立“12345一号通”莆田智慧城市管理指挥服务中心")(
    "已建立“12345一号通”莆田智慧城市管理指挥服务中心",
    "the city has the smart city command and service centre “one number, 12345”",
).attests(city)
s2.b("将网格化、数字城管、应急管理等平台统一整合到12345平台")(
    "网格化、数字城管、应急管理平台已整合到12345平台",
    "the city has merged the platforms for grids, city management and emergencies into 12345",
).attests(city)
s2.qualitative("“等平台”未列明其他平台", "the other platforms are not named")

s3.qualitative("创新服务方式没有量化标准", "no measure is given for new ways of serving the public")

s4("依法严厉打击恶意骚扰、谎报警情等违法犯罪行为")(
    "恶意骚扰、谎报警情的行为均已依法处理",
    "every malicious or false call in the city has been dealt with under the law",
).attests(city)
s4.qualitative(
    "宣传和引导没有量化标准，“等违法犯罪行为”未列明其他行为",
    "no measure is given for publicity and guidance; the other offences are not named",
)
