"""Everything that a fact sets going in a later moment, on one page: the table at the end, the tasks above it.

Each task is queued in the transaction that records the fact, runs in the worker, may be tried again, and happens once:
what it writes and the note that it has been done are one transaction.
"""

from collections.abc import Callable
from datetime import datetime
from functools import wraps

from django.db import transaction
from django.tasks import Task, task
from django.utils import timezone
from django.utils.translation import gettext as _

from laurels.audits import actions as audits
from laurels.audits import facts as checked
from laurels.audits.models import Appeal, Audit, Ruling
from laurels.community import actions as community
from laurels.community import facts as belonging
from laurels.community import models as among_members
from laurels.credentials import actions as credentials
from laurels.credentials import facts as awarded
from laurels.credentials.models import Certification, Credential, Experience, ExperienceRuling, Revocation, Suspension
from laurels.credentials.tasks import publish_status_list, sign_credential
from laurels.education import actions as education
from laurels.education.models import LedgerEntry
from laurels.gatherings import actions as gatherings
from laurels.gatherings import facts as met
from laurels.gatherings.models import Gathering, Help, SignUp
from laurels.journal.models import Entry, fact_name
from laurels.journey.models import Reacted
from laurels.kernel.actor import Actor
from laurels.library import facts as learnt
from laurels.library.models import PagesRead, Reading
from laurels.mail import facts as written
from laurels.mail.actions import write_again
from laurels.mail.models import Letter
from laurels.participation import actions as participation
from laurels.participation import facts as attested
from laurels.participation.models import Attestation, Line, Roster
from laurels.participation.rules import Held
from laurels.payments import facts as paid
from laurels.payments import tasks as cards
from laurels.payments.actions import (
    drop_lost_refunds,
    return_surplus,
    send_paper,
    take_in_event,
    tell_of_money_back,
    tell_staff_of_dispute,
    tell_staff_of_failed_refund,
)
from laurels.payments.models import Credit, Dispute, Invoice, Order, Payment, ProviderEvent, Receipt, Refund
from laurels.payments.models.orders import Way
from laurels.payments.queries import latest_invoice, note_of
from laurels.people import facts as known
from laurels.people.models import Person
from laurels.people.queries import next_email
from laurels.renewals import actions as renewals
from laurels.renewals import facts as renewed
from laurels.renewals.models import GroupInvitation, Renewal
from laurels.renewals.tasks import work_out_preview
from laurels.rooms import facts as conducted
from laurels.rooms import queries as rooms
from laurels.rooms.models import Room
from laurels.workshops import actions as workshops
from laurels.workshops import facts as gathered
from laurels.workshops.models import Choice, Offer, QueuePlace, Seat, Workshop
from laurels.workshops.queries import is_for_seats
from laurels.workshops.rules import CODE_USED_MEANWHILE, PAID_TOO_LATE

WORKER = Actor.of_system("worker")


def once(work: Callable[[Entry, datetime], object]) -> Callable[[int], None]:
    """A task body that does ``work`` for an entry exactly once, however often the task runs."""

    @wraps(work)
    def body(entry_id: int) -> None:
        with transaction.atomic():
            entry = Entry.objects.select_related("topic").get(pk=entry_id)
            _done, is_first = Reacted.objects.get_or_create(entry=entry, reaction=work.__name__)
            if is_first:
                work(entry, timezone.now())

    return body


@task()
@once
def try_another_address(entry: Entry, now: datetime) -> None:
    """A letter came back: its person may read at another address. Each address is tried once."""
    letter = Letter.objects.get(pk=entry.payload["letter_id"])
    if letter.person_id is None:
        return
    same = Letter.objects.filter(key=letter.key, topic=letter.topic, subject=letter.subject, person=letter.person_id)
    email = next_email(letter.person_id, set(same.values_list("to", flat=True)))
    if email:
        write_again(letter, email, by=WORKER, now=now)


@task()
@once
def confirm_seat_by_letter(entry: Entry, now: datetime) -> None:
    workshops.tell_of_seat(Seat.objects.get(pk=entry.payload["seat_id"]), by=WORKER, now=now)


@task()
@once
def confirm_cancellation_by_letter(entry: Entry, now: datetime) -> None:
    workshops.tell_of_seat_cancelled(Seat.objects.get(pk=entry.payload["seat_id"]), by=WORKER, now=now)


@task()
@once
def tell_of_the_other_date(entry: Entry, now: datetime) -> None:
    seat, moved = (Seat.objects.get(pk=entry.payload[name]) for name in ("seat_id", "to_seat_id"))
    workshops.tell_of_move(seat, moved, by=WORKER, now=now)


@task()
@once
def tell_of_the_colleague(entry: Entry, now: datetime) -> None:
    seat, given = (Seat.objects.get(pk=entry.payload[name]) for name in ("seat_id", "to_seat_id"))
    workshops.tell_of_substitution(seat, given, by=WORKER, now=now)


@task()
@once
def confirm_the_choice(entry: Entry, now: datetime) -> None:
    workshops.tell_of_choice(Choice.objects.get(pk=entry.payload["choice_id"]), by=WORKER, now=now)


@task()
@once
def ask_again_to_choose(entry: Entry, now: datetime) -> None:
    choice = Choice.objects.get(pk=entry.payload["choice_id"])
    workshops.ask_to_choose(choice, is_reminder=True, by=WORKER, now=now)


@task()
@once
def tell_everyone_it_is_off(entry: Entry, now: datetime) -> None:
    workshops.tell_of_workshop_cancelled(entry.payload["workshop_id"], by=WORKER, now=now)


@task()
@once
def tell_everyone_it_is_on(entry: Entry, now: datetime) -> None:
    workshops.tell_of_confirmation(entry.payload["workshop_id"], by=WORKER, now=now)


@task()
@once
def note_what_was_announced(entry: Entry, now: datetime) -> None:
    workshops.note_edition(entry.payload["workshop_id"], now=now)


@task()
@once
def confirm_the_place_in_the_queue(entry: Entry, now: datetime) -> None:
    workshops.tell_of_queue(QueuePlace.objects.get(pk=entry.payload["queue_place_id"]), by=WORKER, now=now)


@task()
@once
def tell_everyone_what_changed(entry: Entry, now: datetime) -> None:
    workshops.tell_of_change(entry.payload["workshop_id"], changed_at=entry.at, by=WORKER, now=now)


@task()
@once
def tell_whose_turn_it_is(entry: Entry, now: datetime) -> None:
    workshops.tell_of_offer(Offer.objects.get(pk=entry.payload["offer_id"]), by=WORKER, now=now)


@task()
@once
def tell_that_the_offer_has_ended(entry: Entry, now: datetime) -> None:
    workshops.tell_of_offer_gone(Offer.objects.get(pk=entry.payload["offer_id"]), by=WORKER, now=now)


@task()
@once
def thank_for_payment(entry: Entry, now: datetime) -> None:
    payment = Payment.objects.get(pk=entry.payload["payment_id"])
    if is_for_seats(payment.order):
        workshops.tell_of_payment(payment, by=WORKER, now=now)
    else:
        send_paper(latest_invoice(payment.order), by=WORKER, now=now)


@task()
@once
def tell_the_buyer(entry: Entry, now: datetime) -> None:
    """What was booked for others, once it is sure; what is owed for anything else than seats, with its invoice."""
    order = Order.objects.get(pk=entry.payload["order_id"])
    if is_for_seats(order):
        workshops.tell_of_booking(order, by=WORKER, now=now)
    elif not order.is_paid and not order.cancelled_at:
        send_paper(latest_invoice(order), by=WORKER, now=now)


@task()
@once
def send_the_later_version(entry: Entry, now: datetime) -> None:
    send_paper(Invoice.objects.get(pk=entry.payload["invoice_id"]), by=WORKER, now=now)


@task()
@once
def send_the_credit_note(entry: Entry, now: datetime) -> None:
    """Unless it comes with the letter that says why money could not be kept."""
    credit = Credit.objects.select_related("order").get(pk=entry.payload["credit_id"])
    too_late = _too_late()
    if not any(refund.reason in too_late for refund in credit.refunds.all()):
        send_paper(note_of(credit), by=WORKER, now=now)


@task()
@once
def tell_who_paid_by_card(entry: Entry, now: datetime) -> None:
    """By invoice they were told when they booked."""
    order = Order.objects.get(pk=entry.payload["order_id"])
    if order.way == Way.CARD:
        workshops.tell_of_booking(order, by=WORKER, now=now)


@task()
@once
def give_the_seats(entry: Entry, now: datetime) -> None:
    """What was held becomes theirs: the order is paid, or comes with an invoice now."""
    workshops.give_seats(Order.objects.get(pk=entry.payload["order_id"]), by=WORKER, now=now)


@task()
@once
def return_the_surplus(entry: Entry, now: datetime) -> None:
    """Money by card that nobody owed goes back by itself; what came to the bank waits for staff."""
    receipt = Receipt.objects.get(pk=entry.payload["receipt_id"])
    if receipt.way == Way.CARD:
        return_surplus(receipt, receipt.why_surplus, by=WORKER, now=now)


@task()
@once
def take_in_the_word(entry: Entry, now: datetime) -> None:
    take_in_event(ProviderEvent.objects.get(pk=entry.payload["event_id"]), by=WORKER, now=now)


@task()
@once
def book_the_fee(entry: Entry, now: datetime) -> None:
    if Receipt.objects.get(pk=entry.payload["receipt_id"]).way == Way.CARD:
        cards.book_card_fee.enqueue(entry.payload["receipt_id"])


@task()
@once
def send_the_refund(entry: Entry, now: datetime) -> None:
    """To a card by itself; by transfer it is for staff to send."""
    if Refund.objects.select_related("receipt").get(pk=entry.payload["refund_id"]).receipt.way == Way.CARD:
        cards.send_card_refund.enqueue(entry.payload["refund_id"])


def _too_late() -> dict[str, str]:
    """Why money for seats could not be kept: as it stands on the refund, and as it is told."""
    return {
        str(PAID_TOO_LATE): _("the seat had been given to somebody else by then"),
        str(CODE_USED_MEANWHILE): _("the time for paying was over and somebody else had used the code by then"),
    }


@task()
@once
def tell_of_the_money_back(entry: Entry, now: datetime) -> None:
    """Money that could not be kept; whoever gave a seat back hears of it with the seat."""
    refund = Refund.objects.select_related("receipt", "order__seller", "order__buyer").get(
        pk=entry.payload["refund_id"]
    )
    too_late = _too_late()
    # A try that failed is sent again without another letter.
    if refund.attempt == 1 and (refund.credit_id is None or refund.reason in too_late):
        tell_of_money_back(refund, too_late.get(refund.reason, ""), by=WORKER, now=now)


@task()
@once
def warn_the_staff_of_the_dispute(entry: Entry, now: datetime) -> None:
    disputes = Dispute.objects.select_related("receipt__seller", "receipt__order")
    tell_staff_of_dispute(disputes.get(pk=entry.payload["dispute_id"]), by=WORKER, now=now)


@task()
@once
def warn_the_staff_of_the_refund(entry: Entry, now: datetime) -> None:
    refunds = Refund.objects.select_related("seller", "order", "receipt")
    tell_staff_of_failed_refund(refunds.get(pk=entry.payload["refund_id"]), by=WORKER, now=now)


@task()
@once
def send_what_waited_for_the_bank(entry: Entry, now: datetime) -> None:
    dispute = Dispute.objects.select_related("receipt").get(pk=entry.payload["dispute_id"])
    if dispute.state == Dispute.State.LOST:
        drop_lost_refunds(dispute, by=WORKER, now=now)
    for refund in dispute.receipt.refunds.filter(state=Refund.State.ASKED).order_by("pk"):
        cards.send_card_refund.enqueue(refund.pk)


@task()
@once
def release_the_places(entry: Entry, now: datetime) -> None:
    workshops.release_order(Order.objects.get(pk=entry.payload["order_id"]), by=WORKER, now=now)


@task()
@once
def free_the_code(entry: Entry, now: datetime) -> None:
    """An order that nobody owes any more has not used its code."""
    workshops.free_code_of(Order.objects.get(pk=entry.payload["order_id"]), now=now)


@task()
@once
def hold_the_places_longer(entry: Entry, now: datetime) -> None:
    workshops.hold_longer(Order.objects.get(pk=entry.payload["order_id"]))


@task()
@once
def ask_for_names(entry: Entry, now: datetime) -> None:
    participation.ask_for_declarations(entry.payload["workshop_id"], by=WORKER, now=now)


@task()
@once
def owe_the_body_its_fees(entry: Entry, now: datetime) -> None:
    workshops.owe_seat_fees(Workshop.objects.get(pk=entry.payload["workshop_id"]), by=WORKER, now=now)


@task()
@once
def tell_the_decision(entry: Entry, now: datetime) -> None:
    attestation = Attestation.objects.get(pk=entry.payload["attestation_id"])
    participation.tell_of_decision(attestation, by=WORKER, now=now)


@task()
@once
def note_what_the_room_saw(entry: Entry, now: datetime) -> None:
    """Minutes and taking part of one activity that ended, or of all so far when somebody was recognised later."""
    room = Room.objects.select_related("workshop").get(pk=entry.payload["room_id"])
    workshop = room.workshop
    if workshop is None or workshop.state in (Workshop.State.CLOSED, Workshop.State.CANCELLED):
        return
    participation.note_from_room(workshop, rooms.seat_minutes(room), by=WORKER, now=now)
    ended = room.activities.exclude(exercise="").filter(ended_at__isnull=False).in_order().select_related("room")
    only = entry.payload.get("activity_id")
    for activity in ended.filter(pk=only) if only else ended:
        says = activity.plan["taking_part"]["says"]
        held = Held(activity.exercise, activity.title, says, activity.block_id, activity.position, is_required=True)
        participation.note_coverage(workshop, held, rooms.seat_levels(activity), by=WORKER, now=now)


@task()
@once
def tell_of_the_place(entry: Entry, now: datetime) -> None:
    signup = SignUp.objects.select_related("gathering__body", "person").get(pk=entry.payload["signup_id"])
    gatherings.tell_of_place(signup, by=WORKER, now=now)


@task()
@once
def tell_that_it_moved(entry: Entry, now: datetime) -> None:
    gathering = Gathering.objects.select_related("body").get(pk=entry.payload["gathering_id"])
    gatherings.tell_of_move(gathering, entry.payload["version"], by=WORKER, now=now)


@task()
@once
def tell_that_it_is_off(entry: Entry, now: datetime) -> None:
    gathering = Gathering.objects.select_related("body").get(pk=entry.payload["gathering_id"])
    gatherings.tell_of_cancellation(gathering, by=WORKER, now=now)


@task()
@once
def lay_out_last_time(entry: Entry, now: datetime) -> None:
    """Nothing in rooms of workshops, or without an earlier gathering."""
    gatherings.lay_out_last_time(Room.objects.get(pk=entry.payload["room_id"]), by=WORKER, now=now)


@task()
@once
def deal_to_tables(entry: Entry, now: datetime) -> None:
    """Nothing where somebody leads, or all fit around one table."""
    gatherings.deal_if_crowded(Room.objects.get(pk=entry.payload["room_id"]), by=WORKER, now=now)


@task()
@once
def call_back_from_tables(entry: Entry, now: datetime) -> None:
    """The last table has closed; nothing for any other room."""
    gatherings.harvest_if_done(Room.objects.get(pk=entry.payload["room_id"]), by=WORKER, now=now)


@task()
@once
def hold_the_gathering(entry: Entry, now: datetime) -> None:
    """The room where everybody came in has closed; nothing for any other room."""
    gatherings.hold_if_over(Room.objects.get(pk=entry.payload["room_id"]), by=WORKER, now=now)


@task()
@once
def send_the_summary(entry: Entry, now: datetime) -> None:
    gathering = Gathering.objects.select_related("body").get(pk=entry.payload["gathering_id"])
    gatherings.tell_of_summary(gathering, by=WORKER, now=now)


@task()
@once
def give_guests_their_tickets(entry: Entry, now: datetime) -> None:
    gathering = Gathering.objects.select_related("body").get(pk=entry.payload["gathering_id"])
    gatherings.give_tickets(gathering, by=WORKER, now=now)


@task()
@once
def credit_who_was_there(entry: Entry, now: datetime) -> None:
    gathering = Gathering.objects.select_related("body").get(pk=entry.payload["gathering_id"])
    education.credit_gathering(gathering, by=WORKER, now=now)


@task()
@once
def credit_the_help(entry: Entry, now: datetime) -> None:
    given = Help.objects.select_related("group", "person", "confirmed_by").get(pk=entry.payload["help_id"])
    education.credit_help(given, by=WORKER, now=now)


@task()
@once
def receive_the_roster(entry: Entry, now: datetime) -> None:
    participation.receive_roster(Roster.objects.get(pk=entry.payload["roster_id"]), by=WORKER, now=now)


@task()
@once
def tell_the_trainer_it_arrived(entry: Entry, now: datetime) -> None:
    participation.tell_of_receipt(Roster.objects.get(pk=entry.payload["roster_id"]), by=WORKER, now=now)


@task()
@once
def tell_the_trainer_what_to_mend(entry: Entry, now: datetime) -> None:
    participation.tell_of_return(Line.objects.get(pk=entry.payload["line_id"]), by=WORKER, now=now)


@task()
@once
def invite(entry: Entry, now: datetime) -> None:
    credentials.invite(Line.objects.get(pk=entry.payload["line_id"]), by=WORKER, now=now)


@task()
@once
def sign(entry: Entry, now: datetime) -> None:
    sign_credential.enqueue(entry.payload["credential_id"])


@task()
@once
def publish(entry: Entry, now: datetime) -> None:
    publish_status_list.enqueue(entry.payload["status_list_id"])


@task()
@once
def send_the_certificate(entry: Entry, now: datetime) -> None:
    credentials.tell_of_credential(Credential.objects.get(pk=entry.payload["credential_id"]), by=WORKER, now=now)


@task()
@once
def tell_of_the_corrected_name(entry: Entry, now: datetime) -> None:
    credentials.tell_of_correction(Credential.objects.get(pk=entry.payload["credential_id"]), by=WORKER, now=now)


@task()
@once
def tell_of_the_suspension(entry: Entry, now: datetime) -> None:
    credentials.tell_of_suspension(Suspension.objects.get(pk=entry.payload["suspension_id"]), by=WORKER, now=now)


@task()
@once
def tell_of_the_reinstatement(entry: Entry, now: datetime) -> None:
    credentials.tell_of_reinstatement(Suspension.objects.get(pk=entry.payload["suspension_id"]), by=WORKER, now=now)


@task()
@once
def tell_of_the_revocation(entry: Entry, now: datetime) -> None:
    credentials.tell_of_revocation(Revocation.objects.get(pk=entry.payload["revocation_id"]), by=WORKER, now=now)


@task()
@once
def credit_the_reading(entry: Entry, now: datetime) -> None:
    reading = Reading.objects.select_related("article", "person").get(pk=entry.payload["reading_id"])
    education.credit(
        reading.person,
        reading.article.title,
        source="library",
        key=f"article:{reading.article_id}",
        on=(reading.finished_at or now).date(),
        minutes=reading.article.minutes,
        category="learning",
        evidence=reading.reflection,
        by=WORKER,
        now=now,
    )


@task()
@once
def credit_the_pages(entry: Entry, now: datetime) -> None:
    """On the reader's own word, though no faster than the time since the download."""
    read = PagesRead.objects.select_related("ebook", "person").get(pk=entry.payload["pages_read_id"])
    education.credit(
        read.person,
        f"{read.ebook.title}, {read.first}–{read.final}"[:200],
        source="ebook",
        key=f"pages:{read.pk}",
        on=read.at.date(),
        minutes=read.minutes,
        category="learning",
        grade=LedgerEntry.Grade.SELF,
        evidence=read.words,
        by=WORKER,
        now=now,
    )


@task()
@once
def tell_of_the_audit(entry: Entry, now: datetime) -> None:
    audits.tell_of_audit(Audit.objects.get(pk=entry.payload["audit_id"]), by=WORKER, now=now)


@task()
@once
def tell_of_the_question(entry: Entry, now: datetime) -> None:
    asked = Ruling.objects.select_related("audited__audit__person", "audited__entry")
    audits.tell_of_question(asked.get(pk=entry.payload["ruling_id"]), by=WORKER, now=now)


@task()
@once
def tell_how_the_audit_ended(entry: Entry, now: datetime) -> None:
    audits.tell_of_outcome(Audit.objects.get(pk=entry.payload["audit_id"]), by=WORKER, now=now)


@task()
@once
def tell_how_the_audits_appeal_ended(entry: Entry, now: datetime) -> None:
    made = Appeal.objects.select_related("ruling__audited__audit__person", "ruling__audited__entry")
    audits.tell_of_settlement(made.get(pk=entry.payload["appeal_id"]), by=WORKER, now=now)


@task()
@once
def complete_the_renewal(entry: Entry, now: datetime) -> None:
    """Nothing where the order was for something else."""
    renewals.complete_paid(Order.objects.get(pk=entry.payload["order_id"]), by=WORKER, now=now)


@task()
@once
def tell_that_units_were_missing(entry: Entry, now: datetime) -> None:
    renewal = Renewal.objects.get(pk=entry.payload["renewal_id"])
    renewals.tell_it_fell_short(renewal, entry.payload["minutes_missing"], by=WORKER, now=now)


@task()
@once
def complete_what_was_held_up(entry: Entry, now: datetime) -> None:
    """A suspension is lifted: what was paid meanwhile is given now."""
    person = Certification.objects.get(pk=entry.payload["certification_id"]).person
    for renewal in Renewal.objects.open().filter(person=person).select_related("order", "group__order"):
        if renewal.bill and renewal.bill.is_paid:
            renewals.complete_paid(renewal.bill, by=WORKER, now=now)


@task()
@once
def write_to_the_companys_people(entry: Entry, now: datetime) -> None:
    invitation = GroupInvitation.objects.get(pk=entry.payload["invitation_id"])
    renewals.tell_of_group(invitation, by=WORKER, now=now)


@task()
@once
def work_out_the_preview(entry: Entry, now: datetime) -> None:
    work_out_preview.enqueue(entry.payload["preview_id"])


@task()
@once
def renew_the_rest(entry: Entry, now: datetime) -> None:
    certification = Certification.objects.select_related("scheme__body").get(pk=entry.payload["certification_id"])
    renewals.renew_the_rest(certification, by=WORKER, now=now)


@task()
@once
def invite_who_waited_for_it(entry: Entry, now: datetime) -> None:
    """Whoever took the higher class first may accept now."""
    certification = Certification.objects.select_related("scheme", "person").get(pk=entry.payload["certification_id"])
    credentials.invite_who_waited(certification.person, scheme=certification.scheme.code, by=WORKER, now=now)


@task()
@once
def invite_who_waited_for_experience(entry: Entry, now: datetime) -> None:
    experience = Experience.objects.select_related("person").get(pk=entry.payload["experience_id"])
    credentials.invite_who_waited(experience.person, role=experience.role, by=WORKER, now=now)


@task()
@once
def find_them_by_their_name(entry: Entry, now: datetime) -> None:
    pk = entry.payload.get("kept_id") or entry.payload["person_id"]
    community.follow_the_name(Person.objects.get(pk=pk))


@task()
@once
def say_that_a_message_waits(entry: Entry, now: datetime) -> None:
    message = among_members.Message.objects.select_related("author").get(pk=entry.payload["message_id"])
    community.tell_of_message(message, by=WORKER, now=now)


@task()
@once
def tell_what_follows(entry: Entry, now: datetime) -> None:
    """The person concerned hears it with its reason, whoever reported it in one sentence."""
    ruling = among_members.Ruling.objects.select_related("case", "lifts").get(pk=entry.payload["ruling_id"])
    community.tell_of_ruling(ruling, by=WORKER, now=now)
    if ruling.lifts is None:
        community.tell_of_outcome(ruling.case, ruling, by=WORKER, now=now)


@task()
@once
def tell_how_the_appeal_ended(entry: Entry, now: datetime) -> None:
    appeal = among_members.Appeal.objects.select_related("ruling").get(pk=entry.payload["appeal_id"])
    community.tell_of_settlement(appeal, by=WORKER, now=now)


@task()
@once
def hide_or_show_a_gathering(entry: Entry, now: datetime) -> None:
    """What staff ruled on a report reaches the gathering's page; nothing for cases about anything else."""
    case = among_members.Case.objects.get(pk=entry.payload["case_id"])
    found = Gathering.objects.filter(public_id=case.subject).first() if case.kind == "gathering" else None
    ruling = case.rulings.get(pk=entry.payload.get("lifted_id") or entry.payload["ruling_id"])
    if found is None or ruling.kind != among_members.Ruling.Kind.HIDE:
        return
    move = gatherings.show_words if "lifted_id" in entry.payload else gatherings.hide_words
    move(found, by=WORKER, now=now)


@task()
@once
def tell_what_was_said_to_the_experience(entry: Entry, now: datetime) -> None:
    credentials.tell_of_ruling(ExperienceRuling.objects.get(pk=entry.payload["ruling_id"]), by=WORKER, now=now)


REACTIONS: dict[type, list[Task[[int], None]]] = {
    written.LetterBounced: [try_another_address],
    gathered.SeatTaken: [confirm_seat_by_letter],
    gathered.SeatCancelled: [confirm_cancellation_by_letter],
    gathered.WorkshopAnnounced: [note_what_was_announced],
    gathered.WorkshopChanged: [tell_everyone_what_changed],
    gathered.SeatMoved: [tell_of_the_other_date],
    gathered.SeatSubstituted: [tell_of_the_colleague],
    gathered.ChoiceAnswered: [confirm_the_choice],
    gathered.ChoiceReminded: [ask_again_to_choose],
    gathered.WorkshopConfirmed: [tell_everyone_it_is_on],
    gathered.WorkshopCancelled: [tell_everyone_it_is_off],
    gathered.WorkshopHeld: [ask_for_names, owe_the_body_its_fees],
    paid.OrderPlaced: [tell_the_buyer],
    paid.OrderPaid: [give_the_seats, thank_for_payment, tell_who_paid_by_card, complete_the_renewal],
    paid.WayChanged: [give_the_seats, tell_the_buyer],
    gathered.QueueJoined: [confirm_the_place_in_the_queue],
    gathered.OfferMade: [tell_whose_turn_it_is],
    gathered.OfferExpired: [tell_that_the_offer_has_ended],
    gathered.OfferWithdrawn: [tell_that_the_offer_has_ended],
    gathered.OfferUnpaid: [tell_that_the_offer_has_ended],
    paid.SurplusReceived: [return_the_surplus],
    paid.EventReceived: [take_in_the_word],
    paid.MoneyReceived: [book_the_fee],
    paid.RefundAsked: [send_the_refund, tell_of_the_money_back],
    paid.RefundFailed: [warn_the_staff_of_the_refund],
    paid.DisputeOpened: [warn_the_staff_of_the_dispute],
    paid.DisputeClosed: [send_what_waited_for_the_bank],
    paid.OrderGivenUp: [release_the_places],
    paid.OrderCancelled: [free_the_code],
    paid.OrderCredited: [send_the_credit_note],
    paid.InvoiceReplaced: [send_the_later_version],
    paid.HoldProlonged: [hold_the_places_longer],
    conducted.ActivityStarted: [lay_out_last_time],
    conducted.CanvasStepped: [deal_to_tables],
    conducted.ActivityEnded: [note_what_the_room_saw],
    conducted.RoomClosed: [note_what_the_room_saw, call_back_from_tables, hold_the_gathering],
    conducted.ParticipantConfirmed: [note_what_the_room_saw],
    conducted.SeatLinkUsed: [note_what_the_room_saw],
    conducted.ContributionMarked: [note_what_the_room_saw],
    met.SignedUp: [tell_of_the_place],
    met.MovedUp: [tell_of_the_place],
    met.GatheringMoved: [tell_that_it_moved],
    met.GatheringCancelled: [tell_that_it_is_off],
    met.GatheringHeld: [send_the_summary, give_guests_their_tickets, credit_who_was_there],
    met.HelpNoted: [credit_the_help],
    attested.SeatAttested: [tell_the_decision],
    attested.RosterSubmitted: [receive_the_roster],
    attested.RosterReceived: [tell_the_trainer_it_arrived],
    attested.LineAccepted: [invite],
    attested.LineReturned: [tell_the_trainer_what_to_mend],
    learnt.ArticleRead: [credit_the_reading],
    learnt.EbookPagesRead: [credit_the_pages],
    awarded.CertificationAwarded: [renew_the_rest, invite_who_waited_for_it],
    awarded.ExperienceValidated: [tell_what_was_said_to_the_experience, invite_who_waited_for_experience],
    awarded.ExperienceRefused: [tell_what_was_said_to_the_experience],
    awarded.ExperienceAskedAbout: [tell_what_was_said_to_the_experience],
    awarded.CredentialIntended: [sign],
    awarded.CredentialIssued: [send_the_certificate],
    awarded.NameCorrected: [tell_of_the_corrected_name],
    awarded.CertificationSuspended: [tell_of_the_suspension],
    awarded.CertificationReinstated: [
        tell_of_the_reinstatement,
        invite_who_waited_for_it,
        complete_what_was_held_up,
    ],
    awarded.CertificationRevoked: [tell_of_the_revocation],
    renewed.RenewalFellShort: [tell_that_units_were_missing],
    renewed.GroupInvited: [write_to_the_companys_people],
    renewed.PreviewAsked: [work_out_the_preview],
    awarded.StatusChanged: [publish],
    checked.AuditBegun: [tell_of_the_audit],
    checked.AuditQuestion: [tell_of_the_question],
    checked.AuditClosed: [tell_how_the_audit_ended],
    checked.AppealSettled: [tell_how_the_audits_appeal_ended],
    known.PersonIntroduced: [find_them_by_their_name],
    known.PeopleMerged: [find_them_by_their_name],
    belonging.MessageWritten: [say_that_a_message_waits],
    belonging.CaseRuled: [tell_what_follows, hide_or_show_a_gathering],
    belonging.RulingLifted: [tell_what_follows, hide_or_show_a_gathering],
    belonging.AppealSettled: [tell_how_the_appeal_ended],
}


def by_fact_name() -> dict[str, list[Task[[int], None]]]:
    """The table as the journal asks for it."""
    return {fact_name(fact): tasks for fact, tasks in REACTIONS.items()}
