"""What the shell template needs on every page."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlparse

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from laurels.kernel.actor import ANONYMOUS, Actor
from laurels.people.models import Person


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the main menu."""

    path: str
    label: Any
    here: str

    @property
    def is_page(self) -> bool:
        return self.here == self.path

    @property
    def is_here(self) -> bool:
        return self.is_page or self.here.startswith(f"{self.path}/")


class Shell:
    """Asks the database only when drawn: nothing for strangers, the roles (which pages need anyway) for others."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    @cached_property
    def person(self) -> Person | None:
        # request.user itself is lazy; a page drawn before the middleware ran (a bad host name) has none.
        user = getattr(self.request, "user", None)
        return user if user is not None and user.is_authenticated else None

    @property
    def actor(self) -> Actor:
        return getattr(self.request, "actor", ANONYMOUS) if self.person else ANONYMOUS

    @cached_property
    def menu(self) -> list[Entry]:
        return [Entry(path, label, self.request.path) for path, label in self._menu()]

    def _menu(self) -> Iterator[tuple[str, Any]]:
        if self.person:
            yield "/journey", _("My journey")
        yield "/learn", _("Learn")
        yield "/workshops", _("Workshops")
        yield "/gatherings", _("Gatherings")
        if self.person:
            yield "/certifications", _("Certifications")
            yield "/members", _("Members")
        yield "/verify", _("Verify")
        rights = self.actor.rights
        if any(right.is_provider or right.kind == "trainer" for right in rights):
            yield "/desk", _("Desk")
        if any(right.is_body for right in rights):
            yield "/body", _("Body")

    @property
    def back(self) -> str:
        """The page of ours the reader came from, else home."""
        came_from = urlparse(self.request.headers.get("Referer", ""))
        if came_from.netloc != self.request.get_host():
            return "/"
        return came_from.path + (f"?{came_from.query}" if came_from.query else "")


def shell(request: HttpRequest) -> dict[str, Any]:
    return {
        "shell": Shell(request),
        "mode": settings.MODE,
        "public_url": settings.PUBLIC_URL,
        "debug_components": settings.DEBUG,
    }
