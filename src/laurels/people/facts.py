"""Everything that can have happened to people and organisations."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CodeSent:
    proof_id: int


@dataclass(frozen=True, slots=True)
class PersonMet:
    person_id: int


@dataclass(frozen=True, slots=True)
class SignedIn:
    person_id: int


@dataclass(frozen=True, slots=True)
class PersonIntroduced:
    """Name, language or time zone were given or changed."""

    person_id: int


@dataclass(frozen=True, slots=True)
class AddressVerified:
    person_id: int
    address_id: int


@dataclass(frozen=True, slots=True)
class PrimaryAddressChosen:
    person_id: int
    address_id: int


@dataclass(frozen=True, slots=True)
class AddressRemoved:
    person_id: int
    address_id: int


@dataclass(frozen=True, slots=True)
class PeopleMerged:
    """Whatever pointed to ``merged_id`` now points to ``kept_id``; older entries keep the old id."""

    kept_id: int
    merged_id: int


@dataclass(frozen=True, slots=True)
class OrganisationFounded:
    organisation_id: int


@dataclass(frozen=True, slots=True)
class RoleGranted:
    organisation_id: int
    person_id: int
    kind: str


@dataclass(frozen=True, slots=True)
class RoleRevoked:
    organisation_id: int
    person_id: int
    kind: str


@dataclass(frozen=True, slots=True)
class RoleInvitationSent:
    organisation_id: int
    invitation_id: int


@dataclass(frozen=True, slots=True)
class RoleInvitationRedeemed:
    organisation_id: int
    invitation_id: int
    person_id: int


@dataclass(frozen=True, slots=True)
class RoleInvitationWithdrawn:
    organisation_id: int
    invitation_id: int
