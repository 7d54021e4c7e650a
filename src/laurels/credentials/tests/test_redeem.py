from datetime import date, timedelta

import pytest

from laurels.credentials.actions import invite, redeem_invitation
from laurels.credentials.models import Certification, Credential, LicenceAcceptance, Membership
from laurels.journal.models import Entry
from laurels.kernel.actor import ANONYMOUS
from laurels.kernel.refusal import Refused
from laurels.people.models import Address, Person


def accept(world, person, *, secret, by=None, now=None):
    by = by or (person.actor if person else ANONYMOUS)
    return redeem_invitation(secret, person=person, accepts_licence=True, by=by, now=now or world.after_class)


def test_accepting_makes_a_member_with_a_certification_of_two_years(world, invited):
    line, secret = invited(world.ada)

    certification = accept(world, world.ada, secret=secret)

    term = certification.terms.get()
    assert (certification.person, certification.line, certification.name) == (world.ada, line, "Ada Lovelace")
    assert (term.valid_from, term.valid_until, term.policy) == (date(2026, 4, 16), date(2028, 4, 16), world.policy)
    assert Membership.objects.get().person == world.ada
    assert LicenceAcceptance.objects.get().person == world.ada
    assert Credential.objects.get().name == "Ada Lovelace"


def test_the_whole_step_is_told_in_the_journal(world, invited):
    line, secret = invited(world.ada)

    certification = accept(world, world.ada, secret=secret)

    told = [entry.fact for entry in Entry.objects.about(f"line:{line.pk}").order_by("seq")]
    assert told == ["mail.LetterWritten", "credentials.InvitationSent", "credentials.InvitationRedeemed"]
    awarded = [entry.fact for entry in Entry.objects.about(certification.topic)]
    assert awarded == ["credentials.CertificationAwarded", "credentials.CredentialIntended"]


def test_accepting_twice_gives_the_same_certification(world, invited):
    _line, secret = invited(world.ada)

    first, second = (accept(world, world.ada, secret=secret) for _ in range(2))

    assert first == second
    assert Certification.objects.count() == Credential.objects.count() == 1


def test_a_used_link_opens_nothing_for_anybody_else(world, invited):
    _line, secret = invited(world.ada)
    accept(world, world.ada, secret=secret)

    for stranger in (world.grace, None):
        with pytest.raises(Refused, match="has been accepted"):
            accept(world, stranger, secret=secret)


def test_without_the_terms_nothing_happens(world, invited):
    _line, secret = invited(world.ada)

    with pytest.raises(Refused, match="tick that you accept"):
        redeem_invitation(secret, person=world.ada, accepts_licence=False, by=world.ada.actor, now=world.after_class)

    assert (Membership.objects.count(), Certification.objects.count()) == (0, 0)


def test_the_link_proves_the_address_of_a_newcomer_and_gives_them_a_name(world, invited):
    ada = Person.objects.create(name="", created_at=world.morning)
    Address.objects.create(person=ada, email="new@people.example", is_primary=True)
    line = world.accepted_line(ada)
    line.certificate_name = "Ada N. Comer"
    line.save()
    invite(line, by=world.bo.actor, now=world.after_class)

    certification = accept(world, None, secret=world.invitation_secret_for("new@people.example"))

    ada.refresh_from_db()
    assert (certification.person, ada.name) == (ada, "Ada N. Comer")
    assert ada.addresses.get().verified_at == world.after_class


def test_a_member_may_take_it_with_an_account_under_another_address(world, invited):
    _line, secret = invited(world.ada, email="ada@work.example")

    certification = accept(world, world.ada, secret=secret)

    assert certification.person == world.ada
    assert [address.email for address in world.ada.addresses.all()] == ["ada@people.example"]


def test_the_link_alone_never_opens_an_account_with_a_role(world, invited):
    _line, secret = invited(world.tess)

    with pytest.raises(Refused, match="Sign in to it first"):
        accept(world, None, secret=secret)

    assert accept(world, world.tess, secret=secret).person == world.tess


def test_nobody_accepts_for_somebody_else(world, invited):
    _line, secret = invited(world.ada)

    with pytest.raises(Refused, match="Only the invited person"):
        accept(world, world.ada, secret=secret, by=world.mallory.actor)


def test_who_holds_the_scheme_is_told_that_a_second_one_is_not_needed(world, invited):
    _line, secret = invited(world.ada)
    held = accept(world, world.ada, secret=secret)
    again = world.workshop_with(state="held")
    _line, second = invited(world.ada, workshop=again)

    for signed_in in (world.ada, None):
        with pytest.raises(Refused, match=f"already, with the number {held.number}"):
            accept(world, signed_in, secret=second)

    assert Certification.objects.get() == held


def test_a_link_ends_after_thirty_days(world, invited):
    _line, secret = invited(world.ada)

    with pytest.raises(Refused, match="too old"):
        accept(world, world.ada, secret=secret, now=world.after_class + timedelta(days=30))

    assert accept(world, world.ada, secret=secret, now=world.after_class + timedelta(days=30, seconds=-1))
