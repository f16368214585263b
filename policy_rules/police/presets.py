"""The national standards that police databases follow: codes of bodies, places and education."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from ..facts import Preset
from .people import Education
from .provinces import DIVISION_CODE, ORGANISATION_CODE


def _education() -> Mapping[str, str | None]:
    """The codes of education, each with the highest level that it proves to be completed.

    Only those who graduated have completed a level. Who finished or left without graduating has
    completed the level below, which is what admitted him. A level without any word on how it
    ended (10, 20, 30), and what is only called other (90), proves nothing: unknown.
    """
    codes: dict[str, str | None] = {}
    codes |= dict.fromkeys(("11", "14", "17"), "postgraduate")
    codes |= dict.fromkeys(("12", "13", "15", "16", "18", "19"), "bachelor")
    codes |= dict.fromkeys(("21", "28"), "bachelor")
    codes |= dict.fromkeys(("22", "23"), "college")
    codes["31"] = "college"
    codes |= dict.fromkeys(("32", "33"), "below_college")
    codes |= dict.fromkeys((f"{code}" for code in range(40, 90)), "below_college")
    codes |= dict.fromkeys(("10", "20", "30", "90"))
    return MappingProxyType(codes)


PRESETS: Final[tuple[Preset, ...]] = (
    Preset(
        name="ga-t-380",
        zh="公安机关机构代码（GA/T 380）",
        en="organisation code (GA/T 380)",
        ids_of=frozenset({"stations", "bureaus"}),
        pattern=ORGANISATION_CODE,
        begins_with="gb-t-2260",
    ),
    Preset(
        name="gb-t-2260",
        zh="行政区划代码（GB/T 2260）",
        en="division code (GB/T 2260)",
        codes_in=frozenset({("cases", "place_codes")}),
        pattern=DIVISION_CODE,
    ),
    Preset(
        name="gb-t-4658",
        zh="学历代码（GB/T 4658）",
        en="education code (GB/T 4658)",
        choices=Education,
        codes=_education(),
    ),
)
