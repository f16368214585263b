"""A legacy schema as city bureaus have it, rows for it that are made up, and what they mean.

`facts_of` says what the rows mean by plain Python, apart from mappings and from SQL.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any, Final
from zoneinfo import ZoneInfo

import policy_rules as pr
from policy_rules.facts import Fact

Row = dict[str, Any]
Raw = dict[str, list[Row]]

# In PostgreSQL. What DuckDB has not is in `duckdb_schema`.
SCHEMA: Final = """
CREATE SCHEMA "GA_JCXX"; CREATE SCHEMA "GA_YW";
CREATE TABLE "GA_JCXX"."T_JG" ("JGDM" VARCHAR(12) PRIMARY KEY, "JGMC" VARCHAR(100),
    "SJJGDM" VARCHAR(12), "JGLB" CHAR(1), "JGJB" CHAR(1), "CXLBDM" VARCHAR(4), "DXDM" CHAR(2),
    "SDBZ" CHAR(1), "SYRK" NUMERIC(12,2), "FJRS" VARCHAR(10), "ZBSL" NUMERIC, "YFZDSL" INTEGER,
    "ZFJLYSL" INTEGER, "SLDZS" SMALLINT, "BQRQ" CHAR(8), "QYBZ" CHAR(1), "BZ" TEXT);
CREATE TABLE "GA_JCXX"."T_RY" ("JH" VARCHAR(8) PRIMARY KEY, "XM" VARCHAR(50), "GMSFHM" CHAR(18),
    "JGDM" VARCHAR(12), "SJGZJGDM" VARCHAR(12), "ZWDM" VARCHAR(6), "XLDM" CHAR(2), "CSRQ" CHAR(8),
    "CJGARQ" CHAR(8), "DSRQ" CHAR(8), "DYBZ" CHAR(1), "RYZT" CHAR(1));
CREATE TABLE "GA_JCXX"."T_DM" ("DMLB" VARCHAR(20), "DMZ" VARCHAR(10), "DMMC" VARCHAR(50),
    PRIMARY KEY ("DMLB","DMZ"));
CREATE TABLE "GA_JCXX"."T_XL" ("JH" VARCHAR(8), "ND" CHAR(4), "XLCS" INTEGER, "XLTS" NUMERIC(5,1),
    "SDFS" INTEGER, PRIMARY KEY ("JH","ND"));
CREATE TABLE "GA_YW"."T_RW" ("RWBH" VARCHAR(20) PRIMARY KEY, "JGDM" VARCHAR(12),
    "XDDWDM" VARCHAR(12), "XDDWLX" CHAR(2), "ZBBZ" CHAR(1), "FDZZBZ" CHAR(1), "JZZZBZ" CHAR(1),
    "LYDM" CHAR(2), "CDRY" CHAR(1), "KSRQ" CHAR(8));
CREATE TABLE "GA_YW"."T_RW_LC" ("LCID" BIGSERIAL PRIMARY KEY, "RWBH" VARCHAR(20), "BZDM" CHAR(2),
    "BLDWDM" VARCHAR(12), "BLDWJB" CHAR(1), "BLJG" CHAR(1), "BLSJ" CHAR(14), "NR" VARCHAR(200));
CREATE TABLE "GA_YW"."T_AJ" ("AJBH" VARCHAR(25) PRIMARY KEY, "JGDM" VARCHAR(12),
    "AJLBDM" VARCHAR(6), "ZBXB" CHAR(1), "YGGX" CHAR(1), "AQJD" CHAR(1), "FZAJ" CHAR(1),
    "ZCSD" VARCHAR(50), "SADQH" VARCHAR(200));
CREATE TABLE "GA_YW"."T_JQ" ("JQBH" VARCHAR(25) PRIMARY KEY, "JQLB" CHAR(2), "JJSJ" TIMESTAMPTZ,
    "LZBZ" CHAR(1), "LZSJ" CHAR(14));
CREATE TABLE "GA_YW"."T_DD" ("DDBH" VARCHAR(20) PRIMARY KEY, "JH" VARCHAR(8), "YJGDM" VARCHAR(12),
    "XJGDM" VARCHAR(12), "DDRQ" CHAR(8), "TDDDBH" VARCHAR(20));
CREATE TABLE "GA_YW"."T_RZ" ("RZBH" VARCHAR(20) PRIMARY KEY, "JH" VARCHAR(8), "NRZW" VARCHAR(6),
    "NRRQ" CHAR(8));
"""
_IN_JCXX: Final = frozenset({"T_JG", "T_RY", "T_DM", "T_XL"})
SHANGHAI: Final = ZoneInfo("Asia/Shanghai")
_YEARS: Final = (2019, 2020, 2021)
_POSTS: Final = {"0201": "chief", "0202": "deputy_chief", "0203": "instructor"}
_ROLES: Final = {
    **_POSTS, "0301": "clerk", "0302": "community", "0303": "case", "0304": "patrol",
    "0305": "command", "0101": "other", "0900": "other",
}  # fmt: skip
_CODES: Final = [
    ("ZW", "0101", "分局局长"), ("ZW", "0201", "所长"), ("ZW", "0202", "副所长"),
    ("ZW", "0203", "教导员"), ("ZW", "0301", "内勤"), ("ZW", "0302", "社区民警"),
    ("ZW", "0303", "办案民警"), ("ZW", "0304", "巡逻民警"), ("ZW", "0305", "指挥室民警"),
    ("ZW", "0900", "其他"), ("ZW", "0999", "无法确定的职务"),
    ("LY", "01", "组织治安安全防范"), ("LY", "02", "管理实有人口"), ("LY", "03", "掌握社情民意"),
    ("LY", "04", "开展群众工作"), ("LY", "09", "其他"),
    ("AJLB", "0100", "普通"), ("AJLB", "0200", "涉恐"), ("AJLB", "0300", "涉众型经济"),
    ("AJLB", "0400", "涉黑"), ("AJLB", "9900", "类别待定"),
    ("MZ", "01", "汉族"),
]  # fmt: skip
_AREAS: Final = {
    "01": "prevention", "02": "population", "03": "public_concerns", "04": "community_work",
    "09": "other",
}  # fmt: skip
_CATEGORIES: Final = {
    "0100": "ordinary", "0200": "terrorism", "0300": "mass_economic", "0400": "organised_crime",
}  # fmt: skip
_MEANS: Final = {
    "1": "image", "2": "forensic", "3": "technical", "4": "undercover", "5": "financial",
    "9": "other",
}  # fmt: skip
# After GB/T 4658, what is completed for certain; 20 and 90 say nothing, and 99 is the office's own.
_EDUCATION: Final = {"11": "postgraduate", "14": "postgraduate", "21": "bachelor", "22": "college",
                     "31": "college", "32": "below_college", "61": "below_college"}  # fmt: skip
_SETTINGS: Final = {"111": "urban", "112": "urban", "121": "urban", "122": "urban",
                    "123": "urban", "210": "township", "220": "rural"}  # fmt: skip
_TERRAINS: Final = {"01": "ordinary", "02": "mountain", "03": "island"}
_LEVELS: Final = {"1": "municipal", "2": "county"}
_ISSUERS: Final = {"01": "police_branch", "02": "party", "03": "government", "99": "other"}
_SECTIONS: Final = {"必要性": "necessity", "可行性": "feasibility", "实操性": "operability"}
_GUARANTEES: Final = {"人员": "personnel", "经费": "funds", "装备": "equipment"}


def qualified(table: str) -> str:
    """The name of a table, as SQL has it."""
    return f'"{"GA_JCXX" if table in _IN_JCXX else "GA_YW"}"."{table}"'


def duckdb_schema() -> str:
    """The schema without the serial number, which DuckDB has not."""
    return SCHEMA.replace("BIGSERIAL", "BIGINT")


def inserts(raw: Raw) -> Iterator[str]:
    """Statements that fill the tables."""
    for table, rows in raw.items():
        columns = list(rows[0])
        listed = ", ".join(f'"{column}"' for column in columns)
        for first in range(0, len(rows), _AT_ONCE):
            values = ", ".join(
                f"({', '.join(_literal(row[column]) for column in columns)})"
                for row in rows[first : first + _AT_ONCE]
            )
            yield f"INSERT INTO {qualified(table)} ({listed}) VALUES {values}"


_AT_ONCE: Final = 500


def _literal(value: Any) -> str:
    if value is None:
        return "NULL"
    return str(value) if isinstance(value, int | Decimal) else f"'{value}'"


def made_up(stations: int, officers: int, seed: str) -> Raw:
    """Rows of all tables, of that many stations and officers in use, dirty as such tables are."""
    return _MadeUp(Random(seed), stations, officers).raw


class _MadeUp:
    """Rows that hang together. Everybody is made up, and nobody has a name."""

    def __init__(self, random: Random, stations: int, officers: int) -> None:
        self.random = random
        self.raw: Raw = {name: [] for name in (
            "T_JG", "T_RY", "T_DM", "T_XL", "T_RW", "T_RW_LC", "T_AJ", "T_JQ", "T_DD", "T_RZ",
        )}  # fmt: skip
        self.raw["T_DM"] = [
            dict(zip(("DMLB", "DMZ", "DMMC"), each, strict=True)) for each in _CODES
        ]
        self._organisations(stations)
        self._people(officers)
        self._moves(stations)
        self._requests(stations * 2)

    def day(self, first: int, last: int) -> str:
        """A day of some years."""
        year, month = self.random.randint(first, last), self.random.randint(1, 12)
        return f"{year}{month:02}{self.random.randint(1, 28):02}"

    def dirty(self, clean: Any, *dirt: Any, often: int = 15) -> Any:
        """A value, or now and then something that says less."""
        return self.random.choice(dirt) if self.random.randrange(100) < often else clean

    def organisation(self, code: str, name: str, above: str | None, sort: str, level: str) -> Row:
        row = dict.fromkeys(
            ("JGDM", "JGMC", "SJJGDM", "JGLB", "JGJB", "CXLBDM", "DXDM", "SDBZ", "SYRK", "FJRS",
             "ZBSL", "YFZDSL", "ZFJLYSL", "SLDZS", "BQRQ", "QYBZ", "BZ")
        )  # fmt: skip
        row |= {"JGDM": code, "JGMC": name, "SJJGDM": above, "JGLB": sort, "JGJB": level}
        row["QYBZ"] = "1"
        self.raw["T_JG"].append(row)
        return row

    def _organisations(self, number: int) -> None:
        random = self.random
        self.organisation("350300000000", "市公安局", None, "1", "1")
        self.organisation("350300010000", "市公安局党委", "350300000000", "3", "1")
        self.organisation("350300020000", "市公安局治安支队", "350300000000", "3", "1")
        self.organisation("350300030000", "市公安局刑侦支队", "350300000000", "3", "1")
        self.counties = [f"3503{county:02}000000" for county in (2, 3, 4, 5, 22)]
        for county in self.counties:
            self.organisation(county, f"{county[:6]}分局", "350300000000", "1", "2")
            for place, name in ((1, "治安大队"), (2, "刑侦大队"), (3, "党委")):
                code = f"{county[:6]}0{place}0000"
                self.organisation(code, f"{county[:6]}分局{name}", county, "3", "2")
        # One more that was closed: neither it nor who is on its roster counts.
        for place in range(number + 1):
            county = self.counties[place % len(self.counties)]
            code = f"{county[:6]}{5000 + place:04}00"
            row = self.organisation(code, f"{place}号派出所", county, "2", "2")
            row |= {
                "CXLBDM": self.dirty(random.choice([*_SETTINGS]), None, "", "/"),
                "DXDM": self.dirty(random.choice(["01", "01", "02", "03"]), None, ""),
                "SDBZ": random.choice(["1", "0", "0", "", None]),
                "SYRK": self.dirty(Decimal(random.randrange(2_000, 90_000)), None),
                "FJRS": self.dirty(f" {random.randrange(40)} ", None, "", "/", "NULL"),
                "ZBSL": self.dirty(Decimal(random.randrange(30)), None),
                "YFZDSL": self.dirty(random.randrange(30), None),
                "ZFJLYSL": self.dirty(random.randrange(30), None),
                "SLDZS": self.dirty(random.randrange(3, 7), None),
                "BQRQ": self.dirty(self.day(2018, 2021), "00000000", "", None, "        "),
                "BZ": self.dirty("无", None),
            }
        row["QYBZ"] = "0"
        self.stations = [row["JGDM"] for row in self.raw["T_JG"] if _is_station(row)]
        self.organs = [row["JGDM"] for row in self.raw["T_JG"] if row["JGLB"] == "3"]
        self.closed = row["JGDM"]

    def _people(self, number: int) -> None:
        places = [self.random.choice(self.stations) for _ in range(number)]
        others = [*self.organs, *self.counties, "350300000000", self.closed]
        places += [self.random.choice(others) for _ in range(number // 5)]
        for place, at in enumerate(places):
            self._person(f"{100_000 + place:08}", at, "1")
        for place in range(number // 20):
            self._person(f"{900_000 + place:08}", self.random.choice(self.stations), "2")
        self.people = [row["JH"] for row in self.raw["T_RY"]]
        posts = [*_POSTS, "0101", "0302"]
        for place in range(number // 20):
            self.raw["T_RZ"].append(
                {
                    "RZBH": f"RZ{place}",
                    "JH": self.random.choice(self.people),
                    "NRZW": self.random.choice(posts),
                    "NRRQ": self.dirty(self.day(2019, 2022), "", "00000000", None),
                }
            )

    def _person(self, number: str, at: str, status: str) -> None:
        random = self.random
        self.raw["T_RY"].append(
            {
                "JH": number,
                "XM": None,
                "GMSFHM": None,
                "JGDM": at,
                "SJGZJGDM": self.dirty(at, "", None, "/", random.choice(self.organs), often=8),
                "ZWDM": self.dirty(random.choice([*_ROLES]), None, "", "0999"),
                "XLDM": self.dirty(random.choice([*_EDUCATION]), None, "", "20", "90", "99"),
                "CSRQ": self.dirty(self.day(1962, 1998), None, "", "00000000"),
                "CJGARQ": self.dirty(self.day(1985, 2020), None, "", "00000000"),
                "DSRQ": self.dirty(self.day(2010, 2021), None, "", "00000000"),
                "DYBZ": random.choice(["1", "1", "0", "", None]),
                "RYZT": status,
            }
        )
        for year in (2018, *_YEARS):
            if random.randrange(10):
                self.raw["T_XL"].append(
                    {
                        "JH": number,
                        "ND": str(year),
                        "XLCS": self.dirty(random.randrange(4), None),
                        "XLTS": self.dirty(Decimal(random.randrange(20, 60)) / 2, None),
                        "SDFS": self.dirty(random.randrange(60, 160), None),
                    }
                )

    def _moves(self, number: int) -> None:
        random = self.random
        for place in range(number):
            from_, to = (
                random.choice(self.stations if random.randrange(4) else self.organs)
                for _ in range(2)
            )
            earlier = [row["DDBH"] for row in self.raw["T_DD"] if row["YJGDM"] in self.stations]
            self.raw["T_DD"].append(
                {
                    "DDBH": f"DD{place}",
                    "JH": random.choice(self.people),
                    "YJGDM": from_,
                    "XJGDM": to,
                    "DDRQ": self.dirty(self.day(2019, 2022), None, "", "00000000"),
                    "TDDDBH": random.choice(earlier) if earlier and random.randrange(2) else None,
                }
            )
            if earlier and random.randrange(3) == 0:  # one that makes good what left the station
                gone = random.choice([r for r in self.raw["T_DD"] if r["DDBH"] in earlier])
                self.raw["T_DD"][-1] |= {"XJGDM": gone["YJGDM"], "TDDDBH": gone["DDBH"]}

    def _requests(self, number: int) -> None:
        for place in range(number):
            self._task(f"RW{place}")
            self._case(f"AJ{place}")
            self._incident(f"JQ{place}")

    def _task(self, number: str) -> None:
        random = self.random
        yes_no = ["1", "0", "", None]
        self.raw["T_RW"].append(
            {
                "RWBH": number,
                "JGDM": random.choice(self.stations),
                "XDDWDM": self.dirty(random.choice(self.organs), None, "3503XXXXXXXX"),
                "XDDWLX": self.dirty(random.choice([*_ISSUERS]), None, ""),
                "ZBBZ": random.choice(yes_no),
                "FDZZBZ": random.choice(["1", *yes_no]),
                "JZZZBZ": random.choice(yes_no),
                "LYDM": self.dirty(random.choice([*_AREAS]), None, ""),
                "CDRY": self.dirty(random.choice("12"), None),
                "KSRQ": self.dirty(self.day(2019, 2022), None, "", "        "),
            }
        )
        day = self.day(2019, 2021)
        # Mostly whole, and in order; before what passed there may be what did not.
        for step in ("01", "02", "03", "04"):
            if random.randrange(10) == 0:
                continue
            if random.randrange(5) == 0:
                self._step(number, step, "0", day)
            if random.randrange(12):
                self._step(number, step, "1", day if random.randrange(8) else self.day(2019, 2021))

    def _step(self, number: str, step: str, passed: str, day: str) -> None:
        random = self.random
        parts = {"01": [*_SECTIONS], "02": [*_GUARANTEES]}.get(step, [])
        if parts and random.randrange(5) == 0:
            parts = random.sample(parts, 2)
        municipal = ["350300010000", "350300020000", "350300030000"]
        order = {"03": municipal[1], "04": municipal[0]}.get(step, municipal[2])
        by = order if random.randrange(6) else random.choice(self.organs)
        self.raw["T_RW_LC"].append(
            {
                "LCID": len(self.raw["T_RW_LC"]) + 1,
                "RWBH": number,
                "BZDM": step,
                "BLDWDM": by,
                "BLDWJB": "1" if by in municipal else "2",
                "BLJG": passed,
                "BLSJ": f"{day}{random.randrange(8, 18):02}3000",
                "NR": ",".join(parts) if parts else None,
            }
        )

    def _case(self, number: str) -> None:
        random = self.random
        means = random.sample([*_MEANS], random.choice([1, 1, 2]))
        places = ["350304", random.choice(["350302", "350305", "350102"])][: random.randint(1, 2)]
        self.raw["T_AJ"].append(
            {
                "AJBH": number,
                "JGDM": random.choice(self.stations),
                "AJLBDM": self.dirty(random.choice(["0100", *_CATEGORIES]), None, "", "9900"),
                "ZBXB": self.dirty(random.choice("112"), None, ""),
                "YGGX": self.dirty(random.choice("110"), None, ""),
                "AQJD": self.dirty(random.choice("110"), None, ""),
                "FZAJ": self.dirty(random.choice("001"), None, ""),
                "ZCSD": self.dirty(random.choice(["1", "无", ", ".join(means)]), None, ""),
                "SADQH": self.dirty(",".join(places), None, "", "无"),
            }
        )

    def _incident(self, number: str) -> None:
        random = self.random
        # On the last day of a year, so that the zone decides of the day and the year.
        utc = ZoneInfo("UTC")
        received = datetime(2020, 12, 31, random.randrange(24), random.randrange(60), tzinfo=utc)
        later = received.astimezone(SHANGHAI) + timedelta(minutes=random.choice([0, 1, 5, 90]))
        self.raw["T_JQ"].append(
            {
                "JQBH": number,
                "JQLB": self.dirty(random.choice(["01", "02"]), None, ""),
                "JJSJ": self.dirty(received, None),
                "LZBZ": random.choice(["1", "0", "", None]),
                "LZSJ": self.dirty(f"{later:%Y%m%d%H%M%S}", None, "", "00000000"),
            }
        )


def facts_of(raw: Raw) -> pr.Facts:
    """What the rows mean, by hand: apart from any mapping, and from SQL."""
    return pr.Facts(
        bureaus=[*_bureaus(raw)],
        stations=[*_stations(raw)],
        officers=[*_officers(raw)],
        appointments=[*_appointments(raw)],
        transfers=[*_transfers(raw)],
        tasks=[*_tasks(raw)],
        cases=[*_cases(raw)],
        incidents=[*_incidents(raw)],
        complete=WHOLE,
    )


WHOLE: Final[tuple[type[Fact], ...]] = (
    pr.Bureau, pr.Station, pr.Officer, pr.Transfer, pr.Task, pr.CriminalCase
)  # fmt: skip


def _said(cell: object) -> str | None:
    """What a cell says, None where it says nothing."""
    text = "" if cell is None else str(cell).strip()
    return None if text in ("", "/", "NULL", "00000000") else text


def _day(cell: object) -> date | None:
    text = _said(cell)
    return None if text is None else date(int(text[:4]), int(text[4:6]), int(text[6:8]))


def _whole(cell: object) -> int | None:
    text = _said(cell)
    return None if text is None else int(Decimal(text))


def _flag(cell: object, blank: bool | None = None) -> bool | None:
    return {"1": True, "0": False}.get(_said(cell) or "", blank)


def _coded(cell: object, codes: Mapping[str, str]) -> Any:
    return codes.get(_said(cell) or "")


def _set(cell: object, codes: Mapping[str, str] | None = None) -> Any:
    text = _said(cell)
    if text is None:
        return None
    parts = [] if text == "无" else [part.strip() for part in text.split(",")]
    return frozenset(parts if codes is None else (codes[part] for part in parts))


def _is_station(row: Row) -> bool:
    return (row["JGLB"], row["QYBZ"]) == ("2", "1")


def _places(raw: Raw) -> dict[str, Row]:
    return {row["JGDM"]: row for row in raw["T_JG"]}


def _people(raw: Raw) -> dict[str, Row]:
    return {row["JH"]: row for row in raw["T_RY"]}


def _on_roster(raw: Raw) -> dict[str, Row]:
    places = _places(raw)
    return {
        number: row
        for number, row in _people(raw).items()
        if row["RYZT"] == "1" and _is_station(places[row["JGDM"]])
    }


def _bureaus(raw: Raw) -> Iterator[pr.Bureau]:
    above = {row["JGDM"]: {row["JGDM"], row["SJJGDM"]} for row in raw["T_JG"]}
    for row in raw["T_JG"]:
        if row["JGLB"] == "1":
            serving = [
                r for r in raw["T_RY"] if r["RYZT"] == "1" and row["JGDM"] in above[r["JGDM"]]
            ]
            level = _LEVELS[row["JGJB"]]
            yield _made(
                pr.Bureau, row["JGDM"], name=row["JGMC"], level=level, officers=len(serving)
            )


def _stations(raw: Raw) -> Iterator[pr.Station]:
    for row in raw["T_JG"]:
        if _is_station(row):
            yield _made(
                pr.Station,
                row["JGDM"],
                name=row["JGMC"],
                bureau_id=row["SJJGDM"],
                setting=_coded(row["CXLBDM"], _SETTINGS),
                terrain=_coded(row["DXDM"], _TERRAINS),
                pilot=_flag(row["SDBZ"], blank=False),
                resident_population=_whole(row["SYRK"]),
                auxiliaries=_whole(row["FJRS"]),
                equipment_sets=_whole(row["ZBSL"]),
                mobile_terminals=_whole(row["YFZDSL"]),
                body_cameras=_whole(row["ZFJLYSL"]),
                leader_posts=_whole(row["SLDZS"]),
                relocated_on=_day(row["BQRQ"]),
            )


def _officers(raw: Raw) -> Iterator[pr.Officer]:
    trained: dict[str, dict[int, Row]] = {}
    for row in raw["T_XL"]:
        trained.setdefault(row["JH"], {})[int(row["ND"])] = row

    def by_year(number: str, column: str) -> dict[int, int] | None:
        of = trained.get(number, {})
        found = {year: of[year][column] for year in _YEARS if year in of}
        # Half a day does not make a day.
        return {year: int(value) for year, value in found.items() if value is not None} or None

    for number, row in _on_roster(raw).items():
        yield _made(
            pr.Officer,
            number,
            station_id=row["JGDM"],
            workplace_id=_said(row["SJGZJGDM"]),
            role=_coded(row["ZWDM"], _ROLES),
            education=_coded(row["XLDM"], _EDUCATION),
            birth_date=_day(row["CSRQ"]),
            service_since=_day(row["CJGARQ"]),
            station_since=_day(row["DSRQ"]),
            party_member=_flag(row["DYBZ"], blank=False),
            trainings=by_year(number, "XLCS"),
            training_days=by_year(number, "XLTS"),
            live_rounds=by_year(number, "SDFS"),
        )


def _appointments(raw: Raw) -> Iterator[pr.Appointment]:
    people, roster = _people(raw), _on_roster(raw)
    for row in raw["T_RZ"]:
        if row["NRZW"] in _POSTS:
            person = people[row["JH"]]
            yield _made(
                pr.Appointment,
                row["RZBH"],
                officer_id=row["JH"] if row["JH"] in roster else None,
                post=_POSTS[row["NRZW"]],
                on=_day(row["NRRQ"]),
                education=_coded(person["XLDM"], _EDUCATION),
                birth_date=_day(person["CSRQ"]),
                service_since=_day(person["CJGARQ"]),
            )


def _transfers(raw: Raw) -> Iterator[pr.Transfer]:
    places, roster = _places(raw), _on_roster(raw)
    for row in raw["T_DD"]:
        from_, to = places[row["YJGDM"]], places[row["XJGDM"]]
        both = {
            "officer_id": row["JH"] if row["JH"] in roster else None,
            "on": _day(row["DDRQ"]),
        }
        if _is_station(from_):
            yield _made(
                pr.Transfer,
                f"{row['DDBH']}-out",
                station_id=row["YJGDM"],
                direction="out",
                to_organ={"3": True, "2": False}.get(to["JGLB"]),
                **both,
            )
        if _is_station(to):
            replaces = "" if row["TDDDBH"] is None else f"{row['TDDDBH']}-out"
            yield _made(
                pr.Transfer,
                f"{row['DDBH']}-in",
                station_id=row["XJGDM"],
                direction="in",
                replaces=replaces,
                **both,
            )


def _tasks(raw: Raw) -> Iterator[pr.Task]:
    places = _places(raw)
    passed: dict[tuple[str, str], Row] = {}
    for row in raw["T_RW_LC"]:
        if row["BLJG"] == "1":
            assert (row["RWBH"], row["BZDM"]) not in passed
            passed[row["RWBH"], row["BZDM"]] = row
    for row in raw["T_RW"]:
        report, guarantees, review, approval = (
            passed.get((row["RWBH"], step)) for step in ("01", "02", "03", "04")
        )
        issuer = places.get(row["XDDWDM"])
        yield _made(
            pr.Task,
            row["RWBH"],
            station_id=row["JGDM"],
            issuer=_coded(row["XDDWLX"], _ISSUERS),
            issuer_level=None if issuer is None else _LEVELS[issuer["JGJB"]],
            within_statutory_duty=_flag(row["FDZZBZ"]),
            branch_duty=_flag(row["JZZZBZ"], blank=False),
            duty_area=_coded(row["LYDM"], _AREAS),
            quota=_flag(row["ZBBZ"], blank=False),
            assignee=_coded(row["CDRY"], {"1": "officer", "2": "auxiliary"}),
            report_sections=_set(report["NR"], _SECTIONS) if report else frozenset(),
            guarantees=_set(guarantees["NR"], _GUARANTEES) if guarantees else frozenset(),
            reviewed_by=_reviewer(places, review),
            review_level=_LEVELS[review["BLDWJB"]] if review else None,
            approved_by=_approver(places, approval),
            reported_on=_day(report["BLSJ"]) if report else None,
            reviewed_on=_day(review["BLSJ"]) if review else None,
            approved_on=_day(approval["BLSJ"]) if approval else None,
            starts_on=_day(row["KSRQ"]),
        )


def _reviewer(places: Mapping[str, Row], step: Row | None) -> str:
    if step is None:
        return "none"
    return "public_order" if "治安" in places[step["BLDWDM"]]["JGMC"] else "other"


def _approver(places: Mapping[str, Row], step: Row | None) -> str:
    if step is None:
        return "none"
    by = places[step["BLDWDM"]]
    return "municipal_committee" if "党委" in by["JGMC"] and by["JGJB"] == "1" else "other"


def _cases(raw: Raw) -> Iterator[pr.CriminalCase]:
    for row in raw["T_AJ"]:
        yield _made(
            pr.CriminalCase,
            row["AJBH"],
            station_id=row["JGDM"],
            category=_coded(row["AJLBDM"], _CATEGORIES),
            role=_coded(row["ZBXB"], {"1": "lead", "2": "assist"}),
            causation_clear=_flag(row["YGGX"]),
            simple=_flag(row["AQJD"]),
            complex=_flag(row["FZAJ"]),
            means=_set(row["ZCSD"], _MEANS),
            place_codes=_set(row["SADQH"]),
        )


def _incidents(raw: Raw) -> Iterator[pr.Incident]:
    for row in raw["T_JQ"]:
        received, later = row["JJSJ"], _said(row["LZSJ"])
        yield _made(
            pr.Incident,
            row["JQBH"],
            kind=_coded(row["JQLB"], {"01": "police", "02": "non_police"}),
            received_at=received and received.astimezone(SHANGHAI).replace(tzinfo=None),
            transferred=_flag(row["LZBZ"], blank=False),
            transferred_at=later and datetime.strptime(later, "%Y%m%d%H%M%S"),
        )


def _made(cls: Any, id_: str, **values: object) -> Any:
    """A fact; choices are given by their spellings."""
    return cls(id=id_, **values)
