"""Pure decisions: where a person stands on the way, and when somebody may be reminded."""

from laurels.journey.rules.calendars import why_not_calendar
from laurels.journey.rules.nudging import NUDGE_AFTER, NUDGE_REST, why_not_nudge
from laurels.journey.rules.parcel import Parcel
from laurels.journey.rules.steps import Holder, Key, State, Step, steps_of

__all__ = [
    "NUDGE_AFTER",
    "NUDGE_REST",
    "Holder",
    "Key",
    "Parcel",
    "State",
    "Step",
    "steps_of",
    "why_not_calendar",
    "why_not_nudge",
]
