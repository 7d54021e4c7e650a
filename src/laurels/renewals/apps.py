from datetime import timedelta

from django.apps import AppConfig


class RenewalsConfig(AppConfig):
    name = "laurels.renewals"
    label = "renewals"

    def ready(self) -> None:
        from laurels.journal.actions import periodic
        from laurels.renewals import tasks

        periodic["renewals.remind_all"] = (tasks.remind_all, timedelta(hours=12))
        periodic["renewals.remind_groups"] = (tasks.remind_groups, timedelta(hours=12))
