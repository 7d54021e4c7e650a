from laurels.participation import queries
from laurels.participation.actions import attest


def test_from_the_first_minute_to_the_ruling(held, world):
    held.note(held.ada, open=20)
    held.note(held.grace, open=1)
    held.note(held.ada, open=30, by=world.sam, now=world.after_class.replace(hour=20))
    attest(held.grace, "not-eligible", reason="Left.", by=world.tess.actor, now=world.after_class)
    held.received(held.ada)
    held.send_back(held.ada, "Day two?")

    found = queries.dossier(held.line_of(held.ada))

    assert [(row.block.key, row.signed, row.noted.minutes) for row in found.blocks] == [
        ("open", 30, 30),
        ("vision", 45, 45),
        ("review", 60, 60),
    ]
    assert [(change.by, change.block.key, change.minutes) for change in found.changes] == [
        ("Tess Trainer", "open", 20),
        ("Sam Staff", "open", 30),
        ("Tess Trainer", "vision", 45),
        ("Tess Trainer", "review", 60),
    ]
    assert [decision.decided_by for decision in found.decisions] == [world.tess]
    assert (found.lines[0].return_reason, found.lines[0].ruled_by) == ("Day two?", world.bo)
    assert found.is_intact


def test_evidence_stays_as_signed_when_minutes_are_corrected_after_a_return(held):
    held.received(held.ada)
    held.send_back(held.ada)
    held.note(held.ada, review=15)
    found = queries.dossier(held.line_of(held.ada))
    assert [(row.signed, row.noted.minutes) for row in found.blocks][-1] == (60, 15)
    assert found.is_intact


def test_of_a_seat_without_any_line(held, world):
    held.there_throughout(held.ada)
    attest(held.ada, "not-yet", reason="Role play is missing.", by=world.tess.actor, now=world.after_class)
    found = queries.dossier(held.ada)
    assert (found.line, found.lines, found.minutes, found.is_intact) == (None, [], 135, False)
    assert queries.dossier(held.grace).changes == []
