"""3 Licences: who is granted one, what it needs, how soon, and for how long."""

from policy_rules.language import AS_OF, DATE, Clause, subject, the

from .c1_general import WORKING_DAYS
from .c2_stalls import hot_food
from .vocabulary import Licence, Market, Stall

clause = Clause("3", en="Licences", label=("", "cl 3"))
s1, s2, s3, s4, s5, s6, s7 = clause.sentences(7)
licence, market = subject(Licence), subject(Market)
_age = licence.applicant_born_on.full_years_until(licence.starts_on)

LEAST_AGE = s1("under 18 years of age")(en="least age of an applicant").sets(
    "least_age", 18, unit=("", "years")
)
s1("No licence is granted to an applicant who on its first day is under 18 years of age")(
    en="no licence is granted to an applicant under 18"
).forbids(licence, _age < LEAST_AGE, on=licence.starts_on)

LEAST_AGE_FOR_SCHOOL = s2("16 years or more")(
    en="least age of an applicant who trades for a school"
).sets("least_age_for_school", 16, unit=("", "years"))
for_school = s2("an applicant of 16 years or more who trades for a school")(
    en="trades for a school, and is 16 or more"
).excepts(s1, licence.for_school & (_age >= LEAST_AGE_FOR_SCHOOL))
s3("does not cover hot-food stalls")(en="a hot-food stall").excepts(
    for_school, hot_food.of(the(Stall, licence.stall_id))
)

s4("A licence begins only once")(
    en="a licence begins once the deposit is paid and insurance is proved",
).needs(
    licence,
    s4("the deposit is paid")(en="payment of the deposit").step(
        "deposit",
        (licence.deposit_paid_on <= licence.starts_on) & (licence.deposit_paid_on <= AS_OF),
    ),
    s4("proof of insurance is handed in")(en="proof of insurance").step(
        "insurance", (licence.insured_on <= licence.starts_on) & (licence.insured_on <= AS_OF)
    ),
    on=licence.starts_on,
)

DAYS_TO_DECIDE = s5("within 10 working days")(en="time for a decision").sets(
    "days_to_decide", 10, unit=("", "working days")
)
s5("decides on an application within 10 working days after it was filed")(
    en="an application is decided on within 10 working days"
).demands(
    licence, licence.decided_on <= licence.filed_on.plus_working_days(DAYS_TO_DECIDE, WORKING_DAYS)
)

last_day = clause.defines(licence, "last_day", DATE)(en="last day of the licence").by(
    s6("for one year").makes(licence.starts_on.plus_years(1).plus_days(-1))
)

s7("keeps a public register of licences")(
    en="the town keeps a public register of licences"
).attests(market)
