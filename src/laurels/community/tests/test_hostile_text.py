"""What people write is shown and never run, on every page and in every letter it reaches."""

import re

import pytest

from laurels.community.actions import report, rule_on, tell_of_message, tell_of_ruling, write_to
from laurels.community.queries import find_subject
from laurels.community.rules import drawn
from laurels.kernel.actor import Actor
from laurels.mail.models import Letter
from laurels.people.actions import rename

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    '"><iframe src=//evil.example>',
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](data:text/html,<script>alert(1)</script>)",
    "![x](https://evil.example/pixel.png)",
    "<a href='javascript:alert(1)'>x</a>",
    "<javascript:alert(1)>",
    "</textarea><script>alert(1)</script>",
    "</blockquote></article><form action=//evil.example>",
    "{{ request.user.email }}{% debug %}",
    "<style>*{display:none}</style>",
    "# <b onmouseover=alert(1)>x</b>",
]
RUNS = re.compile(
    r"<script>alert|<[^>]+\son\w+\s*=|<[^>]+href=.(?i:javascript|data):|<iframe|<[^>]+src=.?https?://evil"
    r"|<form action=//|<style>"
)
WORKER = Actor.of_system("worker")


def test_the_judge_can_find_something():
    found = [bool(RUNS.search(text)) for text in HOSTILE]
    assert sum(found) >= 7
    assert RUNS.search('<a href="javascript:alert(1)">')


@pytest.mark.parametrize("text", HOSTILE)
def test_markdown_of_people_is_harmless(text):
    html = drawn(text)
    assert not RUNS.search(html)
    assert "<img" not in html
    assert not re.search(r"<h\d", html)


def test_links_lead_away_with_nothing_in_their_hands():
    assert drawn("[x](https://a.example)") == (
        '<p><a href="https://a.example" rel="noopener noreferrer nofollow ugc">x</a></p>\n'
    )


@pytest.mark.usefixtures("letters")
def test_nothing_runs_on_any_page_or_in_any_letter(world, up, browser, clock):
    everything = "\n\n".join(HOSTILE)
    rename(world.ada, HOSTILE[1] + HOSTILE[0], by=world.ada.actor, now=world.morning)
    mine = up(world.ada, about=everything, place=HOSTILE[0][:60])
    up(world.grace)
    message = write_to(world.grace, everything, by=world.ada.actor, now=world.noon)
    tell_of_message(message, by=WORKER, now=world.noon)
    found = find_subject("profile", mine.public_id, world.grace.actor, world.noon)
    case = report(
        "profile", mine.public_id, found, "harm", everything[:1900], by=world.grace.actor, now=world.noon
    ).case
    pages = {
        world.grace: [
            "/members",
            f"/members/{mine.public_id}",
            "/conversations",
            f"/conversations/{message.conversation.public_id}",
            f"/reports/message/{message.public_id}",
            f"/reports/profile/{mine.public_id}",
            "/members?name=%22%3E%3Cscript%3Ealert(1)%3C/script%3E",
        ],
        world.ada: ["/me/profile", "/me/profile/preview"],
        world.bo: ["/body/reports", f"/body/reports/{case.public_id}"],
    }
    for person, paths in pages.items():
        client = browser(person)
        for path in paths:
            answer = client.get(path)
            assert (answer.status_code, RUNS.search(answer.content.decode())) == (200, None), path
    ruling = rule_on(case, "warn", everything[:1900], by=world.bo.actor, now=world.noon)
    tell_of_ruling(ruling, by=WORKER, now=world.noon)
    assert not RUNS.search(browser(world.ada).get(f"/me/rulings/{ruling.public_id}").content.decode())
    assert not RUNS.search(browser(world.bo).get(f"/body/reports/{case.public_id}").content.decode())
    assert [RUNS.search(letter.html) for letter in Letter.objects.all()] == [None, None]
