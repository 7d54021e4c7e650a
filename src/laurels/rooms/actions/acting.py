from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec
from django.db import transaction

from laurels.journal.actions import record
from laurels.kernel.actor import Actor
from laurels.kernel.refusal import require
from laurels.rooms import facts, queries, rules
from laurels.rooms.kinds import read_act
from laurels.rooms.kinds.play import why_not_here
from laurels.rooms.kinds.scene import Card as Made
from laurels.rooms.kinds.scene import Outcome
from laurels.rooms.models import Act, Canvas, Card, Contribution, Participant


@transaction.atomic
def act(
    canvas: Canvas | int,
    participant: Participant,
    verb: str,
    form: Mapping[str, list[str]],
    *,
    together: Sequence[Participant] = (),
    by: Actor,
    now: datetime,
) -> queries.Desk:
    """Do ``verb`` with the values of ``form`` on the canvas: state, cards and deeds change together. Raises Refused.

    Returns the canvas as it is then, ready to be drawn. ``canvas`` may be its pk; DoesNotExist when it is not of the
    participant's room. ``together``: who shares this device and did it too; what it counts as counts for them as well.
    """
    here = Canvas.objects.filter(activity__room=participant.room_id)
    canvas = here.lock(canvas if isinstance(canvas, int) else canvas.pk)
    require(rules.why_not_act(canvas, participant))
    desk = queries.desk_of(canvas)
    scene = desk.scene(participant, now)
    doing = read_act(desk.kind, verb, form)
    is_home = participant.is_trainer or canvas.team_id in (None, participant.team_id)
    require(why_not_here(verb, scene, is_home=is_home))
    require(desk.kind.why_not(doing, desk.state, scene))
    outcome = desk.kind.apply(doing, desk.state, scene)
    keep(desk, outcome, verb, msgspec.to_builtins(doing), participant, by=by, now=now)
    contributions = [_keep_deeds(canvas, one, outcome) for one in (participant, *together)]
    return desk.after(outcome, contributions[0])


@transaction.atomic
def put_in(
    canvas: Canvas,
    verb: str,
    form: Mapping[str, list[str]],
    *,
    author: Participant | None = None,
    by: Actor,
    now: datetime,
) -> Outcome:
    """What the room itself lays on a canvas, such as a topic of last time. It counts as nobody's taking part.

    Raises Refused when the kind refuses it; the step is not asked.
    """
    canvas = Canvas.objects.lock(canvas.pk)
    desk = queries.desk_of(canvas)
    # The room may do what a host may, also for somebody: their words stay theirs.
    pk, name = (author.pk, author.name) if author else (0, "")
    hand = Participant(pk=pk, room=canvas.activity.room, role=Participant.Role.TRAINER, name=name)
    scene, doing = desk.scene(hand, now), read_act(desk.kind, verb, form)
    require(desk.kind.why_not(doing, desk.state, scene))
    outcome = desk.kind.apply(doing, desk.state, scene)
    keep(desk, outcome, verb, msgspec.to_builtins(doing), author, by=by, now=now)
    return outcome


def keep(
    desk: queries.Desk,
    outcome: Outcome,
    verb: str,
    values: dict[str, Any],
    participant: Participant | None,
    *,
    by: Actor,
    now: datetime,
) -> Act:
    """Write what an act changed and say so, inside the open transaction that holds the canvas's row."""
    canvas = desk.canvas
    canvas.state = msgspec.json.encode(outcome.state).decode()
    canvas.acts_count += 1
    canvas.due_at = queries.due_at(desk, outcome.state, now)
    canvas.save(update_fields=["state", "acts_count", "due_at"])
    done = Act.objects.create(
        canvas=canvas,
        number=canvas.acts_count,
        step=canvas.step,
        verb=verb,
        values=values,
        by=participant,
        at=now,
    )
    _keep_cards(desk, outcome, now)
    room = canvas.activity.room
    record(room.topic, facts.Acted(room.pk, canvas.pk, done.pk, outcome.touched), by=by, at=now)
    return done


def _keep_cards(desk: queries.Desk, outcome: Outcome, now: datetime) -> None:
    cards = Card.objects.filter(room=desk.canvas.activity.room_id)
    fresh = [_row(desk.canvas, card) for card in outcome.cards if card.id not in desk.cards]
    if fresh:
        Card.objects.bulk_create(fresh)
    for card in outcome.cards:
        if card.id in desk.cards:
            cards.filter(key=card.id).update(text=card.text, sort=card.sort, fields=dict(card.fields))
    if outcome.gone:
        cards.filter(key__in=outcome.gone).update(withdrawn_at=now)


def _row(canvas: Canvas, card: Made) -> Card:
    return Card(
        room_id=canvas.activity.room_id,
        team_id=canvas.team_id,
        canvas=canvas,
        key=card.id,
        sort=card.sort,
        text=card.text,
        fields=dict(card.fields),
        author_id=card.by or None,
        origin=card.origin,
    )


def _keep_deeds(canvas: Canvas, participant: Participant, outcome: Outcome) -> Contribution | None:
    if not outcome.deeds:
        return None
    row, _is_new = Contribution.objects.get_or_create(activity=canvas.activity, participant=participant)
    before = {name: list(whats) for name, whats in row.deeds.items()}
    for name, what in outcome.deeds:
        whats = row.deeds.setdefault(name, [])
        if what not in whats:
            whats.append(what)
    if row.deeds != before:
        row.save(update_fields=["deeds"])
    return row
