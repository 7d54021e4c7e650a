from laurels.renewals.models.groups import Group, GroupInvitation
from laurels.renewals.models.renewing import Reminder, Renewal, RenewedCertification, Use

__all__ = ["Group", "GroupInvitation", "Reminder", "Renewal", "RenewedCertification", "Use"]
