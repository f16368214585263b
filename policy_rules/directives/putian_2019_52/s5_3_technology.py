"""五（三） Technology: platforms, cameras and shared data, none of which is computed here."""

from ...language import Clause, ExcuseKind, excuse

CLAUSE = Clause(
    heading="5.3",
    zh="科技强警",
    en="Technology",
    provisions=[
        excuse(
            "5.3/1", ExcuseKind.OUT_OF_SCOPE,
            zh="全警应用平台用于对重点人、重点物品和案件监测预警",
            en="the platform monitors persons, goods and cases and gives warning of them",
        ),
        excuse(
            "5.3/1", ExcuseKind.QUALITATIVE,
            zh="加强经费保障没有量化标准", en="no measure is given for better funding",
        ),
        excuse(
            "5.3/2", ExcuseKind.OUT_OF_SCOPE,
            zh="人像门禁识别系统用于识别人员",
            en="the entry systems identify persons by their faces",
        ),
        excuse(
            "5.3/2", ExcuseKind.QUALITATIVE,
            zh="推动智慧安防小区和村庄建设没有量化标准",
            en="no measure is given for smart security in housing estates and villages",
        ),
        excuse(
            "5.3/3", ExcuseKind.OUT_OF_SCOPE,
            zh="人像卡口系统用于识别人员",
            en="the checkpoint systems identify persons by their faces",
        ),
        excuse(
            "5.3/4", ExcuseKind.OUT_OF_SCOPE,
            zh="人像比对、号牌识别和高清监控用于识别、监测人员和车辆",
            en="faces and number plates are matched, and people and vehicles monitored by camera",
        ),
        excuse(
            "5.3/5", ExcuseKind.OUT_OF_SCOPE,
            zh="开放的数据资源用于查询比对和治安管控",
            en="the data opened to stations serve for look-ups, matching and control",
        ),
        excuse(
            "5.3/5", ExcuseKind.QUALITATIVE,
            zh="流程再造、智慧派出所初步建成和信息化水平提升没有量化标准",
            en="no measure is given for new ways of working, smart stations and better use of data",
        ),
    ],
)  # fmt: skip
