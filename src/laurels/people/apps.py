from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "laurels.people"
    label = "people"
