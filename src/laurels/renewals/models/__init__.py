from laurels.renewals.models.groups import Group, GroupInvitation
from laurels.renewals.models.renewing import Reminder, Renewal, RenewedCertification, Run, Use

__all__ = ["Group", "GroupInvitation", "Reminder", "Renewal", "RenewedCertification", "Run", "Use"]
