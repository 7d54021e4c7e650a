from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from laurels.credentials.models import Certification
from laurels.kernel.actor import Actor
from laurels.kernel.ids import public_id
from laurels.people.models import Person

if TYPE_CHECKING:
    from laurels.education.models.proofs import Cosigning


class LedgerEntryQuerySet(models.QuerySet["LedgerEntry"]):
    def visible_to(self, actor: Actor) -> "LedgerEntryQuerySet":
        """One's own; nobody else's."""
        return self if actor.is_system else self.filter(Q(person_id=actor.person_id))

    def readable_by(self, actor: Actor) -> "LedgerEntryQuerySet":
        """One's own, and for a body's staff the entries of whoever holds something there: by their address only."""
        here = {"person": OuterRef("person"), "scheme__body__in": actor.organisations("staff")}
        return self.filter(Q(person_id=actor.person_id) | Exists(Certification.objects.filter(**here)))

    def of(self, person: Person) -> "LedgerEntryQuerySet":
        return self.filter(person=person)

    def earned(self) -> "LedgerEntryQuerySet":
        """Without reversals; those that were taken back are among them."""
        return self.filter(takes_back=None)

    def standing(self) -> "LedgerEntryQuerySet":
        """What still counts: earned and not taken back."""
        # A join with what is missing from it makes PostgreSQL read everybody's ledger for one person's.
        return self.earned().filter(~Exists(LedgerEntry.objects.filter(takes_back=OuterRef("pk"))))

    def taken_back(self) -> "LedgerEntryQuerySet":
        return self.earned().filter(Exists(LedgerEntry.objects.filter(takes_back=OuterRef("pk"))))

    def in_place_of(self, entry: "LedgerEntry") -> "LedgerEntryQuerySet":
        """What was written again for it and stands."""
        return self.standing().filter(stands_for=entry.first_said)

    def with_proof(self) -> "LedgerEntryQuerySet":
        """With what was added to prove each, the bytes of files left where they are: two more queries."""
        from laurels.education.models.proofs import Cosigning, Evidence

        evidence = Evidence.objects.defer("content").order_by("pk")
        return self.prefetch_related(
            models.Prefetch("evidence", evidence), models.Prefetch("cosignings", Cosigning.objects.order_by("pk"))
        )

    def bare(self) -> "LedgerEntryQuerySet":
        """On somebody's own word, and nothing else to show for it."""
        return self.filter(_is_bare())

    def with_bareness(self) -> "LedgerEntryQuerySet":
        """Each with ``is_bare``, in the same statement."""
        return self.annotate(is_bare=_is_bare())

    def with_corrections(self) -> "LedgerEntryQuerySet":
        """Each with ``corrected_by``, the address of the line that stands in its place, in the same statement."""
        correction = LedgerEntry.objects.order_by().filter(corrects=OuterRef("pk"))
        return self.annotate(corrected_by=Subquery(correction.values("public_id")[:1]))

    def newest_first(self) -> "LedgerEntryQuerySet":
        return self.order_by("-pk")

    def by_day(self) -> "LedgerEntryQuerySet":
        return self.order_by("on", "pk")


def _is_bare() -> Q:
    from laurels.education.models.proofs import Cosigning, Evidence

    of_it = {"entry": OuterRef("pk")}
    alone = Q(grade=LedgerEntry.Grade.SELF, evidence_url="", evidence_text="")
    return alone & ~Exists(Evidence.objects.filter(**of_it)) & ~Exists(Cosigning.objects.filter(**of_it).confirmed())


class LedgerEntry(models.Model):
    """One line of a person's ledger; ``minutes`` below zero take another line back. Never edited.

    ``stands_for``: it says again what a line said that was taken back, so both together count once. ``corrects``: the
    line whose place its owner gave it, which was taken back just then.
    """

    class Grade(models.TextChoices):
        SYSTEM = "system", _("Recorded by this system")
        COSIGNED = "cosigned", _("Confirmed by an organiser")
        SELF = "self", _("Your own word")

    public_id = models.CharField(max_length=18, unique=True, default=public_id, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="entries")
    title = models.CharField(max_length=200)
    on = models.DateField()
    minutes = models.IntegerField()
    # Which there are is the policies' (``rules/categories.py``), and may change while lines stay.
    category = models.CharField(max_length=40)
    grade = models.CharField(max_length=10, choices=Grade.choices)
    source = models.CharField(max_length=40, default="self")
    source_key = models.CharField(max_length=80, blank=True)
    evidence_url = models.URLField(max_length=500, blank=True)
    evidence_text = models.TextField(blank=True)
    takes_back = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="taken_back"
    )
    # The first of the lines that say the same thing, taken back one after the other: what was used of one is used.
    stands_for = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="stood_for_by", editable=False
    )
    reason = models.CharField(max_length=200, blank=True, help_text=_("Why it takes another line back"))
    corrects = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="corrections")
    recorded_at = models.DateTimeField()

    objects = LedgerEntryQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(takes_back=None, minutes__gt=0) | Q(takes_back__isnull=False, minutes__lt=0),
                name="entry_only_reversals_take_away",
            ),
            models.UniqueConstraint(
                fields=["person", "source", "source_key"],
                condition=~Q(source_key="") & Q(takes_back=None),
                name="entry_once_per_source",
            ),
            models.UniqueConstraint(
                fields=["corrects"], condition=Q(corrects__isnull=False), name="entry_corrected_once"
            ),
        ]
        indexes = [
            models.Index(fields=["person", "on"], name="entry_by_day"),
            # The sums of a ledger page are read from the index alone.
            models.Index(fields=["person", "category", "on", "minutes", "takes_back"], name="entry_sums"),
        ]

    def __str__(self) -> str:
        return f"{self.public_id} {self.minutes} min"

    @property
    def topic(self) -> str:
        return f"ledger:{self.person_id}"

    @property
    def first_said(self) -> "LedgerEntry":
        """The line that a new one stands for when it says the same thing again."""
        return self.stands_for or self

    @property
    def is_taken_back(self) -> bool:
        return hasattr(self, "taken_back")

    @property
    def confirmed(self) -> "Cosigning | None":
        """The organiser's yes, if there is one; ``with_proof`` has them ready."""
        return next((one for one in self.cosignings.all() if one.answer == "confirmed"), None)

    @property
    def proof(self) -> str:
        """The grade it has now: somebody's own word may have been confirmed since."""
        return self.Grade.COSIGNED if self.grade == self.Grade.SELF and self.confirmed else self.grade

    @property
    def proof_label(self) -> str:
        return str(self.Grade(self.proof).label)

    @property
    def leaves_on(self) -> date | None:
        """The day on which the first of its files goes; ``with_proof`` has them ready."""
        return min((one.leaves_on for one in self.evidence.all() if one.leaves_on and not one.removed_on), default=None)

    @property
    def has_evidence(self) -> bool:
        if self.evidence_url or self.evidence_text or self.proof != self.Grade.SELF:
            return True
        return bool(self.evidence.all())
