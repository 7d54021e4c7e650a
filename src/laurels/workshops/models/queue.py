"""The one queue of a provider's course: who waits, in which order, and what they are offered."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from laurels.kernel.actor import Actor
from laurels.kernel.ids import digest, public_id
from laurels.people.models import Organisation, Person
from laurels.programmes.models import Course
from laurels.workshops.models.choices import Choice
from laurels.workshops.models.workshops import Seat, Workshop, WorkshopQuerySet

if TYPE_CHECKING:
    from laurels.workshops.models.places import PlaceQuerySet


class QueueQuerySet(models.QuerySet["Queue"]):
    def lock(self, pk: int) -> "Queue":
        """The queue's row, locked until the transaction ends: whoever holds it gives out turns and offers.

        Lock the rows of workshops first, and orders afterwards.
        """
        return self.select_for_update().get(pk=pk)

    def of(self, workshop: Workshop) -> "QueueQuerySet":
        return self.filter(provider=workshop.provider_id, course=workshop.course_id)


class Queue(models.Model):
    """All who wait for a seat in a provider's course, whatever its dates. It also counts the turns given out."""

    provider = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="queues")
    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="queues")
    latest_turn = models.PositiveBigIntegerField(default=0)

    objects = QueueQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["provider", "course"], name="queue_one_per_course")]

    def __str__(self) -> str:
        return f"queue for {self.course_id} at {self.provider_id}"

    @property
    def topic(self) -> str:
        return f"queue:{self.pk}"

    @property
    def workshops(self) -> WorkshopQuerySet:
        """Every workshop it is for, past ones too."""
        return Workshop.objects.filter(provider=self.provider_id, course=self.course_id)


class QueuePlaceQuerySet(models.QuerySet["QueuePlace"]):
    def lock(self, pk: int) -> "QueuePlace":
        """The place's row, locked until the transaction ends; lock the queue's row first."""
        return self.select_for_update().get(pk=pk)

    def live(self) -> "QueuePlaceQuerySet":
        """Waiting, or deciding about an offer."""
        return self.filter(state__in=QueuePlace.LIVE)

    def waiting(self) -> "QueuePlaceQuerySet":
        return self.filter(state=QueuePlace.State.WAITING)

    def in_turn(self) -> "QueuePlaceQuerySet":
        """Whoever had a seat that was called off first, then the others, each in the order in which they asked."""
        return self.order_by("-goes_first", "turn")

    def before(self, place: "QueuePlace") -> "QueuePlaceQuerySet":
        same = Q(goes_first=place.goes_first, turn__lt=place.turn)
        return self.live().filter(same if place.goes_first else same | Q(goes_first=True), queue=place.queue_id)

    def wanting(self, workshop: Workshop) -> "QueuePlaceQuerySet":
        """Who would come to this workshop, did not put it off, and has no seat in it yet."""
        seated = Seat.objects.filled().filter(workshop=workshop, person=models.OuterRef("person"))
        wished = QueuePlace.wishes.through.objects.filter(queueplace=models.OuterRef("pk"), workshop=workshop)
        passed = QueuePlace.passed.through.objects.filter(queueplace=models.OuterRef("pk"), workshop=workshop)
        # What was paid already is moved there, which works in the same currency only.
        fits = Q(choice=None) | Q(choice__workshop__currency=workshop.currency)
        return self.filter(
            fits, Q(is_any=True) | models.Exists(wished), ~models.Exists(passed), ~models.Exists(seated)
        )  # fmt: skip

    def own(self, actor: Actor) -> "QueuePlaceQuerySet":
        return self.filter(person_id=actor.person_id) if actor.person_id else self.none()


class QueuePlace(models.Model):
    """One person's place in the queue of a course: for how many seats, and for any date or for chosen ones.

    ``turn`` is the order; ``passed`` are workshops about which they are not asked again unless they say so.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        OFFERED = "offered", _("Has an offer")
        TAKEN = "taken", _("Has taken seats")
        DECLINED = "declined", _("Declined")
        LEFT = "left", _("Left the queue")

    MOVES = {
        State.WAITING: {State.OFFERED, State.LEFT},
        State.OFFERED: {State.TAKEN, State.DECLINED, State.WAITING, State.LEFT},
        # Taken by card and not paid: they wait again.
        State.TAKEN: {State.WAITING},
        State.DECLINED: set(),
        State.LEFT: set(),
    }
    LIVE = (State.WAITING, State.OFFERED)

    public_id = models.CharField(max_length=18, unique=True, default=public_id, editable=False)
    queue = models.ForeignKey(Queue, on_delete=models.PROTECT, related_name="places")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="queue_places")
    seats = models.PositiveSmallIntegerField(default=1)
    is_any = models.BooleanField(default=True)
    wishes: "models.ManyToManyField[Any, Any]" = models.ManyToManyField(Workshop, related_name="wished_in", blank=True)
    passed: "models.ManyToManyField[Any, Any]" = models.ManyToManyField(Workshop, related_name="passed_in", blank=True)
    turn = models.PositiveBigIntegerField()
    # The seats they had paid when a workshop was called off: they stand before all others, and pay nothing again.
    choice = models.ForeignKey(Choice, null=True, blank=True, on_delete=models.PROTECT, related_name="queue_places")
    goes_first = models.BooleanField(default=False)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    joined_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = QueuePlaceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["queue", "person"], condition=Q(state__in=["waiting", "offered"]), name="queue_one_per_person"
            ),
            models.UniqueConstraint(fields=["queue", "turn"], name="queue_turn_once"),
            models.CheckConstraint(condition=Q(seats__gte=1), name="queue_place_has_seats"),
            models.CheckConstraint(
                condition=Q(goes_first=False) | Q(choice__isnull=False), name="queue_first_has_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, state__in=["waiting", "offered"])
                | Q(ended_at__isnull=False, state__in=["taken", "declined", "left"]),
                name="queue_place_ended_when",
            ),
        ]
        indexes = [models.Index(fields=["queue", "state", "turn"], name="queue_in_turn")]

    def __str__(self) -> str:
        return f"queue place {self.public_id}"

    @property
    def is_live(self) -> bool:
        return self.state in self.LIVE


class OfferQuerySet(models.QuerySet["Offer"]):
    def lock(self, pk: int) -> "Offer":
        """The offer's row, locked until the transaction ends; lock its workshop's and queue's rows first."""
        return self.select_for_update().select_related("queue_place", "workshop").get(pk=pk)

    def open(self) -> "OfferQuerySet":
        return self.filter(state=Offer.State.OPEN)

    def overdue(self, now: datetime) -> "OfferQuerySet":
        """Open although the time to answer is over."""
        return self.open().filter(expires_at__lte=now)

    def own(self, actor: Actor) -> "OfferQuerySet":
        return self.filter(queue_place__person_id=actor.person_id) if actor.person_id else self.none()

    def with_secret(self, secret: str) -> "OfferQuerySet":
        return self.filter(secret_digest=digest(secret))


class Offer(models.Model):
    """Seats in one workshop, held for whoever's turn it is until they answer or the time is over.

    The seats are ``Place`` rows with this offer, so the capacity counts them. ``secret_digest`` is of the link in the
    letter, empty before it is written.
    """

    class State(models.TextChoices):
        OPEN = "open", _("Waiting for an answer")
        TAKEN = "taken", _("Taken")
        DECLINED = "declined", _("Declined")
        NOT_NOW = "not-now", _("Not this date")
        EXPIRED = "expired", _("Not answered in time")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        UNPAID = "unpaid", _("Taken, and not paid in time")

    MOVES = {
        State.OPEN: {State.TAKEN, State.DECLINED, State.NOT_NOW, State.EXPIRED, State.WITHDRAWN},
        State.TAKEN: {State.UNPAID},
        State.DECLINED: set(),
        State.NOT_NOW: set(),
        State.EXPIRED: set(),
        State.WITHDRAWN: set(),
        State.UNPAID: set(),
    }

    public_id = models.CharField(max_length=18, unique=True, default=public_id, editable=False)
    queue_place = models.ForeignKey(QueuePlace, on_delete=models.PROTECT, related_name="offers")
    workshop = models.ForeignKey(Workshop, on_delete=models.PROTECT, related_name="offers")
    seats = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    secret_digest = models.CharField(max_length=64, blank=True, db_index=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = OfferQuerySet.as_manager()
    if TYPE_CHECKING:
        places: "PlaceQuerySet"

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["queue_place"], condition=Q(state="open"), name="offer_one_open"),
            models.CheckConstraint(condition=Q(expires_at__gt=models.F("made_at")), name="offer_lasts"),
            models.CheckConstraint(
                condition=Q(state="open", answered_at=None) | Q(answered_at__isnull=False) & ~Q(state="open"),
                name="offer_answered_when",
            ),
        ]
        indexes = [models.Index(fields=["expires_at"], name="offer_by_time", condition=Q(state="open"))]

    def __str__(self) -> str:
        return f"offer {self.public_id}"

    @property
    def person(self) -> Person:
        return self.queue_place.person
