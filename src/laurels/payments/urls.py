from django.urls import path

from laurels.payments.views import orders, papers

urlpatterns = [
    path("organisations/<slug:slug>/orders", orders.order_list, name="orders"),
    path("orders/<slug:public_id>", orders.order, name="order"),
    path("orders/<slug:public_id>/payment", orders.payment, name="order-payment"),
    path("invoices/<slug:public_id>.pdf", papers.paper, name="invoice-pdf"),
]
