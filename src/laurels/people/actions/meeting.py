"""Meeting many people at once, as a booking for several or an imported list brings them."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from itertools import batched

from django.db import IntegrityError, transaction

from laurels.journal.actions import record_firsts
from laurels.kernel.actor import Actor
from laurels.people import facts
from laurels.people.actions.persons import meet
from laurels.people.models import Address, Person, normal_email

BATCH = 1000


@transaction.atomic
def meet_all(names: Mapping[str, str], *, by: Actor, now: datetime) -> dict[str, Person]:
    """``meet`` for a whole list: name by address in, person by address out. The addresses must be checked already."""
    names = {normal_email(email): name for email, name in names.items()}
    known = readers(names)
    strangers = {email: name for email, name in sorted(names.items()) if email not in known}
    if not strangers:
        return known
    try:
        with transaction.atomic():
            met = _meet_strangers(strangers, by=by, now=now)
    except IntegrityError:
        # Somebody else met one of them in this very moment: go the slow way, which can wait for them.
        met = {email: meet(email, name, by=by, now=now) for email, name in strangers.items()}
    return known | met


def readers(emails: Iterable[str]) -> dict[str, Person]:
    """Whoever has these addresses today, by address; their rows are locked until the transaction ends."""
    # In the order of the addresses, so that two lists with the same people on them lock in the same order.
    wanted = sorted({normal_email(email) for email in emails})
    return {
        address.email: address.person
        for batch in batched(wanted, BATCH, strict=False)
        for address in Address.objects.lock_emails(batch)
    }


def _meet_strangers(names: Mapping[str, str], *, by: Actor, now: datetime) -> dict[str, Person]:
    people = [Person(name=" ".join(name.split())[:200], created_at=now) for name in names.values()]
    for person in people:
        person.set_unusable_password()
    Person.objects.bulk_create(people, batch_size=BATCH)
    met = dict(zip(names, people, strict=True))
    addresses = [Address(person=person, email=email, is_primary=True) for email, person in met.items()]
    Address.objects.bulk_create(addresses, batch_size=BATCH)
    record_firsts({person.topic: facts.PersonMet(person.pk) for person in people}, by=by, at=now)
    return met
