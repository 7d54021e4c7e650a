"""What exactly an issuer will sign."""

from zoneinfo import ZoneInfo

from laurels.credentials.models import Certification, Credential
from laurels.credentials.proofs import documents
from laurels.credentials.rules import addresses
from laurels.participation.models import Line
from laurels.people.models import Organisation
from laurels.programmes.models import Scheme


def unsigned_document(credential: Credential, certification: Certification, line: Line | None) -> documents.Document:
    """The credential's document without its proof, from rows that are complete but for ``unsigned`` itself."""
    scheme, term = certification.scheme, credential.term
    zone = ZoneInfo(scheme.body.zone)
    return documents.achievement_credential(
        id=addresses.credential(credential.public_id),
        issuer=issuer(scheme.body),
        achievement=achievement(scheme),
        holder_name=credential.name,
        certificate_number=certification.number,
        valid_from=documents.day_begins(term.valid_from, zone),
        valid_until=documents.day_ends(term.valid_until, zone) if term.valid_until else None,
        awarded_at=certification.awarded_at,
        status_list_url=addresses.status_list(credential.status_list.public_id),
        status_index=credential.status_index,
        image_url=f"{addresses.certificate(credential.public_id)}/badge.png",
        evidence=[course_evidence(line)] if line else [],
    )


def issuer(body: Organisation) -> documents.Document:
    return documents.issuer_profile(
        did=addresses.did(body.slug),
        name=body.name,
        url=addresses.organisation(body.slug),
        email=body.email,
        description=body.about,
    )


def achievement(scheme: Scheme) -> documents.Document:
    return documents.achievement(
        id=addresses.achievement(scheme.body.slug, scheme.slug),
        name=scheme.name,
        description=scheme.description,
        criteria=scheme.criteria,
        language="en",
        tags=[scheme.code, scheme.track, scheme.level],
    )


def course_evidence(line: Line) -> documents.Document:
    """How it was earned: the course, where, when, and the hours that the trainer signed."""
    workshop = line.roster.workshop
    return documents.evidence(
        id=addresses.workshop(workshop.public_id),
        name=workshop.course.title,
        narrative=(
            f"Took part in the course held by {workshop.provider.name} from {workshop.starts_on} to {workshop.ends_on};"
            f" {line.minutes_present / 60:.4g} hours present, attested by the trainer."
        ),
        genre="Course",
    )
