"""1 General: what the by-law is about, since when, and which days are working days."""

from policy_rules.language import Clause, WorkCalendar

clause = Clause("1", en="General", label=("", "cl 1"))
s1, s2, s3 = clause.sentences(3)

s1.background(en="what the by-law is about")

s2.background(en="the commencement: `in_force_from` of the directive")

WORKING_DAYS = s3("the calendar that the town clerk publishes for each year")(
    en="calendar of working days"
).leaves_open("working_days", WorkCalendar)
s3.background(en="rules speak of working days by the calendar that a policy is given")
