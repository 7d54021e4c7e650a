from laurels.participation import queries
from laurels.participation.actions import answer_remark, attest, remark
from laurels.participation.tests.conftest import Class
from laurels.payments.models import Order, Payment
from laurels.people.models import Address
from laurels.workshops.models import Workshop


def codes(held):
    return [(finding.code, [name for name, _detail in finding.people]) for finding in _flight(held).findings]


def _flight(held):
    return queries.preflight(Workshop.objects.get(pk=held.workshop.pk))


def test_all_clear(held):
    held.decided(held.ada)
    flight = _flight(held)
    assert (flight.findings, flight.is_clear, flight.next_version) == ([], True, 1)


def test_what_blocks_comes_first_and_says_what_to_do(held):
    held.there_throughout(held.grace)
    held.decided(held.ada)
    attest(held.grace, "eligible", by=held.world.tess.actor, now=held.world.after_class)
    _ = held.alan
    assert codes(held) == [("undecided", ["Alan"]), ("undeclared", ["Grace Hopper"])]
    assert [finding.is_blocking for finding in _flight(held).findings] == [True, False]
    assert all(finding.advice for finding in _flight(held).findings)
    assert not _flight(held).is_clear


def test_below_the_minimum_shows_the_reason(held, world):
    held.note(held.ada, open=30)
    held.confirm(held.ada)
    attest(held.ada, "eligible", reason="Made it up on Friday.", by=world.tess.actor, now=world.after_class)
    assert [finding.people for finding in _flight(held).findings] == [[("Ada Lovelace", "Made it up on Friday.")]]


def test_an_unverified_address_is_only_a_note(held):
    held.decided(held.ada)
    Address.objects.update(verified_at=None)
    assert codes(held) == [("unverified", ["Ada Lovelace"])]
    assert _flight(held).is_clear


def test_already_a_member(held):
    held.decided(held.ada)
    held.confirm(held.ada, is_member_already=True, member_email="old@work.example")
    assert _flight(held).findings[0].people == [("Ada Lovelace", "old@work.example")]


def test_an_unpaid_invoice_warns_and_a_paid_one_does_not(held, world):
    orders = [
        Order.objects.create(
            seller=world.harbour,
            buyer=person,
            description="Seat",
            amount_minor=100,
            currency="EUR",
            placed_at=world.morning,
            due_on=world.today,
        )
        for person in (world.ada, world.grace)
    ]
    unpaid, paid = (held.seat_of(order.buyer, order=order) for order in orders)
    Payment.objects.create(order=orders[1], received_at=world.morning)
    held.decided(unpaid, paid)
    assert codes(held) == [("unpaid", ["Ada Lovelace"])]
    assert _flight(held).is_clear


def test_two_of_one_name_are_pointed_out(held, world):
    held.decided(held.ada, held.grace)
    held.confirm(held.grace, certificate_name="ADA LOVELACE")
    assert codes(held) == [("same-name", ["Ada Lovelace", "ADA LOVELACE"])]


def test_one_address_for_two_blocks(held, world):
    held.decided(held.ada, held.grace)
    held.grace.declaration.email = "ada@people.example"
    held.grace.declaration.save()
    assert codes(held)[0] == ("same-address", ["Ada Lovelace", "Grace Hopper"])
    assert not _flight(held).is_clear


def test_signed_for_the_same_certification_elsewhere(held, world):
    held.received(held.ada)
    again = Class(world)
    again.decided(again.ada)
    assert codes(again) == [("elsewhere", ["Ada Lovelace"])]


def test_returned_and_nothing_decided_since(held, world):
    held.received(held.ada)
    held.send_back(held.ada, "Day two?")
    assert _flight(held).findings[0].people == [("Ada Lovelace", "Day two?")]
    attest(held.ada, "eligible", reason="She was there.", by=world.tess.actor, now=world.after_class)
    assert codes(held) == []


def test_a_missed_exercise_shows_the_reason(held, world):
    held.there_throughout(held.ada)
    held.ran("vision-board", {held.ada: "none"})
    held.confirm(held.ada)
    attest(held.ada, "eligible", reason="Made it up on Friday.", by=world.tess.actor, now=world.after_class)
    assert [(finding.code, finding.people) for finding in _flight(held).findings] == [
        ("missed-exercise", [("Ada Lovelace", "Vision board: Made it up on Friday.")])
    ]
    assert _flight(held).is_clear


def test_an_exercise_missed_after_the_decision_blocks_and_is_named(held):
    held.decided(held.ada)
    held.ran("vision-board", {held.ada: "none"})
    finding = _flight(held).findings[0]
    assert (finding.code, finding.people) == ("outdated", [("Ada Lovelace", "no part in: Vision board")])
    assert not _flight(held).is_clear


def test_a_remark_that_nobody_answered_is_a_note(held, world):
    held.decided(held.ada)
    said = remark(held.ada, None, "I was there earlier.", by=world.ada.actor, now=world.after_class)
    assert codes(held) == [("open-remark", ["Ada Lovelace"])]
    answer_remark(said, "The door log says 9:20.", by=world.tess.actor, now=world.after_class)
    assert codes(held) == []


def test_as_many_statements_for_three_as_for_one(held, world, django_assert_num_queries):
    held.decided(held.ada)
    with django_assert_num_queries(5):
        queries.preflight(_loaded(held))
    held.decided(held.grace, held.alan)
    held.ran("vision-board", {held.ada: "met", held.grace: "partly", held.alan: "none"})
    held.ran("story-map", {held.ada: "met"}, position=2)
    with django_assert_num_queries(5):
        queries.preflight(_loaded(held))


def _loaded(held):
    # One statement; the pages load it the same way.
    return Workshop.objects.select_related("course__scheme__body", "curriculum").get(pk=held.workshop.pk)
