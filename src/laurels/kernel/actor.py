"""Who acts. Made once at a door (request, task, command) and handed to every action."""

from dataclasses import dataclass, field, replace
from typing import Self


@dataclass(frozen=True, slots=True)
class Right:
    """One role of the actor in one organisation: ``kind`` is a ``people.Role.Kind`` value."""

    kind: str
    organisation_id: int
    is_body: bool = field(default=False, compare=False)
    is_provider: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class Actor:
    """A person, or the system under a name such as ``demo`` or ``worker``; equality is identity."""

    person_id: int | None = None
    system: str = ""
    rights: frozenset[Right] = field(default=frozenset(), compare=False)
    # The room, if any, that this browser came into as its host: people lead a room of their own without an account.
    hosted_room: int | None = field(default=None, compare=False)
    # The orders that this browser placed without having signed in: whoever placed them is their buyer for us.
    placed_orders: frozenset[int] = field(default=frozenset(), compare=False)

    @classmethod
    def of_system(cls, name: str) -> Self:
        return cls(system=name)

    @property
    def is_anonymous(self) -> bool:
        return self.person_id is None and not self.system

    @property
    def is_system(self) -> bool:
        return bool(self.system)

    def hosting(self, room: int) -> Self:
        """The same actor as the host of a room."""
        return replace(self, hosted_room=room)

    def having_placed(self, *orders: int) -> Self:
        """The same actor as the buyer of these orders."""
        return replace(self, placed_orders=self.placed_orders | set(orders))

    def has(self, *kinds: str, at: int) -> bool:
        """Whether the actor holds any of the roles at the organisation; an owner holds every role of staff."""
        if self.is_system:
            return True
        held = {right.kind for right in self.rights if right.organisation_id == at}
        if "owner" in held and "staff" in kinds:
            return True
        return bool(held & set(kinds))

    def organisations(self, *kinds: str) -> set[int]:
        """Ids of the organisations where the actor holds any of the roles (owners count as staff)."""
        return {right.organisation_id for right in self.rights if self.has(*kinds, at=right.organisation_id)}

    def __str__(self) -> str:
        if self.person_id is not None:
            return f"person:{self.person_id}"
        return f"system:{self.system}" if self.system else "anonymous"


ANONYMOUS = Actor()
