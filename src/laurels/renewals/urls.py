from django.urls import path

from laurels.renewals import views

urlpatterns = [
    path("renewals", views.renewals, name="renewals"),
    path("renewals/at/<slug:slug>", views.body_renewals, name="body-renewals"),
    path("renewals/<slug:public_id>/end", views.end, name="renewal-end"),
]
