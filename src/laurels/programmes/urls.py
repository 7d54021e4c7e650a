from django.urls import path

from laurels.programmes.views import exercises, pages

app_name = "programmes"
urlpatterns = [
    path("programmes/<slug:slug>", pages.scheme, name="scheme"),
    path("courses/<slug:slug>", pages.course, name="course"),
    path("policies/<slug:key>", pages.policy, name="policy"),
    path("desk/exercises", exercises.exercises, name="exercises"),
    path("desk/exercises/own.zip", exercises.own_exercises, name="own-exercises"),
    path("desk/exercises/<slug:public_id>", exercises.exercise, name="exercise"),
    path("desk/exercises/<slug:public_id>.toml", exercises.file, name="exercise-file"),
    path("desk/exercises/<slug:public_id>/copies", exercises.copies, name="exercise-copies"),
    path("desk/exercises/<slug:public_id>/words", exercises.words, name="exercise-words"),
    path("desk/exercises/<slug:public_id>/text", exercises.text, name="exercise-text"),
    path("desk/exercises/<slug:public_id>/withdrawal", exercises.withdrawal, name="exercise-withdrawal"),
]
