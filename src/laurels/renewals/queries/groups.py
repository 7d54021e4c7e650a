"""A company's people, as the company sees them."""

from dataclasses import dataclass

from laurels.kernel.money import Money
from laurels.renewals.models import Group, GroupInvitation, Renewal


@dataclass(frozen=True, slots=True)
class GroupPage:
    """Who was invited, who has agreed, and what that comes to (None while nobody has)."""

    group: Group
    invitations: list[GroupInvitation]
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
    return GroupPage(group, list(group.invitations.order_by("pk")), list(renewals.order_by("pk")))
