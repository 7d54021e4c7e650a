from datetime import timedelta

from django.apps import AppConfig


class WorkshopsConfig(AppConfig):
    name = "laurels.workshops"
    label = "workshops"

    def ready(self) -> None:
        from laurels.journal.actions import periodic
        from laurels.workshops import tasks

        periodic["workshops.tend_queues"] = (tasks.tend_queues, timedelta(minutes=1))
