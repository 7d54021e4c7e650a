"""What other people may add to a ledger: an organiser's yes, a code given out at an event."""

from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from laurels.education.models import ClaimCode, Cosigning, LedgerEntry
from laurels.education.rules import why_not_entry
from laurels.kernel.actor import Actor
from laurels.kernel.refusal import Refusal

COSIGNING_LASTS = timedelta(days=30)
OPEN_MOST = 10
CLAIM_DAYS = 30


def why_not_ask(entry: LedgerEntry, email: str, *, own: set[str], open_: int, by: Actor) -> Refusal | None:
    """``own`` are the person's addresses: nobody confirms themselves. ``open_`` counts what they have asked already."""
    if by.person_id != entry.person_id:
        return Refusal("not-yours", _("Only you yourself can ask for it."))
    if entry.takes_back_id is not None or entry.is_taken_back:
        return Refusal("taken-back", _("This entry was taken back; nothing is to be confirmed."))
    if entry.proof != LedgerEntry.Grade.SELF:
        return Refusal("proven", _("This entry needs nobody's word beside yours any more."))
    try:
        validate_email(email)
    except ValidationError:
        return Refusal("email", _("This is not an e-mail address. Look for a typing mistake."), field="email")
    if email in own:
        return Refusal("own", _("This is your own address. Ask somebody who was there with you."), field="email")
    if open_ >= OPEN_MOST:
        return Refusal("too-many", _("Ten people have not answered you yet. Wait for them first."), field="email")
    return None


def why_not_answer(cosigning: Cosigning, name: str, answer: str, *, own: set[str], now: datetime) -> Refusal | None:
    if cosigning.answer:
        return Refusal("answered", _("This was answered already. Thank you."))
    if now >= cosigning.expires_at:
        return Refusal("expired", _("This link was good for 30 days. Whoever asked you can ask again."))
    if cosigning.entry.is_taken_back:
        return Refusal("taken-back", _("The entry was taken back meanwhile; nothing is to be confirmed."))
    if cosigning.email in own:
        return Refusal("own", _("This address belongs to whoever asked. Nobody confirms themselves."))
    if answer not in Cosigning.Answer.values:
        return Refusal("answer", _("Say whether it was so."), field="answer")
    if not name.strip():
        return Refusal("name", _("Say who you are: your name stands beside the entry."), field="name")
    return None


def why_not_make_code(
    organisation_id: int,
    title: str,
    *,
    on: date,
    minutes: int,
    most: int,
    final_day: date,
    today: date,
    since: date,
    by: Actor,
) -> Refusal | None:
    if not by.has("staff", "trainer", at=organisation_id):
        return Refusal("not-staff", _("Only staff and trainers of the organisation give out codes."))
    if not title.strip():
        return Refusal("title", _("Say in a few words what it is."), field="title")
    if not 1 <= most <= 10_000:
        return Refusal("most", _("Between one and 10,000 people."), field="most")
    if final_day < on:
        return Refusal("final-day", _("The code has to be good on the day itself at least."), field="final_day")
    # The day may lie ahead: codes are printed before the event.
    return why_not_entry(on=min(on, today), minutes=minutes, today=today, since=since)


def why_not_claim(code: ClaimCode | None, *, claimed: int, today: date, by: Actor) -> Refusal | None:
    """``claimed`` is how many people have used it."""
    if by.person_id is None:
        return Refusal("not-yours", _("Sign in first, so that it goes into your own ledger."))
    if code is None:
        return Refusal("unknown", _("No such code. Look at it again: a letter may be a digit."), field="code")
    if today < code.on:
        return Refusal("too-early", _("This has not taken place yet. Come back after it."), field="code")
    if not code.is_open(today):
        return Refusal("closed", _("This code is closed. Ask whoever gave it out."), field="code")
    if claimed >= code.most:
        return Refusal(
            "used-up", _("As many people as were there have used this code. Ask whoever gave it out."), field="code"
        )
    return None


def why_not_close(code: ClaimCode, *, by: Actor) -> Refusal | None:
    if not by.has("staff", "trainer", at=code.organisation_id):
        return Refusal("not-staff", _("Only staff and trainers of the organisation close its codes."))
    return None
