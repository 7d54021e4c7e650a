from django.apps import AppConfig


class WorkshopsConfig(AppConfig):
    name = "laurels.workshops"
    label = "workshops"
