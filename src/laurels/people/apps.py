from datetime import timedelta

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "laurels.people"
    label = "people"

    def ready(self) -> None:
        from laurels.journal.actions import periodic
        from laurels.people import tasks

        periodic["people.forget_proofs"] = (tasks.forget_proofs, timedelta(hours=6))
