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
    learners = list(Participant.objects.taking_part().filter(room=room).by_name())
    require(rules.why_not_conduct(room, by=by) or rules.why_not_make_teams(count, learners))
    teams = _teams(room, count)
    random.Random(seed).shuffle(learners)
    for nth, learner in enumerate(learners):
        learner.team = teams[nth % count]
        learner.table = None
    Participant.objects.bulk_update(learners, ["team", "table"])
    record(room.topic, facts.TeamsMade(room.pk), by=by, at=now)
    return teams


@transaction.atomic
def move_to_team(participant: Participant, team: Team, *, by: Actor, now: datetime) -> Participant:
    """Put a learner into another team of the room. Raises Refused."""
    room = Room.objects.lock(participant.room_id)
    participant.refresh_from_db()
    if participant.team_id == team.pk:
        return participant
    require(rules.why_not_conduct(room, by=by))
    return _move(room, participant, team, by=by, now=now)


@transaction.atomic
def open_team_choice(room: Room, count: int, *, by: Actor, now: datetime) -> list[Team]:
    """Let learners choose among ``count`` teams; who is in one already stays. Raises Refused."""
    room = Room.objects.lock(room.pk)
    learners = list(Participant.objects.taking_part().filter(room=room))
    require(rules.why_not_conduct(room, by=by) or rules.why_not_make_teams(count, learners))
    teams = _teams(room, count)
    room.lets_choose = True
    room.save(update_fields=["lets_choose"])
    record(room.topic, facts.TeamChoiceOpened(room.pk), by=by, at=now)
    return teams


@transaction.atomic
def close_team_choice(room: Room, *, by: Actor, now: datetime) -> Room:
    """From now on only the trainer moves people. Raises Refused."""
    room = Room.objects.lock(room.pk)
    if not room.lets_choose:
        return room
    require(rules.why_not_conduct(room, by=by))
    room.lets_choose = False
    room.save(update_fields=["lets_choose"])
    record(room.topic, facts.TeamChoiceClosed(room.pk), by=by, at=now)
    return room


@transaction.atomic
def choose_team(participant: Participant, team: Team, *, by: Actor, now: datetime) -> Participant:
    """Go to a team of one's choice; a table takes along those who sit at it. Raises Refused."""
    room = Room.objects.lock(participant.room_id)
    participant.refresh_from_db()
    if participant.team_id == team.pk:
        return participant
    require(rules.why_not_choose_team(room, participant))
    return _move(room, participant, team, by=by, now=now)


@transaction.atomic
def name_team(team: Team, name: str, participant: Participant, *, by: Actor, now: datetime) -> Team:
    """A team gives itself a name. Raises Refused."""
    room = Room.objects.lock(team.room_id)
    require(rules.why_not_join(room) or rules.why_not_name_team(team, participant, name))
    team.name = name[:60]
    team.save(update_fields=["name"])
    record(room.topic, facts.TeamNamed(room.pk, team.pk), by=by, at=now)
    return team


def _teams(room: Room, count: int) -> list[Team]:
    return [
        Team.objects.get_or_create(room=room, number=number, defaults={"name": _("Team %s") % number})[0]
        for number in range(1, count + 1)
    ]


def _move(room: Room, participant: Participant, team: Team, *, by: Actor, now: datetime) -> Participant:
    participant.team = Team.objects.get(pk=team.pk, room=room)
    participant.save(update_fields=["team"])
    Participant.objects.filter(table=participant).update(team=team)
    record(room.topic, facts.TeamChanged(room.pk, participant.pk), by=by, at=now)
    return participant
