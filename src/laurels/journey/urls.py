from django.urls import path

from laurels.journey import views

app_name = "journey"

urlpatterns = [
    path("journey", views.my_journey, name="mine"),
    path("journey/<slug:public_id>/ready", views.ready, name="ready"),
    path("journey/<slug:public_id>/nudges", views.nudges, name="nudges"),
    path("me/calendar", views.calendar, name="calendar"),
    path("me/calendar/revocation", views.calendar_revocation, name="calendar-revocation"),
    path("calendars/<slug:secret>.ics", views.calendar_feed, name="calendar-feed"),
    path("desk/workshops/<slug:public_id>/tracking", views.workshop_tracking, name="workshop-tracking"),
    path("body/tracking", views.body_tracking, name="body-tracking"),
]
