from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "laurels.web"
    label = "web"

    def ready(self) -> None:
        from laurels.web import checks  # noqa: F401
