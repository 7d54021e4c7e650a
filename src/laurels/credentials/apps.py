from django.apps import AppConfig


class CredentialsConfig(AppConfig):
    name = "laurels.credentials"
    label = "credentials"

    def ready(self) -> None:
        from laurels.credentials.queries import needs_in_words
        from laurels.programmes.queries.needs import readers

        readers["credentials"] = needs_in_words
