import pytest
from hypothesis import given
from hypothesis import strategies as st

from laurels.journal.models import Entry
from laurels.kernel.actor import Actor
from laurels.kernel.refusal import Refused
from laurels.participation.actions import declare, declare_all
from laurels.participation.facts import NameDeclared
from laurels.participation.models import Declaration
from laurels.participation.rules import Declared, clean_name, why_not_this_name
from laurels.people.models import Address

NAMES = [
    "Rosalind",
    "Nguyễn Thị Minh Khai",
    "李小龍",
    "محمد بن سلمان",
    "Дмитрий Шостакович",
    "Chiara D’Amico",
    "Jean-Luc O'Neill",
    "می‌خواهم",  # with a joiner that Persian needs
    "Þórr Æ",
    "Martin Luther King, Jr.",
    "X",
]


@pytest.mark.parametrize("name", NAMES)
def test_any_script_and_one_word_names(name):
    assert why_not_this_name(clean_name(name)) is None


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("", "no-name"),
        ("A" * 121, "long-name"),
        ("Ada\nLovelace", "unprintable-name"),
        ("Ada\x00", "unprintable-name"),
        ("Ada\u202eecalevoL", "unprintable-name"),
        ("Ada\u2028Lovelace", "unprintable-name"),
        ("Ada\u200bLovelace", "unprintable-name"),
        ("Ada\ue000", "unprintable-name"),
        ("12345", "no-letter"),
        ("👩‍🚀", "no-letter"),
    ],
)
def test_what_cannot_be_printed_is_refused(name, code):
    assert why_not_this_name(clean_name(name)).code == code


@given(st.text(max_size=200))
def test_a_cleaned_name_stays_as_it_is(text):
    assert clean_name(clean_name(text)) == clean_name(text)


def test_the_learner_confirms_and_may_change_their_mind(held, world):
    held.confirm(held.ada)
    held.confirm(held.ada, certificate_name="  Ada   King ")
    declaration = Declaration.objects.get()
    assert (declaration.certificate_name, declaration.email) == ("Ada King", "ada@people.example")
    assert Entry.objects.of(NameDeclared).count() == 2


def test_the_same_words_again_are_no_news(held):
    held.confirm(held.ada)
    held.confirm(held.ada)
    assert Entry.objects.of(NameDeclared).count() == 1


def test_already_a_member_under_another_address(held):
    held.confirm(held.ada, is_member_already=True, member_email=" Old@Work.Example ")
    assert Declaration.objects.get().member_email == "old@work.example"


def test_a_member_address_without_membership_is_refused(held):
    with pytest.raises(Refused, match="Say yes if you are a member"):
        held.confirm(held.ada, member_email="old@work.example")


def test_only_the_persons_own_address(held, world):
    _ = world.grace
    with pytest.raises(Refused, match="one of your own addresses"):
        held.confirm(held.ada, email="grace@people.example")


def test_an_unverified_address_is_for_the_system_only(held, world):
    Address.objects.create(person=world.ada, email="new@people.example")
    with pytest.raises(Refused, match="Verify that address"):
        held.confirm(held.ada, email="new@people.example")

    words = Declared("Ada", "new@people.example", False)
    declare_all(held.workshop, {held.ada.pk: words}, by=Actor.of_system("import"), now=world.noon)
    assert Declaration.objects.get().email == "new@people.example"


def test_nobody_declares_for_another(held, world):
    for other in (world.grace, world.tess, world.sam, world.bo, world.mallory):
        with pytest.raises(Refused, match="Only the person on this seat"):
            declare(
                held.ada,
                certificate_name="Mallory",
                email="ada@people.example",
                is_member_already=False,
                by=other.actor,
                now=world.noon,
            )
    assert Declaration.objects.count() == 0


def test_not_once_signed_and_again_after_a_return(held):
    held.received(held.ada)
    with pytest.raises(Refused, match="already signed"):
        held.confirm(held.ada, certificate_name="Ada King")

    held.send_back(held.ada)
    held.confirm(held.ada, certificate_name="Ada King")
    assert Declaration.objects.get().certificate_name == "Ada King"


def test_not_for_a_cancelled_seat(held, world):
    seat = held.seat_of(world.grace, state="cancelled")
    with pytest.raises(Refused, match="no longer taken"):
        held.confirm(seat)
