from laurels.renewals.models.groups import Group, GroupInvitation, GroupReminder
from laurels.renewals.models.previews import Preview
from laurels.renewals.models.renewing import Reminder, Renewal, RenewedCertification, Run, RunPart, Use, UseQuerySet

__all__ = [
    "Group",
    "GroupInvitation",
    "GroupReminder",
    "Preview",
    "Reminder",
    "Renewal",
    "RenewedCertification",
    "Run",
    "RunPart",
    "Use",
    "UseQuerySet",
]
