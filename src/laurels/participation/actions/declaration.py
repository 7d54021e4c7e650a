from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from laurels.journal.actions import record_all
from laurels.kernel.actor import Actor
from laurels.kernel.refusal import Refusal, Refused, require
from laurels.participation import facts, rules
from laurels.participation.models import Declaration
from laurels.participation.queries import signed_versions
from laurels.participation.queries.participants import declared_of
from laurels.participation.rules import Declared
from laurels.people.models import Address, normal_email
from laurels.workshops.models import Seat, Workshop


def declare(
    seat: Seat,
    *,
    certificate_name: str,
    email: str,
    is_member_already: bool,
    member_email: str = "",
    by: Actor,
    now: datetime,
) -> Declaration:
    """Confirm the name and address for the certificate; may be done again until a roster is signed with it."""
    declared = Declared(certificate_name, email, is_member_already, member_email)
    declare_all(seat.workshop, {seat.pk: declared}, by=by, now=now)
    return Declaration.objects.get(seat=seat)


@transaction.atomic
def declare_all(
    workshop: Workshop, declared: Mapping[int, Declared], *, by: Actor, now: datetime
) -> dict[int, Declared]:
    """``declare`` for many seats, all or nothing; returns what changed. The same words again change nothing."""
    workshop = Workshop.objects.lock(workshop.pk)
    seats = _seats(workshop, declared)
    signed = signed_versions(workshop, seats)
    addresses = _addresses(seats)
    changed = {}
    for pk, words in declared.items():
        words, seat = _clean(words), seats[pk]
        if declared_of(seat) == words and (by.is_system or by.person_id == seat.person_id):
            continue
        mine = addresses.get(seat.person_id, {})
        require(rules.why_not_declare(seat, words, addresses=mine, signed_version=signed.get(pk), by=by))
        changed[pk] = words
    _write(changed, now)
    if changed:
        record_all(workshop.topic, [facts.NameDeclared(workshop.pk, pk) for pk in changed], by=by, at=now)
    return changed


def _seats(workshop: Workshop, wanted: Mapping[int, Declared]) -> dict[int, Seat]:
    rows = Seat.objects.filter(workshop=workshop).select_related("declaration", "workshop")
    if len(wanted) == 1:
        rows = rows.filter(pk__in=wanted)
    seats = {seat.pk: seat for seat in rows if seat.pk in wanted}
    if wanted.keys() - seats.keys():
        raise Refused(Refusal("no-such-seat", _("That seat does not belong to this workshop.")))
    return seats


def _addresses(seats: Mapping[int, Seat]) -> dict[int, dict[str, bool]]:
    """person → their addresses, and whether each is verified."""
    found: dict[int, dict[str, bool]] = {}
    rows = Address.objects.filter(person__seats__in=seats.keys()).values_list("person_id", "email", "verified_at")
    for person, email, verified_at in rows:
        found.setdefault(person, {})[email] = verified_at is not None
    return found


def _clean(words: Declared) -> Declared:
    return Declared(
        rules.clean_name(words.certificate_name),
        normal_email(words.email),
        words.is_member_already,
        normal_email(words.member_email),
    )


def _write(changed: Mapping[int, Declared], now: datetime) -> None:
    columns = ["certificate_name", "email", "is_member_already", "member_email"]
    Declaration.objects.bulk_create(
        [
            Declaration(seat_id=pk, confirmed_at=now, **{name: getattr(words, name) for name in columns})
            for pk, words in changed.items()
        ],
        batch_size=2000,
        update_conflicts=True,
        unique_fields=["seat"],
        update_fields=[*columns, "confirmed_at"],
    )
