from datetime import timedelta

from django.apps import AppConfig


class WorkshopsConfig(AppConfig):
    name = "laurels.workshops"
    label = "workshops"

    def ready(self) -> None:
        from laurels.journal.actions import periodic
        from laurels.workshops import tasks

        periodic["workshops.remind"] = (tasks.remind, timedelta(minutes=15))
        periodic["workshops.remind_of_names"] = (tasks.remind_of_names, timedelta(hours=1))
        periodic["workshops.tend_queues"] = (tasks.tend_queues, timedelta(minutes=1))
        periodic["workshops.tend_choices"] = (tasks.tend_choices, timedelta(hours=1))
        periodic["workshops.ask_to_decide"] = (tasks.ask_to_decide, timedelta(hours=6))
