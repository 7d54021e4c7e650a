import typer

from laurels.web.commands import say, start, warn


def fsck() -> None:
    """Look through the whole database, and the card service's lists, for what does not agree; name each place.

    Exit 1 if there is a fault, 2 if there is none but a card service did not answer.
    """
    start()
    from django.utils import timezone

    from laurels.payments.actions import compare_with_service
    from laurels.people.models import Organisation
    from laurels.web.soundness import PARTS

    found = unasked = 0
    for organisation in Organisation.objects.order_by("slug"):
        for part, look in PARTS.items():
            for fault in look(organisation):
                found += 1
                warn(f"{organisation.slug}, {part}: {fault}")
        compared = compare_with_service(organisation, now=timezone.now())
        for fault in compared.faults:
            found += 1
            warn(f"{organisation.slug}, card service: {fault}")
        if compared.problem:
            unasked += 1
            warn(f"{organisation.slug}, card service: not compared, it does not answer: {compared.problem}")
    if found:
        say(f"{found} fault." if found == 1 else f"{found} faults.")
        raise typer.Exit(1)
    if unasked:
        say("Everything here agrees. Not every card service could be asked.")
        raise typer.Exit(2)
    say("Everything agrees.")
