from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from laurels.people.models import Organisation


class PackLoad(models.Model):
    """One loading of a pack that changed something: which bytes, when, as which version."""

    pack = models.SlugField(max_length=60)
    version = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    body = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="pack_loads")
    loaded_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["pack", "version"], name="pack_version_once")]

    def __str__(self) -> str:
        return f"{self.pack} v{self.version}"


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

    class Meta:
        constraints = [models.UniqueConstraint(fields=["body", "code"], name="scheme_code_once")]

    def __str__(self) -> str:
        return self.code


class PolicyQuerySet(models.QuerySet["Policy"]):
    def in_force(self, day: date) -> "PolicyQuerySet":
        """Policies that bind on ``day``, newest version first."""
        return (
            self.filter(in_force_from__lte=day).exclude(in_force_until__lt=day).order_by("-in_force_from", "-version")
        )


class Policy(models.Model):
    """A dated rule set of a body. ``parameters`` is the pack's table as it was loaded; a change makes a new version."""

    body = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="policies")
    key = models.CharField(max_length=40)
    version = models.PositiveIntegerField()
    in_force_from = models.DateField()
    in_force_until = models.DateField(null=True, blank=True)
    parameters = models.JSONField()
    digest = models.CharField(max_length=64)

    objects = PolicyQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["body", "key", "version"], name="policy_version_once")]

    def __str__(self) -> str:
        return f"{self.key} v{self.version}"


class Course(models.Model):
    """A curriculum that leads to a scheme. What is taught stands in its dated ``Curriculum`` versions."""

    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="courses")
    slug = models.SlugField(max_length=60, unique=True)
    title = models.CharField(max_length=160)
    summary = models.TextField()

    def __str__(self) -> str:
        return self.title


class Curriculum(models.Model):
    """One dated version of a course: its objectives and its agenda. A workshop keeps the one it was announced with."""

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="curricula")
    version = models.PositiveIntegerField()
    dated = models.DateField()
    digest = models.CharField(max_length=64)
    minimum_minutes = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["course", "version"], name="curriculum_version_once")]

    def __str__(self) -> str:
        return f"{self.course_id} v{self.version}"


class Objective(models.Model):
    """A learning objective, in our own words; ``code`` is the body's number such as ``2.1`` or ``F3.4``."""

    curriculum = models.ForeignKey(Curriculum, on_delete=models.PROTECT, related_name="objectives")
    code = models.CharField(max_length=12)
    category = models.CharField(max_length=120)
    text = models.CharField(max_length=300)
    bloom = models.CharField(max_length=20)

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

    objects = BlockQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["curriculum", "key"], name="block_key_once"),
            models.UniqueConstraint(fields=["curriculum", "day", "position"], name="block_place_once"),
        ]

    def __str__(self) -> str:
        return f"day {self.day} {self.starts:%H:%M} {self.title}"


class LetterText(models.Model):
    """A pack's words for one kind of letter in one language: Markdown with a closed set of ``{placeholders}``."""

    body = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="letter_texts")
    key = models.CharField(max_length=60)
    language = models.CharField(max_length=12)
    version = models.PositiveIntegerField()
    subject = models.CharField(max_length=250)
    text = models.TextField()
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["body", "key", "language", "version"], name="letter_text_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.key} ({self.language}) v{self.version}"


class Licence(models.Model):
    """The terms a person accepts with a certification, in one dated version."""

    body = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="licences")
    version = models.PositiveIntegerField()
    dated = models.DateField()
    text = models.TextField(help_text=_("Markdown"))
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["body", "version"], name="licence_version_once")]

    def __str__(self) -> str:
        return f"licence v{self.version}"


class CertificateLayout(models.Model):
    """The words and colours printed on a scheme's certificate, in one version; the typesetting is the issuer's."""

    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="layouts")
    version = models.PositiveIntegerField()
    parameters = models.JSONField()
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["scheme", "version"], name="layout_version_once")]

    def __str__(self) -> str:
        return f"{self.scheme_id} layout v{self.version}"
