"""A pack becomes rows: once, in versions, all or nothing, and two loaders at a time do no harm."""

import contextlib
import threading
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection

from laurels.journal.models import Entry
from laurels.kernel.actor import Actor
from laurels.kernel.refusal import Refused
from laurels.people.models import Organisation
from laurels.programmes import facts, queries, rules
from laurels.programmes.actions import load_pack
from laurels.programmes.models import (
    Block,
    CertificateLayout,
    Course,
    Curriculum,
    LetterText,
    Licence,
    Objective,
    PackLoad,
    Policy,
    Scheme,
)
from tests.world.cast import World

SYSTEM = Actor.of_system("test")
TABLES = (Scheme, Policy, Course, Curriculum, Objective, Block, LetterText, Licence, CertificateLayout, PackLoad)


def rows():
    return {table.__name__: list(table.objects.order_by("pk").values()) for table in TABLES}


def test_the_real_pack_brings_its_body_and_everything_the_stages_ask_for(db, pack_folder):
    loaded = load_pack(pack_folder, by=SYSTEM, now=World.morning)

    guild = Organisation.objects.get(slug="commonground")
    cspo = Scheme.objects.get(code="CSPO")
    assert (str(loaded.pack), loaded.version, loaded.is_changed, loaded.body) == ("cspo", 1, True, guild)
    assert (guild.name, guild.zone, guild.is_body, guild.is_provider) == (
        "Commonground Guild",
        "Europe/Lisbon",
        True,
        False,
    )
    of_course = {"curriculum__course__slug": "cspo"}
    assert Objective.objects.filter(**of_course).count() == 52
    assert sum(block.minutes for block in Block.objects.counted().filter(**of_course)) == 960
    assert [block.key for block in Block.objects.filter(**of_course).in_order()][:3] == [
        "open",
        "scrum-from-cards",
        "whose-call",
    ]
    assert queries.latest_curriculum(Course.objects.get(slug="cspo")).minimum_minutes == 960
    assert queries.latest_licence(guild).dated == date(2024, 4, 15)
    assert queries.latest_layout(cspo).parameters["signatory"]["role"] == "Registrar, Commonground Guild"
    assert all(scheme.layouts.exists() for scheme in Scheme.objects.all())


def test_loading_twice_changes_nothing(db, pack_folder):
    load_pack(pack_folder, by=SYSTEM, now=World.morning)
    before, entries = rows(), Entry.objects.count()

    again = load_pack(pack_folder, by=SYSTEM, now=World.noon)

    assert (again.version, again.is_changed, again.changes) == (1, False, ())
    assert rows() == before
    assert Entry.objects.count() == entries


def test_a_changed_policy_is_a_new_version_and_nothing_else_moves(db, own_pack, rewrite):
    load_pack(own_pack, by=SYSTEM, now=World.morning)
    before = rows()
    rewrite("policies/sa-2024.toml", "value = 90", "value = 60")

    loaded = load_pack(own_pack, by=SYSTEM, now=World.noon)

    after = rows()
    assert (loaded.version, loaded.changes) == (2, ("policy SA-2024 v2",))
    assert {name for name in after if after[name] != before[name]} == {"Policy", "PackLoad"}
    assert after["Policy"][:-1] == before["Policy"]
    assert queries.policy_in_force(loaded.body, World.today).parameters["member_benefit_grace_days"] == 60


def test_what_is_needed_before_is_kept_with_the_scheme(db, own_pack, rewrite):
    load_pack(own_pack, by=SYSTEM, now=World.morning)
    rewrite("schemes.toml", "months = 12", "months = 18")
    rewrite(
        "schemes.toml",
        "[scheme.experience]",
        '[[scheme.requires]]\nscheme = "CSM"\nstanding = "active"\n\n[scheme.experience]',
    )

    loaded = load_pack(own_pack, by=SYSTEM, now=World.noon)

    assert loaded.changes == ("scheme A-CSPO",)
    assert rules.prerequisites(Scheme.objects.get(code="A-CSPO").prerequisites).in_words == [
        "CSPO (active or lapsed) or CSM (active)",
        "18 months of work as a Product Owner in the last 5 years, before or after the course",
    ]


def test_each_part_has_its_own_version(db, own_pack, rewrite):
    load_pack(own_pack, by=SYSTEM, now=World.morning)
    rewrite("course/cspo.toml", 'title = "Lunch"', 'title = "A long lunch"')
    rewrite("letters/en/seat-paid.md", "has arrived", "is here")
    rewrite("licence/2024-04-15.md", "only yours", "yours alone")
    rewrite("certificates/cspo.toml", 'heading = "Certificate"', 'heading = "Diploma"')
    rewrite("schemes.toml", "Evolves a product", "Grows a product")
    rewrite("course/cspo.toml", 'title = "Certified Scrum Product Owner"', 'title = "Two days of product"')

    loaded = load_pack(own_pack, by=SYSTEM, now=World.noon + timedelta(days=3))

    assert loaded.changes == (
        "scheme CSPO",
        "course cspo",
        "curriculum cspo v2",
        "letter seat-paid (en) v2",
        "licence v2",
        "certificate CSPO v2",
    )
    curriculum = queries.latest_curriculum(Course.objects.get(slug="cspo"))
    assert (curriculum.version, curriculum.dated) == (2, date(2026, 3, 5))
    assert queries.latest_licence(loaded.body).version == 2
    assert Scheme.objects.get(code="CSPO").description.startswith("Grows a product")


def test_a_licence_of_an_older_day_never_becomes_the_latest(db, own_pack, rewrite):
    text = (own_pack / "licence/2024-04-15.md").read_text()
    (own_pack / "licence/2026-01-01.md").write_text(text.replace("2024-04-15", "2026-01-01"))
    load_pack(own_pack, by=SYSTEM, now=World.morning)
    rewrite("licence/2024-04-15.md", "only yours", "yours alone")

    loaded = load_pack(own_pack, by=SYSTEM, now=World.noon)

    assert queries.latest_licence(loaded.body).dated == date(2026, 1, 1)


def test_what_happened_is_in_the_journal(db, own_pack, rewrite):
    load_pack(own_pack, by=SYSTEM, now=World.morning)
    rewrite("letters/en/seat-paid.md", "has arrived", "is here")
    seen = Entry.objects.about("programmes:commonground").count()
    loaded = load_pack(own_pack, by=SYSTEM, now=World.noon)

    entries = Entry.objects.about("programmes:commonground")[seen:]
    letter = LetterText.objects.newest(loaded.body, "seat-paid", "en")
    load = PackLoad.objects.latest_of(loaded.body, "cspo")
    assert [(entry.fact, entry.payload, entry.by) for entry in entries] == [
        ("programmes.LetterVersioned", {"letter_text_id": letter.pk}, "system:test"),
        ("programmes.PackLoaded", {"body_id": loaded.body.pk, "load_id": load.pk}, "system:test"),
    ]
    assert Entry.objects.of(facts.SchemeAdded).count() == 19


def test_a_broken_pack_changes_nothing_at_all(db, own_pack, rewrite):
    load_pack(own_pack, by=SYSTEM, now=World.morning)
    before, entries = rows(), Entry.objects.count()
    rewrite("schemes.toml", "Evolves a product", "Grows a product")
    rewrite("certificates/cspo.toml", "#2f5d46", "green")

    with pytest.raises(rules.PackProblems, match=r"colours\.accent"):
        load_pack(own_pack, by=SYSTEM, now=World.noon)

    assert rows() == before
    assert Entry.objects.count() == entries


def test_a_fault_in_the_middle_of_a_load_leaves_nothing_behind(db, own_pack):
    other = Organisation.objects.create(slug="other", name="Other", is_body=True)
    scheme = Scheme.objects.create(body=other, code="X", name="X", track="x", level="x")
    Course.objects.create(scheme=scheme, slug="cspo", title="Taken", summary="")

    with pytest.raises(Refused, match="Another body has a course with the slug “cspo”"):
        load_pack(own_pack, by=SYSTEM, now=World.morning)

    assert (Scheme.objects.count(), Policy.objects.count(), Organisation.objects.count()) == (1, 0, 1)


def test_what_was_loaded_cannot_vanish_from_the_pack(db, own_pack, rewrite):
    load_pack(own_pack, by=SYSTEM, now=World.morning)
    (own_pack / "policies/reference/safe.toml").unlink()

    with pytest.raises(Refused, match="missing now: policy SAFE"):
        load_pack(own_pack, by=SYSTEM, now=World.noon)


def test_another_body_may_certify_under_the_same_codes(db, own_pack, rewrite, pack_folder):
    load_pack(pack_folder, by=SYSTEM, now=World.morning)
    rewrite("pack.toml", 'slug = "commonground"', 'slug = "second-guild"')
    rewrite("course/cspo.toml", 'slug = "cspo"', 'slug = "second-cspo"')
    rewrite("course/product-owner-2-advanced.toml", 'slug = "', 'slug = "second-')
    rewrite("course/product-owner-3-professional.toml", 'slug = "', 'slug = "second-')

    loaded = load_pack(own_pack, by=SYSTEM, now=World.noon)

    assert (loaded.version, loaded.body.slug) == (1, "second-guild")
    assert Scheme.objects.filter(code="CSPO").count() == 2
    assert queries.policy_in_force(loaded.body, World.today).body == loaded.body


def test_a_second_pack_of_one_body_may_not_bring_rules_for_the_same_days(db, own_pack, rewrite, pack_folder):
    load_pack(pack_folder, by=SYSTEM, now=World.morning)
    rewrite("pack.toml", 'pack = "cspo"', 'pack = "second"')
    for year in ("2018", "2019", "2024"):
        rewrite(f"policies/sa-{year}.toml", f"SA-{year}", f"OWN-{year}")

    with pytest.raises(Refused, match="The policy SA-2018 of another pack binds the same days"):
        load_pack(own_pack, by=SYSTEM, now=World.noon)


def test_only_the_bodys_staff_load_its_packs(world, pack_folder):
    _ = world.guild

    with pytest.raises(Refused, match="Only staff of Commonground Guild"):
        load_pack(pack_folder, by=world.mallory.actor, now=world.morning)
    with pytest.raises(Refused, match="Only staff of Commonground Guild"):
        load_pack(pack_folder, by=world.ada.actor, now=world.morning)

    assert load_pack(pack_folder, by=world.bo.actor, now=world.morning).body == world.guild


def test_nobody_but_the_system_founds_a_body(world, pack_folder):
    with pytest.raises(Refused, match="Only staff of Commonground Guild"):
        load_pack(pack_folder, by=world.mallory.actor, now=world.morning)

    assert not Organisation.objects.filter(slug="commonground").exists()


def test_a_provider_is_not_turned_into_a_body(world, own_pack, rewrite):
    _ = world.harbour
    rewrite("pack.toml", 'slug = "commonground"', 'slug = "harbour"')

    with pytest.raises(Refused, match="certifies nobody"):
        load_pack(own_pack, by=SYSTEM, now=world.morning)


def test_terms_of_tomorrow_are_loaded_tomorrow(db, own_pack, rewrite):
    rewrite("licence/2024-04-15.md", "2024-04-15", "2026-03-03")

    with pytest.raises(Refused, match="dated 2026-03-03 are not in force yet"):
        load_pack(own_pack, by=SYSTEM, now=World.morning)

    assert load_pack(own_pack, by=SYSTEM, now=World.morning + timedelta(days=1)).is_changed


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_two_first_loads_at_once_load_once(pack_folder):
    gate, done = threading.Barrier(2), []

    def load():
        gate.wait()
        try:
            done.append(load_pack(pack_folder, by=SYSTEM, now=World.morning))
        finally:
            connection.close()

    threads = [threading.Thread(target=load) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted((loaded.version, loaded.is_changed) for loaded in done) == [(1, False), (1, True)]
    assert (PackLoad.objects.count(), Organisation.objects.count()) == (1, 1)
    assert (Scheme.objects.count(), Policy.objects.count(), Curriculum.objects.count()) == (19, 11, 3)


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_two_different_changes_at_once_follow_one_another(own_pack, pack_folder, rewrite):
    load_pack(pack_folder, by=SYSTEM, now=World.morning)
    rewrite("policies/sa-2024.toml", "value = 90", "value = 60")
    gate, done = threading.Barrier(2), []

    def load(folder):
        gate.wait()
        try:
            done.append(load_pack(folder, by=SYSTEM, now=World.noon))
        finally:
            connection.close()

    threads = [threading.Thread(target=load, args=(folder,)) for folder in (own_pack, own_pack)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted((loaded.version, loaded.is_changed) for loaded in done) == [(2, False), (2, True)]
    assert [policy.version for policy in Policy.objects.filter(key="SA-2024").order_by("version")] == [1, 2]


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_without_the_lock_two_first_loads_collide(pack_folder, monkeypatch):
    """The positive control. SQLite lets only one writer in at all, so there the two never meet."""
    gate, collisions = threading.Barrier(2), []

    def meet_instead_of_waiting(topic):
        with contextlib.suppress(threading.BrokenBarrierError):
            gate.wait(timeout=2)

    monkeypatch.setattr("laurels.programmes.actions.loading._take_turns", meet_instead_of_waiting)

    def load():
        try:
            load_pack(pack_folder, by=SYSTEM, now=World.morning)
        except IntegrityError as collision:
            collisions.append(collision)
        finally:
            connection.close()

    threads = [threading.Thread(target=load) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(collisions) == (1 if connection.vendor == "postgresql" else 0)
