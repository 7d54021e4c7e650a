from datetime import datetime
from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from laurels.kernel.actor import Actor, Right
from laurels.kernel.ids import public_id


def normal_email(text: str) -> str:
    """An address as it is compared and stored: trimmed and lower case."""
    return text.strip().lower()


class PersonQuerySet(models.QuerySet["Person"]):
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
    is_active = True

    def __str__(self) -> str:
        return self.name or self.public_id

    @property
    def actor(self) -> Actor:
        """This person acting, with today's roles (one query)."""
        rights = frozenset(
            Right(kind, organisation) for kind, organisation in self.roles.values_list("kind", "organisation_id")
        )
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


class Address(models.Model):
    """An e-mail address of one person; unverified until they prove that they read it."""

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


class Proof(models.Model):
    """A code sent to an address; who types it back has proven to read that address. Used for sign-in, adding and merging."""

    class Purpose(models.TextChoices):
        SIGN_IN = "sign-in"
        ADD_ADDRESS = "add-address"

    public_id = models.CharField(max_length=18, unique=True, default=public_id, editable=False)
    email = models.CharField(max_length=254, db_index=True)
    purpose = models.CharField(max_length=12, choices=Purpose.choices)
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.CASCADE, related_name="proofs")
    code_digest = models.CharField(max_length=64)
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.purpose} {self.public_id}"


class OrganisationQuerySet(models.QuerySet["Organisation"]):
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


class Role(models.Model):
    """A person's right in one organisation."""

    class Kind(models.TextChoices):
        OWNER = "owner", _("Owner")
        STAFF = "staff", _("Staff")
        TRAINER = "trainer", _("Trainer")
        AUDITOR = "auditor", _("Auditor")

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="roles")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="roles")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    granted_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "organisation", "kind"], name="role_once")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.kind} of {self.organisation_id}"


class RoleInvitationQuerySet(models.QuerySet["RoleInvitation"]):
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
