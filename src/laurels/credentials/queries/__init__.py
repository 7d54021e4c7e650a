"""Read models: how certifications stand, what is published, and everything the pages show, fully loaded."""

from laurels.credentials.queries.experience import experience_page, experience_queue, role_choices
from laurels.credentials.queries.files import badge_file, badge_picture, certificate_file, qr_picture
from laurels.credentials.queries.holding import held_by, held_by_reader, is_powerful, standing
from laurels.credentials.queries.invitations import (
    InvitationLine,
    InvitationPage,
    invitation_by_secret,
    invitation_page,
    invitation_queue,
    invitations_waiting,
)
from laurels.credentials.queries.public import CertificatePage, certificate_page
from laurels.credentials.queries.published import (
    achievement_text,
    credential_text,
    did_text,
    fetch_own,
    list_text,
    unsigned_lists,
)
from laurels.credentials.queries.readiness import needs_in_words, readiness, readiness_of, readiness_of_reader, roles_of
from laurels.credentials.queries.registers import certification_dossier, certification_register, my_certifications
from laurels.credentials.queries.verifying import Judged, judge_content, judge_link, judge_number

__all__ = [
    "CertificatePage",
    "InvitationLine",
    "InvitationPage",
    "Judged",
    "achievement_text",
    "badge_file",
    "badge_picture",
    "certificate_file",
    "certificate_page",
    "certification_dossier",
    "certification_register",
    "credential_text",
    "did_text",
    "experience_page",
    "experience_queue",
    "fetch_own",
    "held_by",
    "held_by_reader",
    "invitation_by_secret",
    "invitation_page",
    "invitation_queue",
    "invitations_waiting",
    "is_powerful",
    "judge_content",
    "judge_link",
    "judge_number",
    "list_text",
    "my_certifications",
    "needs_in_words",
    "qr_picture",
    "readiness",
    "readiness_of",
    "readiness_of_reader",
    "role_choices",
    "roles_of",
    "standing",
    "unsigned_lists",
]
