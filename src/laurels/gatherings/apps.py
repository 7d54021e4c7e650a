from datetime import timedelta

from django.apps import AppConfig


class GatheringsConfig(AppConfig):
    name = "laurels.gatherings"
    label = "gatherings"

    def ready(self) -> None:
        from laurels.gatherings import tasks
        from laurels.journal.actions import periodic

        periodic["gatherings.tend"] = (tasks.tend, timedelta(minutes=1))
        periodic["gatherings.plan_ahead"] = (tasks.plan_ahead, timedelta(hours=6))
        periodic["gatherings.remind"] = (tasks.remind, timedelta(minutes=15))
