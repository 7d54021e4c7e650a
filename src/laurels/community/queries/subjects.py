"""What can be reported. A kind is a word and a way to find one of its things for somebody who can see it.

For things of an earlier stage a finder is written here; a later stage adds its own at start-up:
``subjects["meal"] = find``. Whether a ruling hides a thing says ``queries.is_hidden``; an earlier stage, which cannot
ask, is told by a reaction to ``facts.CaseRuled`` and ``facts.RulingLifted``.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from laurels.community.models import Message, Profile
from laurels.community.rules import language_names
from laurels.gatherings.models import Gathering
from laurels.gatherings.queries import as_markdown, came_of
from laurels.kernel.actor import Actor
from laurels.people.models import Person


@dataclass(frozen=True, slots=True)
class Subject:
    """``title`` says what it is, ``text`` is what it says now, ``path`` where the reader came from."""

    title: Any
    text: str
    concerned: Person | None
    path: str


type Find = Callable[[str, Actor, datetime], Subject | None]


def find_subject(kind: str, subject: str, by: Actor, now: datetime) -> Subject | None:
    """None where there is no such thing, or none that the actor can see."""
    find = subjects.get(kind)
    return find(subject, by, now) if find else None


def _profile(subject: str, by: Actor, now: datetime) -> Subject | None:
    found = Profile.objects.visible_to(by, now).filter(public_id=subject).select_related("person").first()
    if found is None:
        return None
    title = _("The profile of %(name)s") % {"name": found.person.name}
    return Subject(title, profile_text(found), found.person, f"/members/{subject}")


def profile_text(profile: Profile) -> str:
    """Everything the person wrote on it."""
    languages = ", ".join(language_names().get(code, code) for code in profile.languages)
    return "\n".join(filter(None, [profile.person.name, profile.place, languages, profile.about, *profile.links]))


def _message(subject: str, by: Actor, now: datetime) -> Subject | None:
    """Only the two who write to each other can report what they got."""
    seen = Message.objects.filter(public_id=subject, conversation__parties__person=by.person_id or 0)
    found = seen.select_related("author", "conversation").first()
    if found is None:
        return None
    title = _("A message from %(name)s") % {"name": found.author.name}
    return Subject(title, found.text, found.author, f"/conversations/{found.conversation.public_id}")


def _gathering(subject: str, by: Actor, now: datetime) -> Subject | None:
    """What anybody can read of it. Many wrote it, so nobody is concerned alone."""
    found = Gathering.objects.filter(public_id=subject, hidden_at=None).first()
    if found is None:
        return None
    title = _("The gathering “%(title)s”") % {"title": found.title}
    said = as_markdown(came_of(found))
    return Subject(title, f"{found.title}\n{found.about}\n\n{said}", None, f"/gatherings/{subject}")


subjects: dict[str, Find] = {"profile": _profile, "message": _message, "gathering": _gathering}
