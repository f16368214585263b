"""What the by-law speaks of: traders, stalls, licences, days of trading, inspections."""

from datetime import date, datetime
from decimal import Decimal

from policy_rules.facts import (
    Fact,
    Labelled,
    Unit,
    Vocabulary,
    boolean,
    choice,
    choices,
    day,
    decimal,
    fact,
    identity,
    integer,
    moment,
    reference,
    text,
)

DOLLARS = Unit(en="dollars")
SQUARE_METRES = Unit(en="square metres")
METRES = Unit(en="metres")
KILOGRAMS = Unit(en="kilograms")
CYLINDERS = Unit(en="cylinders")
EXTINGUISHERS = Unit(en="extinguishers")


class TraderKind(Labelled):
    """Who trades."""

    GROWER = ("grower", "", "grower")
    CHARITY = ("charity", "", "charity")
    DEALER = ("dealer", "", "dealer")


class Size(Labelled):
    """The size of a stall."""

    SMALL = ("small", "", "small")
    MEDIUM = ("medium", "", "medium")
    LARGE = ("large", "", "large")


class Goods(Labelled):
    """What is sold, as far as the by-law tells it apart."""

    PRODUCE = ("produce", "", "produce")
    CRAFTS = ("crafts", "", "crafts")
    ALCOHOL = ("alcohol", "", "alcohol")
    FIREWORKS = ("fireworks", "", "fireworks")
    POULTRY = ("poultry", "", "live poultry")
    OTHER_ANIMALS = ("other_animals", "", "other live animals")


@fact(collection="markets", en="market")
class Market(Fact):
    """A market that the town holds."""

    id: str = identity()
    name: str | None = text(en="name", meaning="What the market is called.")


@fact(collection="traders", en="trader")
class Trader(Fact):
    """Somebody who trades at the market."""

    id: str = identity()
    name: str | None = text(en="name", meaning="What the trader is called.")
    kind: TraderKind | None = choice(TraderKind, en="kind", meaning="Grower, charity or dealer.")


@fact(collection="stalls", en="stall")
class Stall(Fact):
    """A place on the square from which goods are sold."""

    id: str = identity()
    name: str | None = text(en="name", meaning="What the stall is called.")
    trader_id: str | None = reference("traders", en="trader", meaning="The trader who runs it.")
    floor_area: Decimal | None = decimal(
        en="floor area", unit=SQUARE_METRES, places=1, meaning="What it covers."
    )
    passage: Decimal | None = decimal(
        en="passage in front",
        unit=METRES,
        places=2,
        meaning="The least width that is kept free in front of it.",
    )
    cooks: bool | None = boolean(en="food is cooked", meaning="Whether food is cooked there.")
    electric: bool | None = boolean(
        en="electric cooking", meaning="Whether it cooks by electricity alone."
    )
    gas_cylinders: int | None = integer(
        en="gas cylinders", unit=CYLINDERS, meaning="Cylinders of gas at the stall."
    )
    extinguishers: int | None = integer(
        en="fire extinguishers",
        unit=EXTINGUISHERS,
        meaning="Fire extinguishers at the stall.",
    )
    composts: bool | None = boolean(en="composts", meaning="Whether its waste goes to compost.")


@fact(collection="licences", en="licence", act_day="starts_on")
class Licence(Fact):
    """A licence to trade from a stall, from the day on which it is applied for."""

    id: str = identity()
    stall_id: str | None = reference("stalls", en="stall", meaning="The stall that it is for.")
    filed_on: date | None = day(en="filed on", meaning="The day on which it was applied for.")
    decided_on: date | None = day(en="decided on", meaning="The day on which the town decided.")
    applicant_born_on: date | None = day(
        en="applicant born on", meaning="The birth date of who applied."
    )
    for_school: bool | None = boolean(
        en="for a school",
        meaning="Whether the applicant trades for a school.",
    )
    deposit_paid_on: date | None = day(
        en="deposit paid on", meaning="The day on which the deposit was paid."
    )
    insured_on: date | None = day(
        en="insurance proved on",
        meaning="The day on which proof of insurance was handed in.",
    )
    starts_on: date | None = day(en="starts on", meaning="The first day of the licence.")
    refunded: Decimal | None = decimal(
        en="deposit paid back",
        unit=DOLLARS,
        places=2,
        meaning="What was paid back of the deposit.",
    )
    refunded_on: date | None = day(en="paid back on", meaning="The day on which it was paid back.")


@fact(collection="trading_days", en="day of trading", act_day="on")
class TradingDay(Fact):
    """A day on which a stall trades, or asks to."""

    id: str = identity()
    stall_id: str | None = reference("stalls", en="stall", meaning="The stall that trades.")
    on: date | None = day(en="day", meaning="The day.")
    goods: frozenset[Goods] | None = choices(Goods, en="goods", meaning="What is sold.")
    plastic_bags: bool | None = boolean(
        en="plastic bags",
        meaning="Whether plastic bags are handed out.",
    )
    opened_at: datetime | None = moment(en="opened at", meaning="When trading began.")
    closed_at: datetime | None = moment(en="closed at", meaning="When trading ended.")
    turnover: Decimal | None = decimal(
        en="turnover", unit=DOLLARS, places=2, meaning="What was taken on the day."
    )
    waste: Decimal | None = decimal(
        en="waste", unit=KILOGRAMS, places=1, meaning="The waste that was left."
    )
    paid_on: date | None = day(en="paid on", meaning="The day on which the charge was paid.")


@fact(collection="inspections", en="inspection")
class Inspection(Fact):
    """An inspection of a stall."""

    id: str = identity()
    stall_id: str | None = reference("stalls", en="stall", meaning="The stall that was inspected.")
    on: date | None = day(en="day", meaning="The day of the inspection.")
    passed: bool | None = boolean(en="passed", meaning="Whether the stall passed.")


MARKET = Vocabulary("market", (Market, Trader, Stall, Licence, TradingDay, Inspection))
