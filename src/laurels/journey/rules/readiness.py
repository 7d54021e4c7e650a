"""What somebody does before class: nothing of it is a condition, and nothing of it is asked for in class."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


@dataclass(frozen=True, slots=True)
class Known:
    """The bare facts of one seat before its class. ``order`` and ``next_lesson`` are empty where there is none."""

    seat: str
    workshop: str
    order: str
    is_paid: bool
    lessons: int
    read: int
    minutes: int
    next_lesson: str
    has_told: bool
    may_tell: bool
    has_said: bool
    may_say: bool
    name: str


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the list. ``url`` stays where one may look again; an item that can no longer be done has none."""

    title: Any
    state: str
    sentence: Any = ""
    url: str = ""
    label: Any = ""

    @property
    def is_done(self) -> bool:
        return self.state == "done"

    @property
    def is_open(self) -> bool:
        return self.state == "turn"


def items_of(known: Known) -> list[Item]:
    """In the order in which they are best done."""
    items = [_paid(known)] if known.order else []
    items += [_told(known), _said(known)]
    if known.lessons:
        items.append(_read(known))
    return [*items, _named(known)]


def _paid(known: Known) -> Item:
    url = f"/orders/{known.order}"
    if known.is_paid:
        return Item(_("Seat paid"), "done", "", url, _("Look at the invoice"))
    return Item(_("Pay for your seat"), "turn", _("Your invoice says how."), url, _("Open the invoice"))


def _told(known: Known) -> Item:
    title, url = _("Say what you expect"), f"/workshops/{known.workshop}/expectations"
    if known.has_told:
        return Item(title, "done", _("Your trainers plan with it."), url, _("Look again"))
    if not known.may_tell:
        return Item(title, "missed", _("The class is over."))
    return Item(title, "turn", _("Three questions, two minutes."), url, _("Answer"))


def _said(known: Known) -> Item:
    title, url = _("Say how sure you feel"), f"/workshops/{known.workshop}/confidence"
    if known.has_said:
        return Item(title, "done", _("After class you see what has moved."), url, _("Look again"))
    if not known.may_say:
        return Item(title, "missed", _("The class has begun."))
    return Item(title, "turn", _("A number for each group of topics, three minutes."), url, _("Answer"))


def _read(known: Known) -> Item:
    counted = _("%(n)s of %(m)s read") % {"n": known.read, "m": known.lessons}
    if not known.next_lesson:
        return Item(_("Read the lessons"), "done", counted, "/learn", _("Look again"))
    left = ngettext("about one minute to go", "about %(n)s minutes to go", known.minutes) % {"n": known.minutes}
    label = _("Read on") if known.read else _("Begin")
    return Item(_("Read the lessons"), "turn", f"{counted}, {left}", f"/learn/{known.next_lesson}", label)


def _named(known: Known) -> Item:
    url = f"/seats/{known.seat}/declaration"
    if known.name:
        return Item(_("Name for the certificate"), "done", known.name, url, _("Look again"))
    sentence = _("It is printed as you write it. It can wait until after class.")
    return Item(_("Confirm your name for the certificate"), "turn", sentence, url, _("Confirm my name"))
