from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from laurels.journal.models import Entry
from laurels.kernel.actor import ANONYMOUS
from laurels.kernel.refusal import Refused
from laurels.mail.models import Letter
from laurels.people import facts
from laurels.people.actions import send_code
from laurels.people.models import Proof


def ask(world, email, **changes):
    return send_code(email, **{"purpose": "sign-in", "by": ANONYMOUS, "now": world.morning, **changes})


def test_a_code_goes_to_the_address_and_only_its_keyed_digest_stays(world):
    proof = ask(world, " Ada@People.example ", client="192.0.2.7")
    code = world.code_for(proof)

    assert proof.email == "ada@people.example"
    assert proof.matches(code)
    assert code not in str(Proof.objects.values().get())
    assert "192.0.2.7" not in str(Proof.objects.values().get())
    assert proof.expires_at == world.morning + timedelta(minutes=15)
    assert Entry.objects.of(facts.CodeSent).get().payload == {"proof_id": proof.pk}


def test_the_known_and_the_unknown_get_the_same_letter_for_the_same_work(world):
    assert world.ada.email == "ada@people.example"

    known, for_known = work_and_letter(world, "ada@people.example")
    unknown, for_unknown = work_and_letter(world, "zoe@people.example")

    assert known == unknown
    assert for_known == for_unknown


def work_and_letter(world, email):
    """The number of statements, and the letter without what is random."""
    with CaptureQueriesContext(connection) as statements:
        proof = ask(world, email)
    text = Letter.objects.to_email(email).get().text
    return len(statements), text.replace(world.code_for(proof), "CODE").replace(proof.public_id, "ID")


def test_an_address_gets_five_codes_an_hour(world):
    for _time in range(5):
        ask(world, "ada@people.example")

    with pytest.raises(Refused, match="enough codes"):
        ask(world, "ADA@people.example")

    ask(world, "grace@people.example")
    ask(world, "ada@people.example", now=world.morning + timedelta(hours=1))


def test_a_client_gets_thirty_codes_an_hour(world):
    for number in range(30):
        ask(world, f"p{number}@people.example", client="192.0.2.7")

    with pytest.raises(Refused, match="Too many codes"):
        ask(world, "ada@people.example", client="192.0.2.7")

    ask(world, "ada@people.example", client="192.0.2.8")


@pytest.mark.parametrize("email", ["", "ada", "ada@", "a b@people.example", "ada@people.example\nBcc: x@y.example"])
def test_what_is_no_address_gets_nothing(world, email):
    with pytest.raises(Refused, match="not an e-mail address"):
        ask(world, email)
    assert not Letter.objects.exists()


def test_only_oneself_adds_an_address_to_an_account(world):
    with pytest.raises(Refused, match="Only you"):
        ask(world, "new@people.example", purpose="add-address", person=world.ada, by=world.mallory.actor)
    with pytest.raises(Refused, match="yours already"):
        ask(world, "ada@people.example", purpose="add-address", person=world.ada, by=world.ada.actor)
