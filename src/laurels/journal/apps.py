from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "laurels.journal"
    label = "journal"
