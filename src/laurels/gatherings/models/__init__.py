"""Groups, gatherings with those who come, their tables, and what is left of them."""

from laurels.gatherings.models.gatherings import Gathering, GatheringQuerySet, Series, SeriesQuerySet, SignUp
from laurels.gatherings.models.groups import CircleQuerySet, Group, GroupMember, Help
from laurels.gatherings.models.tables import Board, FollowUp, Table, Ticket

__all__ = [
    "Board",
    "CircleQuerySet",
    "FollowUp",
    "Gathering",
    "GatheringQuerySet",
    "Group",
    "GroupMember",
    "Help",
    "Series",
    "SeriesQuerySet",
    "SignUp",
    "Table",
    "Ticket",
]
