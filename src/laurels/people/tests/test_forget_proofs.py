from datetime import timedelta

from laurels.journal.actions import periodic
from laurels.kernel.actor import ANONYMOUS
from laurels.people.actions import forget_proofs, send_code
from laurels.people.models import Proof


def test_proofs_are_forgotten_after_a_day(world):
    day = timedelta(days=1)
    for email, when in [("a@x.example", world.morning), ("b@x.example", world.morning + day)]:
        send_code(email, purpose="sign-in", by=ANONYMOUS, now=when)

    assert forget_proofs(now=world.morning + day + timedelta(seconds=1)) == 1
    assert Proof.objects.get().email == "b@x.example"


def test_the_worker_sees_to_it():
    assert "people.forget_proofs" in periodic
