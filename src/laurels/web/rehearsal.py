"""The whole chain on a real attendee file: import → attest → submit → invite → accept → credentials in a folder.

It plays the people's own steps too, so it works in a rehearsal home of its own and refuses any other database.
"""

import csv
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, fields
from datetime import date, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from laurels.credentials.models import Credential, Invitation
from laurels.credentials.queries import badge_file, certificate_file, did_text
from laurels.journal.worker import drain
from laurels.kernel.actor import Actor
from laurels.kernel.money import Money
from laurels.kernel.refusal import Refusal, require
from laurels.participation import actions as participation
from laurels.participation.models import Roster
from laurels.participation.rules import Declared
from laurels.people import actions as people
from laurels.people.models import Organisation, Person, Role
from laurels.programmes.actions import load_pack
from laurels.programmes.models import Block, Course
from laurels.web.demo import play
from laurels.workshops import actions as workshops
from laurels.workshops.models import AttendeeImport, Workshop

REHEARSER = Actor.of_system("rehearsal")
LARGEST_CLASS = 20_000
# Called with what begins and how many things it has; gives back what to call after each.
Progress = Callable[[str, int], Callable[[], None]]


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one line of the attendee file."""

    line: int
    name: str
    email: str
    result: str
    number: str = ""
    valid_from: str = ""
    valid_until: str = ""
    credential: str = ""
    message: str = ""


@dataclass(slots=True)
class Summary:
    results: list[Result] = field(default_factory=list)

    def count(self, result: str) -> int:
        return sum(one.result == result for one in self.results)


@dataclass(frozen=True, slots=True)
class Crew:
    body: Organisation
    trainer: Person
    registrar: Person


def why_not_rehearse_here() -> Refusal | None:
    """A database with people in it is somebody's; playing their part there would be forgery."""
    if settings.MODE != "rehearsal":
        return Refusal("not-a-rehearsal", _("`laurels journey` only runs in a rehearsal home, never on a live system."))
    if Person.objects.exists():
        return Refusal(
            "in-use", _("This database already holds people. Give an empty one, or leave DATABASE_URL unset.")
        )
    return None


def rehearse(name: str, content: bytes, out: Path, *, held_on: date, now: datetime, progress: Progress) -> Summary:
    """Take every good line of an attendee file to a signed credential below ``out``; bad lines are reported.

    ``held_on`` is the workshop's second day. Raises ``Refused`` when the file cannot be read or the database is in use.
    """
    require(why_not_rehearse_here())
    crew = crew_of_rehearsal(now - timedelta(days=60))
    workshop = announce(crew, held_on, now=now - timedelta(days=40))
    listed = workshops.read_import(workshop, name, content, by=crew.trainer.actor, now=now - timedelta(days=30))
    summary = Summary([_refused(line) for line in listed.lines if line["refusal"]])
    workshops.confirm_import(listed, by=REHEARSER, now=now - timedelta(days=30))
    _hold(workshop, crew, now=now, progress=progress)
    roster = _attest(workshop, crew, now=now, progress=progress)
    _accept_invitations(roster, now=now, progress=progress)
    _write_out(listed, workshop, summary, out, progress=progress)
    return summary


def crew_of_rehearsal(now: datetime) -> Crew:
    """The pack loaded, a school, a trainer and a registrar, as of ``now``."""
    load_pack(settings.PACKS / "cspo", by=REHEARSER, now=now)
    body = Organisation.objects.bodies()[0]
    provider = people.found(
        "rehearsal", "Rehearsal School", is_body=False, is_provider=True, zone=body.zone, by=REHEARSER, now=now
    )
    trainer = people.meet("trainer@rehearsal.example", "Robin Rehearsal", by=REHEARSER, now=now)
    registrar = people.meet("registrar@rehearsal.example", "Riva Registrar", by=REHEARSER, now=now)
    people.grant(trainer, provider, Role.Kind.TRAINER, by=REHEARSER, now=now)
    people.grant(registrar, body, Role.Kind.STAFF, by=REHEARSER, now=now)
    return Crew(body, trainer, registrar)


def announce(crew: Crew, held_on: date, *, now: datetime) -> Workshop:
    """The rehearsal's workshop, whose second day is ``held_on``."""
    workshop = workshops.draft(
        Organisation.objects.get(slug="rehearsal"),
        Course.objects.get(slug="cspo"),
        mode=Workshop.Mode.ONLINE,
        place="",
        zone=crew.body.zone,
        language="en",
        starts_on=held_on - timedelta(days=1),
        ends_on=held_on,
        capacity=LARGEST_CLASS,
        price=Money(0, "EUR"),
        trainers=[crew.trainer],
        by=REHEARSER,
        now=now,
    )
    return workshops.announce(workshop, by=REHEARSER, now=now)


def _refused(line: dict[str, object]) -> Result:
    number, name, email = int(str(line["number"])), str(line["name"]), str(line["email"])
    return Result(number, name, email, "refused", message=str(line["refusal"]))


def _hold(workshop: Workshop, crew: Crew, *, now: datetime, progress: Progress) -> None:
    workshop = workshops.start(workshop, by=crew.trainer.actor, now=now - timedelta(hours=4))
    blocks = list(Block.objects.filter(curriculum=workshop.curriculum_id).counted().in_order())
    seats = list(workshop.seats.values_list("pk", flat=True).order_by("pk"))
    step = progress(_("Noting attendance"), len(seats))
    for chunk in _chunks(seats, 200):
        minutes = {(seat, block.pk): block.minutes for seat in chunk for block in blocks}
        participation.note_attendance(workshop, minutes, by=crew.trainer.actor, now=now - timedelta(hours=3))
        for _seat in chunk:
            step()
    workshops.hold(workshop, by=crew.trainer.actor, now=now - timedelta(hours=3))


def _chunks(items: list[int], size: int) -> Iterable[list[int]]:
    return (items[start : start + size] for start in range(0, len(items), size))


def _attest(workshop: Workshop, crew: Crew, *, now: datetime, progress: Progress) -> Roster:
    step = progress(_("Confirming names, deciding, signing the roster"), 6)
    seats = list(workshop.seats.by_name().select_related("person").prefetch_related("person__addresses"))
    words = {seat.pk: Declared(seat.name, seat.person.email, is_member_already=False) for seat in seats}
    participation.declare_all(workshop, words, by=REHEARSER, now=now)
    step()
    participation.attest_throughout(workshop, by=crew.trainer.actor, now=now)
    step()
    roster = participation.sign_roster(workshop, by=crew.trainer.actor, now=now)
    step()
    roster = participation.submit_roster(roster, by=crew.trainer.actor, now=now)
    step()
    roster = participation.receive_roster(roster, by=crew.registrar.actor, now=now)
    step()
    participation.accept_roster(roster, by=crew.registrar.actor, now=now)
    step()
    return roster


def _accept_invitations(roster: Roster, *, now: datetime, progress: Progress) -> None:
    drain()
    invitations = Invitation.objects.filter(line__roster=roster).select_related("line__seat__person").order_by("pk")
    step = progress(_("Accepting invitations"), invitations.count())
    for invitation in invitations:
        play.accept(invitation, invitation.line.seat.person, now=now)
        step()
    drain()


def _write_out(listed: AttendeeImport, workshop: Workshop, summary: Summary, out: Path, *, progress: Progress) -> None:
    for folder in ("credentials", "certificates", "badges"):
        (out / folder).mkdir(parents=True, exist_ok=True)
    numbers = {line["email"]: int(line["number"]) for line in listed.lines if not line["refusal"]}
    credentials = Credential.objects.filter(term__certification__line__seat__workshop=workshop).select_related(
        "term__certification__line__seat"
    )
    step = progress(_("Writing credentials"), credentials.count())
    for credential in credentials.order_by("pk"):
        summary.results.append(_write_one(credential, numbers, out))
        step()
    (out / "issuer.json").write_text(did_text("commonground") or "", encoding="utf-8")
    summary.results.sort(key=lambda one: one.line)
    _write_summary(summary, out)


def _write_one(credential: Credential, numbers: dict[str, int], out: Path) -> Result:
    term = credential.term
    certification = term.certification
    assert certification.line is not None
    email = certification.line.email
    (out / "credentials" / f"{certification.number}.json").write_text(credential.document, encoding="utf-8")
    (out / "certificates" / f"{certification.number}.pdf").write_bytes(certificate_file(credential))
    (out / "badges" / f"{certification.number}.png").write_bytes(badge_file(credential))
    return Result(
        numbers[email],
        credential.name,
        email,
        "certified",
        certification.number,
        str(term.valid_from),
        str(term.valid_until or ""),
        f"credentials/{certification.number}.json",
    )


def _write_summary(summary: Summary, out: Path) -> None:
    columns = [one.name for one in fields(Result)]
    rows = [{column: getattr(result, column) for column in columns} for result in summary.results]
    (out / "summary.json").write_text(json.dumps(rows, indent=2, ensure_ascii=False), encoding="utf-8")
    with (out / "summary.csv").open("w", encoding="utf-8-sig", newline="") as sheet:
        writer = csv.DictWriter(sheet, columns)
        writer.writeheader()
        writer.writerows({key: _formula_safe(value) for key, value in row.items()} for row in rows)


def _formula_safe(value: object) -> str:
    """A cell that no spreadsheet takes for a formula."""
    text = str(value)
    return f"'{text}" if text[:1] in {"=", "+", "-", "@", "\t", "\r"} else text
