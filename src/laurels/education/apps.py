from django.apps import AppConfig


class EducationConfig(AppConfig):
    name = "laurels.education"
    label = "education"
