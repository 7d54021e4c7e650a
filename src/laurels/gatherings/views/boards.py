"""A board for a team, in one click and without an account; and what guests take along."""

from datetime import timedelta

from django.contrib import messages
from django.core.cache import cache
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from laurels.gatherings import actions, queries
from laurels.gatherings.forms import BoardForm
from laurels.gatherings.models import Board
from laurels.gatherings.views.public import file_of
from laurels.kernel.refusal import Refusal, require
from laurels.people.doors import Request, SignedIn, see_other, signed_in
from laurels.rooms.actions import remember
from laurels.rooms.models import Participant
from laurels.rooms.queries import coffee_record

BOARDS_AN_HOUR = 20
KEPT_SHOWN = 50


@require_http_methods(["GET", "HEAD", "POST"])
def new_board(request: Request) -> HttpResponse:
    name = request.person.name if request.person else ""
    form = BoardForm(request.POST or None, initial={"name": name})
    if form.is_valid():
        require(_why_not_another(request))
        person = request.person or None
        _board, host = actions.open_board(**form.cleaned_data, person=person, by=request.actor, now=request.now)
        remember(request.session, host)
        return see_other("room", host.room.public_id)
    kept = Board.objects.filter(person=request.actor.person_id or 0).select_related("room").order_by("-opened_at")
    context = {"form": form, "kept": kept[:KEPT_SHOWN]}
    return render(request, "gatherings/pages/new_board.html", context, status=422 if form.is_bound else 200)


@require_safe
def board(request: Request, public_id: str) -> HttpResponse:
    """What came of a board, for whoever knows its address; and keeping it, for whoever led it."""
    found = get_object_or_404(Board.objects.select_related("room"), room__public_id=public_id)
    page = {"board": found, "record": coffee_record(found.room), "may_keep": _led_by(request, found)}
    return render(request, "gatherings/pages/board.html", page)


@require_safe
def record(request: Request, public_id: str, kind: str) -> HttpResponse:
    """What came of a board, as a file."""
    found = get_object_or_404(Board.objects.select_related("room"), room__public_id=public_id)
    return file_of(queries.came_of_board(found), kind)


@require_POST
@signed_in
def keeping(request: SignedIn, public_id: str) -> HttpResponse:
    """Whoever led a board in this browser keeps it."""
    board = get_object_or_404(Board, room__public_id=public_id)
    if not _led_by(request, board):
        raise Http404
    actions.claim_board(board, request.person, by=request.actor, now=request.now)
    messages.success(request, _("The board is yours and does not expire."))
    return see_other("board", public_id)


@require_POST
def tickets(request: Request, public_id: str) -> HttpResponse:
    """Somebody who was here without an account wants to keep their minutes."""
    held = request.session.get("rooms", {})
    here = Participant.objects.filter(room__table_of__gathering__public_id=public_id, person=None)
    participant = here.filter(pk__in=held.values()).order_by("pk").first()
    if participant is None:
        raise Http404
    # Whoever came late knows only their table: the minutes belong to where they came in, once for both.
    participant = here.filter(moved_to=participant).first() or participant
    _ticket, secret = actions.give_ticket(participant, by=request.actor, now=request.now)
    return see_other("ticket", secret)


def _led_by(request: Request, board: Board) -> bool:
    """Whether this browser came into the board's room as the one who leads."""
    held = request.session.get("rooms", {}).get(str(board.room_id))
    leads = Participant.objects.filter(pk=held or 0, room=board.room_id, role=Participant.Role.TRAINER)
    return leads.exists()


def _why_not_another(request: Request) -> Refusal | None:
    """Opening boards costs nothing, so one place opens only so many."""
    key = f"boards:{request.META['REMOTE_ADDR']}"
    cache.add(key, 0, timedelta(hours=1).total_seconds())
    if cache.incr(key) > BOARDS_AN_HOUR:
        return Refusal("wait", _("Many boards were opened from here just now. Wait an hour, or use one of them."))
    return None
