from django.apps import AppConfig


class MailConfig(AppConfig):
    name = "laurels.mail"
    label = "mail"
