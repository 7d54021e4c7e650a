from datetime import timedelta

from django.apps import AppConfig


class AuditsConfig(AppConfig):
    name = "laurels.audits"
    label = "audits"

    def ready(self) -> None:
        from laurels.audits import tasks
        from laurels.journal.actions import periodic

        periodic["audits.clear_evidence"] = (tasks.clear_evidence, timedelta(hours=24))
        periodic["audits.remind"] = (tasks.remind, timedelta(hours=12))
        periodic["audits.pause_missing"] = (tasks.pause_missing, timedelta(hours=12))
