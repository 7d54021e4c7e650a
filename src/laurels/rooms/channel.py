"""What a room's streams show: each touched part drawn once for each audience, for all its listeners."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime

from django.template.loader import render_to_string

from laurels.journal.models import Entry, fact_name
from laurels.journal.streams.channels import Frames, Knock, Listener
from laurels.rooms import actions, facts, queries
from laurels.rooms.kinds import drawing
from laurels.rooms.kinds.scene import Eyes
from laurels.rooms.models import Canvas, Participant, Room

MOVED = {fact_name(fact) for fact in (facts.ActivityStarted, facts.ActivityEnded, facts.RoomClosed)}
STAGED = {fact_name(fact) for fact in (facts.StepEntered, facts.TimerExtended, facts.RoomFrozen, facts.RoomThawed)}
STEPPED, ACTED, LEFT = map(fact_name, (facts.StepEntered, facts.Acted, facts.ParticipantRemoved))
# What a participant's own screen is drawn from anew: they changed teams, or were recognised.
OWN = {fact_name(fact) for fact in (facts.TeamChanged, facts.ParticipantConfirmed)}


class RoomChannel:
    def admit(self, knock: Knock, now: datetime) -> Listener | None:
        """The participant whom this browser's session holds, at the canvas they work on."""
        room = Room.objects.filter(public_id=knock.name).first()
        held = knock.session.get("rooms", {}).get(str(room.pk)) if room else None
        participant = Participant.objects.present().filter(pk=held, room=room).first() if held else None
        if room is None or participant is None:
            return None
        screen = knock.query.get("screen", "")
        if screen and not participant.is_trainer:
            return None
        canvases = queries.canvases_seen(room, participant, is_presenter=screen == "presenter")
        seen = {f"presenter:{pk}" if screen == "presenter" else f"canvas:{pk}" for pk in canvases}
        audiences = {"console"} if screen == "console" else {"room", *seen}
        return Listener(room.topic, frozenset(audiences), participant.key)

    def frames(self, topic: str, entries: Sequence[Entry], audiences: Collection[str], now: datetime) -> Frames:
        room = Room.objects.select_related("workshop").get(pk=int(topic.partition(":")[2]))
        happened = {entry.fact for entry in entries}
        parts = _canvases(room, entries, audiences)
        calls: dict[str, tuple[str, str]] = {}
        if happened & (STAGED | MOVED) and "room" in audiences:
            parts["room"] = render_to_string("rooms/parts/stage.html", {"stage": queries.stage_bar(room)})
        if "console" in audiences:
            calls["console"] = ("refresh", "")
        if happened & MOVED or fact_name(facts.TeamsMade) in happened:
            calls["room"] = ("go", f"/rooms/{room.public_id}")
        elif STEPPED in happened:
            calls["room"] = ("refresh", "")
        named = [(entry.fact, entry.payload.get("participant_id")) for entry in entries]
        calls |= {f"participant:{pk}": ("go", f"/rooms/{room.public_id}") for fact, pk in named if fact in OWN}
        shut = frozenset(f"participant:{pk}" for fact, pk in named if fact == LEFT)
        return Frames(parts, calls, shut)

    def here(self, topic: str, keys: Collection[str], now: datetime) -> None:
        actions.note_here(_participants(keys), now=now)

    def gone(self, topic: str, keys: Collection[str], now: datetime) -> None:
        actions.note_gone(_participants(keys), now=now)

    def still(self, topic: str, keys: Collection[str], now: datetime) -> set[str]:
        asked = Participant.objects.present().filter(pk__in=_participants(keys))
        return {f"participant:{pk}" for pk in asked.values_list("pk", flat=True)}


def _participants(keys: Collection[str]) -> list[int]:
    return [int(key.partition(":")[2]) for key in keys]


def _canvases(room: Room, entries: Sequence[Entry], audiences: Collection[str]) -> dict[str, str]:
    """Audience → the touched parts of the canvas it watches."""
    touched: dict[int, list[str]] = defaultdict(list)
    for entry in entries:
        if entry.fact == ACTED:
            touched[entry.payload["canvas_id"]] += entry.payload["touched"]
    watched = {pk: [name for name in (f"canvas:{pk}", f"presenter:{pk}") if name in audiences] for pk in touched}
    parts: dict[str, str] = {}
    for canvas in Canvas.objects.filter(pk__in=[pk for pk, names in watched.items() if names]).with_activity():
        desk = queries.desk_of(canvas)
        stage = desk.stage(queries.canvas_address(room, canvas))
        for name in watched[canvas.pk]:
            eyes = Eyes(is_presenter=name.startswith("presenter"))
            parts[name] = drawing.shared(desk.kind, touched[canvas.pk], stage, eyes)
    return parts
