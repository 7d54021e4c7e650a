"""What flows from one exercise into later ones."""

from typing import Any

from django.db.models import Q

from laurels.rooms.kinds.scene import Card as Made
from laurels.rooms.kinds.scene import Plan
from laurels.rooms.models import Activity, Canvas, Team
from laurels.rooms.queries.desk import desk_of


def earlier_canvas(activity: Activity, team: Team | None, exercise: str) -> Canvas | None:
    """The newest canvas of an earlier exercise that this team worked on, or the whole class."""
    canvases = Canvas.objects.filter(
        Q(team=team) | Q(team=None), activity__room=activity.room_id, activity__exercise=exercise
    )
    found = canvases.exclude(activity=activity).select_related("activity", "team").order_by("team", "-pk")
    return max(found, key=lambda canvas: (canvas.team_id is not None, canvas.pk), default=None)


def state_to_continue(activity: Activity, team: Team | None, plan: Plan) -> Any:
    """The state an exercise takes on from the earlier one that it continues; None when there is none."""
    canvas = earlier_canvas(activity, team, plan.continues) if plan.continues else None
    return canvas and desk_of(canvas).state


def brought(activity: Activity, team: Team | None, plan: Plan) -> list[tuple[Made, str]]:
    """Cards that flow in, each once, with the place where they land."""
    found: dict[str, tuple[Made, str]] = {}
    for brings in plan.brings:
        canvas = earlier_canvas(activity, team, brings.source)
        if canvas is None or (brings.unless and earlier_canvas(activity, team, brings.unless)):
            continue
        desk = desk_of(canvas)
        offers = [
            offer.card for offer in desk.kind.offers(desk.stage()) if not brings.place or offer.place == brings.place
        ]
        for card_id in list(dict.fromkeys(offers))[: brings.most or None]:
            found.setdefault(card_id, (desk.cards[card_id], brings.into))
    return list(found.values())
