from django.apps import AppConfig


class MailConfig(AppConfig):
    name = "laurels.mail"
    label = "mail"

    def ready(self) -> None:
        """A written letter leaves by itself: the one reaction that stays inside its stage."""
        from laurels.journal.actions import reactions
        from laurels.journal.models import fact_name
        from laurels.mail import facts, tasks

        reactions.setdefault(fact_name(facts.LetterWritten), []).append(tasks.send)
