"""The codes an organisation gives out."""

from dataclasses import dataclass

from laurels.education.models import ClaimCode
from laurels.kernel.actor import Actor
from laurels.people.models import Organisation

PAGE = 50


@dataclass(frozen=True, slots=True)
class CodeList:
    """``organisations`` are those for which the actor may make one."""

    codes: list[ClaimCode]
    organisations: list[Organisation]


def claim_codes(by: Actor) -> CodeList:
    organisations = Organisation.objects.filter(pk__in=by.organisations("staff", "trainer")).order_by("name", "pk")
    return CodeList(list(ClaimCode.objects.visible_to(by).counted()[:PAGE]), list(organisations))
