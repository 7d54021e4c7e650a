from django.urls import path

from laurels.mail import views

app_name = "mail"
urlpatterns = [
    path("post-office", views.post_office, name="post_office"),
    path("post-office/<slug:public_id>", views.letter, name="letter"),
    path("post-office/<slug:public_id>/attachments/<int:pk>", views.attachment, name="attachment"),
]
