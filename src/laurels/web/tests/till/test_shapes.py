"""A second opinion on the shapes: the SDK's own classes know every field that we send."""

import pytest
import stripe

# What the SDK knows and real answers have only now and then, or what came after what we do.
ABSENT_OK = {
    stripe.checkout.Session: {
        *("allowed_payment_method_types", "branding_settings", "customer_account", "excluded_payment_method_types"),
        *("integration_identifier", "line_items", "managed_payments", "name_collection", "optional_items"),
        *("origin_context", "presentment_details", "redirect_on_completion", "tax_id_collection", "wallet_options"),
    },
    stripe.PaymentIntent: {
        *("allowed_payment_method_types", "amount_details", "customer_account", "excluded_payment_method_types"),
        *("hooks", "managed_payments", "payment_details", "payment_method_configuration_details", "payment_record"),
        "presentment_details",
    },
    stripe.Charge: {
        *("authorization_code", "level3", "presentment_details", "radar_options", "refunds", "source", "transfer"),
    },
    stripe.Refund: {"customer_account", "payment_method", "presentment_details"},
    stripe.Dispute: {"intended_submission_method"},
    stripe.BalanceTransaction: set(),
    stripe.Event: {"account", "context"},
}


@pytest.fixture(scope="module")
def things(shared):
    """One of everything, by its class in the SDK."""
    shared.open_account("acct_shapes", "sk_test_shapes")
    client = stripe.StripeClient("sk_test_shapes", base_addresses={"api": shared.base_url}).v1
    price = {"currency": "eur", "unit_amount": 10_000, "product_data": {"name": "A seat"}}
    asked = {"mode": "payment", "line_items": [{"price_data": price, "quantity": 1}], "success_url": "http://s.example"}
    paid = [shared.pay(client.checkout.sessions.create(asked).id)["payment_intent"] for _time in range(2)]
    client.refunds.create({"payment_intent": paid[0]})
    shared.control("POST", "disputes", {"payment_intent": paid[1]})
    lists = [client.checkout.sessions, client.payment_intents, client.charges, client.refunds, client.disputes]
    found = [one.list({"limit": 1}).data[0] for one in [*lists, client.balance_transactions, client.events]]
    return {type(one): one for one in found}


@pytest.mark.parametrize("kind", ABSENT_OK, ids=lambda kind: kind.__name__)
def test_every_field_is_one_that_the_sdk_knows(things, kind):
    ours, theirs = set(things[kind].to_dict()), set(kind.__annotations__) - {"OBJECT_NAME"}

    assert ours - theirs == set()
    assert theirs - ours == ABSENT_OK[kind]
