from datetime import timedelta

from django.apps import AppConfig


class PaymentsConfig(AppConfig):
    name = "laurels.payments"
    label = "payments"

    def ready(self) -> None:
        from laurels.journal.actions import periodic
        from laurels.payments import tasks

        periodic["payments.end_overdue_holds"] = (tasks.end_overdue_holds, timedelta(seconds=30))
        periodic["payments.look_after_cards"] = (tasks.look_after_cards, timedelta(seconds=60))
        periodic["payments.remind"] = (tasks.remind_of_payments, timedelta(hours=6))
