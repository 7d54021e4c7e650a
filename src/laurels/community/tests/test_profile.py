"""A person writes, looks, puts up, takes down; and only they do."""

from datetime import timedelta

import pytest

from laurels.community import facts, rules
from laurels.community.actions import follow_the_name, publish, save_profile, take_down
from laurels.community.models import Profile
from laurels.journal.models import Entry
from laurels.kernel.actor import ANONYMOUS
from laurels.kernel.refusal import Refusal, Refused
from laurels.people.actions import rename


def test_nothing_is_seen_before_the_person_says_so(world, browser, clock):
    mine = save_profile(world.ada, about="Hello", is_listed=True, by=world.ada.actor, now=world.morning)
    address = f"/members/{mine.public_id}"
    assert browser(world.grace).get(address).status_code == 404

    publish(mine, by=world.ada.actor, now=world.morning)
    assert browser(world.grace).get(address).status_code == 200
    assert world.ada.name in browser(world.grace).get("/members").content.decode()

    take_down(mine, by=world.ada.actor, now=world.noon)
    assert browser(world.grace).get(address).status_code == 404
    assert world.ada.name not in browser(world.grace).get("/members").content.decode()


def test_one_profile_a_person_and_the_address_stays(world):
    first = save_profile(world.ada, about="One", by=world.ada.actor, now=world.morning)
    second = save_profile(world.ada, about="Two", place=" Lisbon ", by=world.ada.actor, now=world.noon)
    assert (second.pk, second.public_id, second.about, second.place) == (first.pk, first.public_id, "Two", "Lisbon")
    assert len(first.public_id) == 18


def test_twice_up_and_twice_down_are_once(world, up):
    mine = up(world.ada)
    again = publish(mine, by=world.ada.actor, now=world.noon)
    assert again.published_at == world.morning
    take_down(mine, by=world.ada.actor, now=world.noon)
    take_down(mine, by=world.ada.actor, now=world.noon)
    assert Entry.objects.of(facts.ProfilePublished).count() == Entry.objects.of(facts.ProfileTakenDown).count() == 1


def test_nobody_else_writes_or_shows_it(world, up):
    mine = up(world.ada)
    for verb in (publish, take_down):
        with pytest.raises(Refused, match="Only the person themselves"):
            verb(mine, by=world.bo.actor, now=world.noon)
    for actor in (world.grace.actor, ANONYMOUS):
        with pytest.raises(Refused, match="Only the person themselves"):
            save_profile(world.ada, about="x", by=actor, now=world.noon)


def test_who_has_no_name_says_it_first(world):
    nameless = world.person("", "nameless@people.example")
    mine = save_profile(nameless, by=nameless.actor, now=world.morning)
    with pytest.raises(Refused, match="what you are called"):
        publish(mine, by=nameless.actor, now=world.morning)


def test_only_ones_own_certifications_are_shown(world, certified, up):
    own, other = certified(world.ada), certified(world.grace)
    mine = up(world.ada, shown=[own.number, other.number, "nonsense"])
    assert list(mine.shown.all()) == [own]


def test_the_directory_follows_a_new_name(world, up):
    mine = up(world.ada)
    rename(world.ada, "Zoë Lovelace", by=world.ada.actor, now=world.noon)
    follow_the_name(world.ada)
    assert [one.pk for one in Profile.objects.named("zoe")] == [mine.pk]
    assert not Profile.objects.named("ada").exists()


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("", []),
        ("English, Deutsch; 日本語\nfr", ["en", "de", "ja", "fr"]),
        ("english,ENGLISH , en", ["en"]),
        ("中文, Chinese", ["zh"]),
        ("francais, العربية, Türkçe", ["fr", "ar", "tr"]),
        (" , ,", []),
    ],
)
def test_languages_are_read_as_people_write_them(text, codes):
    assert rules.read_languages(text) == codes


@pytest.mark.parametrize("text", ["Klingonese", "English, <b>", "en-xx", ", ".join(list(rules.language_names())[:13])])
def test_languages_nobody_knows_are_refused(text):
    assert isinstance(rules.read_languages(text), Refusal)


@pytest.mark.parametrize(
    "link",
    [
        "http://plain.example/",
        "javascript:alert(1)",
        "data:text/html,x",
        "https://",
        "https://bank.example@evil.example/",
        "https://user:pass@evil.example/",
        "//evil.example",
        "https://exa mple.com/",
        "https://bänk.example/",
        "https://long.example/" + "x" * 300,
        "ftp://files.example/",
    ],
)
def test_links_that_hide_something_are_refused(link):
    assert isinstance(rules.read_links(link), Refusal)


def test_links_are_read_one_a_line():
    assert rules.read_links(" https://a.example/x \n\nhttps://a.example/x\nhttps://b.example") == [
        "https://a.example/x",
        "https://b.example",
    ]
    assert isinstance(rules.read_links("\n".join(f"https://a.example/{n}" for n in range(6))), Refusal)


def test_a_whole_profile_by_its_pages(world, browser, clock, certified):
    number = certified(world.ada).number
    ada = browser(world.ada)
    assert "Nobody sees it before you say so" in ada.get("/me/profile").content.decode()
    assert ada.get("/me/profile/preview").status_code == 404
    fields = {
        "about": "I order *backlogs*.",
        "place": "Lisbon",
        "languages": "English, Português",
        "links": "https://ada.example/",
        "shown": [number],
        "audience": "members",
        "is_listed": "on",
        "takes_letters": "on",
    }
    wrong = ada.post("/me/profile", {**fields, "links": "http://ada.example", "languages": "Elvish"})
    page = wrong.content.decode()
    assert (wrong.status_code, "Elvish" in page, "begins with https://" in page) == (422, True, True)
    assert ada.post("/me/profile", fields).headers["Location"] == "/me/profile/preview"
    preview = ada.get("/me/profile/preview").content.decode()
    assert all(words in preview for words in ("So far only you see this", "<em>backlogs</em>", "Valid", "badge.svg"))
    mine = Profile.objects.get()
    assert ada.post("/me/profile/publication").headers["Location"] == f"/members/{mine.public_id}"
    assert "This is your profile" in ada.get(f"/members/{mine.public_id}").content.decode()
    edit = ada.get("/me/profile").content.decode()
    assert all(words in edit for words in ("Your profile is up", "English, Portuguese", "https://ada.example/"))
    assert ada.post("/me/profile/withdrawal").status_code == 303
    assert Profile.objects.get().published_at is None


def test_own_pages_want_somebody_signed_in(client, db):
    for path in ("/me/profile", "/me/profile/preview", "/me/blocks", "/conversations"):
        assert client.get(path).headers["Location"] == f"/sign-in?next={path}"
    for path in ("/me/profile", "/me/profile/publication", "/me/profile/withdrawal"):
        assert client.post(path).headers["Location"] == f"/sign-in?next={path}"


def test_the_preview_of_somebody_else_is_nobodys(world, up, browser, clock):
    up(world.ada)
    assert browser(world.grace).get("/me/profile/preview").status_code == 404
    assert browser(world.grace).post("/me/profile/withdrawal").status_code == 404


def test_a_late_look_shows_how_a_certification_stands_then(world, up, browser, clock, certified):
    mine = up(world.ada, shown=[certified(world.ada).number])
    address = f"/members/{mine.public_id}"
    stranger = browser()
    assert 'data-tone="good">Valid' in stranger.get(address).content.decode()
    clock(world.after_class + timedelta(days=2000))
    page = stranger.get(address).content.decode()
    assert ("Lapsed" in page, "Valid" in page) == (True, False)
