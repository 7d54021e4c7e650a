"""What can have happened to gatherings (``gathering:<id>``), series (``series:<id>``) and groups (``group:<id>``)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SeriesBegun:
    series_id: int


@dataclass(frozen=True, slots=True)
class SeriesEnded:
    series_id: int


@dataclass(frozen=True, slots=True)
class GatheringAnnounced:
    gathering_id: int


@dataclass(frozen=True, slots=True)
class GatheringChanged:
    """Time, place or words are others; calendars take the newer version."""

    gathering_id: int


@dataclass(frozen=True, slots=True)
class GatheringMoved:
    """Another time or place, from this version on."""

    gathering_id: int
    version: int


@dataclass(frozen=True, slots=True)
class GatheringCancelled:
    gathering_id: int


@dataclass(frozen=True, slots=True)
class HostAdded:
    gathering_id: int
    person_id: int


@dataclass(frozen=True, slots=True)
class SignedUp:
    gathering_id: int
    signup_id: int


@dataclass(frozen=True, slots=True)
class MovedUp:
    """A place became free, and the first who waited has it."""

    gathering_id: int
    signup_id: int


@dataclass(frozen=True, slots=True)
class SignedOff:
    gathering_id: int
    signup_id: int


@dataclass(frozen=True, slots=True)
class DoorsOpened:
    gathering_id: int
    room_id: int


@dataclass(frozen=True, slots=True)
class TablesSet:
    """Everybody went to a table of its own."""

    gathering_id: int
    room_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class GatheringHeld:
    gathering_id: int


@dataclass(frozen=True, slots=True)
class WordsHidden:
    """By a ruling, nobody reads what was written any more."""

    gathering_id: int


@dataclass(frozen=True, slots=True)
class WordsShown:
    gathering_id: int


@dataclass(frozen=True, slots=True)
class TicketGiven:
    """A guest can take the minutes into a ledger later."""

    gathering_id: int
    ticket_id: int


@dataclass(frozen=True, slots=True)
class TicketClaimed:
    gathering_id: int
    ticket_id: int
    person_id: int


@dataclass(frozen=True, slots=True)
class FollowUpDone:
    gathering_id: int
    followup_id: int


@dataclass(frozen=True, slots=True)
class GroupFounded:
    group_id: int


@dataclass(frozen=True, slots=True)
class GroupChanged:
    group_id: int


@dataclass(frozen=True, slots=True)
class GroupJoined:
    group_id: int
    person_id: int


@dataclass(frozen=True, slots=True)
class GroupLeft:
    group_id: int
    person_id: int


@dataclass(frozen=True, slots=True)
class OrganiserMade:
    group_id: int
    person_id: int


@dataclass(frozen=True, slots=True)
class HelpNoted:
    """An organiser confirmed a volunteer's hours."""

    group_id: int
    help_id: int


@dataclass(frozen=True, slots=True)
class BoardOpened:
    """Somebody tries a board of their own, without an account."""

    board_id: int


@dataclass(frozen=True, slots=True)
class BoardClaimed:
    board_id: int
    person_id: int
