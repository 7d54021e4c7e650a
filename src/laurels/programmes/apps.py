from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    name = "laurels.programmes"
    label = "programmes"
