"""The service counts some currencies otherwise than we do."""

import pytest
from django.db import transaction

from laurels.kernel.money import Money
from laurels.payments.providers import ServiceRefused
from laurels.payments.providers.stripe_service import at_service, from_service, service_at


@pytest.mark.parametrize(
    ("money", "amount"),
    [
        (Money(1234, "EUR"), 1234),
        (Money(500, "JPY"), 500),
        (Money(500, "ISK"), 50_000),
        (Money(12_340, "KWD"), 12_340),
        (Money(100_000, "XAF"), 1_000),
    ],
)
def test_there_and_back(money, amount):
    assert (at_service(money), from_service(amount, money.currency.lower())) == (amount, money)


def test_what_it_cannot_count_is_refused():
    with pytest.raises(ServiceRefused, match="cannot be paid by card"):
        at_service(Money(150, "XAF"))


@pytest.mark.django_db(transaction=True)
def test_the_service_is_never_asked_inside_a_transaction():
    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        service_at("sk_test_x", "http://127.0.0.1:9").account_name()
