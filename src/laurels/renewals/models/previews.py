from django.conf import settings
from django.db import models

from laurels.programmes.models import Policy, PolicyDraft


class PreviewQuerySet(models.QuerySet["Preview"]):
    def lock(self, pk: int) -> "Preview":
        return self.select_for_update(of=("self",)).select_related("draft__body", "before", "asked_by").get(pk=pk)

    def newest_first(self) -> "PreviewQuerySet":
        return self.order_by("-pk")


class Preview(models.Model):
    """What a draft would change for everybody, worked out in portions: how far it is, and what was found so far.

    ``digest`` is of the draft's text: after a change it is another preview, and this one is old. ``after`` is the key
    of the last person who was looked at, where one that broke off goes on.
    """

    draft = models.ForeignKey(PolicyDraft, on_delete=models.CASCADE, related_name="previews")
    before = models.ForeignKey(Policy, on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64)
    on = models.DateField()
    total = models.PositiveIntegerField()
    seen = models.PositiveIntegerField(default=0)
    after = models.BigIntegerField(default=0)
    found = models.JSONField(default=dict)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = PreviewQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["draft", "before", "digest"], name="preview_once_a_text")]

    def __str__(self) -> str:
        return f"{self.draft_id}: {self.seen}/{self.total}"

    @property
    def topic(self) -> str:
        return f"policy-draft:{self.draft_id}"
