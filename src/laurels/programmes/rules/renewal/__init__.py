"""What it takes to renew under a policy: pure, every answer with the line of the policy that it rests on.

asked.py      what a holder has and asks · answer.py  what they are told
conditions.py a policy's parameters as the engine reads them, with the documented defaults
counting.py   which entries of a ledger count, and why each other one does not
reminders.py  on which days a holder is written to
standing.py   open, in grace, suspended, lapsed, over
quote.py      the answer · cases.py  worked cases of policy authors
"""

from laurels.programmes.rules.renewal.answer import Counted, Quote, Reason
from laurels.programmes.rules.renewal.asked import NOTHING, Asked, Earned, Holding, Newly
from laurels.programmes.rules.renewal.cases import Case, check_case, read_cases
from laurels.programmes.rules.renewal.conditions import Conditions, conditions, conditions_of
from laurels.programmes.rules.renewal.quote import pricing, quote, units_in_words
from laurels.programmes.rules.renewal.reminders import reminder_days
from laurels.programmes.rules.renewal.standing import Standing, standing

__all__ = [
    "NOTHING",
    "Asked",
    "Case",
    "Conditions",
    "Counted",
    "Earned",
    "Holding",
    "Newly",
    "Quote",
    "Reason",
    "Standing",
    "check_case",
    "conditions",
    "conditions_of",
    "pricing",
    "quote",
    "read_cases",
    "reminder_days",
    "standing",
    "units_in_words",
]
