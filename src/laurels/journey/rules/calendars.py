from django.utils.translation import gettext_lazy as _

from laurels.kernel.actor import Actor
from laurels.kernel.refusal import Refusal
from laurels.people.models import Person


def why_not_calendar(person: Person, *, by: Actor) -> Refusal | None:
    if by.person_id != person.pk:
        return Refusal("not-yours", _("Everybody opens and closes their own calendar."))
    return None
