"""The twelve stations that 4.1 names, and what it says of the premises of each."""

from ...facts import Labelled


class NamedStation(Labelled):
    """A station by the name that the directive gives it."""

    HUANGSHI = ("huangshi", "黄石所", "Huangshi")
    FENGHUANGSHAN = ("fenghuangshan", "凤凰山所", "Fenghuangshan")
    DONGQIAO = ("dongqiao", "东峤所", "Dongqiao")
    DUWEI = ("duwei", "度尾所", "Duwei")
    BANGTOU = ("bangtou", "榜头所", "Bangtou")
    QIULU = ("qiulu", "萩芦所", "Qiulu")
    DAYANG = ("dayang", "大洋所", "Dayang")
    WUTANG = ("wutang", "梧塘所", "Wutang")
    DONGHAI = ("donghai", "东海所", "Donghai")
    SHIBALIEDAO = ("shibaliedao", "十八列岛边防所", "Shibaliedao")
    XINDU = ("xindu", "新度所", "Xindu")
    PINGHAI = ("pinghai", "平海所", "Pinghai")
    NOT_NAMED = ("not_named", "文件未列名", "not named by the directive")


class ListedPremises(Labelled):
    """What the directive says of a station's premises."""

    NONE = ("none", "无房", "none")
    DANGEROUS = ("dangerous", "危房", "dangerous")
    NOT_NAMED = ("not_named", "文件未列名", "not named by the directive")
