from django.urls import include, path

urlpatterns = [
    path("", include("laurels.people.urls")),
]
