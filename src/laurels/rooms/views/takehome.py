"""What people take home: their team's product case, on a page and as files."""

from collections.abc import Callable

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from laurels.people.doors import Request, SignedIn, signed_in
from laurels.rooms.cases import Case, case_of, document, markdown, paper, table
from laurels.rooms.models import Participant, Room, Team
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
