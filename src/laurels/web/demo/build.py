"""Builds the demo through the real actions, with past clocks, so that its journal reads like a year of real life."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from django.conf import settings

from laurels import typesetting
from laurels.credentials.actions import award, claim_experience, validate_experience
from laurels.education import actions as education
from laurels.journal.worker import drain
from laurels.kernel.money import Money
from laurels.kernel.periods import add_months
from laurels.library.actions import import_articles, import_books
from laurels.people import actions as people
from laurels.people.models import Organisation, Person, Role
from laurels.programmes.actions import load_pack
from laurels.programmes.models import Scheme
from laurels.web.demo import asked, belonging, cast, meeting, play, selling
from laurels.web.demo.held import hold_the_class
from laurels.web.demo.stage import DEMO, Offer, Stage, next_workday, offer_workshop
from laurels.workshops import actions as workshops
from laurels.workshops.models import Confidence, Workshop

MEMBERS = 40
# The first member was certified 713 days ago: her term ends in about two weeks.
MIRAS_PLACE = 33
Say = Callable[[str], None]


def is_built() -> bool:
    return Organisation.objects.filter(slug=cast.HARBOUR.slug).exists()


def build(*, now: datetime, say: Say) -> None:
    """Fill an empty database with the demo; a database that already has it stays as it is."""
    if is_built():
        return
    say("Loading the CSPO pack")
    stage = set_the_stage(now)
    say("Announcing four workshops")
    selling.say_how_harbour_bills(stage)
    announce_workshops(stage)
    selling.sell_the_class_in_hamburg(stage)
    say(f"Certifying {MEMBERS} members")
    certify_members(stage)
    let_lapse(stage)
    stock_the_library(stage)
    say("Holding a class of 18")
    hold_the_class(stage)
    play.enter(cast.NOOR.email, cast.NOOR.name, now=now)
    belonging.belong(stage)
    say("Meeting for coffee")
    meeting.meet_up(stage)
    say("Writing letters and signing credentials")
    drain()


def set_the_stage(now: datetime) -> Stage:
    founded = now - timedelta(days=900)
    load_pack(settings.PACKS / "cspo", by=DEMO, now=founded)
    body = Organisation.objects.get(slug="commonground")
    harbour, maple = (_provider(p, founded) for p in (cast.HARBOUR, cast.MAPLE))
    return Stage(
        now=now,
        body=body,
        harbour=harbour,
        maple=maple,
        tess=_colleague(cast.TESS.name, cast.TESS.email, harbour, Role.Kind.TRAINER, founded),
        kenji=_colleague(*cast.KENJI, maple, Role.Kind.TRAINER, founded),
        sam=_colleague(cast.SAM.name, cast.SAM.email, harbour, Role.Kind.OWNER, founded),
        bo=_colleague(cast.BO.name, cast.BO.email, body, Role.Kind.OWNER, founded),
    )


def _provider(provider: cast.Provider, now: datetime) -> Organisation:
    return people.found(
        provider.slug,
        provider.name,
        is_body=False,
        is_provider=True,
        zone=provider.zone,
        email=provider.email,
        about=provider.about,
        by=DEMO,
        now=now,
    )


def _colleague(name: str, email: str, organisation: Organisation, kind: str, now: datetime) -> Person:
    person = play.enter(email, name, now=now)
    people.grant(person, organisation, kind, by=DEMO, now=now)
    return person


def announce_workshops(stage: Stage) -> None:
    """Four workshops in three time zones: free and priced, online and in a room, one of them full."""
    for number, offer in enumerate(_offers(stage.today)):
        workshop = offer_workshop(stage, offer, written=stage.now - timedelta(days=30))
        for guest in range(offer.booked):
            name, email = cast.guest(number * 10 + guest)
            when = stage.now - timedelta(days=12 - guest)
            workshops.book(workshop, people.meet(email, name, by=DEMO, now=when), name=name, by=DEMO, now=when)
        asked.tell_expectations(workshop, now=stage.now - timedelta(days=1))
        asked.say_confidence(workshop, Confidence.Moment.BEFORE, now=stage.now - timedelta(hours=8))


def _offers(today: date) -> list[Offer]:
    soon, later, sooner, latest = (next_workday(today + timedelta(days=days)) for days in (9, 23, 16, 37))
    online, room = Workshop.Mode.ONLINE, Workshop.Mode.IN_PERSON
    return [
        Offer("harbour", soon, online, "", "Europe/Berlin", 14, Money(0, "EUR"), 11),
        Offer("harbour", later, room, "Speicherstadt 12, Hamburg", "Europe/Berlin", 12, Money(119000, "EUR"), 3),
        Offer("maple", sooner, online, "", "America/Vancouver", 16, Money(139500, "CAD"), 2),
        Offer("maple", latest, room, "88 Amoy Street, Singapore", "Asia/Singapore", 4, Money(165000, "SGD"), 4),
    ]


def certify_members(stage: Stage) -> None:
    """Forty members whose terms began three weeks to twenty-eight months ago: fresh, ending, in grace, lapsed."""
    scheme = Scheme.objects.get(body=stage.body, code="CSPO")
    for index in range(MEMBERS):
        name, email = cast.member(index)
        days = 20 + (index + MIRAS_PLACE) % MEMBERS * 21
        on = stage.today - timedelta(days=days)
        then = stage.now - timedelta(days=days)
        person = (
            play.enter(email, name, now=then)
            if email == cast.MIRA.email
            else people.meet(email, name, by=DEMO, now=then)
        )
        award(person, scheme, name=name, on=on, by=DEMO, now=then)
        if email == cast.MIRA.email:
            keep_learning(person, stage)
            tell_of_work(person, stage)


def let_lapse(stage: Stage) -> None:
    """Liv holds two certificates that ended four months ago, and has learnt enough to bring both back."""
    on = add_months(stage.today - timedelta(days=120), -24)
    then = stage.now - (stage.today - on)
    liv = play.enter(cast.LIV.email, cast.LIV.name, now=then)
    for scheme in Scheme.objects.filter(body=stage.body, code__in=("CSPO", "CSM")).order_by("code"):
        award(liv, scheme, name=liv.name, on=on, by=DEMO, now=then)
    for weeks, (title, minutes, category, words) in enumerate(cast.LEARNT, start=1):
        day = stage.now - timedelta(weeks=weeks * 5 + 1)
        for fold in ("", ", once more"):
            education.report(
                liv,
                title + fold,
                on=day.date(),
                minutes=minutes,
                category=category,
                words=words,
                by=liv.actor,
                now=day,
            )


def stock_the_library(stage: Stage) -> None:
    files = sorted((Path(__file__).parent / "articles").glob("*.md"))
    for _done in import_articles(stage.body, ((one.name, one.read_bytes()) for one in files), by=DEMO, now=stage.now):
        pass
    for _done in import_books(stage.body, print_books(), by=DEMO, now=stage.now - timedelta(days=60)):
        pass


def print_books() -> Iterator[tuple[str, bytes]]:
    """The demo's own books, typeset here: the same bytes whenever the demo is built."""
    for template in sorted((Path(__file__).parent / "books").glob("*.typ")):
        yield f"{template.stem}.pdf", typesetting.pdf(template, {}, at=datetime(2026, 9, 1, tzinfo=UTC))


def keep_learning(person: Person, stage: Stage) -> None:
    """Seventeen of the twenty units that a renewal takes, over a year and a half."""
    for weeks, (title, minutes, category, words) in enumerate(cast.LEARNT, start=1):
        then = stage.now - timedelta(weeks=weeks * 6)
        education.report(
            person, title, on=then.date(), minutes=minutes, category=category, words=words, by=person.actor, now=then
        )


def tell_of_work(person: Person, stage: Stage) -> None:
    """Eight of the twelve months that A-CSPO asks are validated; five more wait for the body."""
    then = stage.now - timedelta(days=3)
    begun = add_months(stage.today, -14)
    for organisation, since, until, did in (
        (cast.WORK[0][0], begun, add_months(begun, 8), cast.WORK[0][1]),
        (cast.WORK[1][0], add_months(begun, 9), None, cast.WORK[1][1]),
    ):
        told = claim_experience(
            person,
            stage.body,
            "Product Owner",
            organisation=organisation,
            since=since,
            until=until,
            did=did,
            by=person.actor,
            now=then,
        )
        if until:
            validate_experience(told, by=stage.bo.actor, now=then)
