"""Loading a pack: the only way in which programmes come and change."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import models, transaction

from laurels.journal.actions import record
from laurels.journal.models import Topic
from laurels.kernel.actor import Actor
from laurels.kernel.periods import day_in
from laurels.kernel.refusal import require
from laurels.people.actions import found
from laurels.people.models import Organisation
from laurels.programmes import facts, rules
from laurels.programmes.actions.exercises import LoadedExercises, load_exercises
from laurels.programmes.models import (
    Block,
    CertificateLayout,
    Conduct,
    Course,
    Curriculum,
    Exercise,
    Lesson,
    LetterText,
    Licence,
    Objective,
    PackLoad,
    Policy,
    Scheme,
)
from laurels.programmes.rules import Pack
from laurels.programmes.rules.contents import (
    PackConduct,
    PackCourse,
    PackExercise,
    PackLayout,
    PackLesson,
    PackLetter,
    PackLicence,
    PackPolicy,
    PackScheme,
    TrainerPack,
    columns_of_exercise,
)

LESSON_COLUMNS = ("key", "position", "title", "summary", "text", "practice", "minutes", "digest")


@dataclass(frozen=True, slots=True)
class Loaded:
    """``version`` counts the loads of this pack that changed something; ``changes`` names what is new, for people."""

    pack: Pack
    version: int
    is_changed: bool
    body: Organisation
    changes: tuple[str, ...] = ()


def load_pack(path: Path, *, by: Actor, now: datetime) -> Loaded | LoadedExercises:
    """Read, check and load a pack: a body's, or a trainer's exercises.

    Raises ``PackProblems`` or ``Refused``; then nothing has changed.
    """
    pack = rules.read_pack(path)
    if isinstance(pack, TrainerPack):
        return load_exercises(pack, by=by, now=now)
    return load(pack, by=by, now=now)


@transaction.atomic
def load(pack: Pack, *, by: Actor, now: datetime) -> Loaded:
    """Make the body's programmes what the pack says: new versions of what changed, the rest untouched.

    Loading the same again changes nothing.
    """
    topic = f"programmes:{pack.body.slug}"
    _take_turns(topic)
    body = Organisation.objects.filter(slug=pack.body.slug).first()
    latest = PackLoad.objects.latest_of(body, pack.key) if body else None
    if body and latest and latest.digest == pack.digest:
        return Loaded(pack, latest.version, False, body)
    require(rules.why_not_load(pack, body, latest, by=by, now=now))
    body = body or _found(pack, by=by, now=now)
    changes = _Loading(pack, body, topic, by, now).write()
    version = latest.version + 1 if latest else 1
    load = PackLoad.objects.create(
        pack=pack.key, version=version, digest=pack.digest, contents=pack.contents, body=body, loaded_at=now
    )
    record(topic, facts.PackLoaded(body.pk, load.pk), by=by, at=now)
    return Loaded(pack, version, True, body, tuple(changes))


def _take_turns(topic: str) -> None:
    """Wait for other loads of the same body. Not on the body's row: at the first load there is none yet."""
    Topic.objects.lock(topic)


def _found(pack: Pack, *, by: Actor, now: datetime) -> Organisation:
    words = pack.body
    return found(
        words.slug,
        words.name,
        is_body=True,
        is_provider=False,
        zone=words.zone,
        email=words.email,
        about=words.about,
        by=by,
        now=now,
    )


class _Loading:
    """One load at work; each ``write_…`` leaves equal rows untouched and names what it changed."""

    def __init__(self, pack: Pack, body: Organisation, topic: str, by: Actor, now: datetime) -> None:
        self.pack, self.body, self.topic, self.by, self.now = pack, body, topic, by, now
        self.changes: list[str] = []

    def write(self) -> list[str]:
        for scheme in self.pack.schemes:
            self.write_scheme(scheme)
        self.schemes = {scheme.code: scheme for scheme in Scheme.objects.filter(body=self.body)}
        for policy in self.pack.policies:
            self.write_policy(policy)
        for course in self.pack.courses:
            self.write_course(course)
        for exercise in self.pack.exercises:
            self.write_exercise(exercise)
        for letter in self.pack.letters:
            self.write_letter(letter)
        for licence in self.pack.licences:
            self.write_licence(licence)
        for code in self.pack.conduct:
            self.write_conduct(code)
        for layout in self.pack.layouts:
            self.write_layout(layout)
        for lesson in self.pack.lessons:
            self.write_lesson(lesson)
        return self.changes

    def write_scheme(self, scheme: PackScheme) -> None:
        fields = ("name", "track", "level", "description", "criteria", "never_expires", "prerequisites")
        wanted = {field: getattr(scheme, field) for field in fields}
        row = Scheme.objects.filter(body=self.body, code=scheme.code).first()
        if row is None:
            row = Scheme.objects.create(body=self.body, code=scheme.code, **wanted)
            self.tell(f"scheme {scheme.code}", facts.SchemeAdded(row.pk))
        elif self.update(row, wanted):
            self.tell(f"scheme {scheme.code}", facts.SchemeChanged(row.pk))

    def write_policy(self, policy: PackPolicy) -> None:
        fields = (
            "title",
            "about",
            "is_reference",
            "in_force_from",
            "in_force_until",
            "parameters",
            "sources",
            "digest",
        )
        rows = Policy.objects.filter(body=self.body, key=policy.key)
        if version := self.next_version(rows, policy.digest):
            wanted = {field: getattr(policy, field) for field in fields}
            row = Policy.objects.create(body=self.body, key=policy.key, version=version, **wanted)
            self.tell(f"policy {row}", facts.PolicyVersioned(row.pk))

    def write_course(self, course: PackCourse) -> None:
        wanted = {"scheme_id": self.schemes[course.scheme].pk, "title": course.title, "summary": course.summary}
        row = Course.objects.filter(slug=course.slug).first()
        if row is None:
            row = Course.objects.create(slug=course.slug, **wanted)
            self.tell(f"course {course.slug}", facts.CourseAdded(row.pk))
        elif self.update(row, wanted):
            self.tell(f"course {course.slug}", facts.CourseChanged(row.pk))
        if version := self.next_version(Curriculum.objects.filter(course=row), course.digest):
            self.write_curriculum(row, version, course)

    def write_curriculum(self, row: Course, version: int, course: PackCourse) -> None:
        curriculum = Curriculum.objects.create(
            course=row,
            version=version,
            dated=day_in(self.body.zone, self.now),
            digest=course.digest,
            minimum_minutes=course.minimum_minutes,
        )
        Objective.objects.bulk_create(
            Objective(curriculum=curriculum, code=each.code, category=each.category, text=each.text, bloom=each.bloom)
            for each in course.objectives
        )
        Block.objects.bulk_create(
            Block(
                curriculum=curriculum,
                key=each.key,
                day=each.day,
                position=each.position,
                starts=each.starts,
                minutes=each.minutes,
                title=each.title,
                product=each.product,
                objectives=list(each.objectives),
                is_break=each.is_break,
                exercises=list(each.exercises),
            )
            for each in course.blocks
        )
        self.tell(f"curriculum {course.slug} v{version}", facts.CurriculumVersioned(curriculum.pk))

    def write_exercise(self, exercise: PackExercise) -> None:
        rows = Exercise.objects.filter(body=self.body, key=exercise.key)
        if version := self.next_version(rows, exercise.digest):
            columns = columns_of_exercise(exercise)
            row = Exercise.objects.create(body=self.body, version=version, loaded_at=self.now, **columns)
            self.tell(f"exercise {row}", facts.ExerciseVersioned(row.pk))

    def write_letter(self, letter: PackLetter) -> None:
        rows = LetterText.objects.filter(body=self.body, key=letter.key, language=letter.language)
        if version := self.next_version(rows, letter.digest):
            row = LetterText.objects.create(
                body=self.body,
                key=letter.key,
                language=letter.language,
                version=version,
                subject=letter.subject,
                text=letter.text,
                digest=letter.digest,
            )
            self.tell(f"letter {row}", facts.LetterVersioned(row.pk))

    def write_licence(self, licence: PackLicence) -> None:
        rows = Licence.objects.filter(body=self.body)
        # A licence is known by its date: a changed text of an old date is a new version of that date.
        if self.next_version(rows.filter(dated=licence.dated), licence.digest):
            version = (rows.aggregate(models.Max("version"))["version__max"] or 0) + 1
            row = Licence.objects.create(
                body=self.body, version=version, dated=licence.dated, text=licence.text, digest=licence.digest
            )
            self.tell(str(row), facts.LicenceVersioned(row.pk))

    def write_conduct(self, code: PackConduct) -> None:
        rows = Conduct.objects.filter(body=self.body, dated=code.dated)
        if version := self.next_version(rows, code.digest):
            columns = {"dated": code.dated, "text": code.text, "digest": code.digest}
            row = Conduct.objects.create(body=self.body, version=version, **columns)
            self.tell(str(row), facts.ConductVersioned(row.pk))

    def write_layout(self, layout: PackLayout) -> None:
        for scheme in [self.schemes[code] for code in layout.schemes]:
            if version := self.next_version(CertificateLayout.objects.filter(scheme=scheme), layout.digest):
                row = CertificateLayout.objects.create(
                    scheme=scheme, version=version, parameters=layout.parameters, digest=layout.digest
                )
                self.tell(f"certificate {scheme.code} v{version}", facts.LayoutVersioned(row.pk))

    def write_lesson(self, lesson: PackLesson) -> None:
        rows = Lesson.objects.filter(body=self.body, key=lesson.key)
        if version := self.next_version(rows, lesson.digest):
            columns = {name: getattr(lesson, name) for name in LESSON_COLUMNS}
            row = Lesson.objects.create(body=self.body, version=version, **columns)
            self.tell(f"lesson {row}", facts.LessonVersioned(row.pk))

    def next_version(self, rows: models.QuerySet[Any], digest: str) -> int | None:
        """The version to write, or None when the newest of ``rows`` has this digest already."""
        newest = rows.order_by("-version").values_list("version", "digest").first()
        if newest is None:
            return 1
        return None if newest[1] == digest else newest[0] + 1

    def update(self, row: models.Model, wanted: dict[str, Any]) -> bool:
        changed = [field for field, value in wanted.items() if getattr(row, field) != value]
        for field in changed:
            setattr(row, field, wanted[field])
        if changed:
            row.save(update_fields=changed)
        return bool(changed)

    def tell(self, change: str, fact: object) -> None:
        self.changes.append(change)
        record(self.topic, fact, by=self.by, at=self.now)
