"""A class that was just held: Ada, Grace and Alan had seats, Tess trained."""

from functools import cached_property

import pytest
from django.test import Client

from laurels.kernel.actor import Actor
from laurels.participation.actions import (
    accept_line,
    attest_throughout,
    declare,
    note_attendance,
    note_coverage,
    receive_roster,
    remark,
    return_line,
    sign_roster,
    submit_roster,
)
from laurels.participation.models import HeldExercise, Line, Remark, Roster
from laurels.participation.rules import Held
from laurels.people.models import Person
from laurels.programmes.models import Block
from laurels.workshops.models import Seat, Workshop
from tests.world.cast import World


class Class:
    def __init__(self, world: World, **changes: object) -> None:
        self.world = world
        self.changes = changes

    @cached_property
    def workshop(self) -> Workshop:
        return self.world.workshop_with(**{"state": Workshop.State.HELD, **self.changes})

    def seat_of(self, person: Person, **changes: object) -> Seat:
        return Seat.objects.create(
            **{
                "workshop": self.workshop,
                "person": person,
                "name": person.name,
                "taken_at": self.world.morning,
                **changes,
            }
        )

    @cached_property
    def alan(self) -> Seat:
        return self.seat_of(self.world.person("Alan"))

    @cached_property
    def ada(self) -> Seat:
        return self.seat_of(self.world.ada)

    @cached_property
    def grace(self) -> Seat:
        return self.seat_of(self.world.grace)

    @cached_property
    def blocks(self) -> dict[str, Block]:
        return {block.key: block for block in self.workshop.curriculum.blocks.in_order()}

    def note(self, seat: Seat, *, by: Person | None = None, now: object = None, seen: object = None, **minutes: int):
        """Minutes by block key, such as ``open=30``."""
        places = {(seat.pk, self.blocks[key].pk): number for key, number in minutes.items()}
        by = by or self.world.tess
        return note_attendance(self.workshop, places, seen=seen, by=by.actor, now=now or self.world.after_class)

    room = Actor.of_system("room")

    def ran(self, key: str, levels: dict[Seat, str], *, position: int = 1, is_required: bool = True) -> HeldExercise:
        """An exercise was run in the room, and its rule says how each took part."""
        title = key.replace("-", " ").capitalize()
        exercise = Held(key, title, f"Taking part in {title}.", self.blocks["vision"].pk, position, is_required)
        by_seat = {seat.pk: level for seat, level in levels.items()}
        note_coverage(self.workshop, exercise, by_seat, by=self.room, now=self.world.after_class)
        return self.workshop.held_exercises.get(key=key)

    @cached_property
    def remark(self) -> Remark:
        """Ada says that her minutes are not right."""
        return remark(self.ada, None, "I came at nine.", by=self.world.ada.actor, now=self.world.after_class)

    def there_throughout(self, *seats: Seat) -> None:
        for seat in seats:
            self.note(seat, open=30, vision=45, review=60)

    def confirm(self, *seats: Seat, **changes: object) -> None:
        for seat in seats:
            words = {"certificate_name": seat.name, "email": seat.person.email, "is_member_already": False, **changes}
            declare(seat, **words, by=seat.person.actor, now=self.world.after_class)

    def decided(self, *seats: Seat) -> None:
        """Present, confirmed and eligible."""
        self.there_throughout(*seats)
        self.confirm(*seats)
        attest_throughout(self.workshop, by=self.world.tess.actor, now=self.world.after_class)

    def signed(self, *seats: Seat) -> Roster:
        self.decided(*seats)
        return sign_roster(self.workshop, by=self.world.tess.actor, now=self.world.after_class)

    def submitted(self, *seats: Seat) -> Roster:
        return submit_roster(self.signed(*seats), by=self.world.tess.actor, now=self.world.after_class)

    def received(self, *seats: Seat) -> Roster:
        return receive_roster(self.submitted(*seats), by=self.world.bo.actor, now=self.world.after_class)

    def line_of(self, seat: Seat) -> Line:
        return seat.lines.latest("pk")

    def accept(self, seat: Seat) -> Line:
        return accept_line(self.line_of(seat), by=self.world.bo.actor, now=self.world.after_class)

    def send_back(self, seat: Seat, reason: str = "Day two?") -> Line:
        return return_line(self.line_of(seat), reason=reason, by=self.world.bo.actor, now=self.world.after_class)


@pytest.fixture
def held(world: World) -> Class:
    return Class(world)


def browser_of(person: Person) -> Client:
    """A browser in which the person has signed in."""
    browser = Client()
    browser.force_login(person)
    return browser
