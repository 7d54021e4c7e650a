from django.conf import settings
from django.urls import include, path

from laurels.web import views

urlpatterns = [
    path("", views.home, name="home"),
    path("healthz", views.healthz, name="healthz"),
    path("robots.txt", views.robots, name="robots"),
    path("favicon.ico", views.favicon, name="favicon"),
    path("styles/<slug:digest>.css", views.styles, name="styles"),
    path("components", views.components, name="components"),
    path("desk", views.desk, name="desk"),
    path("body", views.body, name="body"),
    path("", include("laurels.people.urls")),
    path("", include("laurels.mail.urls")),
    path("", include("laurels.programmes.urls")),
    path("", include("laurels.payments.urls")),
    path("", include("laurels.library.urls")),
    path("", include("laurels.workshops.urls")),
    path("", include("laurels.rooms.urls")),
    path("", include("laurels.gatherings.urls")),
    path("", include("laurels.participation.urls")),
    path("", include("laurels.credentials.urls")),
    path("", include("laurels.education.urls")),
    path("", include("laurels.renewals.urls")),
    path("", include("laurels.audits.urls")),
    path("", include("laurels.community.urls")),
    path("", include("laurels.journey.urls")),
]

if settings.MODE == "demo":
    urlpatterns.append(path("", include("laurels.web.demo.urls")))
