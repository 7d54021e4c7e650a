"""Two people, one conversation, no addresses."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from laurels.community import queries
from laurels.community.actions import block, note_read, reply, save_profile, take_down, tell_of_message, write_to
from laurels.community.models import Conversation, Message, Party
from laurels.community.tests.conftest import plain
from laurels.journal.models import Entry
from laurels.kernel.actor import ANONYMOUS, Actor
from laurels.kernel.refusal import Refused
from laurels.mail.models import Letter

WORKER = Actor.of_system("worker")


@pytest.fixture
def both(world, up):
    return up(world.ada), up(world.grace)


def write(world, text="Hello", who=None, to=None, now=None):
    return write_to(to or world.grace, text, by=(who or world.ada).actor, now=now or world.noon)


def test_the_first_words_begin_a_conversation_and_the_next_go_on_in_it(world, both):
    first = write(world, " Hello Grace ")
    second = write(world, "Hello Ada", who=world.grace, to=world.ada)
    third = reply(first.conversation, "How are you?", by=world.ada.actor, now=world.noon)
    assert [one.text for one in Message.objects.order_by("pk")] == ["Hello Grace", "Hello Ada", "How are you?"]
    assert {one.conversation_id for one in (first, second, third)} == {Conversation.objects.get().pk}
    assert "Hello" not in str(list(Entry.objects.values_list("payload", flat=True)))


@pytest.mark.parametrize(("text", "code"), [("", "empty"), ("  \n", "empty"), ("x" * 4001, "long")])
def test_words_have_a_length(world, both, text, code):
    with pytest.raises(Refused) as no:
        write(world, text)
    assert no.value.refusal.code == code


def test_who_writes_can_be_seen_and_answered(world, up):
    up(world.grace)
    with pytest.raises(Refused, match="Put up a profile of your own first"):
        write(world)
    up(world.ada, takes_letters=False)
    with pytest.raises(Refused, match="could not answer"):
        write(world)
    with pytest.raises(Refused, match="nobody else here"):
        write(world, who=world.grace)
    with pytest.raises(Refused, match="nobody else here"):
        write_to(world.grace, "Hi", by=ANONYMOUS, now=world.noon)


def test_who_takes_no_letters_gets_none(world, up, both):
    conversation = write(world).conversation
    up(world.grace, takes_letters=False)
    for verb in (lambda: write(world), lambda: reply(conversation, "?", by=world.ada.actor, now=world.noon)):
        with pytest.raises(Refused, match="Grace Hopper does not take letters at present"):
            verb()


def test_ten_new_people_a_day_and_thirty_messages_an_hour(world, up):
    up(world.ada)
    people = [world.person(f"P{number} Person") for number in range(12)]
    for person in people:
        up(person)
    for person in people[:10]:
        write(world, to=person)
    with pytest.raises(Refused, match="Ten new people a day"):
        write(world, to=people[10])
    for _n in range(20):
        write(world, to=people[0])
    with pytest.raises(Refused, match="Thirty messages in an hour"):
        write(world, to=people[0])
    write(world, to=people[0], now=world.noon + timedelta(hours=1, seconds=1))
    write(world, to=people[10], now=world.noon + timedelta(days=1, seconds=1))


def test_what_is_unread_is_marked_until_it_is_seen(world, both, browser, clock):
    first = write(world)
    write(world, "Are you there?")
    assert (queries.unread_count(world.grace), queries.unread_count(world.ada)) == (2, 0)
    grace = browser(world.grace)
    assert "2 new" in grace.get("/conversations").content.decode()
    assert "Are you there?" in grace.get(f"/conversations/{first.conversation.public_id}").content.decode()
    assert queries.unread_count(world.grace) == 0
    assert " new</span>" not in grace.get("/conversations").content.decode()
    note_read(first.conversation, world.grace, first)
    assert queries.unread_count(world.grace) == 0


def test_one_letter_until_the_reader_has_looked(world, both, letters):
    first, second = write(world, "Secret words"), write(world, "More of them")
    for message in (first, second, first):
        tell_of_message(message, by=WORKER, now=world.noon)
    letter = Letter.objects.get(key="message-waiting")
    assert letter.person == world.grace
    assert f"/conversations/{first.conversation.public_id}" in letter.text
    told = letter.subject + letter.text + letter.html + letter.sender_name
    assert "Ada Lovelace" in told
    assert not any(word in told for word in ("@", "Secret", "More of"))

    note_read(first.conversation, world.grace, second)
    tell_of_message(write(world, "Once more"), by=WORKER, now=world.noon)
    assert Letter.objects.filter(key="message-waiting").count() == 2


def test_no_letter_after_a_block_or_when_all_is_read(world, both, letters):
    message = write(world)
    block(world.ada, by=world.grace.actor, now=world.noon)
    assert tell_of_message(message, by=WORKER, now=world.noon) is None
    assert not Letter.objects.filter(key="message-waiting").exists()


def test_a_conversation_is_nobody_elses(world, both, browser, clock):
    conversation = write(world, "Between us").conversation
    path = f"/conversations/{conversation.public_id}"
    for person in (world.mallory, world.bo, world.olive):
        client = browser(person)
        assert plain(client.get(path)) == plain(client.get(f"/conversations/{'0' * 18}"))
        answers = [client.post(f"{path}/{door}", {"text": "x"}).status_code for door in ("messages", "block")]
        assert (client.get(path).status_code, answers) == (404, [404, 404])
    assert Message.objects.count() == 1


def test_writing_by_the_pages(world, both, browser, clock):
    ada, grace = browser(world.ada), browser(world.grace)
    profile = f"/members/{both[1].public_id}"
    assert "Write to Grace Hopper" in ada.get(profile).content.decode()
    refused = ada.post(f"{profile}/message", {"text": " "})
    assert (refused.status_code, "Write a few words" in refused.content.decode()) == (409, True)
    path = ada.post(f"{profile}/message", {"text": "Hello <b>you</b>\nthere"}).headers["Location"]
    page = grace.get(path).content.decode()
    assert "Hello &lt;b&gt;you&lt;/b&gt;<br>there" in page
    assert "@people.example" not in page
    assert grace.post(f"{path}/messages", {"text": "Hello back"}).status_code == 303
    take_down(both[1], by=world.grace.actor, now=world.after_class)
    lost = ada.post(f"{path}/messages", {"text": "My long thought"})
    assert lost.status_code == 409
    assert "does not take letters" in lost.content.decode()


def test_a_long_conversation_comes_in_pages(world, both, browser, clock, monkeypatch):
    monkeypatch.setattr(queries.conversations, "MESSAGES", 3)
    for number in range(5):
        message = write(world, f"Number {number}.")
    path = f"/conversations/{message.conversation.public_id}"
    client = browser(world.grace)
    newest = client.get(path).content.decode()
    assert [f"Number {n}." in newest for n in range(5)] == [False, False, True, True, True]
    mark = queries.conversation_page(
        message.conversation, world.grace, "", world.grace.actor, world.after_class
    ).earlier
    older = client.get(f"{path}?before={mark}").content.decode()
    assert [f"Number {n}." in older for n in range(5)] == [True, True, False, False, False]


def test_the_list_comes_in_pages_too(world, up, browser, clock, monkeypatch):
    monkeypatch.setattr(queries.conversations, "PAGE", 2)
    up(world.ada)
    for number in range(5):
        person = world.person(f"P{number} Person")
        up(person)
        write(world, to=person, now=world.noon + timedelta(minutes=number % 3))
    seen, after = [], ""
    while True:
        inbox = queries.inbox(world.ada, after)
        seen += [line.other.name for line in inbox.lines]
        if not (after := inbox.next_after):
            break
    assert seen == [f"P{n} Person" for n in (2, 4, 1, 3, 0)]


def test_many_cost_no_more_than_one(world, up, both, browser, clock):
    def cost(path):
        with CaptureQueriesContext(connection) as asked:
            assert client.get(path).status_code == 200
        return len(asked)

    client = browser(world.grace)
    path = f"/conversations/{write(world).conversation.public_id}"
    client.get(path)
    one, list_of_one = cost(path), cost("/conversations")
    for number in range(3):
        person = world.person(f"P{number} Person")
        up(person)
        write_to(world.grace, "Hi", by=person.actor, now=world.noon)
        reply(Conversation.objects.get(parties__person=person), "Hi", by=world.grace.actor, now=world.noon)
        write(world)
    client.get(path)
    assert (cost(path), cost("/conversations")) == (one, list_of_one)
    assert max(one, list_of_one) <= 8
    assert Party.objects.count() == 8


def test_a_profile_that_only_takes_letters_elsewhere_is_asked_again(world, both):
    """Saving the profile anew keeps the conversation and opens it again."""
    conversation = write(world).conversation
    save_profile(world.grace, by=world.grace.actor, now=world.noon)
    with pytest.raises(Refused, match="does not take letters"):
        write(world)
    save_profile(world.grace, takes_letters=True, by=world.grace.actor, now=world.noon)
    assert write(world).conversation == conversation
