from datetime import timedelta

from django.apps import AppConfig


class PaymentsConfig(AppConfig):
    name = "laurels.payments"
    label = "payments"

    def ready(self) -> None:
        from laurels.journal.actions import periodic
        from laurels.payments import tasks

        periodic["payments.remind"] = (tasks.remind_of_payments, timedelta(hours=6))
