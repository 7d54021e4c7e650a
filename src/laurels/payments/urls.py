from django.urls import path

from laurels.payments import views

urlpatterns = [
    path("organisations/<slug:slug>/orders", views.order_list, name="orders"),
    path("orders/<slug:public_id>", views.order, name="order"),
    path("orders/<slug:public_id>/payment", views.payment, name="order-payment"),
    path("orders/<slug:public_id>/billing", views.billing, name="order-billing"),
]
