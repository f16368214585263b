"""莆政办〔2019〕52号: on further strengthening and improving the building up of stations."""

from collections.abc import Sequence
from datetime import date

from ...language import Directive, Monotone, Ruling, subject
from ...police import POLICE, Bureau, Station, province_of
from . import (
    s0_preamble,
    s1_1_study,
    s1_2_loyalty,
    s1_3_training,
    s1_4_models,
    s1_politics,
    s2_1_strength,
    s2_2_leaders,
    s2_3_auxiliaries,
    s2_staffing,
    s3_1_case_scope,
    s3_2_incidents,
    s3_3_task_admission,
    s3_4_other_activities,
    s3_relief,
    s4_1_premises,
    s4_2_workstations,
    s4_3_equipment,
    s4_4_case_rooms,
    s4_5_mediation,
    s4_support,
    s5_1_duty_modes,
    s5_2_public_order,
    s5_3_technology,
    s5_4_role,
    s5_effect,
    s6_1_careers,
    s6_2_honours,
    s6_3_welfare,
    s6_4_mental_health,
    s6_incentives,
)
from .oddities import ODDITIES
from .sentences import SENTENCES


def _rulings() -> Sequence[Ruling]:
    """Read when they are first asked for: few answers are explained, and these are many words."""
    from .rulings import RULINGS

    return RULINGS


_station = subject(Station)

DIRECTIVE = Directive(
    id="putian-2019-52",
    number="莆政办〔2019〕52号",
    zh="莆田市人民政府办公室关于进一步加强和改进公安派出所建设工作的意见",
    en="Opinion of the Putian municipal government office on further strengthening and improving"
    " the building up of police stations",
    issuer=("莆田市人民政府办公室", "Putian municipal government office"),
    authority=(
        "经市政府同意印发的政策性意见，不是地方性法规或规章；效力低于法律、法规和规章",
        "a policy opinion, issued with the municipal government's consent; it is no regulation, and"
        " ranks below law, regulations and ministerial rules",
    ),
    addressees=(
        "各县（区）人民政府（管委会），市直有关单位",
        "the governments (management committees) of the counties and districts, and the municipal"
        " bodies concerned",
    ),
    copied_to=(
        "市委、市人大常委会、市政协办公室",
        "the offices of the municipal Party committee, of the standing committee of the municipal"
        " people's congress and of the municipal CPPCC",
    ),
    issued=date(2019, 7, 16),
    vocabulary=POLICE,
    bodies=(Bureau, Station),
    region_of=province_of,
    printed=date(2019, 7, 17),
    public=True,
    monotone=[
        Monotone("2.1/1b", _station.community_officers),
        Monotone("2.1/3", _station.community_officers),
        Monotone("2.1/4", _station.community_officers),
        Monotone("2.1/4", _station.villages_covered),
        Monotone("4.1/5a", _station.beds),
        Monotone("4.1/5b", _station.rooms),
        Monotone("4.3/1a", _station.equipment_sets),
        Monotone("4.3/1b", _station.mobile_terminals),
        Monotone("4.3/1c", _station.body_cameras),
        Monotone("4.3/1d", _station.protective_held),
        Monotone("4.3/1g", _station.vehicles_fit),
        Monotone("4.4/2b", _station.smart_enforcement_area),
        Monotone("4.5/2b", _station.mediators),
    ],
    clauses=[
        s0_preamble.clause,
        s1_politics.clause,
        s1_1_study.clause,
        s1_2_loyalty.clause,
        s1_3_training.clause,
        s1_4_models.clause,
        s2_staffing.clause,
        s2_1_strength.clause,
        s2_2_leaders.clause,
        s2_3_auxiliaries.clause,
        s3_relief.clause,
        s3_1_case_scope.clause,
        s3_2_incidents.clause,
        s3_3_task_admission.clause,
        s3_4_other_activities.clause,
        s4_support.clause,
        s4_1_premises.clause,
        s4_2_workstations.clause,
        s4_3_equipment.clause,
        s4_4_case_rooms.clause,
        s4_5_mediation.clause,
        s5_effect.clause,
        s5_1_duty_modes.clause,
        s5_2_public_order.clause,
        s5_3_technology.clause,
        s5_4_role.clause,
        s6_incentives.clause,
        s6_1_careers.clause,
        s6_2_honours.clause,
        s6_3_welfare.clause,
        s6_4_mental_health.clause,
    ],
    sentences=SENTENCES,
    oddities=ODDITIES,
    rulings=_rulings,
    unnamed=s0_preamble.UNNAMED,
    earlier=s0_preamble.EARLIER,
    lists=[
        s0_preamble.OTHER_MAIN_DUTIES_LISTED,
        s1_1_study.HOLIDAYS_LISTED,
        s3_1_case_scope.OTHER_CATEGORIES_LISTED,
        s4_1_premises.NAMED_STATIONS_LISTED,
        s4_2_workstations.URBAN_PILOTS_LISTED,
        s4_2_workstations.OTHER_PILOTS_LISTED,
        s4_4_case_rooms.SMART_AREAS_LISTED,
        s4_5_mediation.OTHER_BACKGROUNDS_LISTED,
        s4_5_mediation.MEDIATION_STATIONS_LISTED,
        s5_1_duty_modes.PILOTS_LISTED,
    ],
)
