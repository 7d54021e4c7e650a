from django.apps import AppConfig


class PaymentsConfig(AppConfig):
    name = "laurels.payments"
    label = "payments"
