"""``read_pack``: a folder becomes a ``Pack``, or a list of everything that is wrong with it."""

import re
from dataclasses import asdict, replace
from pathlib import Path
from zoneinfo import available_timezones

from laurels.programmes.rules import courses, exercises, layouts, policies, schemes
from laurels.programmes.rules.contents import (
    Pack,
    PackBody,
    PackConduct,
    PackCourse,
    PackExercise,
    PackLetter,
    PackLicence,
    TrainerPack,
)
from laurels.programmes.rules.files import FORMAT, read_files
from laurels.programmes.rules.lessons import read_lessons
from laurels.programmes.rules.letters import LETTERS, read_conduct, read_letter, read_licence
from laurels.programmes.rules.pages import Page
from laurels.programmes.rules.problems import PackProblems, Problem
from laurels.programmes.rules.tables import Table, digest_of, read_table

ALLOWED = re.compile(
    r"pack\.toml|schemes\.toml|sources\.toml|policies/(?:reference/)?[^/]+\.toml|policies/cases\.json|course/[^/]+\.toml|certificates/[^/]+\.toml"
    r"|exercises/[^/]+\.toml|lessons/[0-9]{2}-[a-z0-9-]+\.md"
    r"|letters/[^/]+/[^/]+\.md|licence/[^/]+\.md|conduct/[^/]+\.md|README\.md|LICENCE(?:\.md)?|CHANGELOG\.md"
)
EMAIL = r"[^@\s]+@[^@\s]+\.[^@\s]+"


TRAINERS = re.compile(r"pack\.toml|exercises/[^/]+\.toml|README\.md|LICENCE(?:\.md)?|CHANGELOG\.md")


def read_pack(path: Path) -> Pack | TrainerPack:
    """The pack in the folder or zip file ``path``: a body's, or where its head names a trainer, a trainer's exercises.

    Raises ``PackProblems`` with every problem found, never only the first.
    """
    problems: list[Problem] = []
    texts = read_files(path, problems)
    reader = _Reader(texts, problems)
    pack = (reader.trainers() or reader.pack()) if texts else None
    if problems or pack is None:
        raise PackProblems(
            problems or [Problem(str(path), 0, "", "The folder is empty. A pack begins with pack.toml.")]
        )
    return pack


class _Reader:
    def __init__(self, texts: dict[str, str], problems: list[Problem]) -> None:
        self.texts, self.problems = texts, problems

    def pack(self) -> Pack:
        self.refuse_strangers()
        key, name, body = self.head()
        known = schemes.read_schemes(self.toml("schemes.toml"))
        sources = policies.read_sources(self.toml("sources.toml", required=False))
        agendas = self.tomls("course/")
        taught = courses.read_courses(agendas, known)
        pack = Pack(
            key=key,
            name=name,
            body=body,
            schemes=known,
            policies=policies.read_policies(self.tomls("policies/"), known, sources, self.problems),
            courses=taught,
            exercises=self.exercises(agendas, taught),
            letters=self.letters(),
            licences=self.licences(),
            conduct=self.conduct(),
            layouts=layouts.read_layouts(self.tomls("certificates/"), known, self.problems),
            lessons=read_lessons([self.page(name) for name in self.named("lessons/")], self.problems),
            contents={},
            digest="",
        )
        return _sealed(pack)

    def trainers(self) -> TrainerPack | None:
        """None where the head names no trainer: then it is a body's pack, or none at all."""
        head = read_table("pack.toml", self.texts.get("pack.toml", ""), [])
        if head is None or not head.has("trainer"):
            return None
        self.refuse_strangers(TRAINERS)
        table = read_table("pack.toml", self.texts["pack.toml"], self.problems) or head
        key, name = self.names(table)
        email = self.trainer(table.table("trainer"))
        table.close()
        texts = self.texts_in("exercises/")
        if not texts:
            self.say("exercises/", "The folder is missing or empty. Put the exercises there, a file each.")
        # Which objectives and other exercises there are, only the installation knows.
        found = exercises.read_exercises(texts, self.problems, codes=None, others=None)
        return TrainerPack(key, name, email, found)

    def trainer(self, table: Table | None) -> str:
        if table is None:
            return ""
        email = table.text("email", limit=254, pattern=EMAIL, like="tess@school.example")
        table.close()
        return email

    def refuse_strangers(self, allowed: re.Pattern[str] = ALLOWED) -> None:
        for name in self.texts:
            if not allowed.fullmatch(name):
                self.say(name, "A pack has no place for this file. Move it, or see docs/packs.md for what goes where.")

    def names(self, table: Table) -> tuple[str, str]:
        if table.whole("format") != FORMAT:
            table.say("format", f"This software reads packs of format {FORMAT}. Write format = {FORMAT}.")
        key = table.text("pack", limit=60, pattern=schemes.SLUG, like="product-owner")
        return key, table.text("name", limit=120)

    def head(self) -> tuple[str, str, PackBody]:
        table = self.toml("pack.toml")
        if table is None:
            return "", "", PackBody("", "", "", "", "")
        key, name = self.names(table)
        body = self.body(table.table("body"))
        table.close()
        return key, name, body

    def body(self, table: Table | None) -> PackBody:
        if table is None:
            return PackBody("", "", "", "", "")
        body = PackBody(
            slug=table.text("slug", limit=60, pattern=schemes.SLUG, like="commonground"),
            name=table.text("name", limit=160),
            zone=table.text("zone", limit=60),
            email=table.text("email", limit=254, pattern=EMAIL, like="office@guild.example"),
            about=table.text("about"),
        )
        if body.zone and body.zone not in available_timezones():
            table.say("zone", f"“{body.zone}” is no time zone. Use a name like Europe/Lisbon.")
        table.close()
        return body

    def letters(self) -> tuple[PackLetter, ...]:
        found = []
        for name in self.named("letters/"):
            _, language, file = name.split("/")
            letter = read_letter(self.page(name), language, file.removesuffix(".md"))
            found += [letter] if letter else []
        for key in sorted(set(LETTERS) - {name.split("/")[-1][:-3] for name in self.named("letters/en/")}):
            self.say(f"letters/en/{key}.md", "This letter is missing. Write it; every letter is needed in English.")
        return tuple(found)

    def licences(self) -> tuple[PackLicence, ...]:
        found: list[PackLicence] = []
        for name in self.named("licence/"):
            licence = read_licence(self.page(name))
            if licence and any(other.dated == licence.dated for other in found):
                self.say(name, f"Another licence is dated {licence.dated} too. Give each its own date.")
            found += [licence] if licence else []
        if not found:
            self.say("licence/", "There are no licence terms. Add licence/<date>.md with what a person agrees to.")
        return tuple(sorted(found, key=lambda licence: licence.dated))

    def conduct(self) -> tuple[PackConduct, ...]:
        """None where the body has no community yet."""
        found: list[PackConduct] = []
        for name in self.named("conduct/"):
            code = read_conduct(self.page(name))
            if code and any(other.dated == code.dated for other in found):
                self.say(name, f"Another code of conduct is dated {code.dated} too. Give each its own date.")
            found += [code] if code else []
        return tuple(sorted(found, key=lambda code: code.dated))

    def exercises(self, agendas: list[Table], taught: tuple[PackCourse, ...]) -> tuple[PackExercise, ...]:
        codes = {objective.code for course in taught for objective in course.objectives}
        found = exercises.read_exercises(self.texts_in("exercises/"), self.problems, codes=codes, others={})
        exercises.check_agendas(agendas, taught, found)
        return found

    # Files

    def named(self, folder: str) -> list[str]:
        return [name for name in self.texts if name.startswith(folder) and ALLOWED.fullmatch(name)]

    def texts_in(self, folder: str) -> dict[str, str]:
        return {name: self.texts[name] for name in self.named(folder)}

    def page(self, name: str) -> Page:
        return Page(name, self.texts[name], self.problems)

    def tomls(self, folder: str) -> list[Table]:
        tables = [self.toml(name) for name in self.named(folder) if name.endswith(".toml")]
        if not tables:
            self.say(folder, "The folder is missing or empty. See docs/packs.md for what belongs there.")
        return [table for table in tables if table is not None]

    def toml(self, name: str, *, required: bool = True) -> Table | None:
        if name in self.texts:
            return read_table(name, self.texts[name], self.problems)
        if required and not any(problem.file == name for problem in self.problems):
            self.say(name, "This file is missing. Every pack needs it.")
        return None

    def say(self, file: str, message: str) -> None:
        self.problems.append(Problem(file, 0, "", message))


def _sealed(pack: Pack) -> Pack:
    """The pack with the digest of each part and of the whole."""
    parts = {f"scheme {scheme.code}": digest_of(asdict(scheme)) for scheme in pack.schemes}
    parts |= {f"policy {policy.key}": policy.digest for policy in pack.policies}
    parts |= {f"course {course.slug}": digest_of(asdict(course)) for course in pack.courses}
    parts |= {f"exercise {exercise.key}": exercise.digest for exercise in pack.exercises}
    parts |= {f"letter {letter.key}.{letter.language}": letter.digest for letter in pack.letters}
    parts |= {f"licence {licence.dated}": licence.digest for licence in pack.licences}
    parts |= {f"code of conduct {code.dated}": code.digest for code in pack.conduct}
    parts |= {f"certificate {code}": layout.digest for layout in pack.layouts for code in layout.schemes}
    parts |= {f"lesson {lesson.key}": lesson.digest for lesson in pack.lessons}
    digest = digest_of([pack.key, pack.name, asdict(pack.body), parts])
    return replace(pack, contents=parts, digest=digest)
