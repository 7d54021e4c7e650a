"""A seller's account at the card service: connected, its secrets rolled, switched off."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from laurels.journal.actions import record
from laurels.kernel.actor import Actor
from laurels.kernel.refusal import Refusal, Refused, require
from laurels.kernel.sealing import seal
from laurels.payments import facts, rules
from laurels.payments.models import CardAccount
from laurels.payments.models.cards import SEALED_FOR
from laurels.payments.providers import ServiceDown, ServiceRefused
from laurels.payments.providers.stripe_service import service_at
from laurels.people.models import Organisation


def connect_card_account(
    seller: Organisation, key: str, webhook_secret: str = "", *, api_base: str = "", by: Actor, now: datetime
) -> CardAccount:
    """Take cards through the account that ``key`` belongs to, tried out at once. Raises Refused."""
    require(rules.why_not_connect(seller, by=by))
    try:
        account_id, name = service_at(key, api_base).account_name()
    except ServiceDown as problem:
        words = _("The card service does not answer just now, so the key could not be tried. Please try again.")
        raise Refused(Refusal("card-down", words, "key")) from problem
    except ServiceRefused as problem:
        words = _("The card service does not take this key: %(words)s") % {"words": problem}
        raise Refused(Refusal("bad-key", words, "key")) from problem
    return _connect(seller, account_id, name, key, webhook_secret, api_base, by, now)


@transaction.atomic
def _connect(
    seller: Organisation,
    account_id: str,
    name: str,
    key: str,
    secret: str,
    api_base: str,
    by: Actor,
    now: datetime,
) -> CardAccount:
    account = CardAccount.objects.select_for_update().filter(seller=seller).first()
    account = account or CardAccount(seller=seller, connected_at=now)
    account.account_id, account.name, account.api_base, account.is_active = account_id, name[:200], api_base, True
    account.sealed_key = _sealed(key)
    if secret and secret not in account.webhook_secrets:
        account.sealed_previous_secret, account.sealed_webhook_secret = account.sealed_webhook_secret, _sealed(secret)
        account.rolled_at = now
    account.save()
    record(seller.topic, facts.CardAccountConnected(account.pk), by=by, at=now)
    return account


@transaction.atomic
def roll_webhook_secret(account: CardAccount, secret: str, *, by: Actor, now: datetime) -> CardAccount:
    """Believe this secret from now on, and the one before until another follows. Raises Refused."""
    account = CardAccount.objects.select_for_update().get(pk=account.pk)
    require(rules.why_not_connect(account.seller, by=by))
    if account.webhook_secrets[:1] == [secret]:
        return account
    account.sealed_previous_secret, account.sealed_webhook_secret = account.sealed_webhook_secret, _sealed(secret)
    account.rolled_at = now
    account.save(update_fields=["sealed_previous_secret", "sealed_webhook_secret", "rolled_at"])
    record(account.seller.topic, facts.WebhookSecretRolled(account.pk), by=by, at=now)
    return account


@transaction.atomic
def set_card_active(account: CardAccount, *, is_active: bool, by: Actor, now: datetime) -> CardAccount:
    """Offer cards, or not any more; what was paid by card can go back either way. Raises Refused."""
    account = CardAccount.objects.select_for_update().get(pk=account.pk)
    require(rules.why_not_connect(account.seller, by=by))
    if account.is_active == is_active:
        return account
    account.is_active = is_active
    account.save(update_fields=["is_active"])
    record(account.seller.topic, facts.CardAccountSwitched(account.pk), by=by, at=now)
    return account


def _sealed(secret: str) -> str:
    return seal(secret, key=settings.SECRET_KEY, purpose=SEALED_FOR)
