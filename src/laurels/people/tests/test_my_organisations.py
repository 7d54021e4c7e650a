from laurels.kernel.actor import ANONYMOUS
from laurels.people import queries
from laurels.people.models import Address


def test_the_menu_knows_where_somebody_works(world, django_assert_num_queries):
    world.with_role(world.olive, "trainer", world.harbour)
    actor = world.olive.actor

    with django_assert_num_queries(1):
        mine = queries.my_organisations(actor)

    assert [(o.slug, o.kinds, o.is_owned) for o in mine] == [
        ("commonground", ("owner",), True),
        ("harbour", ("owner", "trainer"), True),
    ]


def test_strangers_work_nowhere_and_cost_nothing(world, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert queries.my_organisations(ANONYMOUS) == []


def test_letters_go_to_the_primary_address(world):
    Address.objects.create(person=world.ada, email="a@x.example")

    assert queries.primary_email(world.ada) == "ada@people.example"
    world.ada.addresses.all().delete()
    assert queries.primary_email(world.ada) == ""
