"""Read models: everything a page about people needs, fully loaded."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any, cast

from django.db.models import ForeignKey, Model, OuterRef, Q, Subquery, UniqueConstraint

from laurels.kernel.actor import Actor
from laurels.people.models import Address, Organisation, Person, Role, RoleInvitation


def primary_email(person: Person) -> str:
    """Where letters for the person go; empty when there is no address at all."""
    return person.addresses.best_first().values_list("email", flat=True).first() or ""


def next_email(person_id: int, tried: set[str]) -> str:
    """The best proven address that was not tried; empty when there is none."""
    addresses = Address.objects.filter(person_id=person_id, verified_at__isnull=False).exclude(email__in=tried)
    return addresses.best_first().values_list("email", flat=True).first() or ""


@dataclass(frozen=True, slots=True)
class MyOrganisation:
    slug: str
    name: str
    is_body: bool
    is_provider: bool
    kinds: tuple[str, ...]

    @property
    def is_owned(self) -> bool:
        return Role.Kind.OWNER in self.kinds


def my_organisations(actor: Actor) -> list[MyOrganisation]:
    """The organisations in which the actor has a role, by name, with those roles: one query, none for strangers."""
    kinds: dict[int, list[str]] = {}
    for right in sorted(actor.rights, key=lambda right: right.kind):
        kinds.setdefault(right.organisation_id, []).append(right.kind)
    if not kinds:
        return []
    found = Organisation.objects.filter(pk__in=kinds).order_by("name", "pk")
    return [MyOrganisation(o.slug, o.name, o.is_body, o.is_provider, tuple(kinds[o.pk])) for o in found]


@dataclass(frozen=True, slots=True)
class AddressLine:
    public_id: str
    email: str
    is_verified: bool
    is_primary: bool
    is_removable: bool


def addresses_of(person: Person) -> list[AddressLine]:
    """The person's addresses, the primary one first."""
    addresses = list(person.addresses.best_first())
    proven = sum(address.verified_at is not None for address in addresses)
    return [_address_line(address, is_only=address.verified_at is not None and proven == 1) for address in addresses]


def _address_line(address: Address, *, is_only: bool) -> AddressLine:
    return AddressLine(
        public_id=address.public_id,
        email=address.email,
        is_verified=address.verified_at is not None,
        is_primary=address.is_primary,
        is_removable=not address.is_primary and not is_only,
    )


@dataclass(frozen=True, slots=True)
class RoleLine:
    public_id: str
    label: str
    is_revocable: bool


@dataclass(frozen=True, slots=True)
class PersonLine:
    name: str
    email: str
    roles: list[RoleLine]


def people_of(organisation: Organisation) -> list[PersonLine]:
    """Everybody with a role in the organisation, by name: one query."""
    email = Address.objects.filter(person=OuterRef("person")).best_first().values("email")[:1]
    roles = list(organisation.roles.by_name().select_related("person").annotate(email=Subquery(email)))
    owners = sum(role.kind == Role.Kind.OWNER for role in roles)
    return [
        _person_line(list(of_one), is_last_owner=owners == 1)
        for _pk, of_one in groupby(roles, key=lambda role: role.person_id)
    ]


def _person_line(roles: list[Role], *, is_last_owner: bool) -> PersonLine:
    lines = [
        RoleLine(
            public_id=role.public_id,
            label=str(Role.Kind(role.kind).label),
            is_revocable=not (is_last_owner and role.kind == Role.Kind.OWNER),
        )
        for role in roles
    ]
    return PersonLine(roles[0].person.name, getattr(roles[0], "email", None) or "", lines)


def open_role_invitations(organisation: Organisation, now: datetime) -> list[RoleInvitation]:
    """Sent and still waiting, the newest first."""
    return list(organisation.role_invitations.open(now))


def role_invitation_by_secret(secret: str) -> RoleInvitation | None:
    """The invitation a link belongs to, with its organisation, whatever became of it."""
    return RoleInvitation.objects.with_secret(secret).select_related("organisation").first()


@dataclass(frozen=True, slots=True)
class Clash:
    """Two rows of which a database constraint allows one person only one."""

    model: type[Model]
    older: int
    newer: int

    @property
    def label(self) -> str:
        return self.model._meta.label


def pointers_to_people() -> list[ForeignKey[Any, Any]]:
    """Every column of every stage that points to a person, also the nameless ones and those of many-to-many tables.

    Read from the tables themselves, so that a later stage need not be known here.
    """
    relations = Person._meta.get_fields(include_hidden=True)
    return [
        cast("ForeignKey[Any, Any]", relation.field)  # type: ignore[union-attr]
        for relation in relations
        if relation.auto_created and not relation.concrete and (relation.one_to_many or relation.one_to_one)
    ]


def unique_with(pointer: ForeignKey[Any, Any]) -> Iterator[tuple[tuple[str, ...], Q]]:
    """What makes a row unique together with its person: the other columns, and when the constraint holds."""
    options = pointer.model._meta
    if pointer.unique:
        yield (), Q()
    for names in options.unique_together:
        if pointer.name in names:
            yield tuple(name for name in names if name != pointer.name), Q()
    for constraint in options.constraints:
        if isinstance(constraint, UniqueConstraint) and pointer.name in constraint.fields:
            others = tuple(name for name in constraint.fields if name != pointer.name)
            yield others, constraint.condition or Q()


def clashes(kept: Person, merged: Person) -> list[Clash]:
    """Rows of the two that could not both belong to one person."""
    return [
        clash
        for pointer in pointers_to_people()
        if pointer.model is not Address  # a merged address is never primary: the merge sees to that
        for others, condition in unique_with(pointer)
        for clash in _clashes_at(pointer, others, condition, {kept.pk, merged.pk})
    ]


def _clashes_at(
    pointer: ForeignKey[Any, Any], others: tuple[str, ...], condition: Q, people: set[int]
) -> Iterator[Clash]:
    rows = pointer.model._base_manager.filter(condition, **{f"{pointer.name}__in": people}).order_by("pk")
    older: dict[tuple[Any, ...], int] = {}
    for pk, *values in rows.values_list("pk", *others):
        key = tuple(values)
        if None in key:
            continue
        if key in older:
            yield Clash(pointer.model, older[key], pk)
        else:
            older[key] = pk
