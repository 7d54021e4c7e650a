"""Reading counts by parts, in one window, by the server's clock: who reads earns it, a script that does not nothing."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laurels.education.models import LedgerEntry
from laurels.journal.models import Entry
from laurels.journey.reactions import credit_the_reading
from laurels.kernel.actor import Actor
from laurels.kernel.refusal import Refused
from laurels.library.actions import beat, import_articles, reflect
from laurels.library.models import Article, Reading
from laurels.library.rules import parts
from laurels.library.rules.parts import cut, in_view, progress, seconds_of_beat, with_time

SYSTEM = Actor.of_system("test")
START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
SENTENCE = "I shall ask what it pushes aside."
STEP = 15


def text_of(paragraphs, words=100):
    return "\n\n".join(f"Paragraph {nth} " + "word " * (words - 2) for nth in range(paragraphs))


def published(world, slug, text):
    raw = f"---\ntitle: Saying no\ndate: 2026-01-05\n---\n{text}".encode()
    list(import_articles(world.guild, [(f"{slug}.md", raw)], by=SYSTEM, now=START))
    return Article.objects.get(slug=slug)


@pytest.fixture
def article(world):
    """A thousand words, five minutes, ten parts of one paragraph."""
    return published(world, "no", text_of(10))


class Window:
    """A page with an article, of whoever has it open; ``read`` is what its script does."""

    def __init__(self, article, person, at=START):
        self.article, self.person, self.at = article, person, at
        self.keys = [part.key for part in cut(article.html).parts]
        self.nonce = ""
        self.beat()

    def beat(self, *numbers, nonce=None, after=0):
        self.at += timedelta(seconds=after)
        named = [self.keys[nth] for nth in numbers]
        given = self.nonce if nonce is None else nonce
        reading = beat(self.article, self.person, given, named, by=self.person.actor, now=self.at)
        self.nonce = reading.nonce
        return reading

    def read(self, seconds, views):
        """Steady beats; what is in view goes through ``views`` once, evenly."""
        count = seconds // STEP
        for nth in range(count):
            self.beat(*views[nth * len(views) // count], after=STEP)
        return Reading.objects.get(person=self.person, article=self.article)


DOWN = [(0, 1), (1, 2), (2, 3), (3, 4), (4, 5), (5, 6), (6, 7), (7, 8), (8, 9), (9,)]


def earns(article, person):
    """Whether a sentence now makes an entry of the reading."""
    try:
        reflect(article, person, SENTENCE, by=person.actor, now=START + timedelta(days=1))
    except Refused:
        return False
    return True


def test_whoever_scrolls_through_the_text_in_its_time_earns_its_minutes_once(world, article):
    with pytest.raises(Refused, match="Read it first"):
        reflect(article, world.ada, SENTENCE, by=world.ada.actor, now=START)
    window = Window(article, world.ada)
    window.read(150, DOWN[:5])
    with pytest.raises(Refused, match="150 more seconds"):
        reflect(article, world.ada, SENTENCE, by=world.ada.actor, now=START)
    Window(article, world.ada, START + timedelta(hours=1)).read(150, DOWN[5:])
    done = START + timedelta(hours=2)
    with pytest.raises(Refused, match="one whole sentence"):
        reflect(article, world.ada, "ok", by=world.ada.actor, now=done)

    reflect(article, world.ada, SENTENCE, by=world.ada.actor, now=done)
    reflect(article, world.ada, SENTENCE, by=world.ada.actor, now=done)
    for entry in Entry.objects.filter(fact="library.ArticleRead"):
        credit_the_reading.call(entry.pk)
        credit_the_reading.call(entry.pk)

    line = LedgerEntry.objects.get()
    assert (line.minutes, line.grade, line.category, line.evidence_text) == (5, "system", "learning", SENTENCE)


SCRIPTS = {
    "names nothing": [()],
    "names only the first part": [(0,)],
    "names everything at once": [tuple(range(10))],
    "names the first and the last": [(0, 9)],
    "stays in the first half": [(0, 1), (1, 2), (2, 3), (3, 4)],
}


@pytest.mark.parametrize("views", SCRIPTS.values(), ids=SCRIPTS)
def test_a_patient_script_that_does_not_go_through_the_text_earns_nothing(world, article, views):
    window = Window(article, world.mallory)
    for nth in range(200):
        with suppress(Refused):
            window.beat(*views[nth * len(views) // 200], after=STEP)
    assert not earns(article, world.mallory)

    Window(article, world.ada).read(300, DOWN)
    assert earns(article, world.ada)


def test_a_part_brings_no_more_than_twice_its_time(world, article):
    assert Window(article, world.ada).read(3000, [(0,)]).seconds == 2 * 30


def test_a_value_that_was_used_is_worth_nothing(world, article):
    window = Window(article, world.ada)
    used = window.nonce
    window.beat(0, after=STEP)

    for nth in range(100):
        with pytest.raises(Refused, match="another window"):
            window.beat(nth % 10, nonce=used, after=STEP)
    assert Reading.objects.get().seconds == STEP


def test_beginning_again_and_again_earns_nothing(world, article):
    window = Window(article, world.ada)
    for nth in range(100):
        window.beat(nth % 10, nonce="", after=STEP)
    assert Reading.objects.get().seconds == 0


def test_a_second_window_makes_the_first_one_worthless(world, article):
    first = Window(article, world.ada)
    second = Window(article, world.ada)

    with pytest.raises(Refused, match="another window"):
        first.beat(0, after=STEP)
    second.beat(0, after=STEP)
    assert Reading.objects.get().seconds == STEP


def test_a_window_with_another_article_too(world, article):
    first, other = Window(article, world.ada), published(world, "other", text_of(10))
    second = Window(other, world.ada)

    with pytest.raises(Refused, match="another window"):
        first.beat(0, after=STEP)
    second.beat(0, after=STEP)
    assert sum(one.seconds for one in Reading.objects.all()) == STEP


def test_what_one_reads_leaves_another_alone(world, article):
    ada, grace = Window(article, world.ada), Window(article, world.grace)
    assert [ada.beat(0, after=STEP).seconds, grace.beat(0, after=STEP).seconds] == [STEP, STEP]


def test_a_flood_a_pause_and_a_clock_that_was_moved_earn_nothing(world, article):
    window = Window(article, world.ada)
    for nth in range(500):
        window.beat(nth % 10)
    window.beat(0, after=3 * 3600)
    window.beat(1, after=-6 * 3600)
    for nth in range(40):
        window.beat(nth % 10, after=STEP)
    assert Reading.objects.get().seconds == 0


def test_one_short_paragraph_is_one_part_and_can_be_read(world):
    short = published(world, "short", "Say no.\n")
    Window(short, world.ada).read(60, [(0,)])
    assert earns(short, world.ada)


def test_who_has_seen_nearly_all_has_seen_enough(world, article):
    reading = Window(article, world.ada).read(300, [*DOWN[:8], (8,)])
    assert progress(cut(article.html), reading.sections, 5).missing == ()


def test_what_was_hardly_seen_is_named(world, article):
    window = Window(article, world.ada)
    window.read(450, DOWN[:7])
    with pytest.raises(Refused, match="Some parts were hardly before your eyes: 9, 10"):
        reflect(article, world.ada, SENTENCE, by=world.ada.actor, now=START)


def test_time_stays_with_the_words_when_others_change(world, article):
    Window(article, world.ada).read(300, DOWN)
    changed = published(
        world, "no", text_of(10).replace("Paragraph 4", "Chapter 4").replace("Paragraph 5", "Chapter 5")
    )

    reading = Reading.objects.get()

    assert progress(cut(changed.html), reading.sections, 5).missing == (5, 6)


def test_nobody_reads_for_somebody_else(world, article):
    with pytest.raises(Refused, match="Only you yourself"):
        beat(article, world.ada, by=world.grace.actor, now=START)


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 8)), max_size=60))
def test_never_more_than_the_time_that_passed(beats):
    found = cut("".join(f"<p>{nth} {'word ' * 120}</p>" for nth in range(10)))
    now, latest, times = START, START, dict[str, int]()
    for gap, at in beats:
        now += timedelta(seconds=gap)
        times = with_time(found, times, found.parts[at : at + 2], seconds_of_beat(latest, now), 6)
        latest = now
    assert sum(times.values()) <= (now - START).total_seconds() * 1000


@given(
    st.lists(
        st.sampled_from(["<p>a few words</p>", "<h2>One</h2>", "<ul><li>x</li><li>y</li></ul>", "<hr>"]), max_size=90
    )
)
def test_every_word_is_in_one_part_and_the_text_is_as_it_was(blocks):
    html = "\n".join(blocks)
    found = cut(html)
    marks = [f'{name} data-part="{part.key}"' for part in found.parts for name in (f' id="part-{part.key}"', "")]
    plain = found.html
    for mark in marks:
        plain = plain.replace(mark, "")
    assert plain == html or not blocks
    assert found.html.count(' id="') == len(found.parts) == len({part.key for part in found.parts})


def test_a_heading_begins_a_part_and_a_long_list_is_cut():
    found = cut(f"<p>{'a ' * 100}</p><h2>Then</h2><p>{'b ' * 100}</p>")
    assert [part.words for part in found.parts] == [100, 101]
    assert f'<h2 id="part-{found.parts[1].key}" data-part=' in found.html

    found = cut("<ul>\n" + "".join(f'<li class="x>y">{nth} {"w " * 59}</li>\n' for nth in range(20)) + "</ul>")
    assert [part.words for part in found.parts] == [120] * 10


def test_more_than_a_screen_is_not_in_view():
    found = cut("".join(f"<p>{nth} {'word ' * 120}</p>" for nth in range(10)))
    keys = [part.key for part in found.parts]
    assert in_view(found, keys[:6]) == list(found.parts[:6])
    assert in_view(found, keys[:7]) is None
    assert in_view(found, [keys[0], keys[2]]) is None
    assert in_view(found, ["nothing"]) == []
    assert parts.SCREEN_WORDS == 750


def test_the_page_counts_and_refuses_kindly(world, article, client):
    assert client.post("/articles/no/beats").status_code == 302
    client.force_login(world.ada)
    page = client.get("/articles/no").content.decode()
    assert page.count("data-part=") == page.count('<p id="part-') == 10

    began = client.post("/articles/no/beats").json()
    assert (began["words"], began["seconds"], began["is_enough"]) == ("300 more seconds to read.", 0, False)
    client.post("/articles/no/beats")
    late = client.post("/articles/no/beats", {"nonce": began["nonce"], "parts": "x"})
    assert (late.status_code, late.json()["code"]) == (409, "elsewhere")
    answer = client.post("/articles/no/reflection", {"words": SENTENCE})

    assert answer.status_code == 422
    assert "more seconds" in answer.content.decode()
    assert SENTENCE in answer.content.decode()


def test_a_sentence_that_is_too_short_is_said_at_its_field(world, article, client):
    Window(article, world.ada).read(300, DOWN)
    client.force_login(world.ada)
    page = client.post("/articles/no/reflection", {"words": "ok"}).content.decode()
    assert 'id="words-error">Write one whole sentence' in page
    assert "data-until-read" not in page
