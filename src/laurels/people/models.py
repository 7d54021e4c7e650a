from collections.abc import Iterable
from datetime import datetime
from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser
from django.db import models
from django.db.models.functions import Lower
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext_lazy as _

from laurels.kernel.actor import Actor, Right
from laurels.kernel.ids import digest, public_id


def normal_email(text: str) -> str:
    """An address as it is compared and stored: trimmed and lower case."""
    return text.strip().lower()


def keyed_digest(purpose: str, text: str) -> str:
    """What is stored of something short enough to guess: a digest that only this installation's key can make."""
    return salted_hmac(f"laurels.people.{purpose}", text, algorithm="sha256").hexdigest()


class PersonQuerySet(models.QuerySet["Person"]):
    def lock(self, pk: int) -> "Person":
        return self.select_for_update().get(pk=pk)

    def lock_both(self, one: int, other: int) -> dict[int, "Person"]:
        """Two people's rows by key, locked in one order whoever asks, so that two merges cannot block each other."""
        return {person.pk: person for person in self.select_for_update().filter(pk__in=[one, other]).order_by("pk")}

    def with_email(self, email: str) -> "PersonQuerySet":
        """Whoever owns the address, verified or not; an address belongs to one person at most."""
        return self.filter(addresses__email=normal_email(email))

    def get_by_natural_key(self, key: str) -> "Person":
        return self.get(public_id=key)


class Person(AbstractBaseUser):
    """One human being, however many addresses, roles and certificates. ``name`` is what they call themselves."""

    public_id = models.CharField(max_length=18, unique=True, default=public_id, editable=False)
    name = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=12, default="en")
    zone = models.CharField(max_length=60, default="UTC")
    is_operator = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged")

    objects = PersonQuerySet.as_manager()

    USERNAME_FIELD = "public_id"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    def __str__(self) -> str:
        return self.name or self.public_id

    @property
    def topic(self) -> str:
        return f"person:{self.pk}"

    @property
    def is_active(self) -> bool:  # type: ignore[override]
        """Sign-in and running sessions ask this: an account that was merged into another has neither."""
        return self.merged_into_id is None

    @property
    def actor(self) -> Actor:
        """This person acting, with today's roles (one query)."""
        roles = self.roles.values_list("kind", "organisation_id", "organisation__is_body", "organisation__is_provider")
        rights = frozenset(Right(*role) for role in roles)
        return Actor(person_id=self.pk, rights=rights)

    @property
    def email(self) -> str:
        """The address that letters go to: the primary one, else the oldest; empty when there is none."""
        best = min(self.addresses.all(), key=lambda a: (not a.is_primary, a.verified_at is None, a.pk), default=None)
        return best.email if best else ""


class AddressQuerySet(models.QuerySet["Address"]):
    def verified(self) -> "AddressQuerySet":
        return self.filter(verified_at__isnull=False)

    def of_email(self, email: str) -> "AddressQuerySet":
        return self.filter(email=normal_email(email))

    def lock_email(self, email: str) -> "Address | None":
        """The address with its person, its row locked until the transaction ends."""
        return self.of_email(email).select_for_update(of=("self",)).select_related("person").first()

    def lock_emails(self, emails: Iterable[str]) -> "AddressQuerySet":
        """These addresses with their people, locked until the transaction ends, always in the same order."""
        locked = self.select_for_update(of=("self",)).select_related("person")
        return locked.filter(email__in=list(emails)).order_by("email")

    def best_first(self) -> "AddressQuerySet":
        """In the order in which letters would use them: primary, verified, oldest."""
        return self.order_by("-is_primary", models.F("verified_at").asc(nulls_last=True), "pk")


class Address(models.Model):
    """An e-mail address of one person; unverified until they prove that they read it.

    Nobody gets an unverified address beside a verified one: whoever reads it could sign in to the whole account.
    """

    public_id = models.CharField(max_length=18, unique=True, default=public_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="addresses")
    email = models.CharField(max_length=254, unique=True)
    verified_at = models.DateTimeField(null=True, blank=True)
    is_primary = models.BooleanField(default=False)

    objects = AddressQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(email=Lower("email")), name="address_is_lower_case"),
            models.UniqueConstraint(fields=["person"], condition=models.Q(is_primary=True), name="address_one_primary"),
        ]

    def __str__(self) -> str:
        return self.email


class ProofQuerySet(models.QuerySet["Proof"]):
    def lock(self, pk: int) -> "Proof":
        return self.select_for_update().get(pk=pk)

    def for_sign_in(self) -> "ProofQuerySet":
        return self.filter(purpose=Proof.Purpose.SIGN_IN)

    def for_address_of(self, person: Person) -> "ProofQuerySet":
        return self.filter(purpose=Proof.Purpose.ADD_ADDRESS, person=person)

    def sent_before(self, moment: datetime) -> "ProofQuerySet":
        return self.filter(sent_at__lt=moment)

    def sent_after(self, moment: datetime) -> "ProofQuerySet":
        return self.filter(sent_at__gt=moment)


class Proof(models.Model):
    """A code sent to an address; whoever types it back reads that address. For sign-in, adding and merging."""

    class Purpose(models.TextChoices):
        SIGN_IN = "sign-in"
        ADD_ADDRESS = "add-address"

    public_id = models.CharField(max_length=18, unique=True, default=public_id, editable=False)
    email = models.CharField(max_length=254)
    purpose = models.CharField(max_length=12, choices=Purpose.choices)
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.CASCADE, related_name="proofs")
    code_digest = models.CharField(max_length=64)
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True, blank=True)
    client_digest = models.CharField(max_length=64, blank=True)
    next_path = models.CharField(max_length=500, blank=True)

    objects = ProofQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["client_digest", "sent_at"], name="proof_by_client"),
            models.Index(fields=["email", "sent_at"], name="proof_by_email"),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.public_id}"

    def digest_of(self, code: str) -> str:
        return keyed_digest("proof", f"{self.public_id} {code}")

    def matches(self, code: str) -> bool:
        return constant_time_compare(self.code_digest, self.digest_of(code))


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def lock(self, pk: int) -> "Organisation":
        """The organisation's row, locked until the transaction ends: whoever holds it gives and takes roles."""
        return self.select_for_update().get(pk=pk)

    def owned_by(self, actor: Actor) -> "OrganisationQuerySet":
        return self if actor.is_system else self.where(actor, "owner")

    def bodies(self) -> "OrganisationQuerySet":
        return self.filter(is_body=True).order_by("name")

    def providers(self) -> "OrganisationQuerySet":
        return self.filter(is_provider=True).order_by("name")

    def where(self, actor: Actor, *kinds: str) -> "OrganisationQuerySet":
        """Organisations in which the actor holds one of the roles."""
        return self.filter(pk__in=actor.organisations(*kinds)).order_by("name")


class Organisation(models.Model):
    """A certifying body, a training provider, or both."""

    public_id = models.CharField(max_length=18, unique=True, default=public_id, editable=False)
    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=160)
    is_body = models.BooleanField(default=False)
    is_provider = models.BooleanField(default=False)
    email = models.CharField(max_length=254, blank=True)
    postal_address = models.TextField(blank=True)
    zone = models.CharField(max_length=60, default="UTC")
    about = models.TextField(blank=True)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(is_body=True) | models.Q(is_provider=True), name="organisation_does_something"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def topic(self) -> str:
        return f"organisation:{self.pk}"


class RoleQuerySet(models.QuerySet["Role"]):
    def owners(self) -> "RoleQuerySet":
        return self.filter(kind=Role.Kind.OWNER)

    def by_name(self) -> "RoleQuerySet":
        return self.order_by("person__name", "person_id", "granted_at", "pk")


class Role(models.Model):
    """A person's right in one organisation."""

    class Kind(models.TextChoices):
        OWNER = "owner", _("Owner")
        STAFF = "staff", _("Staff")
        TRAINER = "trainer", _("Trainer")
        AUDITOR = "auditor", _("Auditor")

    public_id = models.CharField(max_length=18, unique=True, default=public_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="roles")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="roles")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    granted_at = models.DateTimeField()

    objects = RoleQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "organisation", "kind"], name="role_once")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.kind} of {self.organisation_id}"


class RoleInvitationQuerySet(models.QuerySet["RoleInvitation"]):
    def lock(self, pk: int) -> "RoleInvitation":
        return self.select_for_update().get(pk=pk)

    def with_secret(self, secret: str) -> "RoleInvitationQuerySet":
        return self.filter(secret_digest=digest(secret))

    def open(self, now: datetime) -> "RoleInvitationQuerySet":
        return self.filter(redeemed_at=None, withdrawn_at=None, expires_at__gt=now).order_by("-sent_at")


class RoleInvitation(models.Model):
    """A one-time link that gives the owner of an address a role. Only the secret's digest is kept."""

    public_id = models.CharField(max_length=18, unique=True, default=public_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="role_invitations")
    kind = models.CharField(max_length=10, choices=Role.Kind.choices)
    email = models.CharField(max_length=254)
    secret_digest = models.CharField(max_length=64, unique=True)
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    redeemed_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = RoleInvitationQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.kind} at {self.organisation_id} for {self.email}"


class Consent(models.Model):
    """What a person agreed to, in which version of the words, and when."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="consents")
    subject = models.CharField(max_length=60)
    version = models.CharField(max_length=40)
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.person_id} {self.subject} {self.version}"
