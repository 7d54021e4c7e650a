"""Reminders: on their day or soon after, once each, never about what is settled, and going on where a run broke off."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laurels.credentials.actions import award, revoke, suspend
from laurels.credentials.models import Certification, Term
from laurels.journal.worker import drain
from laurels.kernel.actor import Actor
from laurels.mail.models import Letter
from laurels.programmes.models import LetterText
from laurels.programmes.rules.renewal import conditions, reminder_days
from laurels.programmes.rules.renewal.reminders import DAYS, is_reminder_due
from laurels.renewals import rules, tasks
from laurels.renewals.actions import begin, plan_reminders, remind_all, remind_part
from laurels.renewals.actions import reminding as actions
from laurels.renewals.models import Reminder, Run, RunPart
from laurels.renewals.tests.conftest import SOON

SYSTEM = Actor.of_system("test")
END = datetime(2028, 4, 16, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def letter(world, rules):
    LetterText.objects.create(
        body=world.guild,
        key="renewal-reminder",
        language="en",
        version=1,
        digest="0" * 64,
        subject="{scheme} until {ends_on}",
        text="{name}: {price}, {units} units. [Renew]({link}) {number} {body}",
    )


def run(world, now):
    return remind_all(world.guild, by=SYSTEM, now=now)


@pytest.fixture
def two_people(world, holder, rules):
    """Ada and Grace hold one certification each, with the same end."""
    holder("CSPO")
    award(
        world.grace,
        rules["CSM"],
        name="Grace Hopper",
        on=world.after_class.date(),
        by=world.bo.actor,
        now=world.after_class,
    )


@pytest.fixture
def both(world, holder):
    """Ada holds two with the same end."""
    holder("CSPO", "CSM")
    return list(Term.objects.order_by("pk"))


def letters():
    return list(Letter.objects.filter(key="renewal-reminder").order_by("pk"))


def test_each_reminder_is_written_on_its_day_once(world, holder, learnt):
    holder("CSPO")
    learnt(12)

    written = [run(world, END + timedelta(days=day)) for day in range(-95, 70)]

    assert [day for day, count in zip(range(-95, 70), written, strict=True) if count] == [-90, -30, -7, 1, 60]
    first = letters()[0]
    assert (first.to, first.subject) == ("ada@people.example", "Certified Scrum Product Owner until 16 April 2028")
    assert "USD\xa0100.00, 8 units" in first.text
    assert [one.days for one in Reminder.objects.order_by("pk")] == [90, 30, 7, -1, -60]


def test_a_worker_that_slept_a_few_days_writes_one_and_an_old_one_is_left(world, holder):
    holder("CSPO")
    assert run(world, END - timedelta(days=86)) == 1
    assert run(world, END - timedelta(days=20)) == 0
    assert [one.days for one in Reminder.objects.all()] == [90]


def test_a_run_that_broke_off_goes_on_and_writes_nothing_twice(world, two_people, monkeypatch):
    day, real = END - timedelta(days=30), actions.remind

    def break_off(term, days, *, by, now):
        done = real(term, days, by=by, now=now)
        raise KeyboardInterrupt(done.pk)

    monkeypatch.setattr(actions, "remind", break_off)
    with pytest.raises(KeyboardInterrupt):
        run(world, day)
    monkeypatch.undo()
    assert len(letters()) == 1

    assert run(world, day) == 1
    assert run(world, day) == 0
    assert len(letters()) == 2


def test_in_small_portions_nobody_is_left_out(world, two_people, monkeypatch):
    monkeypatch.setattr(actions, "CHUNK", 1)
    assert run(world, END - timedelta(days=30)) == 2


def test_what_is_settled_is_not_reminded_of(world, holder, learnt):
    holder("CSPO", "CSM")
    suspend(Certification.objects.get(scheme__code="CSM"), "audit", by=world.bo.actor, now=SOON)
    learnt(20)
    begin(world.ada, world.guild, ["CSPO"], by=world.ada.actor, now=SOON)
    run(world, END - timedelta(days=30))
    assert letters() == []
    revoke(Certification.objects.get(scheme__code="CSM"), "fraud", by=world.bo.actor, now=SOON)
    assert run(world, END - timedelta(days=7)) == 1
    assert letters() == []


def test_a_renewed_certification_is_reminded_of_its_new_end_only(world, holder):
    holder("CSPO")
    old = Term.objects.get()
    Term.objects.create(
        certification=old.certification,
        ordinal=2,
        kind="renewed",
        valid_from=END.date() + timedelta(days=1),
        valid_until=END.date() + timedelta(days=730),
        policy=old.policy,
        begun_at=SOON,
    )
    assert run(world, END - timedelta(days=30)) == 0
    assert run(world, END + timedelta(days=700)) == 1


@given(st.integers(-400, 400), st.sets(st.sampled_from(DAYS)))
def test_a_due_reminder_is_one_of_the_last_week_that_was_not_sent(left, sent):
    today = END.date() - timedelta(days=left)
    due = rules.due_reminder(END.date(), today, DAYS, sent)
    possible = [day for day in DAYS if left <= day <= left + rules.CATCH_UP and day not in sent]
    assert due == (min(possible) if possible else None)


def days_of(said, ends_on=None):
    return reminder_days(conditions("X", said), ends_on)


def test_a_policy_may_say_which_days(db):
    assert days_of({}) == DAYS
    assert days_of({"reminder_days_before": [90], "reminder_days_after": [10]}) == (90, -10)
    assert days_of({"reminder_days_before": []}) == ()


def test_months_before_are_so_many_days_as_they_have_before_that_end():
    said = {"reminder_months_before": 3, "reminder_days_before": [7]}

    assert days_of(said) == (93, 7)
    assert days_of(said, date(2026, 12, 31)) == (92, 7)
    assert days_of(said, date(2027, 5, 31)) == (92, 7)
    assert date(2026, 12, 31) - timedelta(days=92) == date(2026, 9, 30)


def test_the_holder_sees_what_was_written_and_whether_it_arrived(world, holder, client):
    holder("CSPO")
    run(world, END - timedelta(days=30))
    client.force_login(world.ada)

    page = client.get("/renewals").content.decode()

    assert "Certified Scrum Product Owner until 16 April 2028" in page
    assert "whether it arrived" in page
    client.force_login(world.grace)
    assert "whether it arrived" not in client.get("/renewals").content.decode()


def test_a_run_says_how_far_it_is_and_goes_on_there(world, two_people, monkeypatch):
    monkeypatch.setattr(actions, "CHUNK", 1)
    day, real = END - timedelta(days=30), actions.remind
    seen = []

    def break_off_at_the_second(term, days, *, by, now):
        seen.append(term.pk)
        if len(seen) == 2:
            raise KeyboardInterrupt
        return real(term, days, by=by, now=now)

    monkeypatch.setattr(actions, "remind", break_off_at_the_second)
    with pytest.raises(KeyboardInterrupt):
        run(world, day)
    halfway = Run.objects.get()
    assert (halfway.seen, halfway.total, halfway.written, halfway.finished_at) == (1, 2, 1, None)

    run(world, day)
    assert seen == [seen[0], seen[1], seen[1]]
    done = Run.objects.get()
    assert (done.seen, done.written, done.finished_at is not None) == (2, 2, True)


@pytest.fixture
def split(two_people, monkeypatch):
    """A day on which two reminders are due, and parts of one term each."""
    monkeypatch.setattr(actions, "PART_LEAST", 1)
    return END - timedelta(days=30)


def test_a_run_is_shared_by_as_many_workers_as_there_are(world, split):
    parts = plan_reminders(world.guild, now=split)
    assert len(parts) == 3

    written = [remind_part(part, by=SYSTEM, now=split) for part in reversed(parts)]

    assert (sum(written), len(letters())) == (2, 2)
    done = Run.objects.get()
    assert (done.seen, done.total, done.written, done.finished_at) == (2, 2, 2, split)


def test_parts_cover_every_term_once(world, split):
    spans = [(part.after, part.final) for part in plan_reminders(world.guild, now=split)]
    found = [one.pk for after, final in spans for one in Term.objects.filter(pk__gt=after, pk__lte=final)]
    assert sorted(found) == sorted(Term.objects.values_list("pk", flat=True))


def test_a_part_that_two_workers_have_is_written_and_counted_once(world, two_people):
    day = END - timedelta(days=30)
    [part] = plan_reminders(world.guild, now=day)
    same = RunPart.objects.select_related("run__body").get(pk=part.pk)

    remind_part(part, by=SYSTEM, now=day)
    remind_part(same, by=SYSTEM, now=day)

    assert (len(letters()), Run.objects.get().seen, Run.objects.get().written) == (2, 2, 2)


def test_what_one_worker_left_the_next_plan_gives_out_again(world, split):
    first, *rest = plan_reminders(world.guild, now=split)
    remind_part(first, by=SYSTEM, now=split)

    assert plan_reminders(world.guild, now=split) == rest
    run(world, split)
    assert len(letters()) == 2


def test_the_task_of_a_run_leaves_one_for_each_part(world, split, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: split)
    tasks.remind_all.enqueue()
    drain(is_strict=True)

    assert len(letters()) == 2
    assert Run.objects.get(body=world.guild).finished_at == split


@given(st.lists(st.integers(0, 120), max_size=3), st.integers(-10, 200))
def test_a_reminder_is_due_from_the_day_on_which_the_first_is_written(before, left):
    rules_ = conditions("X", {"reminder_days_before": before})
    today = END.date() - timedelta(days=left)
    assert is_reminder_due(rules_, END.date(), today) == (bool(before) and 0 <= left <= max(before))


def said():
    """(scheme, days) of each reminder, and how many letters carried them."""
    rows = Reminder.objects.order_by("term__certification__scheme__code", "-days")
    return list(rows.values_list("term__certification__scheme__code", "days")), len(letters())


def test_two_that_end_together_stand_in_one_letter_with_one_button(world, both, learnt):
    learnt(12)
    written = [run(world, END + timedelta(days=day)) for day in range(-95, 70)]

    assert sum(written) == 5
    assert said() == ([(code, days) for code in ("CSM", "CSPO") for days in (90, 30, 7, -1, -60)], 5)
    first = letters()[0]
    assert first.subject == "Certified Scrum Product Owner and Certified ScrumMaster until 16 April 2028"
    assert "USD\xa0100.00, 18 units" in first.text, "the price of both together, and the units of both"
    assert all(one.term.certification.number in first.text for one in Reminder.objects.all())
    assert first.text.count("/renewals") == 1


def test_a_day_apart_they_share_the_letter_where_both_are_due_for_the_same_reason(world, both):
    Term.objects.filter(pk=both[1].pk).update(valid_until=END.date() + timedelta(days=1))
    assert run(world, END - timedelta(days=30)) == 1
    assert said() == ([("CSPO", 30)], 1)
    assert run(world, END - timedelta(days=29)) == 1

    assert run(world, END - timedelta(days=5)) == 1, "the worker slept over both days"
    assert said() == ([("CSM", 30), ("CSM", 7), ("CSPO", 30), ("CSPO", 7)], 3)
    assert "until 16 April 2028 and 17 April 2028" in letters()[-1].subject


def test_two_reasons_on_one_day_are_two_letters(world, both):
    Term.objects.filter(pk=both[1].pk).update(valid_until=END.date() + timedelta(days=60))
    assert run(world, END - timedelta(days=30)) == 2
    assert said() == ([("CSM", 90), ("CSPO", 30)], 2)


def test_killed_between_the_two_nothing_stays_and_the_next_run_writes_one_letter(world, both, monkeypatch):
    day, real, seen = END - timedelta(days=30), actions.record, []

    def killed_at_the_second(*args, **kwargs):
        seen.append(args)
        if len(seen) == 2:
            raise KeyboardInterrupt
        return real(*args, **kwargs)

    monkeypatch.setattr(actions, "record", killed_at_the_second)
    with pytest.raises(KeyboardInterrupt):
        run(world, day)
    assert said() == ([], 0)
    monkeypatch.undo()

    assert (run(world, day), run(world, day)) == (1, 0)
    assert said() == ([("CSM", 30), ("CSPO", 30)], 1)


def test_two_workers_with_one_of_them_each_write_one_letter(world, both, monkeypatch):
    monkeypatch.setattr(actions, "PART_LEAST", 1)
    day = END - timedelta(days=30)
    parts = plan_reminders(world.guild, now=day)
    assert len(parts) == 3

    assert sum(remind_part(part, by=SYSTEM, now=day) for part in parts) == 1
    assert said() == ([("CSM", 30), ("CSPO", 30)], 1)
    done = Run.objects.get()
    assert (done.seen, done.written, done.finished_at) == (2, 1, day)


def test_what_is_suspended_is_left_out_of_the_letter(world, both):
    suspend(both[1].certification, "audit", by=world.bo.actor, now=SOON)
    assert run(world, END - timedelta(days=30)) == 1
    assert said() == ([("CSPO", 30)], 1)
