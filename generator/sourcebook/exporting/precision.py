"""How precisely a date is known, on UCDP's scale.

In: a date. Out: UCDP's `date_prec`. The rule it guards: a date that the scale has no step for gets none.
"""

from sourcebook.dates.edtf import Date
from sourcebook.dates.moments import Limit, day_number

DATE_PREC = (
    "How wide the date is (UCDP): 1 a day, 2 two to six days, 3 a week, 4 up to a month, 5 up to a year; "
    "empty for what is wider or has an end that is open or unknown."
)
STEPS = ((1, 1), (6, 2), (7, 3), (31, 4), (366, 5))
"""Up to how many days each step reaches."""


def date_prec(date: Date) -> int | None:
    """UCDP's step for the days from the first to the last that a date may touch.

    An event that lasts is as wide as it lasts. A qualifier does not widen a date: it is told in EDTF.
    """
    if isinstance(date.earliest, Limit) or isinstance(date.latest, Limit):
        return None
    days = abs(day_number(date.latest) - day_number(date.earliest)) + 1
    return next((step for most, step in STEPS if days <= most), None)
