"""Read models for pages and actions, fully loaded."""

from laurels.participation.queries.body import RosterPage, Ruled, queue, roster_page, settled
from laurels.participation.queries.class_dossier import ClassDossier, class_dossier, dossier_of, dossier_table
from laurels.participation.queries.decisions import DecisionPage, decision_page
from laurels.participation.queries.declaration import OwnSeat, own_seat
from laurels.participation.queries.dossier import Dossier, dossier
from laurels.participation.queries.participants import participants, signed_versions, trainers_of
from laurels.participation.queries.participation import OwnParticipation, own_participation
from laurels.participation.queries.roster import Preflight, is_intact, preflight, seal_of
from laurels.participation.queries.sheet import Cell, Sheet, sheet

__all__ = [
    "Cell",
    "ClassDossier",
    "DecisionPage",
    "Dossier",
    "OwnParticipation",
    "OwnSeat",
    "Preflight",
    "RosterPage",
    "Ruled",
    "Sheet",
    "class_dossier",
    "decision_page",
    "dossier",
    "dossier_of",
    "dossier_table",
    "is_intact",
    "own_participation",
    "own_seat",
    "participants",
    "preflight",
    "queue",
    "roster_page",
    "seal_of",
    "settled",
    "sheet",
    "signed_versions",
    "trainers_of",
]
