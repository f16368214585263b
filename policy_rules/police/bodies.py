"""The bodies that answer for what a directive on police asks."""

from __future__ import annotations

from ..facts import Labelled


class Body(Labelled):
    """A body, of the kind that sentences name."""

    CITY = ("city", "市级（市政府、市公安局）", "the city (its government and its police bureau)")
    LOCAL_GOVERNMENT = ("local_government", "属地党委政府", "local Party committee and government")
    FINANCE = ("finance", "各级政府财政部门", "finance departments of the governments")
    BUREAU = ("bureau", "公安局（市局、县（区）局）", "police bureau (city, county or district)")
    HEADQUARTERS = ("headquarters", "市、县（区）局机关", "headquarters of the police bureaus")
    BRANCH = ("branch", "警种部门", "specialised police branch")
    STATION = ("station", "派出所", "police station")
    TOWNSHIP = ("township", "乡镇（街道）", "township or subdistrict")
    VILLAGE = ("village", "村（居）委会", "village or residents' committee")
