"""Who may be who: codes, addresses, merging, roles."""

from collections.abc import Collection
from datetime import datetime, timedelta
from zoneinfo import available_timezones

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from laurels.kernel.actor import Actor
from laurels.kernel.refusal import Refusal
from laurels.people.models import Address, Organisation, Person, Proof, Role, RoleInvitation

CODE_LASTS = timedelta(minutes=15)
TRIES = 5
CODES_PER_ADDRESS = 5
CODES_PER_CLIENT = 30
COUNTED_OVER = timedelta(hours=1)
PROOFS_ARE_KEPT = timedelta(days=1)
INVITATION_LASTS = timedelta(days=14)
ZONES = frozenset(zone for zone in available_timezones() if "/" in zone and not zone.startswith("Etc/")) | {"UTC"}

# Rows that say the same thing twice when two accounts become one: the older one stays.
MERGE_KEEPS_ONE = frozenset(
    {
        "people.Role",
        "credentials.Membership",
        "credentials.LicenceAcceptance",
        "workshops.Workshop_trainers",
        "library.LessonDone",
        "library.Reading",
        "library.Download",
        "gatherings.GroupMember",
        "gatherings.SignUp",
        "gatherings.Help",
        "gatherings.Series_hosts",
        "gatherings.Gathering_hosts",
        "community.Profile",
        "community.Party",
        "community.Report",
    }
)
MERGE_REFUSES = {
    "workshops.Seat": _(
        "Both accounts have a seat in the same workshop. Cancel one of them or ask the provider, then try again."
    ),
    "workshops.Choice": _(
        "Both accounts were asked what to do about the same workshop that was called off. Ask its provider first."
    ),
    "workshops.QueuePlace": _("Both accounts wait in the same queue. Leave it with one of them, then try again."),
    "programmes.Exercise": _(
        "Both accounts keep an exercise of their own under the same key. Ask whoever runs this site which one stays."
    ),
    "renewals.Renewal": _("Both accounts have a renewal that waits to be paid. Give one of them up, then try again."),
    "audits.Audit": _("Both accounts are being audited. Answer one of the two audits first, then try again."),
    "education.LedgerEntry": _(
        "Both accounts have units for the same thing. Take one of the two entries back, then try again."
    ),
    "credentials.Certification": _(
        "Both accounts hold the same certification. Ask the certifying body to settle which of the two stays."
    ),
}


def normal_code(text: str) -> str:
    """A code as it was meant: any case, with or without spaces and dashes, O for 0 and I or L for 1."""
    return "".join(letter for letter in text.upper() if letter.isalnum()).translate(str.maketrans("OIL", "011"))


def why_not_address(email: str) -> Refusal | None:
    try:
        validate_email(email)
    except ValidationError:
        return Refusal("not-an-address", _("That is not an e-mail address. Check it, please."), field="email")
    if len(email) > 254:
        return Refusal("address-too-long", _("That e-mail address is too long."), field="email")
    return None


def why_not_send_code(
    email: str, *, purpose: str, person: Person | None, client_digest: str, by: Actor, now: datetime
) -> Refusal | None:
    """Must not depend on whether the address is known to anybody else: strangers see the answer."""
    if refusal := why_not_address(email):
        return refusal
    if purpose == Proof.Purpose.ADD_ADDRESS and (person is None or not _is_self(person, by)):
        return Refusal("not-yours", _("Only you can add an address to your account."))
    if person and person.addresses.verified().of_email(email).exists():
        return Refusal("address-yours", _("This address is yours already."), field="email")
    lately = Proof.objects.sent_after(now - COUNTED_OVER)
    if lately.filter(email=email).count() >= CODES_PER_ADDRESS:
        return Refusal(
            "codes-per-address", _("We have sent enough codes to this address. Use the newest, or wait an hour.")
        )
    if client_digest and lately.filter(client_digest=client_digest).count() >= CODES_PER_CLIENT:
        return Refusal("codes-per-client", _("Too many codes were asked for from here. Wait an hour, please."))
    return None


def why_not_try(proof: Proof, *, now: datetime) -> Refusal | None:
    if proof.used_at is not None:
        return Refusal("code-used", _("This code has been used. Ask for a new one."), field="code")
    if now >= proof.expires_at:
        return Refusal("code-expired", _("This code is too old. Ask for a new one."), field="code")
    if proof.tries >= TRIES:
        return Refusal("code-locked", _("Too many wrong tries. Ask for a new code."), field="code")
    return None


def why_not_code(proof: Proof, code: str) -> Refusal | None:
    if not proof.matches(normal_code(code)):
        return Refusal("code-wrong", _("That is not the code in the letter. Check it, please."), field="code")
    return None


def why_not_prove(proof: Proof) -> Refusal | None:
    if proof.purpose != Proof.Purpose.SIGN_IN:
        return Refusal("code-for-else", _("This code is not for signing in."), field="code")
    return None


def why_not_confirm_address(proof: Proof, *, by: Actor) -> Refusal | None:
    if proof.purpose != Proof.Purpose.ADD_ADDRESS or proof.person is None:
        return Refusal("code-for-else", _("This code is not for adding an address."), field="code")
    if not _is_self(proof.person, by):
        return Refusal("not-yours", _("This code belongs to somebody else's account."))
    return None


def why_not_join_address(address: Address | None, person: Person) -> Refusal | None:
    """``address`` is what is stored of the proven address, whoever has it."""
    if address is not None and address.person_id != person.pk:
        return Refusal("another-account", _("This address belongs to another account. You can bring the two together."))
    return None


def why_not_introduce(person: Person, *, name: str, zone: str, by: Actor) -> Refusal | None:
    if not _is_self(person, by):
        return Refusal("not-you", _("Only the person themselves can change this."))
    if not name.strip():
        return Refusal("no-name", _("Please say what we may call you."), field="name")
    if zone not in ZONES:
        return Refusal("no-zone", _("We do not know this time zone."), field="zone")
    return None


def why_not_make_primary(address: Address, *, by: Actor) -> Refusal | None:
    if not _is_self(address.person, by):
        return Refusal("not-yours", _("Only you can change your addresses."))
    if address.verified_at is None:
        return Refusal("unverified", _("Prove first that you read this address."))
    return None


def why_not_remove_address(address: Address, *, by: Actor) -> Refusal | None:
    if not _is_self(address.person, by):
        return Refusal("not-yours", _("Only you can change your addresses."))
    if address.verified_at and address.person.addresses.verified().count() == 1:
        return Refusal(
            "last-address", _("This is your only proven address, and you sign in with it. Add another first.")
        )
    if address.is_primary:
        return Refusal("primary-address", _("Your letters go here. Make another address the primary one first."))
    return None


def why_not_merge(kept: Person, merged: Person, *, email: str, clashes: Collection[str], by: Actor) -> Refusal | None:
    """``email`` is the address proven for ``merged``; ``clashes`` label the tables where both hold the same thing."""
    if not _is_self(kept, by):
        return Refusal("not-yours", _("Only you can bring your accounts together."))
    if kept.pk == merged.pk:
        return Refusal("same-account", _("These are one account already."))
    if not (kept.is_active and merged.is_active):
        return Refusal("merged-already", _("One of the two accounts has been brought into another already."))
    if not merged.addresses.of_email(email).exists():
        return Refusal("not-proven", _("The proven address does not belong to that account."))
    if merged.is_operator and not kept.is_operator:
        return Refusal(
            "operator", _("An operator's account cannot be brought into another. Do it the other way round.")
        )
    for label in sorted(set(clashes) - MERGE_KEEPS_ONE):
        otherwise = _("Both accounts have records that cannot be joined by themselves. Write to us, please.")
        return Refusal("clash", MERGE_REFUSES.get(label, otherwise))
    return None


def why_not_found(slug: str, *, by: Actor) -> Refusal | None:
    if not by.is_system:
        return Refusal("operators-only", _("Organisations are set up by those who run this site."))
    return None


def why_not_grant(person: Person, organisation: Organisation, kind: str, *, by: Actor) -> Refusal | None:
    if not by.has("owner", at=organisation.pk):
        return Refusal("owners-only", _("Only owners of the organisation give roles."))
    if kind not in Role.Kind.values:
        return Refusal("no-such-role", _("There is no such role."), field="kind")
    if not person.is_active:
        return Refusal("merged-already", _("This account has been brought into another. Give the role to that one."))
    return None


def why_not_revoke_role(role: Role, *, by: Actor) -> Refusal | None:
    if not by.has("owner", at=role.organisation_id):
        return Refusal("owners-only", _("Only owners of the organisation take roles back."))
    if role.kind == Role.Kind.OWNER and role.organisation.roles.owners().count() == 1:
        return Refusal("last-owner", _("An organisation needs an owner. Make somebody else an owner first."))
    return None


def why_not_invite_to_role(organisation: Organisation, kind: str, email: str, *, by: Actor) -> Refusal | None:
    if not by.has("owner", at=organisation.pk):
        return Refusal("owners-only", _("Only owners of the organisation invite people."))
    if kind not in Role.Kind.values:
        return Refusal("no-such-role", _("There is no such role."), field="kind")
    if refusal := why_not_address(email):
        return refusal
    if organisation.roles.filter(kind=kind, person__addresses__in=Address.objects.verified().of_email(email)).exists():
        return Refusal("has-role", _("This person has that role already."), field="email")
    return None


def why_not_withdraw_role_invitation(invitation: RoleInvitation, *, by: Actor) -> Refusal | None:
    if not by.has("owner", at=invitation.organisation_id):
        return Refusal("owners-only", _("Only owners of the organisation withdraw invitations."))
    if invitation.redeemed_at is not None:
        return Refusal("invitation-used", _("This invitation has been accepted. Take the role back instead."))
    return None


def why_not_open_role_invitation(invitation: RoleInvitation, *, now: datetime) -> Refusal | None:
    """Why the link is of no use to anybody any more."""
    if invitation.redeemed_at is not None:
        return Refusal("invitation-used", _("This invitation has been accepted already. Sign in to use your role."))
    if invitation.withdrawn_at is not None:
        return Refusal(
            "invitation-withdrawn", _("This invitation has been withdrawn. Ask the organisation for a new one.")
        )
    if now >= invitation.expires_at:
        return Refusal("invitation-expired", _("This invitation is too old. Ask the organisation for a new one."))
    return None


def why_not_redeem_role_invitation(
    invitation: RoleInvitation, person: Person | None, *, by: Actor, now: datetime
) -> Refusal | None:
    """``person`` None is whoever opened the link without being signed in: the link itself proves the address."""
    if refusal := why_not_open_role_invitation(invitation, now=now):
        return refusal
    if person is None:
        return _why_not_by_link(invitation)
    if not _is_self(person, by):
        return Refusal("not-you", _("Only the person themselves can accept an invitation."))
    if not person.addresses.verified().of_email(invitation.email).exists():
        # Never add the address to whoever is signed in: a stranger's link would become a key to their account.
        message = _(
            "This invitation is for %(email)s. Sign out and open it again, or add that address to your account."
        )
        return Refusal("for-another-address", message % {"email": invitation.email})
    return None


def _why_not_by_link(invitation: RoleInvitation) -> Refusal | None:
    # A link lives for two weeks: it must not open an account that already holds power.
    powerful = Q(roles__isnull=False) | Q(is_operator=True)
    if Person.objects.with_email(invitation.email).filter(powerful).exists():
        message = _("%(email)s has an account with other roles. Sign in to it first, then open this link again.")
        return Refusal("sign-in-first", message % {"email": invitation.email})
    return None


def _is_self(person: Person, by: Actor) -> bool:
    return by.is_system or (by.person_id is not None and by.person_id == person.pk)
