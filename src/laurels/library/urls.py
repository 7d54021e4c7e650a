from django.urls import path

from laurels.library import views

urlpatterns = [
    path("learn", views.path, name="learn"),
    path("learn/<slug:key>", views.lesson, name="lesson"),
    path("learn/<slug:key>/done", views.done, name="lesson-done"),
]
