"""What people with a seat say of themselves. It hangs on the seat: whoever gives it back takes their words along."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from laurels.workshops.models.workshops import Seat, Workshop


class ExpectationQuerySet(models.QuerySet["Expectation"]):
    def of_class(self, workshop: Workshop) -> "ExpectationQuerySet":
        """Those of everybody who has a seat, by their words: an order that says nothing about who was first."""
        return self.filter(seat__workshop=workshop, seat__state__in=Seat.FILLED).order_by("hopes", "pk")


class Expectation(models.Model):
    """What somebody wants to take home and what they bring. ``note`` is for the trainers' eyes only."""

    class Knowledge(models.TextChoices):
        NONE = "none", _("None yet")
        HEARD = "heard", _("I have heard or read about it")
        WORKS = "works", _("I work with it")
        TAUGHT = "taught", _("I have taught it or coached others")

    class Role(models.TextChoices):
        OWNER = "owner", _("Product Owner or product manager")
        DEVELOPER = "developer", _("Developer, designer or tester")
        MASTER = "master", _("Scrum Master or coach")
        LEAD = "lead", _("Lead or manager")
        EXPERT = "expert", _("Expert in a field, such as sales or support")
        OTHER = "other", _("Something else")

    seat = models.OneToOneField(Seat, on_delete=models.CASCADE, related_name="expectation")
    hopes = models.CharField(max_length=500)
    knowledge = models.CharField(max_length=8, choices=Knowledge.choices)
    role = models.CharField(max_length=10, choices=Role.choices)
    note = models.CharField(max_length=500, blank=True)
    shows_name = models.BooleanField(default=False)
    told_at = models.DateTimeField()

    objects = ExpectationQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(hopes=""), name="expectation_says_something")]

    def __str__(self) -> str:
        return f"expectation of {self.seat_id}"


class ConfidenceQuerySet(models.QuerySet["Confidence"]):
    def of_class(self, workshop: Workshop) -> "ConfidenceQuerySet":
        """What everybody who has a seat has said."""
        return self.filter(seat__workshop=workshop, seat__state__in=Seat.FILLED).order_by("pk")


class Confidence(models.Model):
    """How sure somebody feels about one learning objective, from 1 to 5, before or after class.

    ``is_own`` says that it was given to this line itself and not to its whole group.
    """

    class Moment(models.TextChoices):
        BEFORE = "before", _("Before class")
        AFTER = "after", _("After class")

    seat = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="confidences")
    moment = models.CharField(max_length=6, choices=Moment.choices)
    code = models.CharField(max_length=12)
    value = models.PositiveSmallIntegerField()
    is_own = models.BooleanField(default=False)
    said_at = models.DateTimeField()

    objects = ConfidenceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["seat", "moment", "code"], name="confidence_once"),
            models.CheckConstraint(condition=Q(value__gte=1, value__lte=5), name="confidence_from_one_to_five"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.moment}: {self.value}"
