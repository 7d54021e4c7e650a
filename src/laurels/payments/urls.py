from django.urls import path

from laurels.payments.views import bank, cards, desk, orders, papers, refunds

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
    path("organisations/<slug:slug>/money", desk.money, name="money"),
    path("organisations/<slug:slug>/books", desk.books, name="books"),
    path("organisations/<slug:slug>/export", desk.export, name="money-export"),
    path("organisations/<slug:slug>/bank", bank.bank, name="bank"),
    path("organisations/<slug:slug>/bank/<slug:public_id>", bank.bank_file, name="bank-file"),
    path("organisations/<slug:slug>/bank/<slug:public_id>/confirmation", bank.confirmation, name="bank-confirmation"),
    path("organisations/<slug:slug>/bank/<slug:public_id>/removal", bank.removal, name="bank-removal"),
    path("organisations/<slug:slug>/surplus", bank.surplus, name="surplus"),
    path("organisations/<slug:slug>/surplus/<int:receipt_id>/order", bank.surplus_order, name="surplus-order"),
    path("organisations/<slug:slug>/surplus/<int:receipt_id>/refund", bank.surplus_return, name="surplus-return"),
    path("organisations/<slug:slug>/refunds", refunds.refunds, name="refunds"),
    path("organisations/<slug:slug>/refunds.csv", refunds.transfers, name="refunds-csv"),
    path("organisations/<slug:slug>/refunds/<slug:public_id>/sending", refunds.refund_sent, name="refund-sent"),
    path("orders/<slug:public_id>/return-account", refunds.return_account, name="return-account"),
    path("invoices/<slug:public_id>.pdf", papers.paper, name="invoice-pdf"),
]
