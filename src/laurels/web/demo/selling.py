"""How the demo's provider sells: its tax and bank, early birds, groups, an extra, terms and a coupon."""

from datetime import timedelta

from laurels.payments.actions import set_billing
from laurels.web.demo.stage import DEMO, Stage
from laurels.workshops.actions import make_coupon, set_sale
from laurels.workshops.models import Workshop
from laurels.workshops.rules import ExtraLine, Step, Terms

TERMS = Terms((Step(10, 100), Step(5, 50)), 5, 4_500, "business")


def say_how_harbour_bills(stage: Stage) -> None:
    set_billing(
        stage.harbour,
        legal_name="Harbour Product School GmbH",
        address="Speicherstadt 12\n20457 Hamburg",
        country="DE",
        tax_id="DE123456789",
        tax_basis_points=1900,
        is_tax_included=True,
        has_reverse_charge=True,
        bank="Elbe-Bank",
        iban="DE02120300000000202051",
        bic="BYLADEM1001",
        prefix="HPS-",
        by=DEMO,
        now=stage.now - timedelta(days=60),
    )


def sell_the_class_in_hamburg(stage: Stage) -> None:
    workshop = Workshop.objects.filter(provider=stage.harbour, price_minor__gt=0).bookable().soonest_first()[0]
    set_sale(
        workshop,
        terms=TERMS,
        extras=[ExtraLine("Dinner at the harbour, first evening", 3_900)],
        early_minor=99_000,
        early_until=stage.today + timedelta(days=7),
        early_seats=8,
        group_from=4,
        group_minor=95_000,
        minimum=4,
        decide_on=workshop.starts_on - timedelta(days=10),
        by=DEMO,
        now=stage.now - timedelta(days=29),
    )
    make_coupon(stage.harbour, code="AHOY10", percent=10, note="Newsletter", by=DEMO, now=stage.now)
