"""What a room's streams show: each touched part drawn once for each audience, for all its listeners."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from django.template.loader import render_to_string

from laurels.journal.models import Entry, fact_name
from laurels.journal.streams.channels import Frames, Knock, Listener
from laurels.rooms import actions, facts, queries
from laurels.rooms.kinds import drawing
from laurels.rooms.kinds.scene import Eyes
from laurels.rooms.models import Activity, Canvas, Participant, Room

type Calls = dict[str, tuple[str, str]]

# Everybody's screen is another one now.
MOVED = {
    fact_name(fact)
    for fact in (
        *(facts.ActivityStarted, facts.ActivityEnded, facts.RoomClosed, facts.TeamsMade),
        *(facts.TeamChoiceOpened, facts.TeamChoiceClosed, facts.TeamNamed, facts.EverybodyGathered),
    )
}
# Only the bar above the work looks different.
STAGED = {
    fact_name(fact)
    for fact in (facts.StepEntered, facts.TimerExtended, facts.RoomFrozen, facts.RoomThawed, facts.RoamingAllowed)
}
ACTED, STEPPED, CANVAS_STEPPED = map(fact_name, (facts.Acted, facts.StepEntered, facts.CanvasStepped))
LEFT, GATHERED = fact_name(facts.ParticipantRemoved), fact_name(facts.EverybodyGathered)
HIDDEN = {fact_name(facts.CardHidden), fact_name(facts.CardShown)}
# What one participant's screen is drawn from anew: they changed teams, were recognised, sat down, were marked.
OWN = {
    fact_name(fact)
    for fact in (
        *(facts.TeamChanged, facts.ParticipantConfirmed, facts.LeadShared, facts.ContributionMarked),
        facts.ParticipantMoved,
    )
}


class RoomChannel:
    def admit(self, knock: Knock, now: datetime) -> Listener | None:
        """The participant whom this browser's session holds, at the canvas they work on.

        ``?screen=presenter|console`` are a trainer's; ``?at=<activity>`` looks around at what was made earlier.
        """
        room = Room.objects.filter(public_id=knock.name).first()
        held = knock.session.get("rooms", {}).get(str(room.pk)) if room else None
        participant = Participant.objects.present().filter(pk=held, room=room).first() if held else None
        if room is None or participant is None:
            return None
        screen = knock.query.get("screen", "")
        if screen and not participant.is_trainer:
            return None
        return Listener(room.topic, _audiences(room, participant, screen, knock.query), participant.key)

    def frames(self, topic: str, entries: Sequence[Entry], audiences: Collection[str], now: datetime) -> Frames:
        room = Room.objects.select_related("workshop").get(pk=int(topic.partition(":")[2]))
        happened = {entry.fact for entry in entries}
        parts, calls = _canvases(room, entries, audiences)
        if ACTED in happened and "presenter" in audiences and (compared := queries.together_now(room)):
            parts["presenter"] = parts.get("presenter", "") + compared
        if happened & (STAGED | MOVED):
            for audience, bar in _bars(room, audiences).items():
                parts[audience] = parts.get(audience, "") + bar
        if happened & MOVED:
            calls |= _called(room, is_gathered=GATHERED in happened)
        elif STEPPED in happened:
            calls["room"] = _to_another_step(room)
        if happened - {ACTED}:
            calls["console"] = ("refresh", "")
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


def _audiences(room: Room, participant: Participant, screen: str, query: Mapping[str, str]) -> frozenset[str]:
    if screen == "console":
        return frozenset({"console"})
    if screen == "presenter":
        seen = queries.canvases_seen(room, participant, is_presenter=True)
        return frozenset({"presenter", *(f"presenter:{pk}" for pk in seen)})
    if query.get("at"):
        return frozenset({"roam"})
    return frozenset({"room", *(f"canvas:{pk}" for pk in queries.canvases_seen(room, participant))})


def _called(room: Room, *, is_gathered: bool) -> Calls:
    """Screens go where the trainer is; who looks around is called only when everybody is."""
    everybody: Calls = {
        "room": ("go", f"/rooms/{room.public_id}"),
        "presenter": ("go", f"/rooms/{room.public_id}/presenter"),
    }
    return everybody | ({"roam": ("go", f"/rooms/{room.public_id}")} if is_gathered or not room.is_free else {})


def _to_another_step(room: Room) -> tuple[str, str]:
    """Own corners are drawn anew; where teams visit each other, people see another canvas now."""
    running = Activity.objects.filter(room=room).running().first()
    visits = running is not None and any(step.get("visitors") for step in running.steps)
    return ("go", f"/rooms/{room.public_id}") if visits else ("refresh", "")


def _bars(room: Room, audiences: Collection[str]) -> dict[str, str]:
    """The bar above the work: one for the whole room, or one for each team where teams go at their own pace."""
    whole = queries.stage_bar(room)
    is_own = whole.activity is not None and whole.activity.is_own_pace
    bars = dict.fromkeys(["presenter", "roam"] if is_own else ["presenter", "roam", "room"], whole)
    if whole.activity and is_own:
        canvases = whole.activity.canvases.select_related("activity")
        bars |= {f"canvas:{each.pk}": queries.stage_bar(room, each) for each in canvases}
    asked = [name for name in bars if name in audiences]
    return {name: render_to_string("rooms/parts/stage.html", {"stage": bars[name]}) for name in asked}


def _canvases(room: Room, entries: Sequence[Entry], audiences: Collection[str]) -> tuple[dict[str, str], Calls]:
    """Audience → the touched parts of the canvas it watches; and who asks for their own corner anew."""
    touched = _touched(room, entries)
    stepped = {entry.payload["canvas_id"] for entry in entries if entry.fact == CANVAS_STEPPED}
    watched = {pk: [name for name in (f"canvas:{pk}", f"presenter:{pk}") if name in audiences] for pk in touched}
    calls: Calls = {f"canvas:{pk}": ("refresh", "") for pk, names in touched.items() if "own" in names}
    parts: dict[str, str] = {}
    for canvas in Canvas.objects.filter(pk__in=[pk for pk, names in watched.items() if names]).with_activity():
        desk = queries.desk_of(canvas)
        stage = desk.stage(queries.canvas_address(room, canvas))
        for name in watched[canvas.pk]:
            eyes = Eyes(is_presenter=name.startswith("presenter"))
            parts[name] = drawing.shared(desk.kind, [each for each in touched[canvas.pk] if each != "own"], stage, eyes)
        if canvas.pk in stepped and f"canvas:{canvas.pk}" in parts:
            bar = {"stage": queries.stage_bar(room, canvas)}
            parts[f"canvas:{canvas.pk}"] += render_to_string("rooms/parts/stage.html", bar)
    return parts, calls


def _touched(room: Room, entries: Sequence[Entry]) -> dict[int, list[str]]:
    touched: dict[int, list[str]] = defaultdict(list)
    for entry in entries:
        if entry.fact == ACTED:
            touched[entry.payload["canvas_id"]] += entry.payload["touched"]
        elif entry.fact == CANVAS_STEPPED:
            touched[entry.payload["canvas_id"]] += ["canvas", "own"]
        elif entry.fact in HIDDEN:
            running = Canvas.objects.filter(activity__room=room, activity__state=Activity.State.RUNNING)
            for pk in running.values_list("pk", flat=True):
                touched[pk] += ["canvas", "own"]
    return touched
