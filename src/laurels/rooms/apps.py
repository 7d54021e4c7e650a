from django.apps import AppConfig


class RoomsConfig(AppConfig):
    name = "laurels.rooms"
    label = "rooms"
