from django.apps import AppConfig


class CredentialsConfig(AppConfig):
    name = "laurels.credentials"
    label = "credentials"
