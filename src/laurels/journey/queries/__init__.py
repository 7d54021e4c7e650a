"""Read models of the way: one person's, and many people's as a table."""

from laurels.journey.queries.calendars import own_feed
from laurels.journey.queries.mine import Journey, Next, my_journey
from laurels.journey.queries.parcels import Way, seat_to_nudge, way_of, ways_of
from laurels.journey.queries.ready import Readiness, own_seat, readiness
from laurels.journey.queries.tracking import Tracking, body_tracking, workshop_tracking

__all__ = [
    "Journey",
    "Next",
    "Readiness",
    "Tracking",
    "Way",
    "body_tracking",
    "my_journey",
    "own_feed",
    "own_seat",
    "readiness",
    "seat_to_nudge",
    "way_of",
    "ways_of",
    "workshop_tracking",
]
