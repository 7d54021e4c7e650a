from django.apps import AppConfig


class LibraryConfig(AppConfig):
    name = "laurels.library"
    label = "library"
