from django.apps import AppConfig


class JourneyConfig(AppConfig):
    name = "laurels.journey"
    label = "journey"
