"""Everything that can have happened between an accepted line and a certificate anybody can check."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class InvitationSent:
    line_id: int
    invitation_id: int


@dataclass(frozen=True, slots=True)
class InvitationOpened:
    line_id: int
    invitation_id: int


@dataclass(frozen=True, slots=True)
class InvitationWithdrawn:
    line_id: int
    invitation_id: int


@dataclass(frozen=True, slots=True)
class InvitationRedeemed:
    line_id: int
    invitation_id: int
    person_id: int
    certification_id: int


@dataclass(frozen=True, slots=True)
class MembershipActivated:
    body_id: int
    person_id: int


@dataclass(frozen=True, slots=True)
class LicenceAccepted:
    licence_id: int
    person_id: int


@dataclass(frozen=True, slots=True)
class CertificationAwarded:
    certification_id: int
    person_id: int
    scheme_id: int


@dataclass(frozen=True, slots=True)
class CertificationRenewed:
    """``term_id`` is the new term, which follows the one before it or begins after a lapse."""

    certification_id: int
    person_id: int
    term_id: int


@dataclass(frozen=True, slots=True)
class CredentialIntended:
    """The exact words are decided; they wait for the issuer's signature."""

    certification_id: int
    credential_id: int


@dataclass(frozen=True, slots=True)
class CredentialIssued:
    """Signed and stored, once; from here on everybody can fetch and check it."""

    certification_id: int
    credential_id: int


@dataclass(frozen=True, slots=True)
class NameCorrected:
    """``credential_id`` is the new one, which replaces ``replaced_id``."""

    certification_id: int
    credential_id: int
    replaced_id: int


@dataclass(frozen=True, slots=True)
class CertificationSuspended:
    certification_id: int
    suspension_id: int


@dataclass(frozen=True, slots=True)
class CertificationReinstated:
    certification_id: int
    suspension_id: int


@dataclass(frozen=True, slots=True)
class CertificationRevoked:
    certification_id: int
    revocation_id: int


@dataclass(frozen=True, slots=True)
class StatusChanged:
    """Bits of a status list are other than published (or nothing is published yet): it must be signed again."""

    status_list_id: int


@dataclass(frozen=True, slots=True)
class StatusListPublished:
    status_list_id: int


@dataclass(frozen=True, slots=True)
class IssuerKeyMade:
    body_id: int
    issuer_key_id: int


@dataclass(frozen=True, slots=True)
class ExperienceClaimed:
    experience_id: int
    person_id: int


@dataclass(frozen=True, slots=True)
class ExperienceTakenBack:
    experience_id: int
    person_id: int


@dataclass(frozen=True, slots=True)
class ExperienceValidated:
    experience_id: int
    person_id: int
    ruling_id: int


@dataclass(frozen=True, slots=True)
class ExperienceRefused:
    experience_id: int
    person_id: int
    ruling_id: int


@dataclass(frozen=True, slots=True)
class ExperienceAskedAbout:
    """The body has a question; ``ruling_id`` holds it, and later its answer."""

    experience_id: int
    person_id: int
    ruling_id: int


@dataclass(frozen=True, slots=True)
class ExperienceExplained:
    experience_id: int
    person_id: int
    ruling_id: int
