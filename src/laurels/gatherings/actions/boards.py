"""Boards that anybody opens for a team, to try it."""

from datetime import datetime

from django.db import transaction

from laurels.gatherings import facts, rules
from laurels.gatherings.models import Board
from laurels.gatherings.rules.boards import plan_of
from laurels.journal.actions import record
from laurels.kernel.actor import Actor
from laurels.kernel.refusal import require
from laurels.people.models import Person
from laurels.rooms import actions as rooms
from laurels.rooms.models import Participant, Room

HALF_AN_HOUR = 30


@transaction.atomic
def open_board(title: str, name: str, *, person: Person | None, by: Actor, now: datetime) -> tuple[Board, Participant]:
    """A room for one Lean Coffee, led by whoever opens it; no account, no units."""
    title = title.strip()[:160] or "Lean Coffee"
    room = rooms.open_meeting(title, plan_of(title, {}, minutes=HALF_AN_HOUR, is_led=True), by=by, now=now)
    room.home = f"/boards/{room.public_id}"
    room.save(update_fields=["home"])
    host = rooms.lead(room, name.strip()[:80], person=person, by=by.hosting(room.pk), now=now)
    board = Board.objects.create(
        room=room,
        opened_at=now,
        expires_at=now + rules.BOARD_LASTS,
        person=person,
        claimed_at=now if person else None,
    )
    record(f"board:{board.pk}", facts.BoardOpened(board.pk), by=by, at=now)
    return board, host


@transaction.atomic
def claim_board(board: Board, person: Person, *, by: Actor, now: datetime) -> Board:
    """Keep a board that one opened before signing in; it does not expire any more. Raises Refused."""
    Room.objects.lock(board.room_id)
    board = Board.objects.get(pk=board.pk)
    if board.person_id == person.pk:
        return board
    require(rules.why_not_claim_board(board, by=by, now=now))
    board.person, board.claimed_at = person, now
    board.save(update_fields=["person", "claimed_at"])
    record(f"board:{board.pk}", facts.BoardClaimed(board.pk, person.pk), by=by, at=now)
    return board


def forget_boards(*, by: Actor, now: datetime) -> int:
    """Boards that nobody kept go, with everything that was written on them; how many."""
    expired = list(Board.objects.filter(person=None, expires_at__lte=now).select_related("room").order_by("pk"))
    for board in expired:
        _forget(board, by=by, now=now)
    return len(expired)


@transaction.atomic
def _forget(board: Board, *, by: Actor, now: datetime) -> None:
    room = board.room
    board.delete()
    rooms.forget_room(room, by=by, now=now)
