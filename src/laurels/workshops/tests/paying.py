"""Orders by card for tests of places and queues; nothing here asks the service."""

from laurels.journal.worker import drain
from laurels.payments.actions import give_up_order
from laurels.payments.models import CardAccount
from laurels.workshops.actions import release_order


def takes_card(world):
    """Harbour takes cards."""
    CardAccount.objects.get_or_create(
        seller=world.harbour, account_id="acct_1", defaults={"sealed_key": "sealed", "connected_at": world.morning}
    )


def not_paid(world, order, *, now):
    """Its time for paying is over."""
    give_up_order(order, by=world.sam.actor, now=now)
    # The worker has its own clock, for which the classes of these stories are over.
    release_order(order, by=world.sam.actor, now=now)
    drain(is_strict=True)
