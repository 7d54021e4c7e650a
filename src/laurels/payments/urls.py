from django.urls import path

from laurels.payments.views import cards, orders

urlpatterns = [
    path("organisations/<slug:slug>/orders", orders.order_list, name="orders"),
    path("organisations/<slug:slug>/billing", orders.billing, name="billing"),
    path("orders/<slug:public_id>", orders.order, name="order"),
    path("orders/<slug:public_id>/payment", orders.payment, name="order-payment"),
    path("orders/<slug:public_id>/billing", orders.order_billing, name="order-billing"),
    path("orders/<slug:public_id>/card", cards.card, name="order-card"),
    path("orders/<slug:public_id>/transfer", cards.transfer, name="order-transfer"),
    path("orders/<slug:public_id>/return", cards.back, name="order-return"),
    path("refunds/<slug:public_id>/sending", cards.refund_sending, name="refund-sending"),
    path("organisations/<slug:slug>/card", cards.card_account, name="card-account"),
    path("organisations/<slug:slug>/card/secret", cards.webhook_secret, name="card-webhook-secret"),
    path("organisations/<slug:slug>/card/activity", cards.card_activity, name="card-activity"),
    path("webhooks/cards/<slug:public_id>", cards.webhook, name="card-webhook"),
]
