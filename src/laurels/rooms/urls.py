from django.urls import path, register_converter
from django.urls.converters import SlugConverter

from laurels.rooms.views import canvas, console, door, leading, participant, preview, room, takehome


class LineMoveConverter(SlugConverter):
    regex = "|".join(console.MOVES)


class CaseFileConverter(SlugConverter):
    regex = "|".join(kind.replace(".", r"\.") for kind in takehome.FILES)


class LeadMoveConverter(SlugConverter):
    regex = "|".join(leading.MOVES)


class PersonMoveConverter(SlugConverter):
    regex = "|".join(console.PERSON_MOVES)


register_converter(LineMoveConverter, "line-move")
register_converter(CaseFileConverter, "case-file")
register_converter(LeadMoveConverter, "lead-move")
register_converter(PersonMoveConverter, "person-move")

urlpatterns = [
    path("join", door.join, name="join"),
    path("r/<slug:code>", door.door, name="room-door"),
    path("r/<slug:code>/participants", door.participants, name="room-participants"),
    path("r/<slug:code>/claims", door.claims, name="room-claims"),
    path("r/<slug:code>/claims/<slug:public_id>", door.claim, name="room-claim"),
    path("r/<slug:code>/links", door.links, name="room-links"),
    path("r/<slug:code>/qr.svg", door.qr, name="room-qr"),
    path("seat-links/<slug:secret>", door.seat_link, name="seat-link"),
    path("rooms/<slug:public_id>", room.room, name="room"),
    path("rooms/<slug:public_id>/presenter", room.presenter, name="room-presenter"),
    path("rooms/<slug:public_id>/hand", participant.hand, name="room-hand"),
    path("rooms/<slug:public_id>/done", participant.done, name="room-done"),
    path("rooms/<slug:public_id>/team", participant.team, name="room-team"),
    path("rooms/<slug:public_id>/sitters", participant.sitters, name="room-sitters"),
    path("rooms/<slug:public_id>/writer", participant.writer, name="room-writer"),
    path("rooms/<slug:public_id>/people", leading.people, name="room-people"),
    path("rooms/<slug:public_id>/<lead-move:noun>", leading.moves, name="room-leading"),
    path("rooms/<slug:public_id>/earlier/<int:activity_id>", room.looking, name="room-earlier"),
    path("rooms/<slug:public_id>/canvases/<int:canvas_id>/acts", canvas.acts, name="canvas-acts"),
    path("rooms/<slug:public_id>/canvases/<int:canvas_id>/own", canvas.own, name="canvas-own"),
    path("rooms/<slug:public_id>/canvases/<int:canvas_id>/step", canvas.step, name="canvas-step"),
    path("rooms/<slug:public_id>/canvases/<int:canvas_id>/cards/<slug:card>", canvas.sheet, name="canvas-card"),
    path("rooms/<slug:public_id>/canvases/<int:canvas_id>/cards/<slug:card>/hiding", canvas.hiding, name="card-hiding"),
    path("rooms/<slug:public_id>/work", takehome.room_work, name="room-work"),
    path("rooms/<slug:public_id>/work.<case-file:kind>", takehome.room_work, name="room-work-file"),
    path("seats/<slug:public_id>/work", takehome.seat_work, name="seat-work"),
    path("seats/<slug:public_id>/work.<case-file:kind>", takehome.seat_work, name="seat-work-file"),
    path("desk/rooms/<slug:public_id>/cases/<int:number>", takehome.team_case, name="team-case"),
    path("desk/rooms/<slug:public_id>/cases/<int:number>.<case-file:kind>", takehome.team_case, name="team-case-file"),
    path("rooms/<slug:public_id>/canvases/<int:canvas_id>/replay", takehome.replay, name="canvas-replay"),
    path("desk/exercises/<slug:public_id>/preview", preview.preview, name="exercise-preview"),
    path("desk/workshops/<slug:public_id>/room", console.desk_room, name="desk-room"),
    path("desk/rooms/<slug:public_id>", console.console, name="room-console"),
    path("desk/rooms/<slug:public_id>/pause", console.pause, name="room-pause"),
    path("desk/rooms/<slug:public_id>/teams", console.teams, name="room-teams"),
    path("desk/rooms/<slug:public_id>/lines", console.lines, name="room-lines"),
    path("desk/rooms/<slug:public_id>/roaming", console.roaming, name="room-roaming"),
    path("desk/rooms/<slug:public_id>/claims/<slug:claim_id>", console.claim, name="room-claim-settled"),
    path("desk/rooms/<slug:public_id>/cards/<slug:card>/showing", console.showing, name="card-showing"),
    path(
        "desk/rooms/<slug:public_id>/activities/<int:activity_id>/people", console.taking_part, name="room-taking-part"
    ),
    path(
        "desk/rooms/<slug:public_id>/activities/<int:activity_id>/people/<int:participant_id>",
        console.mark,
        name="room-mark",
    ),
    path("desk/rooms/<slug:public_id>/closing", console.closing, name="room-closing"),
    path(
        "desk/rooms/<slug:public_id>/activities/<int:activity_id>/<line-move:noun>",
        console.activity,
        name="room-activity",
    ),
    path(
        "desk/rooms/<slug:public_id>/participants/<int:participant_id>/<person-move:noun>",
        console.participant,
        name="room-participant",
    ),
]
