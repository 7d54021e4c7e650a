from laurels.credentials.actions import (
    correct_name,
    reinstate,
    revoke,
    suspend,
    tell_of_correction,
    tell_of_credential,
    tell_of_reinstatement,
    tell_of_revocation,
    tell_of_suspension,
)
from laurels.credentials.models import Credential, Revocation, Suspension
from laurels.mail.models import Letter


def test_every_change_has_one_letter_however_often_it_is_told(world, certified):
    certification = certified(world.ada)
    clock = {"by": world.bo.actor, "now": world.after_class}
    first = Credential.objects.get()
    suspend(certification, "A question is open.", **clock)
    reinstate(certification, **clock)
    correct_name(certification, "Ada King", **clock)
    revoke(certification, "Forged.", **clock)
    corrected = Credential.objects.current().get()

    for _ in range(2):
        tell_of_credential(first, **clock)
        tell_of_credential(corrected, **clock)
        tell_of_suspension(Suspension.objects.get(), **clock)
        tell_of_reinstatement(Suspension.objects.get(), **clock)
        tell_of_correction(corrected, **clock)
        tell_of_revocation(Revocation.objects.get(), **clock)

    letters = Letter.objects.to_email("ada@people.example").order_by("pk")
    assert [letter.key for letter in letters] == [
        "certificate-issued", "certification-suspended", "certification-reinstated",
        "name-corrected", "certification-revoked",
    ]  # fmt: skip
    assert f"/certificates/{corrected.public_id}" in letters[0].text
    assert ("A question is open." in letters[1].text, "Forged." in letters[4].text) == (True, True)
