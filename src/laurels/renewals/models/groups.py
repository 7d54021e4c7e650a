"""A company pays the renewals of its people: each of them chooses and agrees, one invoice covers all."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from laurels.kernel.actor import Actor
from laurels.kernel.ids import public_id
from laurels.mail.models import Letter
from laurels.payments.models import Order
from laurels.people.models import Organisation


class GroupQuerySet(models.QuerySet["Group"]):
    def lock(self, pk: int) -> "Group":
        return self.select_for_update(of=("self",)).select_related("body", "buyer").get(pk=pk)

    def of(self, actor: Actor) -> "GroupQuerySet":
        """Those whose invoice the actor gets."""
        return self if actor.is_system else self.filter(Q(buyer_id=actor.person_id))


class Group(models.Model):
    """``order`` is made when the buyer asks for the invoice; from then on nobody joins."""

    public_id = models.CharField(max_length=18, unique=True, default=public_id, editable=False)
    body = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="renewal_groups")
    buyer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="renewal_groups")
    company = models.CharField(max_length=160)
    order = models.OneToOneField(Order, null=True, blank=True, on_delete=models.PROTECT, related_name="renewal_group")
    # The last day to agree, after which the company means to ask for the invoice; None where it named none.
    until = models.DateField(null=True, blank=True)
    made_at = models.DateTimeField()

    objects = GroupQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.company} {self.public_id}"

    @property
    def topic(self) -> str:
        return f"renewal-group:{self.pk}"


class GroupInvitationQuerySet(models.QuerySet["GroupInvitation"]):
    def undecided(self) -> "GroupInvitationQuerySet":
        """Nobody with that address has agreed, and the invoice is not written yet."""
        from laurels.renewals.models.renewing import Renewal

        agreed = {"person__addresses__email": OuterRef("email"), "person__addresses__verified_at__isnull": False}
        renewals = Renewal.objects.filter(group=OuterRef("group"), given_up_at=None)
        return self.filter(~Exists(renewals.filter(**agreed)), group__order=None)

    def to_remind(self, body: Organisation, today: date) -> "GroupInvitationQuerySet":
        """Of groups whose day to agree has not passed, with what each has heard."""
        open_ = self.undecided().filter(group__body=body, group__until__gte=today)
        return open_.select_related("group__body").prefetch_related("reminders").order_by("pk")


class GroupInvitation(models.Model):
    """An address that was written to. What becomes of it is known when its owner joins."""

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="invitations")
    email = models.CharField(max_length=254)
    invited_at = models.DateTimeField()

    objects = GroupInvitationQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "email"], name="group_invites_once")]

    def __str__(self) -> str:
        return f"{self.email} to {self.group_id}"


class GroupReminder(models.Model):
    """That an answer is still missing was said: once after a few days, once before the day to agree."""

    class Which(models.TextChoices):
        AFTER = "after", _("after a few days")
        BEFORE = "before", _("before the last day")

    invitation = models.ForeignKey(GroupInvitation, on_delete=models.CASCADE, related_name="reminders")
    which = models.CharField(max_length=10, choices=Which.choices)
    letter = models.ForeignKey(Letter, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["invitation", "which"], name="group_reminder_once")]

    def __str__(self) -> str:
        return f"{self.invitation_id}: {self.which}"
