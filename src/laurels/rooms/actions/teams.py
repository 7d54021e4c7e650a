import random
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from laurels.journal.actions import record
from laurels.kernel.actor import Actor
from laurels.kernel.refusal import require
from laurels.rooms import facts, rules
from laurels.rooms.models import Participant, Room, Team


@transaction.atomic
def make_teams(room: Room, count: int, *, seed: int, by: Actor, now: datetime) -> list[Team]:
    """Deal all learners into ``count`` teams by chance, as evenly as can be. Teams made before stay. Raises Refused."""
    room = Room.objects.lock(room.pk)
    learners = list(Participant.objects.learners().filter(room=room).by_name())
    require(rules.why_not_conduct(room.workshop, by=by) or rules.why_not_make_teams(count, learners))
    teams = [
        Team.objects.get_or_create(room=room, number=number, defaults={"name": _("Team %s") % number})[0]
        for number in range(1, count + 1)
    ]
    random.Random(seed).shuffle(learners)
    for nth, learner in enumerate(learners):
        learner.team = teams[nth % count]
    Participant.objects.bulk_update(learners, ["team"])
    record(room.topic, facts.TeamsMade(room.pk), by=by, at=now)
    return teams


@transaction.atomic
def move_to_team(participant: Participant, team: Team, *, by: Actor, now: datetime) -> Participant:
    """Put a learner into another team of the room. Raises Refused."""
    room = Room.objects.lock(participant.room_id)
    participant.refresh_from_db()
    if participant.team_id == team.pk:
        return participant
    require(rules.why_not_conduct(room.workshop, by=by))
    participant.team = Team.objects.get(pk=team.pk, room=room)
    participant.save(update_fields=["team"])
    record(room.topic, facts.TeamChanged(room.pk, participant.pk), by=by, at=now)
    return participant
