from django.urls import path, register_converter
from django.urls.converters import SlugConverter

from laurels.rooms.views import console, door, room


class LineMoveConverter(SlugConverter):
    regex = "|".join(console.MOVES)


class PersonMoveConverter(SlugConverter):
    regex = "confirmation|removal|hand"


register_converter(LineMoveConverter, "line-move")
register_converter(PersonMoveConverter, "person-move")

urlpatterns = [
    path("join", door.join, name="join"),
    path("r/<slug:code>", door.door, name="room-door"),
    path("r/<slug:code>/participants", door.participants, name="room-participants"),
    path("rooms/<slug:public_id>", room.room, name="room"),
    path("rooms/<slug:public_id>/presenter", room.presenter, name="room-presenter"),
    path("rooms/<slug:public_id>/hand", room.hand, name="room-hand"),
    path("rooms/<slug:public_id>/canvases/<int:canvas_id>/acts", room.acts, name="canvas-acts"),
    path("rooms/<slug:public_id>/canvases/<int:canvas_id>/own", room.own, name="canvas-own"),
    path("rooms/<slug:public_id>/canvases/<int:canvas_id>/cards/<slug:card>", room.sheet, name="canvas-card"),
    path("desk/workshops/<slug:public_id>/room", console.desk_room, name="desk-room"),
    path("desk/rooms/<slug:public_id>", console.console, name="room-console"),
    path("desk/rooms/<slug:public_id>/pause", console.pause, name="room-pause"),
    path("desk/rooms/<slug:public_id>/teams", console.teams, name="room-teams"),
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
