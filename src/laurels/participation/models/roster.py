"""What is signed, handed over and ruled on."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from laurels.kernel.actor import Actor
from laurels.kernel.ids import public_id
from laurels.participation.models.attestation import Attestation
from laurels.people.models import Organisation
from laurels.programmes.models import Scheme
from laurels.workshops.models import Seat, Workshop


class RosterQuerySet(models.QuerySet["Roster"]):
    def lock(self, pk: int) -> "Roster":
        return self.select_for_update().get(pk=pk)

    def visible_to(self, actor: Actor) -> "RosterQuerySet":
        """Rosters of workshops the actor runs, and those submitted to the actor's body."""
        if actor.is_system:
            return self
        runs = Workshop.objects.run_by(actor).values("pk")
        bodies = actor.organisations("staff", "auditor")
        return self.filter(Q(workshop__in=runs) | Q(body_id__in=bodies, submission__isnull=False))

    def run_by(self, actor: Actor) -> "RosterQuerySet":
        """Rosters of workshops the actor runs: the provider's side of the table."""
        return self.filter(workshop__in=Workshop.objects.run_by(actor).values("pk"))

    def received_by(self, actor: Actor) -> "RosterQuerySet":
        """Rosters submitted to bodies whose staff the actor is, oldest first: the body's queue."""
        return self.filter(body_id__in=actor.organisations("staff", "auditor"), submission__isnull=False).order_by(
            "submission__at", "pk"
        )

    def with_story(self) -> "RosterQuerySet":
        """Loaded with all that a roster's page names."""
        return self.select_related(
            "workshop__course__scheme__body",
            "workshop__provider",
            "workshop__curriculum",
            "scheme",
            "body",
            "signature__by",
            "submission__by",
        )

    def unsettled(self) -> "RosterQuerySet":
        return self.exclude(state=Roster.State.SETTLED)

    def newest_first(self) -> "RosterQuerySet":
        return self.order_by("-version")


class Roster(models.Model):
    """A version of the list of attested people. Signed once, submitted once; a change is a new version."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        SIGNED = "signed", _("Signed")
        SUBMITTED = "submitted", _("Submitted")
        SETTLED = "settled", _("Settled")

    public_id = models.CharField(max_length=18, unique=True, default=public_id, editable=False)
    workshop = models.ForeignKey(Workshop, on_delete=models.PROTECT, related_name="rosters")
    body = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="rosters_received")
    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="rosters")
    version = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    made_at = models.DateTimeField()

    objects = RosterQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["workshop", "version"], name="roster_version_once")]

    def __str__(self) -> str:
        return f"roster {self.workshop_id} v{self.version}"

    @property
    def topic(self) -> str:
        return f"roster:{self.pk}"


class Signature(models.Model):
    """Who signed which lines: ``digest`` is SHA-256 over the roster's canonical lines (RFC 8785)."""

    roster = models.OneToOneField(Roster, on_delete=models.PROTECT, related_name="signature")
    digest = models.CharField(max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"signature of {self.roster_id}"


class Submission(models.Model):
    """The hand-over of a signed roster to the body."""

    roster = models.OneToOneField(Roster, on_delete=models.PROTECT, related_name="submission")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"submission of {self.roster_id}"


class LineQuerySet(models.QuerySet["Line"]):
    def live(self) -> "LineQuerySet":
        """Lines that speak for their seat: signed, and not sent back."""
        return self.filter(state__in=Line.LIVE)

    def awaiting_ruling(self) -> "LineQuerySet":
        return self.filter(state__in=[Line.State.LISTED, Line.State.RECEIVED])

    def by_name(self) -> "LineQuerySet":
        return self.order_by("certificate_name", "pk")

    def in_rosters(self, rosters: RosterQuerySet) -> "LineQuerySet":
        return self.filter(roster__in=rosters.order_by().values("pk"))

    def with_story(self) -> "LineQuerySet":
        """Loaded with the roster, the seat and the workshop that a line's page names."""
        return self.select_related(
            "roster__body",
            "roster__scheme",
            "roster__signature__by",
            "seat__person",
            "seat__workshop__provider",
            "seat__workshop__curriculum",
            "seat__workshop__course__scheme__body",
            "attestation__decided_by",
        )


class Line(models.Model):
    """One eligible person on a roster, with everything the body needs; later rulings are the body's.

    What was signed never changes: ``evidence`` keeps the minutes per block key and ``coverage`` the level per source
    and exercise key, as they stood at the signature.
    """

    class State(models.TextChoices):
        LISTED = "listed", _("Listed")
        RECEIVED = "received", _("Received")
        ACCEPTED = "accepted", _("Accepted")
        RETURNED = "returned", _("Returned")
        AMENDED = "amended", _("Amended")

    LIVE = (State.LISTED, State.RECEIVED, State.ACCEPTED)

    public_id = models.CharField(max_length=18, unique=True, default=public_id, editable=False)
    roster = models.ForeignKey(Roster, on_delete=models.PROTECT, related_name="lines")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="lines")
    attestation = models.ForeignKey(Attestation, on_delete=models.PROTECT, related_name="lines")
    certificate_name = models.CharField(max_length=200)
    email = models.CharField(max_length=254)
    is_member_already = models.BooleanField(default=False)
    member_email = models.CharField(max_length=254, blank=True)
    minutes_present = models.PositiveIntegerField()
    evidence = models.JSONField(default=dict)
    coverage = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State.choices, default=State.LISTED)
    return_reason = models.TextField(blank=True)
    ruled_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    ruled_at = models.DateTimeField(null=True, blank=True)

    objects = LineQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["roster", "seat"], name="line_once_per_seat"),
            # One signed word for a person at a time; a returned line makes room for its amendment.
            models.UniqueConstraint(
                fields=["seat"], condition=Q(state__in=["listed", "received", "accepted"]), name="line_live_once"
            ),
            # A seat is accepted once for ever, whichever version of the roster brings it.
            models.UniqueConstraint(fields=["seat"], condition=Q(state="accepted"), name="line_accepted_once"),
        ]

    def __str__(self) -> str:
        return f"{self.certificate_name} on {self.roster_id}"
