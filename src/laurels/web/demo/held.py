"""The class that Tess has just held: 18 people, each at another place of the way."""

from datetime import datetime, timedelta

from laurels.credentials.actions import invite, open_invitation
from laurels.credentials.models import Invitation
from laurels.kernel.money import Money
from laurels.participation import actions as participation
from laurels.participation.models import Attestation, Line, Roster
from laurels.people import actions as people
from laurels.programmes.models import Block
from laurels.web.demo import asked, cast, play
from laurels.web.demo.stage import DEMO, Offer, Stage, next_workday, offer_workshop
from laurels.workshops import actions as workshops
from laurels.workshops.models import Confidence, Seat, Workshop

CERTIFIED = ("Chiara D’Amico", "Dmitri Волков", "Eszter Kovács", "Rosalind")
OPENED = ("Björn Sørensen",)
INVITED = ("Ada Moreau", "Quang Nguyễn")
WAITING_FOR_THE_BODY = ("Farid Rahimi", "Greta Vogel", "Hiroko Tanaka")
RETURNED = "Iker Etxeberria"
MISSED_THE_SECOND_DAY = "Léa Dubois"
MISSED_A_BLOCK = ("Kofi Mensah", "Priya Raman")
NAME_UNCONFIRMED = ("Jasmine Baker-Jones", "Olumide Adeyemi")
MAKE_UP = "Missed the block on splitting. A one-hour make-up call is offered for next week."


def hold_the_class(stage: Stage) -> None:
    """Everything that happened in the twelve days around the class, in its order."""
    starts_on = next_workday(stage.today - timedelta(days=8))
    offer = Offer("harbour", starts_on, Workshop.Mode.ONLINE, "", "Europe/Berlin", 18, Money(0, "EUR"), 0)
    workshop = offer_workshop(stage, offer, written=stage.now - timedelta(days=60))
    _book(workshop, stage.now - timedelta(days=40))
    began = datetime.combine(starts_on, datetime.min.time(), tzinfo=stage.now.tzinfo) + timedelta(hours=7)
    asked.tell_expectations(workshop, now=began - timedelta(days=3))
    asked.say_confidence(workshop, Confidence.Moment.BEFORE, now=began - timedelta(days=1))
    workshop = workshops.start(workshop, by=stage.tess.actor, now=began)
    _note_presence(workshop, stage, began + timedelta(hours=34))
    workshop = workshops.hold(workshop, by=stage.tess.actor, now=began + timedelta(hours=35))
    asked.say_confidence(workshop, Confidence.Moment.AFTER, now=began + timedelta(hours=35))
    _confirm_names(workshop, began + timedelta(hours=36))
    _decide(workshop, stage, began + timedelta(hours=38))
    _sign_and_rule(workshop, stage, began + timedelta(hours=40))


def _book(workshop: Workshop, then: datetime) -> None:
    for number, (name, email) in enumerate(cast.HELD_CLASS):
        when = then + timedelta(days=number)
        person = (
            play.enter(email, name, now=when)
            if email == cast.ADA.email
            else people.meet(email, name, by=DEMO, now=when)
        )
        workshops.book(workshop, person, name=name, by=DEMO, now=when)


def _note_presence(workshop: Workshop, stage: Stage, now: datetime) -> None:
    blocks = list(Block.objects.filter(curriculum=workshop.curriculum).counted().in_order())
    minutes = {
        (seat.pk, block.pk): block.minutes if _was_there(seat.name, block) else 0
        for seat in workshop.seats.by_name()
        for block in blocks
    }
    participation.note_attendance(workshop, minutes, by=stage.tess.actor, now=now)


def _was_there(name: str, block: Block) -> bool:
    if name == MISSED_THE_SECOND_DAY:
        return block.day == 1
    return not (name in MISSED_A_BLOCK and block.title.startswith("Refine"))


def _confirm_names(workshop: Workshop, now: datetime) -> None:
    for seat in workshop.seats.by_name().select_related("person"):
        if seat.name not in NAME_UNCONFIRMED:
            participation.declare(
                seat,
                certificate_name=seat.name,
                email=seat.person.email,
                is_member_already=False,
                by=DEMO,
                now=now,
            )


def _decide(workshop: Workshop, stage: Stage, now: datetime) -> None:
    for seat in workshop.seats.by_name():
        decision, reason = _decision(seat)
        participation.attest(seat, decision, reason=reason, by=stage.tess.actor, now=now)


def _decision(seat: Seat) -> tuple[str, str]:
    if seat.name == MISSED_THE_SECOND_DAY:
        return Attestation.Decision.NOT_ELIGIBLE, "Was ill on the second day; welcome in the next class at no cost."
    if seat.name in MISSED_A_BLOCK:
        return Attestation.Decision.NOT_YET, MAKE_UP
    return Attestation.Decision.ELIGIBLE, ""


def _sign_and_rule(workshop: Workshop, stage: Stage, now: datetime) -> None:
    roster = participation.sign_roster(workshop, by=stage.tess.actor, now=now)
    roster = participation.submit_roster(roster, by=stage.tess.actor, now=now)
    roster = participation.receive_roster(roster, by=stage.bo.actor, now=now + timedelta(hours=14))
    _rule(roster, stage, now + timedelta(hours=20))
    _answer_invitations(roster, now + timedelta(hours=30))


def _rule(roster: Roster, stage: Stage, now: datetime) -> None:
    for line in roster.lines.order_by("certificate_name"):
        if line.certificate_name == RETURNED:
            why = "The name in our earlier record is Iker Etxeberria Luna. Please ask which one shall be printed."
            participation.return_line(line, reason=why, by=stage.bo.actor, now=now)
        elif line.certificate_name in (*INVITED, *OPENED, *CERTIFIED):
            participation.accept_line(line, by=stage.bo.actor, now=now)
            # The worker would do it now; in the demo it happened then. Its own turn finds the invitation sent.
            invite(line, by=DEMO, now=now)


def _answer_invitations(roster: Roster, now: datetime) -> None:
    for line in Line.objects.filter(roster=roster, state=Line.State.ACCEPTED).select_related("seat__person"):
        invitation = Invitation.objects.get(line=line)
        if line.certificate_name in OPENED:
            open_invitation(invitation, by=DEMO, now=now)
        if line.certificate_name in CERTIFIED:
            play.accept(invitation, line.seat.person, now=now)
