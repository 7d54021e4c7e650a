"""A company's people, as the company sees them."""

from dataclasses import dataclass

from laurels.kernel.money import Money
from laurels.mail.models import Letter
from laurels.mail.queries import LetterLine, delivery_log
from laurels.renewals.models import Group, Renewal


@dataclass(frozen=True, slots=True)
class GroupPage:
    """What was written and whether it arrived, who has agreed, and what that comes to (None while nobody has)."""

    group: Group
    letters: list[LetterLine]
    renewals: list[Renewal]

    @property
    def sum(self) -> Money | None:
        if not self.renewals:
            return None
        return Money(sum(one.fee_minor for one in self.renewals), self.renewals[0].currency)


def group_page(group: Group) -> GroupPage:
    renewals = (
        group.renewals.filter(given_up_at=None)
        .select_related("person")
        .prefetch_related("renewed__certification__scheme")
    )
    letters = delivery_log(Letter.objects.about(group.topic).order_by("-pk"))
    return GroupPage(group, letters, list(renewals.order_by("pk")))
