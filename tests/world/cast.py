"""A small fixed cast, built lazily: asking for ``world.ada`` makes Ada, asking twice gives the same one.

Ada and Grace learn · Tess trains and Sam is staff at Harbour Product School · Bo is staff of the body, Commonground
Guild · Mallory is staff at Maple & Tide, which has nothing to do with the others · Olive owns Harbour and the body.
"""

import re
from datetime import UTC, date, datetime, time
from functools import cached_property

from laurels.mail.models import Letter
from laurels.participation.models import Line, Roster
from laurels.people.models import Address, Organisation, Person, Proof, Role
from laurels.programmes.models import (
    Block,
    CertificateLayout,
    Course,
    Curriculum,
    Licence,
    Objective,
    PackLoad,
    Policy,
    Scheme,
)
from laurels.workshops.models import Workshop


class World:
    morning = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
    today = date(2026, 3, 2)
    noon = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
    after_class = datetime(2026, 4, 16, 18, 0, tzinfo=UTC)

    def person(self, name: str, email: str = "") -> Person:
        person = Person(name=name, created_at=self.morning)
        person.set_unusable_password()
        person.save()
        email = email or f"{name.split()[0].lower()}@people.example"
        Address.objects.create(person=person, email=email, verified_at=self.morning, is_primary=True)
        return person

    def with_role(self, person: Person, kind: str, organisation: Organisation) -> Person:
        Role.objects.create(person=person, organisation=organisation, kind=kind, granted_at=self.morning)
        return person

    def code_for(self, proof: Proof) -> str:
        """The code in the newest letter to the proof's address."""
        return self._in_letter(proof.email, r"\?code=([0-9A-Z]{8})")

    def role_secret_for(self, email: str) -> str:
        """The secret of the newest role invitation's link sent to the address."""
        return self._in_letter(email, r"/role-invitations/([\w-]+)")

    def _in_letter(self, email: str, pattern: str) -> str:
        match = re.search(pattern, Letter.objects.to_email(email).latest("pk").text)
        assert match
        return match[1]

    @cached_property
    def ada(self) -> Person:
        return self.person("Ada Lovelace")

    @cached_property
    def grace(self) -> Person:
        return self.person("Grace Hopper")

    @cached_property
    def tess(self) -> Person:
        return self.with_role(self.person("Tess Trainer"), "trainer", self.harbour)

    @cached_property
    def sam(self) -> Person:
        return self.with_role(self.person("Sam Staff"), "staff", self.harbour)

    @cached_property
    def olive(self) -> Person:
        return self.with_role(self.with_role(self.person("Olive Owner"), "owner", self.harbour), "owner", self.guild)

    @cached_property
    def bo(self) -> Person:
        return self.with_role(self.person("Bo Body"), "staff", self.guild)

    @cached_property
    def mallory(self) -> Person:
        return self.with_role(self.person("Mallory Elsewhere"), "staff", self.maple)

    @cached_property
    def guild(self) -> Organisation:
        return Organisation.objects.create(
            slug="commonground", name="Commonground Guild", is_body=True, zone="Europe/Lisbon"
        )

    @cached_property
    def harbour(self) -> Organisation:
        return Organisation.objects.create(
            slug="harbour", name="Harbour Product School", is_provider=True, zone="Europe/Berlin"
        )

    @cached_property
    def maple(self) -> Organisation:
        return Organisation.objects.create(
            slug="maple-tide", name="Maple & Tide Training", is_provider=True, zone="America/Vancouver"
        )

    @cached_property
    def scheme(self) -> Scheme:
        PackLoad.objects.create(pack="cspo", version=1, digest="0" * 64, body=self.guild, loaded_at=self.morning)
        scheme = Scheme.objects.create(
            body=self.guild,
            code="CSPO",
            name="Certified Scrum Product Owner",
            track="productowner",
            level="foundational",
            description="Evolves a product from scratch with a Scrum Team.",
            criteria="Took part actively in a two-day workshop.",
        )
        CertificateLayout.objects.create(scheme=scheme, version=1, parameters={}, digest="0" * 64)
        Licence.objects.create(
            body=self.guild,
            version=1,
            dated=date(2024, 4, 15),
            text="Use the title while it is valid.",
            digest="0" * 64,
        )
        _ = self.policy
        return scheme

    @cached_property
    def policy(self) -> Policy:
        return Policy.objects.create(
            body=self.guild,
            key="SA-2024",
            version=1,
            in_force_from=date(2024, 4, 15),
            parameters={"term_months": 24, "member_benefit_grace_days": 90, "opens_days_after_award": 30},
            digest="0" * 64,
        )

    @cached_property
    def course(self) -> Course:
        return Course.objects.create(
            scheme=self.scheme, slug="cspo", title="Certified Scrum Product Owner", summary="Two days, no test."
        )

    @cached_property
    def curriculum(self) -> Curriculum:
        """Two short days: 30 + 45 minutes, a break that does not count, then 60."""
        curriculum = Curriculum.objects.create(
            course=self.course, version=1, dated=date(2024, 4, 15), digest="0" * 64, minimum_minutes=135
        )
        Objective.objects.create(
            curriculum=curriculum, code="2.1", category="Goals", text="Relate vision and goal", bloom="understand"
        )
        rows = [
            ("open", 1, 1, time(9), 30, False),
            ("vision", 1, 2, time(9, 30), 45, False),
            ("break", 1, 3, time(10, 15), 15, True),
            ("review", 2, 1, time(9), 60, False),
        ]
        for key, day, position, starts, minutes, is_break in rows:
            Block.objects.create(
                curriculum=curriculum,
                key=key,
                day=day,
                position=position,
                starts=starts,
                minutes=minutes,
                title=key.title(),
                is_break=is_break,
            )
        return curriculum

    def workshop_with(self, **changes: object) -> Workshop:
        """An announced workshop at Harbour in April, with Tess; ``changes`` are fields."""
        fields: dict[str, object] = {
            "provider": self.harbour,
            "course": self.course,
            "curriculum": self.curriculum,
            "state": Workshop.State.ANNOUNCED,
            "mode": Workshop.Mode.ONLINE,
            "zone": "Europe/Berlin",
            "starts_on": date(2026, 4, 15),
            "ends_on": date(2026, 4, 16),
            "capacity": 12,
            "created_at": self.morning,
            "announced_at": self.morning,
            **changes,
        }
        workshop = Workshop.objects.create(**fields)
        workshop.trainers.add(self.tess)
        return workshop

    @cached_property
    def workshop(self) -> Workshop:
        return self.workshop_with()

    @cached_property
    def almost_full(self) -> Workshop:
        return self.workshop_with(capacity=1)

    def accepted_line(self, person: Person, *, email: str = "", workshop: Workshop | None = None) -> Line:
        """The body has accepted the person, who attended all of ``workshop`` (else one held in April)."""
        workshop = workshop or self.held
        seat = workshop.all_seats.create(person=person, name=person.name, state="attended", taken_at=self.morning)
        attestation = seat.attestations.create(decision="eligible", minutes_present=135, decided_at=self.after_class)
        roster, _ = Roster.objects.get_or_create(
            workshop=workshop,
            version=1,
            defaults={
                "body": self.guild,
                "scheme": workshop.course.scheme,
                "state": "submitted",
                "made_at": self.after_class,
            },
        )
        return roster.lines.create(
            seat=seat,
            attestation=attestation,
            certificate_name=person.name,
            email=email or person.email,
            minutes_present=135,
            state=Line.State.ACCEPTED,
            ruled_at=self.after_class,
        )

    @cached_property
    def held(self) -> Workshop:
        return self.workshop_with(state=Workshop.State.HELD)

    def invitation_secret_for(self, email: str) -> str:
        """The secret of the newest invitation to a certification sent to the address."""
        return self._in_letter(email, r"/invitations/([\w-]+)")
