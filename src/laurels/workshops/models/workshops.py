from datetime import date, datetime
from functools import cache
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from laurels.kernel.actor import Actor
from laurels.kernel.ids import public_id
from laurels.kernel.money import Money
from laurels.kernel.periods import day_in
from laurels.payments.models import CardAccount, Order
from laurels.people.models import Organisation, Person
from laurels.programmes.models import Course, Curriculum

# A private workshop is found by its code alone (``Sale.invite_code``).
NOT_PRIVATE = Q(sale=None) | Q(sale__invite_code="")


class WorkshopQuerySet(models.QuerySet["Workshop"]):
    def lock(self, pk: int) -> "Workshop":
        """The workshop's row, locked until the transaction ends: whoever holds it gives out seats."""
        return self.select_for_update().get(pk=pk)

    def public(self) -> "WorkshopQuerySet":
        """What strangers may find: everything once announced that is not private."""
        return self.exclude(state=Workshop.State.DRAFT).filter(NOT_PRIVATE)

    def visible_to(self, actor: Actor, *, code: str = "") -> "WorkshopQuerySet":
        """Public workshops, private ones for whoever knows their ``code`` or has to do with them, and drafts of the
        actor's own organisations.
        """
        if actor.is_system:
            return self
        own = actor.organisations("staff", "trainer", "auditor")
        invited = NOT_PRIVATE | Q(sale__invite_code__iexact=code.strip()) if code.strip() else NOT_PRIVATE
        announced = ~Q(state=Workshop.State.DRAFT) & (invited | _known_to(actor))
        return self.filter(announced | Q(provider_id__in=own))

    def run_by(self, actor: Actor) -> "WorkshopQuerySet":
        """Workshops the actor may run: its trainers, and staff of its provider."""
        if actor.is_system:
            return self
        if actor.person_id is None:
            return self.none()
        trained = Workshop.trainers.through.objects.filter(person_id=actor.person_id).values("workshop_id")
        return self.filter(Q(provider_id__in=actor.organisations("staff")) | Q(pk__in=trained))

    def bookable(self) -> "WorkshopQuerySet":
        return self.filter(state__in=[Workshop.State.ANNOUNCED, Workshop.State.CONFIRMED])

    def starting_from(self, day: date) -> "WorkshopQuerySet":
        return self.filter(starts_on__gte=day)

    def upcoming(self, now: datetime) -> "WorkshopQuerySet":
        """Open for booking, and not yet past anywhere on earth."""
        return self.bookable().starting_from(day_in("Etc/GMT+12", now))

    def soonest_first(self) -> "WorkshopQuerySet":
        return self.order_by("starts_on", "pk")

    def latest_first(self) -> "WorkshopQuerySet":
        return self.order_by("-starts_on", "-pk")

    def with_seats_filled(self) -> "WorkshopQuerySet":
        """Annotates ``seats_filled``: seats and places that count against the capacity."""
        return self.annotate(seats_filled=_count_of(Seat.objects.filled()) + _count_of(_places().counting()))

    def with_ways(self) -> "WorkshopQuerySet":
        """With what its seller asks and by which ways it is paid: loaded, and ``takes_card`` annotated."""
        accounts = CardAccount.objects.active().filter(seller=models.OuterRef("provider"))
        loaded = self.select_related("course", "provider__billing", "sale")
        return loaded.annotate(takes_card=models.Exists(accounts))

    def to_be_booked(self, actor: Actor) -> "WorkshopQuerySet":
        """Loaded with what the booking page asks; annotates ``own_seat`` (its public id) and ``has_extras``."""
        if actor.person_id is None:
            return _offered()
        own = Seat.objects.filter(person_id=actor.person_id, workshop=models.OuterRef("pk"), state__in=Seat.FILLED)
        return _offered().annotate(own_seat=models.Subquery(own.values("public_id")[:1]))

    def with_overdue(self, now: datetime) -> "WorkshopQuerySet":
        """Annotates ``has_overdue``: something is held, or offered, longer than was said."""
        here = {"workshop": models.OuterRef("pk")}
        held, offered = _places().overdue(now).filter(**here), _offers().overdue(now).filter(**here)
        return self.annotate(has_overdue=models.Exists(held) | models.Exists(offered))

    def with_orders_due(self) -> "WorkshopQuerySet":
        """Annotates ``orders_due``: filled seats whose order is not paid yet."""
        due = Seat.objects.filled().filter(order__isnull=False, order__cancelled_at=None, order__payment=None)
        return self.annotate(orders_due=_count_of(due))


def _known_to(actor: Actor) -> Q:
    """Workshops where the actor has or had a seat, or bought one."""
    bought = Q(order__in=actor.placed_orders)
    bought = bought | Q(order__buyer_id=actor.person_id) if actor.person_id else bought
    seats = Seat.objects.filter(bought | Q(person_id=actor.person_id) if actor.person_id else bought)
    return Q(pk__in=seats.values("workshop")) | Q(pk__in=_places().filter(bought).values("workshop"))


def _count_of(rows: "models.QuerySet[Any]") -> Coalesce:
    """How many of the rows each workshop of the outer query has."""
    of_one = rows.filter(workshop=models.OuterRef("pk")).order_by().values("workshop")
    return Coalesce(models.Subquery(of_one.annotate(n=models.Count("pk")).values("n")), 0)


@cache
def _offered() -> WorkshopQuerySet:
    """What every reader of a booking page is shown; never evaluated itself."""
    # Made once: putting these queries together costs more than the database does with them.
    from laurels.workshops.models.sales import Extra

    extras = Extra.objects.filter(workshop=models.OuterRef("pk"), withdrawn_at=None)
    offered = Workshop.objects.with_seats_filled().with_ways().annotate(has_extras=models.Exists(extras))
    return offered.annotate(own_seat=models.Value(""))


def _places() -> Any:
    """Places hang on workshops, and both are counted together."""
    from laurels.workshops.models.places import Place

    return Place.objects


def _offers() -> Any:
    from laurels.workshops.models.queue import Offer

    return Offer.objects


class Workshop(models.Model):
    """A course held on dates, by trainers, with seats."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        ANNOUNCED = "announced", _("Open for booking")
        CONFIRMED = "confirmed", _("Confirmed")
        RUNNING = "running", _("Running")
        HELD = "held", _("Held")
        CLOSED = "closed", _("Closed")
        CANCELLED = "cancelled", _("Cancelled")

    MOVES = {
        State.DRAFT: {State.ANNOUNCED},
        State.ANNOUNCED: {State.CONFIRMED, State.RUNNING, State.CANCELLED},
        State.CONFIRMED: {State.RUNNING, State.CANCELLED},
        State.RUNNING: {State.HELD},
        State.HELD: {State.CLOSED},
        State.CLOSED: set(),
        State.CANCELLED: set(),
    }

    HAPPENED = (State.HELD, State.CLOSED)

    class Mode(models.TextChoices):
        ONLINE = "online", _("Online")
        IN_PERSON = "in-person", _("In person")

    public_id = models.CharField(max_length=18, unique=True, default=public_id, editable=False)
    provider = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="workshops")
    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="workshops")
    curriculum = models.ForeignKey(Curriculum, on_delete=models.PROTECT, related_name="workshops")
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    mode = models.CharField(max_length=10, choices=Mode.choices)
    place = models.CharField(max_length=200, blank=True)
    zone = models.CharField(max_length=60)
    language = models.CharField(max_length=12, default="en")
    starts_on = models.DateField()
    ends_on = models.DateField()
    capacity = models.PositiveSmallIntegerField()
    price_minor = models.PositiveBigIntegerField(default=0)
    currency = models.CharField(max_length=3, default="EUR")
    other_remarks = models.TextField(blank=True)
    trainers = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="workshops_trained")
    created_at = models.DateTimeField()
    announced_at = models.DateTimeField(null=True, blank=True)

    objects = WorkshopQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=models.F("starts_on")), name="workshop_ends_after_start"),
            models.CheckConstraint(condition=Q(capacity__gte=1), name="workshop_has_seats"),
        ]
        indexes = [models.Index(fields=["state", "starts_on"], name="workshop_catalogue")]

    def __str__(self) -> str:
        return f"{self.course} · {self.starts_on}"

    @property
    def topic(self) -> str:
        return f"workshop:{self.pk}"

    @property
    def price(self) -> Money:
        return Money(self.price_minor, self.currency)

    @property
    def seats(self) -> "SeatQuerySet":
        return Seat.objects.filter(workshop=self)

    @property
    def days(self) -> int:
        return (self.ends_on - self.starts_on).days + 1

    def day_of(self, now: datetime) -> date:
        """Today, where the workshop is held."""
        return day_in(self.zone, now)

    def is_trained_by(self, actor: Actor) -> bool:
        return any(trainer.pk == actor.person_id for trainer in self.trainers.all())

    def count_filled(self) -> int:
        """Seats and places given out: as counted by ``with_seats_filled`` when loaded for a page, else now."""
        counted: int | None = getattr(self, "seats_filled", None)
        return (
            self.seats.filled().count() + _places().counting().filter(workshop=self).count()
            if counted is None
            else counted
        )

    def seats_left(self) -> int:
        return max(0, self.capacity - self.count_filled())


class Cancellation(models.Model):
    """That a workshop will not be held: who decided, when, and why, in words for those who had booked."""

    workshop = models.OneToOneField(Workshop, on_delete=models.PROTECT, related_name="cancellation")
    reason = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"cancellation of {self.workshop_id}"


class SeatQuerySet(models.QuerySet["Seat"]):
    def filled(self) -> "SeatQuerySet":
        """Seats that count against the capacity: taken, and afterwards attended or missed."""
        return self.filter(state__in=Seat.FILLED)

    def lock(self, pk: int) -> "Seat":
        """The seat's row, locked until the transaction ends; lock the workshop's row first."""
        return self.select_for_update().get(pk=pk)

    def of(self, person: Person) -> "SeatQuerySet":
        return self.filled().filter(person=person)

    def own(self, actor: Actor) -> "SeatQuerySet":
        """The seats the actor holds themself; nobody else's, whatever their role."""
        return self.filled().filter(person_id=actor.person_id) if actor.person_id else self.none()

    def by_name(self) -> "SeatQuerySet":
        return self.order_by("name", "pk")

    def visible_to(self, actor: Actor) -> "SeatQuerySet":
        """A person's own seats, those they have bought, and those of workshops the actor runs."""
        if actor.is_system:
            return self
        if actor.person_id is None:
            return self.none()
        runs = Workshop.objects.run_by(actor).values("pk")
        bought = Order.objects.filter(buyer_id=actor.person_id).values("pk")
        return self.filter(Q(person_id=actor.person_id) | Q(order__in=bought) | Q(workshop__in=runs))


class Seat(models.Model):
    """One person's place in one workshop. ``name`` is how they were booked; the certificate's is confirmed later."""

    class State(models.TextChoices):
        TAKEN = "taken", _("Booked")
        ATTENDED = "attended", _("Attended")
        MISSED = "missed", _("Missed")
        CANCELLED = "cancelled", _("Cancelled")
        TRANSFERRED = "transferred", _("Moved to another date")
        SUBSTITUTED = "substituted", _("Given to a colleague")

    MOVES = {
        State.TAKEN: {State.ATTENDED, State.MISSED, State.CANCELLED, State.TRANSFERRED, State.SUBSTITUTED},
        State.ATTENDED: {State.MISSED},
        State.MISSED: {State.ATTENDED},
        State.CANCELLED: set(),
        State.TRANSFERRED: set(),
        State.SUBSTITUTED: set(),
    }
    FILLED = (State.TAKEN, State.ATTENDED, State.MISSED)
    GIVEN_UP = (State.CANCELLED, State.TRANSFERRED, State.SUBSTITUTED)

    public_id = models.CharField(max_length=18, unique=True, default=public_id, editable=False)
    workshop = models.ForeignKey(Workshop, on_delete=models.PROTECT, related_name="all_seats")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="seats")
    name = models.CharField(max_length=200)
    company = models.CharField(max_length=160, blank=True)
    state = models.CharField(max_length=12, choices=State.choices, default=State.TAKEN)
    order = models.ForeignKey(Order, null=True, blank=True, on_delete=models.PROTECT, related_name="seats")
    # What of the order was asked for this seat, tax included: what cancellation terms reckon with.
    worth_minor = models.PositiveBigIntegerField(default=0)
    # The seat that this one came from: on another date, or of the colleague who does not come.
    replaces = models.OneToOneField("self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaced_by")
    taken_at = models.DateTimeField()
    # When it was cancelled, moved or given to a colleague.
    cancelled_at = models.DateTimeField(null=True, blank=True)

    objects = SeatQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["workshop", "person"],
                condition=Q(state__in=["taken", "attended", "missed"]),
                name="seat_one_per_person",
            )
        ]
        indexes = [models.Index(fields=["workshop", "name"], name="seat_by_name")]

    def __str__(self) -> str:
        return f"{self.name} in {self.workshop_id}"

    @property
    def is_given_up(self) -> bool:
        return self.state in self.GIVEN_UP

    @property
    def owes(self) -> Order | None:
        """The order, paid or not, where whoever has the seat is its buyer; None where others pay or nothing is owed."""
        is_own = self.order is not None and self.order.buyer_id == self.person_id
        return self.order if self.order and is_own and self.order.cancelled_at is None else None


class AttendeeImportQuerySet(models.QuerySet["AttendeeImport"]):
    def lock(self, pk: int) -> "AttendeeImport":
        """The import's row, locked until the transaction ends; lock the workshop's row first."""
        return self.select_for_update().get(pk=pk)


class AttendeeImport(models.Model):
    """An uploaded list of attendees: read, shown with a message per line, written only when confirmed."""

    public_id = models.CharField(max_length=18, unique=True, default=public_id, editable=False)
    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="imports")
    file_name = models.CharField(max_length=200)
    lines = models.JSONField(help_text=_("One object per line: number, name, email, company, refusal, note"))
    uploaded_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)

    objects = AttendeeImportQuerySet.as_manager()

    def __str__(self) -> str:
        return self.file_name
