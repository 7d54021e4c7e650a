from django.apps import AppConfig


class CommunityConfig(AppConfig):
    name = "laurels.community"
    label = "community"
