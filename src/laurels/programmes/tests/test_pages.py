"""What anybody may read about a programme."""

import pytest

from laurels.kernel.actor import Actor
from laurels.programmes.actions import load_pack
from laurels.programmes.models import Scheme
from tests.world.cast import World

SYSTEM = Actor.of_system("test")


@pytest.fixture
def guild(db, pack_folder):
    return load_pack(pack_folder, by=SYSTEM, now=World.morning).body


def text(client, path):
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def test_a_programme_says_how_to_earn_and_to_keep_it(guild, client):
    page = text(client, "/programmes/cspo")

    assert "<h1>Certified Scrum Product Owner</h1>" in page
    assert "There is no test and no experience is asked." in page
    assert "A certificate is valid for 24 months." in page
    assert "USD\u00a0100.00" in page
    assert "In force since 15 April 2024." in page
    assert 'href="/programmes/a-cspo?body=commonground"' in page
    assert 'href="/courses/cspo"' in page


def test_codes_with_spaces_have_an_address_and_what_never_expires_says_so(guild, client):
    assert "<h1>Certified Agile Leader 1</h1>" in text(client, "/programmes/cal-1")
    assert "For ever: this one never expires." in text(client, "/programmes/mc")
    assert "Renewal fee" not in text(client, "/programmes/mc")


def test_a_higher_programme_says_what_is_needed_before(guild, client):
    for path in ("/programmes/a-cspo", "/courses/a-cspo"):
        page = text(client, path)
        assert "CSPO (active or lapsed)" in page
        assert "12 months of work as a Product Owner in the last 5 years" in page
    assert "Before it can be yours" not in text(client, "/programmes/cspo")


def test_every_programme_has_its_page(guild, client):
    for scheme in Scheme.objects.all():
        assert f"<h1>{scheme.name}</h1>" in text(client, f"/programmes/{scheme.slug}")


def test_two_bodies_with_one_code_each_have_their_page(guild, client, own_pack, rewrite):
    rewrite("pack.toml", 'slug = "commonground"', 'slug = "second-guild"')
    rewrite("pack.toml", "Commonground Guild", "Second Guild")
    rewrite("course/cspo.toml", 'slug = "cspo"', 'slug = "second-cspo"')
    rewrite("course/product-owner-2-advanced.toml", 'slug = "', 'slug = "second-')
    rewrite("course/product-owner-3-professional.toml", 'slug = "', 'slug = "second-')
    load_pack(own_pack, by=SYSTEM, now=World.noon)

    first, second = text(client, "/programmes/cspo"), text(client, "/programmes/cspo?body=second-guild")

    assert 'href="/programmes/cspo?body=second-guild">Second Guild</a>' in first
    assert 'href="/courses/second-cspo"' not in first
    assert 'href="/courses/second-cspo"' in second
    assert "Second Guild" in text(client, "/policies/SA-2024?body=second-guild")


def test_a_course_shows_two_days_and_all_objectives(guild, client):
    page = text(client, "/courses/cspo")

    assert "<dd>16 hours</dd>" in page
    assert page.count("8 hours without breaks") == 2
    assert "<time>08:30</time>–<time>09:00</time>" in page
    assert "<time>17:25</time>–<time>18:00</time>" in page
    assert page.count('<li><span class="number muted">') == 52
    assert page.count('<td class="muted">Lunch</td>') == 2


def test_a_policy_is_readable_with_its_sources(guild, client):
    page = text(client, "/policies/SA-2024")

    assert "Members keep their benefits for 90 days after the end." in page
    assert '<a href="#source-JP-CSM">JP-CSM</a>' in page
    assert '<div id="source-JP-CSM">' in page
    assert "Concluded" in page
    assert page.count('<th scope="row">') == 3


def test_a_reference_policy_says_that_it_binds_nobody_and_what_was_not_found(guild, client):
    page = text(client, "/policies/SA-TRAINER")

    assert "As read on 1 September 2026; binds nobody here." in page
    assert "Annual fee: not found in any page read." in page


def test_older_versions_stay_readable_and_point_to_the_newer(guild, client, own_pack, rewrite):
    rewrite("policies/sa-2024.toml", "value = 90", "value = 60")
    load_pack(own_pack, by=SYSTEM, now=World.noon)

    assert "benefits for 60 days" in text(client, "/policies/SA-2024")
    old = text(client, "/policies/SA-2024?version=1")
    assert "benefits for 90 days" in old
    assert "There is a newer version of these rules." in old


@pytest.mark.parametrize(
    "path",
    ["/programmes/nothing", "/programmes/cspo?body=nobody", "/courses/nothing", "/policies/SA-1999",
     "/policies/SA-2024?version=9", "/policies/SA-2024?version=x", "/policies/SA-2024?body=nobody"],
)  # fmt: skip
def test_what_is_not_there_is_not_found(guild, client, path):
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("path", ["/programmes/cspo", "/courses/cspo", "/policies/SA-2024"])
def test_pages_ask_few_questions(guild, client, django_assert_max_num_queries, path):
    with django_assert_max_num_queries(8):
        client.get(path)
