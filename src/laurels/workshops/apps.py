from datetime import timedelta

from django.apps import AppConfig


class WorkshopsConfig(AppConfig):
    name = "laurels.workshops"
    label = "workshops"

    def ready(self) -> None:
        from laurels.journal.actions import periodic
        from laurels.workshops import tasks

        periodic["workshops.tend_choices"] = (tasks.tend_choices, timedelta(hours=1))
        periodic["workshops.ask_to_decide"] = (tasks.ask_to_decide, timedelta(hours=6))
