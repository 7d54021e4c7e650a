"""What all teams made of one exercise, side by side."""

from laurels.rooms.kinds import drawing, kinds, nothing_together
from laurels.rooms.models import Activity, Room
from laurels.rooms.queries.desk import desks_of


def together(activity: Activity) -> str:
    """Drawn for everybody; empty where the kind compares nothing or there is one canvas only."""
    kind = kinds().get(activity.plan.get("kind", ""))
    if kind is None or kind.together is nothing_together:
        return ""
    desks = desks_of(list(activity.canvases.with_activity()))
    return drawing.together(kind, [desk.stage() for desk in desks])


def together_now(room: Room) -> str:
    """The same for what runs in the room."""
    running = Activity.objects.filter(room=room).running().first()
    return together(running) if running else ""
