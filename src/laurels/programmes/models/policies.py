"""Rules a body's staff are writing; nobody is bound by them yet."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from laurels.kernel.actor import Actor
from laurels.kernel.ids import public_id
from laurels.people.models import Organisation
from laurels.programmes.models.programmes import Policy


class PolicyDraftQuerySet(models.QuerySet["PolicyDraft"]):
    def lock(self, pk: int) -> "PolicyDraft":
        return self.select_for_update(of=("self",)).select_related("body").get(pk=pk)

    def visible_to(self, actor: Actor) -> "PolicyDraftQuerySet":
        """Those of bodies where the actor is staff or auditor."""
        return self if actor.is_system else self.filter(body__in=actor.organisations("staff", "auditor"))

    def open(self) -> "PolicyDraftQuerySet":
        return self.filter(policy=None, dropped_at=None).order_by("-pk")


class PolicyDraft(models.Model):
    """``text`` is a policy as it stands in a pack. ``policy`` is what it became when it was put into effect."""

    public_id = models.CharField(max_length=18, unique=True, default=public_id, editable=False)
    body = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="policy_drafts")
    text = models.TextField()
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()
    policy = models.OneToOneField(Policy, null=True, blank=True, on_delete=models.PROTECT, related_name="draft")
    dropped_at = models.DateTimeField(null=True, blank=True)

    objects = PolicyDraftQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(policy=None) | Q(dropped_at=None), name="policy_draft_one_fate")
        ]

    def __str__(self) -> str:
        return self.public_id

    @property
    def is_open(self) -> bool:
        return self.policy_id is None and self.dropped_at is None
