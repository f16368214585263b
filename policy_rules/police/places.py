"""The city, its townships and their public security committees."""

from __future__ import annotations

from ..facts import Fact, fact, identity, integer, reference, text
from .units import MEMBERS, PEOPLE


@fact(collection="cities", zh="市", en="city", single=True, circumstances="name")
class City(Fact):
    """The city; rules for the whole city have it as their subject."""

    id: str = identity()
    name: str | None = text(
        zh="名称", en="name", meaning="The name of the city.", meaning_zh="市的名称"
    )


@fact(collection="townships", zh="乡镇街道", en="township", circumstances="name bureau_id")
class Township(Fact):
    """A township or street office."""

    id: str = identity()
    name: str | None = text(
        zh="名称", en="name", meaning="The name of the township.", meaning_zh="乡镇或街道的名称"
    )
    bureau_id: str | None = reference(
        "bureaus",
        zh="所在县（区）公安局",
        en="bureau of its county",
        meaning="The bureau of the county or district in which it lies.",
        meaning_zh="所在县（区）的公安局",
    )
    patrol_members: int | None = integer(
        zh="专职巡逻队人数",
        en="patrol members",
        unit=MEMBERS,
        meaning="Full-time members of the township's patrol.",
        meaning_zh="专职巡逻队的人数",
    )


@fact(
    collection="committees",
    zh="治保会",
    en="public security committee",
    circumstances="name station_id",
)
class Committee(Fact):
    """The public security committee of a village or neighbourhood."""

    id: str = identity()
    name: str | None = text(
        zh="名称", en="name", meaning="The name of the committee.", meaning_zh="治保会的名称"
    )
    station_id: str | None = reference(
        "stations",
        zh="辖区派出所",
        en="station of its area",
        meaning="The station in whose area it is.",
        meaning_zh="所在辖区的派出所",
    )
    chairs: int | None = integer(
        zh="主任人数", en="chairs", unit=PEOPLE, meaning="Its chairs.", meaning_zh="主任的人数"
    )
    deputies: int | None = integer(
        zh="副主任人数",
        en="deputies",
        unit=PEOPLE,
        meaning="Its deputy chairs.",
        meaning_zh="副主任的人数",
    )
    members: int | None = integer(
        zh="总人数",
        en="members",
        unit=MEMBERS,
        meaning="All its members, chairs and deputies included.",
        meaning_zh="全部成员的人数，含主任和副主任",
    )
