from django.apps import AppConfig


class RenewalsConfig(AppConfig):
    name = "laurels.renewals"
    label = "renewals"
