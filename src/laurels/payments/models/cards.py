"""What is known of a seller's card service: the account there, pages to pay on, what it told us, disputes."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from laurels.kernel.ids import public_id
from laurels.kernel.money import Money
from laurels.kernel.sealing import unseal
from laurels.payments.models.money import Receipt
from laurels.payments.models.orders import Order
from laurels.people.models import Organisation

SEALED_FOR = "card service"


class CardAccountQuerySet(models.QuerySet["CardAccount"]):
    def active(self) -> "CardAccountQuerySet":
        return self.filter(is_active=True)

    def of_seller(self, seller: Organisation) -> "CardAccountQuerySet":
        return self.filter(seller=seller)


class CardAccount(models.Model):
    """A seller's account at the card service. Its secrets are sealed; ``api_base`` is empty for the real service."""

    public_id = models.CharField(max_length=18, unique=True, default=public_id, editable=False)
    seller = models.OneToOneField(Organisation, on_delete=models.PROTECT, related_name="card_account")
    account_id = models.CharField(max_length=120)
    name = models.CharField(max_length=200, blank=True)
    sealed_key = models.TextField()
    sealed_webhook_secret = models.TextField(blank=True)
    # While a secret is being rolled the service may still sign with the one before.
    sealed_previous_secret = models.TextField(blank=True)
    api_base = models.CharField(max_length=200, blank=True)
    is_active = models.BooleanField(default=True)
    connected_at = models.DateTimeField()
    rolled_at = models.DateTimeField(null=True, blank=True)

    objects = CardAccountQuerySet.as_manager()

    def __str__(self) -> str:
        return self.account_id

    @property
    def secret_key(self) -> str:
        return unseal(self.sealed_key, key=settings.SECRET_KEY, purpose=SEALED_FOR)

    @property
    def webhook_secrets(self) -> list[str]:
        """Those that events may be signed with, the newest first."""
        sealed = [one for one in (self.sealed_webhook_secret, self.sealed_previous_secret) if one]
        return [unseal(one, key=settings.SECRET_KEY, purpose=SEALED_FOR) for one in sealed]


class CardSessionQuerySet(models.QuerySet["CardSession"]):
    def open(self) -> "CardSessionQuerySet":
        return self.filter(closed_at=None).order_by("pk")

    def without_word_since(self, instant: datetime) -> "CardSessionQuerySet":
        """Open at the service, and neither the service nor we have said anything about it for a while."""
        unheard = self.open().exclude(session_id=None).filter(opened_at__lte=instant)
        return unheard.filter(Q(looked_at=None) | Q(looked_at__lte=instant)).order_by("looked_at", "pk")


class CardSession(models.Model):
    """One page of the service for paying one order. Written before the service is asked for it."""

    public_id = models.CharField(max_length=18, unique=True, default=public_id, editable=False)
    account = models.ForeignKey(CardAccount, on_delete=models.PROTECT, related_name="sessions")
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="card_sessions")
    session_id = models.CharField(max_length=120, unique=True, null=True, blank=True)
    intent_id = models.CharField(max_length=120, blank=True)
    url = models.TextField(blank=True)
    back_to = models.CharField(max_length=300, blank=True)
    amount_minor = models.PositiveBigIntegerField()
    currency = models.CharField(max_length=3)
    attempt = models.PositiveSmallIntegerField(default=1)
    # Why the service did not open it, for people; empty once it did.
    problem = models.CharField(max_length=250, blank=True)
    # Until when the buyer was told that it is held for them; empty for an order that is simply due.
    held_until = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField()
    looked_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = CardSessionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["order"], condition=Q(closed_at=None), name="card_session_one_open"),
            models.CheckConstraint(condition=Q(amount_minor__gt=0), name="card_session_is_money"),
        ]
        indexes = [models.Index(fields=["opened_at"], name="card_session_open", condition=Q(closed_at=None))]

    def __str__(self) -> str:
        return self.session_id or f"session {self.public_id}"

    @property
    def amount(self) -> Money:
        return Money(self.amount_minor, self.currency)


class ProviderEventQuerySet(models.QuerySet["ProviderEvent"]):
    def lock(self, pk: int) -> "ProviderEvent":
        return self.select_for_update().get(pk=pk)

    def set_aside(self) -> "ProviderEventQuerySet":
        """Signed word of the service that was not acted on and that staff should read, the latest first."""
        return self.filter(outcome__startswith=ProviderEvent.ASIDE).order_by("-received_at", "-pk")

    def waiting(self) -> "ProviderEventQuerySet":
        return self.filter(taken_in_at=None).order_by("pk")


class ProviderEvent(models.Model):
    """The service's signed word, kept as it came, once; ``outcome`` says what came of it."""

    ASIDE = "set aside: "

    account = models.ForeignKey(CardAccount, on_delete=models.PROTECT, related_name="events")
    event_id = models.CharField(max_length=120)
    type = models.CharField(max_length=80)
    created = models.DateTimeField()
    payload = models.JSONField()
    received_at = models.DateTimeField()
    taken_in_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=250, blank=True)

    objects = ProviderEventQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "event_id"], name="provider_event_once")]
        indexes = [models.Index(fields=["account", "received_at"], name="provider_event_by_time")]

    def __str__(self) -> str:
        return f"{self.type} {self.event_id}"


class DisputeQuerySet(models.QuerySet["Dispute"]):
    def open(self) -> "DisputeQuerySet":
        return self.filter(state=Dispute.State.OPEN).order_by("pk")

    def about(self, order: Order) -> "DisputeQuerySet":
        return self.filter(receipt__order=order)


class Dispute(models.Model):
    """A buyer's bank wants the money back. Until it is decided nothing moves on the order, and nobody loses a seat."""

    class State(models.TextChoices):
        OPEN = "open", _("Not decided yet")
        WON = "won", _("Decided for the seller")
        LOST = "lost", _("Decided for the buyer")

    receipt = models.ForeignKey(Receipt, on_delete=models.PROTECT, related_name="disputes")
    external_id = models.CharField(max_length=120, unique=True)
    minor = models.PositiveBigIntegerField()
    state = models.CharField(max_length=4, choices=State.choices, default=State.OPEN)
    reason = models.CharField(max_length=80, blank=True)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = DisputeQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(minor__gt=0), name="dispute_is_something")]

    def __str__(self) -> str:
        return self.external_id

    @property
    def amount(self) -> Money:
        return Money(self.minor, self.receipt.currency)
