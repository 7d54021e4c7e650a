from django.apps import AppConfig


class JourneyConfig(AppConfig):
    name = "laurels.journey"
    label = "journey"

    def ready(self) -> None:
        from laurels.journal.actions import reactions
        from laurels.journey.reactions import by_fact_name

        reactions.update(by_fact_name())
