from datetime import timedelta

from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "laurels.journal"
    label = "journal"

    def ready(self) -> None:
        from laurels.journal import tasks
        from laurels.journal.actions import periodic

        periodic["journal.forget_finished"] = (tasks.forget_finished, timedelta(hours=6))
