def test_the_cast_stands_on_one_workshop(world):
    assert world.workshop.trainers.get() == world.tess
    assert world.sam.actor.has("staff", at=world.harbour.pk)
    assert not world.mallory.actor.has("staff", at=world.harbour.pk)
