import unicodedata
from datetime import date, datetime

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from laurels.kernel.actor import Actor
from laurels.kernel.ids import digest, public_id
from laurels.participation.models import Line
from laurels.people.models import Organisation, Person
from laurels.programmes.models import CertificateLayout, Licence, Policy, Scheme


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def lock(self, pk: int) -> "Invitation":
        return self.select_for_update().get(pk=pk)

    def with_secret(self, secret: str) -> "InvitationQuerySet":
        return self.filter(secret_digest=digest(secret))

    def live(self) -> "InvitationQuerySet":
        """The one that counts for its line: not withdrawn, whether open, expired or redeemed."""
        return self.filter(withdrawn_at=None)

    def waiting(self) -> "InvitationQuerySet":
        """Not answered: open or expired."""
        return self.live().filter(redeemed_at=None)

    def open(self, now: datetime) -> "InvitationQuerySet":
        return self.waiting().filter(expires_at__gt=now)

    def sent_after(self, moment: datetime) -> "InvitationQuerySet":
        return self.filter(sent_at__gt=moment)

    def visible_to(self, actor: Actor) -> "InvitationQuerySet":
        """Those of bodies where the actor is staff or auditor; the invited hold a link instead."""
        if actor.is_system:
            return self
        return self.filter(line__roster__body_id__in=actor.organisations("staff", "auditor"))

    def newest_first(self) -> "InvitationQuerySet":
        return self.order_by("-pk")

    def with_programme(self) -> "InvitationQuerySet":
        """Everything its letter and its page speak of, in one query."""
        return self.select_related(
            "line__roster__body", "line__roster__scheme__body", "line__roster__workshop__course", "line__seat__person"
        )


class Invitation(models.Model):
    """The body's one-time link for one accepted line. Re-sending withdraws it and makes a new one."""

    public_id = models.CharField(max_length=18, unique=True, default=public_id, editable=False)
    line = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="invitations")
    email = models.CharField(max_length=254)
    secret_digest = models.CharField(max_length=64, unique=True)
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True, blank=True)
    redeemed_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        constraints = [
            # At most one live invitation a line; a new one waits until the old is withdrawn.
            models.UniqueConstraint(
                fields=["line"], condition=Q(withdrawn_at=None), name="invitation_one_live_per_line"
            )
        ]

    def __str__(self) -> str:
        return f"invitation {self.public_id}"

    @property
    def topic(self) -> str:
        return f"line:{self.line_id}"


class Membership(models.Model):
    """A person's membership of a body, activated when the first invitation is redeemed."""

    body = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="memberships")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships")
    activated_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["body", "person"], name="membership_once")]

    def __str__(self) -> str:
        return f"{self.person_id} of {self.body_id}"


class LicenceAcceptance(models.Model):
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="licences_accepted")
    licence = models.ForeignKey(Licence, on_delete=models.PROTECT, related_name="acceptances")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "licence"], name="licence_accepted_once")]

    def __str__(self) -> str:
        return f"{self.person_id} accepted {self.licence_id}"


def name_key(name: str) -> str:
    """A name as it is compared and searched: without accents, capitals, and more than one space between words."""
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", name) if not unicodedata.combining(sign))
    return " ".join(plain.casefold().split())


class CertificationQuerySet(models.QuerySet["Certification"]):
    def lock(self, pk: int) -> "Certification":
        """The certification's row, locked until the transaction ends: whoever holds it changes its standing."""
        return self.select_for_update(of=("self",)).select_related("scheme__body").get(pk=pk)

    def given_by(self, actor: Actor) -> "CertificationQuerySet":
        """Those of bodies where the actor is staff or auditor."""
        return self if actor.is_system else self.filter(scheme__body_id__in=actor.organisations("staff", "auditor"))

    def of(self, person: Person, scheme: Scheme) -> "CertificationQuerySet":
        return self.filter(person=person, scheme=scheme)

    def with_standing(self) -> "CertificationQuerySet":
        """With everything that says how it stands: one more query, however many certifications."""
        terms = models.Prefetch("terms", Term.objects.select_related("policy").order_by("ordinal"))
        # At most one suspension is open, so its two words come along; loading them all would be another query.
        pauses = Suspension.objects.filter(certification=OuterRef("pk"), lifted_at=None)
        return (
            self.select_related("scheme__body", "revocation")
            .prefetch_related(terms)
            .annotate(paused_at=Subquery(pauses.values("at")), paused_because=Subquery(pauses.values("reason")))
        )

    def with_rules(self) -> "CertificationQuerySet":
        """For many that may have ended, with the rules that say how they stand then: one more query for all."""
        return self.prefetch_related(models.Prefetch("scheme__body__policies", Policy.objects.that_may_bind()))

    def newest_first(self) -> "CertificationQuerySet":
        return self.order_by("-pk")

    def matching(self, words: str) -> "CertificationQuerySet":
        """Whose number begins with ``words``, or whose name holds them; accents and capitals do not matter."""
        if not words.strip():
            return self
        return self.filter(Q(number__startswith=words.strip().upper()) | Q(name_key__contains=name_key(words)))

    def visible_to(self, actor: Actor) -> "CertificationQuerySet":
        """A person's own, and those of bodies where the actor is staff or auditor."""
        if actor.is_system:
            return self
        return self.filter(
            Q(person_id=actor.person_id) | Q(scheme__body_id__in=actor.organisations("staff", "auditor"))
        )


class Certification(models.Model):
    """A person × scheme with a stable certificate number; how it stands today falls out of terms and rows below it."""

    number = models.CharField(max_length=40, unique=True)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="certifications")
    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="certifications")
    line = models.OneToOneField(Line, null=True, on_delete=models.PROTECT, related_name="certification")
    name = models.CharField(max_length=200)
    name_key = models.CharField(max_length=400)
    awarded_at = models.DateTimeField()

    objects = CertificationQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "scheme"], name="certification_once")]

    def __str__(self) -> str:
        return self.number

    @property
    def topic(self) -> str:
        return f"certification:{self.pk}"


class Term(models.Model):
    """One stretch of validity, never edited. Both days are included; ``valid_until`` None never ends."""

    class Kind(models.TextChoices):
        AWARDED = "awarded", _("Awarded")
        RENEWED = "renewed", _("Renewed")
        REINSTATED = "reinstated", _("Reinstated")

    certification = models.ForeignKey(Certification, on_delete=models.PROTECT, related_name="terms")
    ordinal = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=Kind.choices)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)
    policy = models.ForeignKey(Policy, on_delete=models.PROTECT, related_name="terms")
    begun_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["certification", "ordinal"], name="term_ordinal_once"),
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=models.F("valid_from")), name="term_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.certification_id}/{self.ordinal}"

    def covers(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)


class Suspension(models.Model):
    """A pause, lifted by ``lifted_at``. A certification is suspended while one is not lifted."""

    certification = models.ForeignKey(Certification, on_delete=models.PROTECT, related_name="suspensions")
    reason = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["certification"], condition=Q(lifted_at=None), name="suspension_one_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"suspension of {self.certification_id}"


class Revocation(models.Model):
    """The end of a certification, for ever."""

    certification = models.OneToOneField(Certification, on_delete=models.PROTECT, related_name="revocation")
    reason = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"revocation of {self.certification_id}"


class IssuerKeyQuerySet(models.QuerySet["IssuerKey"]):
    def current_of(self, body: Organisation) -> "IssuerKey | None":
        return self.filter(body=body, retired_at=None).first()

    def oldest_first(self) -> "IssuerKeyQuerySet":
        return self.order_by("pk")


class IssuerKey(models.Model):
    """A signing key of a body. The private half is encrypted; only the issuer opens it. Retired keys stay listed."""

    body = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="issuer_keys")
    fragment = models.CharField(max_length=80, help_text=_("The did:web fragment, such as key-2026-1"))
    public_multibase = models.CharField(max_length=80)
    private_encrypted = models.BinaryField()
    made_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = IssuerKeyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["body", "fragment"], name="issuer_key_once"),
            models.UniqueConstraint(fields=["body"], condition=Q(retired_at=None), name="issuer_key_one_current"),
        ]

    def __str__(self) -> str:
        return self.fragment


class StatusListQuerySet(models.QuerySet["StatusList"]):
    def lock(self, pk: int) -> "StatusList":
        return self.select_for_update(of=("self",)).select_related("body").get(pk=pk)

    def newest_of(self, body: Organisation) -> "StatusList | None":
        """Where new credentials go, without its bits."""
        return self.filter(body=body).order_by("-ordinal").only("public_id", "ordinal", "entries").first()


class StatusList(models.Model):
    """Three Bitstring Status Lists (W3C) that share their indexes; one raw bit an entry.

    ``blocked_bits`` (purpose *suspension*, what credentials point to) is set while a credential must not be trusted;
    ``revoked_bits`` (*revocation*) and ``replaced_bits`` (*refresh*) tell why: revoked, or another took its place.
    See docs/decisions/0003.
    """

    public_id = models.CharField(max_length=18, unique=True, default=public_id, editable=False)
    body = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="status_lists")
    ordinal = models.PositiveIntegerField()
    entries = models.PositiveIntegerField(default=0)
    blocked_bits = models.BinaryField()
    revoked_bits = models.BinaryField()
    replaced_bits = models.BinaryField()
    blocked_document = models.TextField(blank=True)
    revoked_document = models.TextField(blank=True)
    replaced_document = models.TextField(blank=True)
    made_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)

    objects = StatusListQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["body", "ordinal"], name="status_list_once")]

    def __str__(self) -> str:
        return self.public_id

    @property
    def topic(self) -> str:
        return f"status-list:{self.pk}"

    @property
    def bits(self) -> tuple[bytes, bytes, bytes]:
        """Blocked, revoked, replaced."""
        return bytes(self.blocked_bits), bytes(self.revoked_bits), bytes(self.replaced_bits)


class CredentialQuerySet(models.QuerySet["Credential"]):
    def lock(self, pk: int) -> "Credential":
        return self.select_for_update().get(pk=pk)

    def current(self) -> "CredentialQuerySet":
        return self.filter(is_current=True)

    def unsigned(self) -> "CredentialQuerySet":
        return self.filter(signed_at=None).order_by("pk")

    def latest_of(self, certification: Certification) -> "Credential | None":
        """The current credential of the newest term."""
        current = self.current().filter(term__certification=certification)
        return current.select_related("term", "layout").order_by("-term__ordinal").first()


class Credential(models.Model):
    """The signed Open Badges 3.0 document of one term: intended first (``unsigned``), then signed, then published."""

    public_id = models.CharField(max_length=18, unique=True, default=public_id, editable=False)
    term = models.ForeignKey(Term, on_delete=models.PROTECT, related_name="credentials")
    layout = models.ForeignKey(CertificateLayout, on_delete=models.PROTECT, related_name="credentials")
    name = models.CharField(max_length=200)
    status_list = models.ForeignKey(StatusList, on_delete=models.PROTECT, related_name="credentials")
    status_index = models.PositiveIntegerField()
    unsigned = models.TextField()
    document = models.TextField(blank=True)
    intended_at = models.DateTimeField()
    signed_at = models.DateTimeField(null=True, blank=True)
    is_current = models.BooleanField(default=True)
    replaces = models.OneToOneField("self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaced_by")
    reason = models.TextField(blank=True, help_text=_("Why it replaces another"))

    objects = CredentialQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["status_list", "status_index"], name="status_index_never_reused"),
            models.UniqueConstraint(
                fields=["term"], condition=Q(is_current=True), name="credential_one_current_per_term"
            ),
        ]

    def __str__(self) -> str:
        return self.public_id


class ExperienceQuerySet(models.QuerySet["Experience"]):
    def lock(self, pk: int) -> "Experience":
        """The row, locked until the transaction ends: whoever holds it rules on it or takes it back."""
        return self.select_for_update(of=("self",)).select_related("body").get(pk=pk)

    def standing(self) -> "ExperienceQuerySet":
        return self.filter(taken_back_at=None)

    def waiting(self) -> "ExperienceQuerySet":
        """Not ruled on, and not held up by a question to the person."""
        rulings = ExperienceRuling.objects.filter(experience=models.OuterRef("pk"))
        holding = rulings.filter(~Q(verdict=ExperienceRuling.Verdict.ASKED) | Q(answered_at=None))
        return self.standing().filter(~models.Exists(holding))

    def visible_to(self, actor: Actor) -> "ExperienceQuerySet":
        """A person's own."""
        return self if actor.is_system else self.filter(person_id=actor.person_id or 0)

    def told_to(self, actor: Actor) -> "ExperienceQuerySet":
        """What people told the bodies where the actor is staff or auditor."""
        return self if actor.is_system else self.filter(body_id__in=actor.organisations("staff", "auditor"))

    def with_rulings(self) -> "ExperienceQuerySet":
        """With everything that says how it stands: one more query, however many."""
        rulings = models.Prefetch("rulings", ExperienceRuling.objects.order_by("pk"))
        return self.select_related("body", "person").prefetch_related(rulings)

    def newest_first(self) -> "ExperienceQuerySet":
        return self.order_by(models.F("until").desc(nulls_first=True), "-since", "-pk")

    def oldest_first(self) -> "ExperienceQuerySet":
        return self.order_by("claimed_at", "pk")


class Experience(models.Model):
    """A stretch of work in a role, as a person tells it to a body; never edited, how it stands are rows below it."""

    public_id = models.CharField(max_length=18, unique=True, default=public_id, editable=False)
    body = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="experience_told")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="experience")
    role = models.CharField(max_length=60)
    organisation = models.CharField(max_length=160)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    did = models.TextField()
    referee = models.CharField(max_length=254, blank=True)
    claimed_at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True, blank=True)

    objects = ExperienceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=models.F("since")), name="experience_in_order"
            )
        ]

    def __str__(self) -> str:
        return f"{self.role} at {self.organisation}"

    @property
    def topic(self) -> str:
        return f"experience:{self.pk}"

    @property
    def latest_ruling(self) -> "ExperienceRuling | None":
        return max(self.rulings.all(), key=lambda ruling: ruling.pk, default=None)


class ExperienceRuling(models.Model):
    """What the body's staff said. A question is answered by the person; the other two are the last word."""

    class Verdict(models.TextChoices):
        VALIDATED = "validated", _("Validated")
        REFUSED = "refused", _("Not accepted")
        ASKED = "asked", _("Question")

    experience = models.ForeignKey(Experience, on_delete=models.PROTECT, related_name="rulings")
    verdict = models.CharField(max_length=10, choices=Verdict.choices)
    words = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["experience"], condition=~Q(verdict="asked"), name="experience_ruled_on_once"
            ),
            models.UniqueConstraint(
                fields=["experience"],
                condition=Q(verdict="asked", answered_at=None),
                name="experience_one_open_question",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.verdict}: {self.experience_id}"
