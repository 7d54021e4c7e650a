from datetime import date

from django.db import models
from django.db.models import Exists, OuterRef, Value
from django.db.models.functions import Lower, Replace
from django.utils.translation import gettext_lazy as _

from laurels.people.models import Organisation


class PackLoadQuerySet(models.QuerySet["PackLoad"]):
    def latest_of(self, body: Organisation, pack: str) -> "PackLoad | None":
        return self.filter(body=body, pack=pack).order_by("-version").first()

    def latest_of_others(self, body: Organisation | None, pack: str) -> "PackLoadQuerySet":
        """The latest load of each other pack of the body."""
        newer = PackLoad.objects.filter(body=body, pack=OuterRef("pack"), version__gt=OuterRef("version"))
        return self.filter(~Exists(newer), body=body).exclude(pack=pack).order_by("pack")


class PackLoad(models.Model):
    """One loading of a pack that changed something: which bytes, when, as which version."""

    pack = models.SlugField(max_length=60)
    version = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    contents = models.JSONField(default=dict, help_text=_("What was in it, by name, with the digest of each"))
    body = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="pack_loads")
    loaded_at = models.DateTimeField()

    objects = PackLoadQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["body", "pack", "version"], name="pack_version_once")]

    def __str__(self) -> str:
        return f"{self.pack} v{self.version}"


class SchemeQuerySet(models.QuerySet["Scheme"]):
    def at(self, slug: str) -> "SchemeQuerySet":
        """Schemes whose address ends in ``slug``, oldest body first; two bodies may certify under one code."""
        address = Lower(Replace("code", Value(" "), Value("-")))
        return self.annotate(address=address).filter(address=slug.lower()).order_by("body_id")

    def of_track(self, body: Organisation, track: str) -> "SchemeQuerySet":
        return self.filter(body=body, track=track).order_by("pk")


class Scheme(models.Model):
    """What can be certified: a track at a level, of one body."""

    body = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="schemes")
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=120)
    track = models.SlugField(max_length=40)
    level = models.SlugField(max_length=40)
    description = models.TextField()
    criteria = models.TextField()
    never_expires = models.BooleanField(default=False)
    prerequisites = models.JSONField(default=dict, help_text=_("What is needed before, beside the course"))

    objects = SchemeQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["body", "code"], name="scheme_code_once")]

    def __str__(self) -> str:
        return self.code

    @property
    def slug(self) -> str:
        """The code as it stands in addresses: ``CAL 1`` is at ``/programmes/cal-1``."""
        return self.code.lower().replace(" ", "-")


class PolicyQuerySet(models.QuerySet["Policy"]):
    def newest(self) -> "PolicyQuerySet":
        """The newest version of each policy, in the order of their dates."""
        newer = Policy.objects.filter(body=OuterRef("body"), key=OuterRef("key"), version__gt=OuterRef("version"))
        return self.filter(~Exists(newer)).order_by("in_force_from", "pk")

    def binding(self) -> "PolicyQuerySet":
        """Policies that bind somebody; reference policies are only there to be read."""
        return self.filter(is_reference=False)

    def that_may_bind(self) -> "PolicyQuerySet":
        """Of every binding policy the newest version, without its words: ``queries.binding_on`` takes the day's."""
        return self.binding().newest().defer("about", "sources")

    def in_force(self, day: date) -> "PolicyQuerySet":
        """The policy that binds on ``day``, in its newest version."""
        return (
            self.binding()
            .newest()
            .filter(in_force_from__lte=day)
            .exclude(in_force_until__lt=day)
            .order_by("-in_force_from")
        )

    def at(self, key: str) -> "PolicyQuerySet":
        """Policies under this key, oldest body first, newest version first."""
        return self.filter(key=key).order_by("body_id", "-version")


class Policy(models.Model):
    """A dated rule set of a body. ``parameters`` are plain values and ``sources`` says of each where it was read.

    A change in the pack makes a new version; terms keep the version they were given under. A reference policy is
    another body's rule set, kept for comparison, and binds nobody.
    """

    body = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="policies")
    key = models.SlugField(max_length=40)
    version = models.PositiveIntegerField()
    title = models.CharField(max_length=160, blank=True)
    about = models.TextField(blank=True)
    is_reference = models.BooleanField(default=False)
    in_force_from = models.DateField()
    in_force_until = models.DateField(null=True, blank=True)
    parameters = models.JSONField()
    sources = models.JSONField(default=dict)
    digest = models.CharField(max_length=64)

    objects = PolicyQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["body", "key", "version"], name="policy_version_once")]

    def __str__(self) -> str:
        return f"{self.key} v{self.version}"

    def binds_on(self, day: date) -> bool:
        return self.in_force_from <= day and (self.in_force_until is None or day <= self.in_force_until)


class Course(models.Model):
    """A curriculum that leads to a scheme. What is taught stands in its dated ``Curriculum`` versions."""

    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="courses")
    slug = models.SlugField(max_length=60, unique=True)
    title = models.CharField(max_length=160)
    summary = models.TextField()

    def __str__(self) -> str:
        return self.title


class CurriculumQuerySet(models.QuerySet["Curriculum"]):
    def newest_first(self) -> "CurriculumQuerySet":
        return self.order_by("-version")

    def newest(self) -> "CurriculumQuerySet":
        """The newest version of each course."""
        newer = Curriculum.objects.filter(course=OuterRef("course"), version__gt=OuterRef("version"))
        return self.filter(~Exists(newer)).order_by("course_id")


class Curriculum(models.Model):
    """One dated version of a course: its objectives and its agenda. A workshop keeps the one it was announced with."""

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="curricula")
    version = models.PositiveIntegerField()
    dated = models.DateField()
    digest = models.CharField(max_length=64)
    minimum_minutes = models.PositiveIntegerField()

    objects = CurriculumQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["course", "version"], name="curriculum_version_once")]

    def __str__(self) -> str:
        return f"{self.course_id} v{self.version}"


class ObjectiveQuerySet(models.QuerySet["Objective"]):
    def in_order(self) -> "ObjectiveQuerySet":
        """In the order of the pack."""
        return self.order_by("pk")


class Objective(models.Model):
    """A learning objective, in our own words; ``code`` is the body's number such as ``2.1`` or ``F3.4``."""

    curriculum = models.ForeignKey(Curriculum, on_delete=models.PROTECT, related_name="objectives")
    code = models.CharField(max_length=12)
    category = models.CharField(max_length=120)
    text = models.CharField(max_length=300)
    bloom = models.CharField(max_length=20)

    objects = ObjectiveQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["curriculum", "code"], name="objective_code_once")]

    def __str__(self) -> str:
        return self.code


class BlockQuerySet(models.QuerySet["Block"]):
    def in_order(self) -> "BlockQuerySet":
        return self.order_by("day", "position")

    def counted(self) -> "BlockQuerySet":
        """Blocks whose minutes count as attendance: everything but breaks."""
        return self.filter(is_break=False)


class Block(models.Model):
    """One line of the agenda. ``starts`` is wall-clock time of that day, ``minutes`` its length."""

    curriculum = models.ForeignKey(Curriculum, on_delete=models.PROTECT, related_name="blocks")
    key = models.SlugField(max_length=60)
    day = models.PositiveSmallIntegerField()
    position = models.PositiveSmallIntegerField()
    starts = models.TimeField()
    minutes = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    product = models.CharField(max_length=200, blank=True)
    objectives = models.JSONField(default=list)
    is_break = models.BooleanField(default=False)
    exercises = models.JSONField(default=list, help_text=_("Keys of the exercises done in it, in order"))

    objects = BlockQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["curriculum", "key"], name="block_key_once"),
            models.UniqueConstraint(fields=["curriculum", "day", "position"], name="block_place_once"),
        ]

    def __str__(self) -> str:
        return f"day {self.day} {self.starts:%H:%M} {self.title}"


class LetterTextQuerySet(models.QuerySet["LetterText"]):
    def newest(self, body: Organisation, key: str, language: str) -> "LetterText | None":
        return self.filter(body=body, key=key, language=language).order_by("-version").first()


class LetterText(models.Model):
    """A pack's words for one kind of letter in one language: Markdown with a closed set of ``{placeholders}``."""

    body = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="letter_texts")
    key = models.CharField(max_length=60)
    language = models.CharField(max_length=12)
    version = models.PositiveIntegerField()
    subject = models.CharField(max_length=250)
    text = models.TextField()
    digest = models.CharField(max_length=64)

    objects = LetterTextQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["body", "key", "language", "version"], name="letter_text_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.key} ({self.language}) v{self.version}"


class LicenceQuerySet(models.QuerySet["Licence"]):
    def newest_first(self) -> "LicenceQuerySet":
        """By the date on the paper; of two texts with one date the later loaded comes first."""
        return self.order_by("-dated", "-version")


class Licence(models.Model):
    """The terms a person accepts with a certification, in one dated version."""

    body = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="licences")
    version = models.PositiveIntegerField()
    dated = models.DateField()
    text = models.TextField(help_text=_("Markdown"))
    digest = models.CharField(max_length=64)

    objects = LicenceQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["body", "version"], name="licence_version_once")]

    def __str__(self) -> str:
        return f"licence v{self.version}"


class ConductQuerySet(models.QuerySet["Conduct"]):
    def newest(self, today: date) -> "Conduct | None":
        """In force on the day: by its date, then the later loaded; of several bodies the oldest one's."""
        in_force = self.filter(dated__lte=today).select_related("body")
        return in_force.order_by("body", "-dated", "-version").first()


class Conduct(models.Model):
    """How people treat one another: a body's code of conduct in one dated version."""

    body = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="conduct")
    version = models.PositiveIntegerField()
    dated = models.DateField()
    text = models.TextField(help_text=_("Markdown"))
    digest = models.CharField(max_length=64)

    objects = ConductQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["body", "dated", "version"], name="conduct_version_once")]

    def __str__(self) -> str:
        return f"code of conduct {self.dated} v{self.version}"


class CertificateLayoutQuerySet(models.QuerySet["CertificateLayout"]):
    def newest_first(self) -> "CertificateLayoutQuerySet":
        return self.order_by("-version")


class CertificateLayout(models.Model):
    """The words and colours printed on a scheme's certificate, in one version; the typesetting is the issuer's."""

    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="layouts")
    version = models.PositiveIntegerField()
    parameters = models.JSONField()
    digest = models.CharField(max_length=64)

    objects = CertificateLayoutQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["scheme", "version"], name="layout_version_once")]

    def __str__(self) -> str:
        return f"{self.scheme_id} layout v{self.version}"
