"""The letters of this stage. ``tell_of_…`` are for reactions: asked twice about the same, they write once."""

from collections.abc import Mapping
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from laurels.community import queries
from laurels.community.models import Appeal, Case, Conversation, Message, Party, Ruling
from laurels.kernel.actor import Actor
from laurels.kernel.periods import day_in
from laurels.mail.actions import write
from laurels.mail.models import Letter
from laurels.people.models import Organisation, Person
from laurels.people.queries import primary_email
from laurels.programmes.queries import letter_template


@transaction.atomic
def tell_of_message(message: Message, *, by: Actor, now: datetime) -> Letter | None:
    """That somebody wrote, never what, and no address of either. One letter until the reader has looked."""
    conversation = Conversation.objects.select_for_update().get(pk=message.conversation_id)
    reader = Party.objects.filter(conversation=conversation).exclude(person=message.author_id).first()
    if reader is None or reader.told_to > reader.read_to or reader.read_to >= message.pk:
        return None
    # Who blocked the writer, or stopped taking letters, a moment ago wants no letter either.
    if not queries.sides(message.author_id, reader.person_id, now).is_theirs_open:
        return None
    Party.objects.filter(pk=reader.pk).update(told_to=message.pk)
    values = {"writer": message.author.name, "link": f"{settings.PUBLIC_URL}/conversations/{conversation.public_id}"}
    body = queries.body_of(reader.person)
    return _tell(reader.person, body, "message-waiting", values, topic=message.topic, by=by, now=now)


@transaction.atomic
def tell_of_outcome(case: Case, ruling: Ruling, *, by: Actor, now: datetime) -> list[Letter]:
    """To everybody who reported it and was signed in: in one sentence, and nothing about the person concerned."""
    case = Case.objects.lock(case.pk)
    reporters = Person.objects.filter(reports_made__case=case).order_by("pk")
    letters = []
    for person in reporters:
        with override(person.language):
            outcome = _outcome_for_reporters(ruling)
        values = {"outcome": outcome, "link": f"{settings.PUBLIC_URL}/code-of-conduct"}
        topic = f"{case.topic}:reporter:{person.pk}"
        letters.append(_tell(person, case.body, "report-outcome", values, topic=topic, by=by, now=now))
    return [letter for letter in letters if letter]


@transaction.atomic
def tell_of_ruling(ruling: Ruling, *, by: Actor, now: datetime) -> Letter | None:
    """To the person concerned, with the reason and the way to appeal; nobody hears that nothing follows."""
    case = Case.objects.lock(ruling.case_id)
    effect = ruling.lifts or ruling
    if case.concerned is None or not effect.has_effect or _is_by_appeal(ruling):
        return None
    with override(case.concerned.language):
        outcome = outcome_in_words(ruling, case)
    values = {"outcome": outcome, "reason": ruling.words, "link": _link(effect)}
    return _tell(case.concerned, case.body, "conduct-ruling", values, topic=f"ruling:{ruling.pk}", by=by, now=now)


@transaction.atomic
def tell_of_settlement(appeal: Appeal, *, by: Actor, now: datetime) -> Letter | None:
    case = Case.objects.lock(appeal.ruling.case_id)
    if case.concerned is None:
        return None
    with override(case.concerned.language):
        outcome = str(Appeal.Outcome(appeal.outcome).label)
    values = {"outcome": outcome, "reason": appeal.answer, "link": _link(appeal.ruling)}
    topic = f"conduct-appeal:{appeal.pk}"
    return _tell(case.concerned, case.body, "conduct-appeal", values, topic=topic, by=by, now=now)


def outcome_in_words(ruling: Ruling, case: Case) -> str:
    """What follows for the person concerned, in one sentence."""
    if ruling.kind == Ruling.Kind.LIFT:
        return _("We have undone an earlier ruling; it no longer holds.")
    if ruling.kind == Ruling.Kind.WARN:
        return _("We ask you to mind the code of conduct. Nothing else follows.")
    if ruling.kind == Ruling.Kind.HIDE:
        return _("We have hidden it. Nobody else sees it any more.")
    if ruling.until is None:
        return _("You are excluded from the community for good. Your certification is not touched.")
    day = date_format(day_in(case.body.zone, ruling.until), "j F Y")
    return _("You are excluded from the community until %(day)s. Your certification is not touched.") % {"day": day}


def _outcome_for_reporters(ruling: Ruling) -> str:
    if ruling.kind == Ruling.Kind.NONE:
        return _("We found that it does not break the code of conduct, so nothing follows.")
    return _("It does break the code of conduct, and we have done something about it.")


def _is_by_appeal(ruling: Ruling) -> bool:
    """An appeal has a letter of its own."""
    return ruling.lifts is not None and Appeal.objects.filter(ruling=ruling.lifts, settled_at=ruling.at).exists()


def _link(ruling: Ruling) -> str:
    return f"{settings.PUBLIC_URL}/me/rulings/{ruling.public_id}"


def _tell(
    person: Person,
    body: Organisation | None,
    key: str,
    values: Mapping[str, str],
    *,
    topic: str,
    by: Actor,
    now: datetime,
) -> Letter | None:
    """None for whoever has no address, and where no body has words for it."""
    earlier = Letter.objects.about(topic).filter(key=key).first()
    email = primary_email(person)
    if earlier or not email or body is None:
        return earlier
    return write(
        key,
        letter_template(body, key, person.language),
        to=email,
        values={"name": person.name, "body": body.name, **values},
        person=person,
        sender_name=body.name,
        topic=topic,
        by=by,
        now=now,
    )
