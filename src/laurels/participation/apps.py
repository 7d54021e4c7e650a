from django.apps import AppConfig


class ParticipationConfig(AppConfig):
    name = "laurels.participation"
    label = "participation"
