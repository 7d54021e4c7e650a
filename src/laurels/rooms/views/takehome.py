"""What people take home: their team's product case, on a page and as files."""

from collections.abc import Callable

from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from laurels.people.doors import Request, SignedIn, signed_in
from laurels.rooms import queries
from laurels.rooms.cases import Case, case_of, document, markdown, paper, table
from laurels.rooms.kinds import drawing
from laurels.rooms.kinds.scene import Eyes
from laurels.rooms.models import Canvas, Participant, Room, Team
from laurels.rooms.views.inside import inside
from laurels.workshops.models import Seat

FILES: dict[str, tuple[str, Callable[[Case, Request], str | bytes]]] = {
    "md": ("text/markdown; charset=utf-8", lambda case, request: markdown.write(case)),
    "pdf": ("application/pdf", lambda case, request: paper.write(case, at=request.now)),
    "csv": ("text/csv; charset=utf-8", lambda case, request: table.write(case)),
    "azure.csv": ("text/csv; charset=utf-8", lambda case, request: table.write(case, "azure")),
    "json": ("application/json", lambda case, request: document.write(case)),
}


@require_safe
@signed_in
def seat_work(request: SignedIn, public_id: str, kind: str = "") -> HttpResponse:
    """One's own seat's page after the class."""
    seat = get_object_or_404(Seat.objects.filter(person=request.person), public_id=public_id)
    participant = Participant.objects.present().filter(seat=seat).select_related("room", "team").first()
    if participant is None:
        return render(request, "rooms/pages/no_work.html", {"seat": seat})
    return _shown(request, participant.room, participant.team, f"/seats/{public_id}/work", kind)


@require_safe
@inside
def room_work(request: Request, participant: Participant, kind: str = "") -> HttpResponse:
    """What one's team made, for whoever is in the room, with or without an account."""
    return _shown(request, participant.room, participant.team, f"/rooms/{participant.room.public_id}/work", kind)


@require_safe
@signed_in
def team_case(request: SignedIn, public_id: str, number: int, kind: str = "") -> HttpResponse:
    """A team's case for whoever conducts the room; number 0 is the whole class's."""
    room = get_object_or_404(Room.objects.conducted_by(request.actor), public_id=public_id)
    team = get_object_or_404(room.teams, number=number) if number else None
    return _shown(request, room, team, f"/desk/rooms/{public_id}/cases/{number}", kind)


@require_safe
def replay(request: Request, public_id: str, canvas_id: int) -> HttpResponse:
    """How one's own team's canvas came about, act by act; for its team, the seat's person and who conducts."""
    room = get_object_or_404(Room.objects.select_related("workshop__course"), public_id=public_id)
    canvas = get_object_or_404(Canvas.objects.with_activity(), pk=canvas_id, activity__room=room)
    if not _may_replay(request, room, canvas):
        raise Http404
    asked = request.GET.get("at", "")
    found = queries.replay(canvas, int(asked) if asked.isdigit() else None)
    drawn = drawing.shared(found.desk.kind, ["canvas"], found.stage, Eyes())
    page = {"replay": found, "drawn": drawn, "canvas": canvas, "last": len(found.moments)}
    return render(request, "rooms/pages/replay.html", page | {"before": found.at - 1, "after": found.at + 1})


def _may_replay(request: Request, room: Room, canvas: Canvas) -> bool:
    if not request.actor.is_anonymous and Room.objects.conducted_by(request.actor).filter(pk=room.pk).exists():
        return True
    mine = Participant.objects.present().filter(room=room).filter(Q(team=canvas.team_id) if canvas.team_id else Q())
    held = request.session.get("rooms", {}).get(str(room.pk))
    whose = Q(pk=held) if held else Q(pk=None)
    if not request.actor.is_anonymous:
        whose |= Q(seat__person=request.actor.person_id, confirmed_at__isnull=False)
    return mine.filter(whose).exists()


def _shown(request: Request, room: Room, team: Team | None, address: str, kind: str) -> HttpResponse:
    case = case_of(room, team)
    if not kind:
        page = {"case": case, "room": room, "address": address, "files": list(FILES)}
        return render(request, "rooms/pages/work.html", page)
    if kind not in FILES:
        raise Http404
    media_type, write = FILES[kind]
    answer = HttpResponse(write(case, request), content_type=media_type)
    answer.headers["Content-Disposition"] = f'attachment; filename="product-case.{kind}"'
    return answer
