from django.urls import path

from laurels.web.demo import views

urlpatterns = [
    path("demo", views.stage_door, name="stage-door"),
    path("demo/<str:email>/session", views.enter, name="enter-as"),
]
