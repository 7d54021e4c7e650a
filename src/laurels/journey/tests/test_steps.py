"""A parcel's dates become steps."""

from dataclasses import replace
from datetime import date

from laurels.journey.rules import Holder, Key, Parcel, State, steps_of

BOOKED, CLASS, AFTER = date(2026, 3, 2), date(2026, 4, 16), date(2026, 4, 20)
SEAT = Parcel(
    learner="Ada Lovelace",
    trainers="Tess Trainer",
    provider="Harbour Product School",
    body="Commonground Guild",
    starts_on=date(2026, 4, 15),
    ends_on=CLASS,
    booked_on=BOOKED,
)
HELD = replace(SEAT, is_held=True, was_present=True)
DECIDED = replace(HELD, declared_on=CLASS, decision="eligible", decided_on=date(2026, 4, 17))
SUBMITTED = replace(DECIDED, signed_on=date(2026, 4, 18), submitted_on=date(2026, 4, 18))
INVITED = replace(SUBMITTED, is_accepted=True, invited_on=date(2026, 4, 19), expires_on=date(2026, 5, 19))
ISSUED = replace(INVITED, opened_on=AFTER, redeemed_on=AFTER, issued_on=AFTER)


def states(parcel: Parcel, today: date = AFTER) -> str:
    """One letter a step: Done, Turn, Wait, tOdo, Stopped."""
    letters = {State.DONE: "D", State.TURN: "T", State.WAIT: "W", State.TODO: "o", State.STOPPED: "S"}
    return "".join(letters[step.state] for step in steps_of(parcel, today))


def test_before_class_only_the_name_can_be_given():
    assert states(SEAT, BOOKED) == "DoTooooooo"


def test_a_seat_that_costs_something_waits_for_its_payment():
    owed, paid = replace(SEAT, is_priced=True), replace(SEAT, is_priced=True, paid_on=BOOKED)

    assert states(owed, BOOKED) == "DToTooooooo"
    assert states(paid, BOOKED) == "DDoTooooooo"


def test_the_way_goes_on_step_by_step():
    assert states(HELD) == "DDTWoooooo"
    assert states(replace(HELD, declared_on=CLASS)) == "DDDWoooooo"
    assert states(DECIDED) == "DDDDWooooo"
    assert states(replace(DECIDED, signed_on=AFTER)) == "DDDDDWoooo"
    assert states(SUBMITTED) == "DDDDDDWooo"
    assert states(INVITED) == "DDDDDDDToo"
    assert states(replace(INVITED, opened_on=AFTER)) == "DDDDDDDDTo"
    assert states(replace(INVITED, redeemed_on=AFTER)) == "DDDDDDDDDW"
    assert states(ISSUED) == "DDDDDDDDDD"


def test_an_open_step_says_who_holds_it_and_since_when():
    step = next(step for step in steps_of(SUBMITTED, AFTER) if step.is_open)

    assert (step.key, step.holder, step.holder_name) == (Key.INVITED, Holder.BODY, "Commonground Guild")
    assert (step.since, step.days(AFTER)) == (date(2026, 4, 18), 2)


def test_a_returned_line_goes_back_to_the_trainer_with_the_reason():
    returned = replace(SUBMITTED, returned_on=AFTER, return_reason="Which of the two names?")
    step = next(step for step in steps_of(returned, AFTER) if step.is_open)

    assert states(returned) == "DDDDWooooo"
    assert (step.holder, step.note) == (Holder.TRAINER, "Commonground Guild sent it back: Which of the two names?")


def test_not_yet_stays_with_the_trainer_and_not_eligible_ends_the_way():
    not_yet = replace(HELD, decision="not-yet", decided_on=AFTER, reason="Make up day two.")
    never = replace(not_yet, decision="not-eligible", reason="Left after an hour.")

    assert states(not_yet) == "DDTWoooooo"
    assert states(never) == "DDoSoooooo"


def test_a_cancelled_workshop_asks_nobody_for_anything():
    assert states(replace(SEAT, is_off=True, is_priced=True)) == "DoSoooooooo"


def test_an_expired_link_is_named():
    opened = next(step for step in steps_of(INVITED, date(2026, 6, 1)) if step.key is Key.OPENED)

    assert (opened.state, opened.note) == (State.TURN, "The link has expired.")
