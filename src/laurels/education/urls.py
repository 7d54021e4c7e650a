from django.urls import path

from laurels.education import views

urlpatterns = [
    path("ledger", views.ledger, name="ledger"),
    path("ledger/entries", views.entries, name="ledger-entries"),
    path("ledger/entries/<slug:public_id>/reversal", views.reversal, name="ledger-reversal"),
]
