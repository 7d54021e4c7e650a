"""A company pays the renewals of its people: each of them chooses and agrees, one invoice covers all."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from laurels.kernel.actor import Actor
from laurels.kernel.ids import public_id
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
    made_at = models.DateTimeField()

    objects = GroupQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.company} {self.public_id}"

    @property
    def topic(self) -> str:
        return f"renewal-group:{self.pk}"


class GroupInvitation(models.Model):
    """An address that was written to. What becomes of it is known when its owner joins."""

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="invitations")
    email = models.CharField(max_length=254)
    invited_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "email"], name="group_invites_once")]

    def __str__(self) -> str:
        return f"{self.email} to {self.group_id}"
