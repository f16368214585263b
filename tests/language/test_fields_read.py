"""Which fields rules read: of their subjects, over references, in what they count and rest on."""

from __future__ import annotations

from policy_rules import load
from policy_rules.facts import Attestation, Exemption, fields_of
from policy_rules.language import Cite
from policy_rules.language.fields_read import fields_read
from policy_rules.police import Bureau, City, Officer, Station, Workstation

RULES = load("putian-2019-52").rules


def _read(*cites: str) -> dict[str, list[str]]:
    found = fields_read(RULES, [RULES.rule(Cite.parse(cite)) for cite in cites])
    return {cls.collection: sorted(names) for cls, names in found.items()}


def test_of_a_subject_and_what_it_counts() -> None:
    # How many workstations with all functions an urban pilot station has opened by a day.
    assert _read("4.2/3") == {
        "stations": ["id", "pilot", "setting"],
        "workstations": ["functions", "id", "opened_on", "station_id"],
    }


def test_of_several_rules() -> None:
    # Workstations as reported and those on the list that are open by the date; people for officers.
    found = _read("4.2/5a", "2.1/3")
    assert {"workstations", "resident_population", "community_officers"} <= {*found["stations"]}
    assert found["workstations"] == ["id", "opened_on", "station_id"]


def test_over_references() -> None:
    # Whether it comes back to the same station hangs on the officer who is transferred.
    found = fields_read(RULES, [RULES.rule(Cite.parse("2.1/5c"))])
    assert {"officer_id"} <= {n for cls, names in found.items() for n in names if n}
    assert {"recruit", "station_since"} <= found[Officer]


def test_what_rests_on_an_attestation_or_can_be_exempted_from() -> None:
    attested = RULES.rule(Cite.parse("4.2/1a"))
    in_principle = RULES.rule(Cite.parse("5.1/3b"))
    found = fields_read(RULES, [attested])
    assert found[Bureau] == {"id"}
    assert found[Attestation] == set(fields_of(Attestation))
    assert Exemption not in found
    found = fields_read(RULES, [in_principle])
    assert found[Exemption] == set(fields_of(Exemption))
    assert Attestation not in found


def test_of_definitions() -> None:
    duty_mode = RULES.definitions[Station, "duty_mode"]
    # The strength is the number, or else the whole roster.
    found = fields_read(RULES, [duty_mode])
    assert {cls: sorted(names) for cls, names in found.items()} == {
        Station: ["auxiliaries", "id", "officers", "pilot"],
        Officer: ["id", "station_id"],
    }


def test_of_everything() -> None:
    found = fields_read(RULES, [*RULES.rules, *RULES.definitions.values()])
    assert {Workstation, City, Attestation, Exemption} <= found.keys()
    assert all("id" in names for names in found.values())
    for cls, names in found.items():
        assert names <= set(fields_of(cls))
