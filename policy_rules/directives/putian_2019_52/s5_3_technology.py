"""五（三） Technology: platforms, cameras and shared data, none of which is computed here."""

from ...language import Clause

clause = Clause("5.3", "科技强警", "Technology")
s1, s2, s3, s4, s5 = clause.sentences(5)

s1.out_of_scope(
    "全警应用平台用于对重点人、重点物品和案件监测预警",
    "the platform monitors persons, goods and cases and gives warning of them",
)
s1.qualitative("加强经费保障没有量化标准", "no measure is given for better funding")

s2.out_of_scope("人像门禁识别系统用于识别人员", "the entry systems identify persons by their faces")
s2.qualitative(
    "推动智慧安防小区和村庄建设没有量化标准",
    "no measure is given for smart security in housing estates and villages",
)

s3.out_of_scope(
    "人像卡口系统用于识别人员", "the checkpoint systems identify persons by their faces"
)

s4.out_of_scope(
    "人像比对、号牌识别和高清监控用于识别、监测人员和车辆",
    "faces and number plates are matched, and people and vehicles monitored by camera",
)

s5.out_of_scope(
    "开放的数据资源用于查询比对和治安管控",
    "the data opened to stations serve for look-ups, matching and control",
)
s5.qualitative(
    "流程再造、智慧派出所初步建成和信息化水平提升没有量化标准",
    "no measure is given for new ways of working, smart stations and better use of data",
)
