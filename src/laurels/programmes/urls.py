from django.urls import path

from laurels.programmes.views import pages as views

app_name = "programmes"
urlpatterns = [
    path("programmes/<slug:slug>", views.scheme, name="scheme"),
    path("courses/<slug:slug>", views.course, name="course"),
    path("policies/<slug:key>", views.policy, name="policy"),
]
