import json

import pytest

from laurels.credentials import queries, rules
from laurels.credentials.actions import award
from laurels.credentials.models import Credential, IssuerKey, StatusList
from laurels.credentials.proofs import documents
from laurels.credentials.proofs.verification import verify
from laurels.credentials.tasks import publish_status_list, sign_credential
from laurels.journal.models import Entry


@pytest.fixture
def credential(world):
    award(
        world.ada,
        world.scheme,
        name="Ada Lovelace",
        on=world.after_class.date(),
        by=world.bo.actor,
        now=world.after_class,
    )
    return Credential.objects.get()


def signed(credential):
    sign_credential.call(credential.pk)
    credential.refresh_from_db()
    return credential


def test_the_signed_document_is_what_was_intended_and_anybody_can_check_it(credential, world):
    document = json.loads(signed(credential).document)

    verdict = verify(credential.document, fetch=queries.fetch_own, now=world.after_class)

    assert verdict.is_valid, verdict
    assert (verdict.holder, verdict.number) == ("Ada Lovelace", credential.term.certification.number)
    assert documents.text({key: value for key, value in document.items() if key != "proof"}) == credential.unsigned


def test_signing_twice_stores_once(credential):
    first = signed(credential).document

    assert signed(credential).document == first
    assert Entry.objects.filter(fact="credentials.CredentialIssued").count() == 1


def test_after_a_crash_between_signing_and_storing_the_next_try_finishes(credential, monkeypatch):
    def crash(*args, **kwargs):
        raise KeyboardInterrupt

    monkeypatch.setattr("laurels.credentials.actions.store_signed", crash)
    with pytest.raises(KeyboardInterrupt):
        sign_credential.call(credential.pk)
    monkeypatch.undo()

    assert signed(credential).signed_at is not None
    assert Entry.objects.filter(fact="credentials.CredentialIssued").count() == 1


def test_a_body_gets_one_key_and_one_list_for_many_credentials(credential, world):
    award(
        world.grace,
        world.scheme,
        name="Grace Hopper",
        on=world.after_class.date(),
        by=world.bo.actor,
        now=world.after_class,
    )

    for each in Credential.objects.all():
        sign_credential.call(each.pk)

    assert (IssuerKey.objects.count(), StatusList.objects.count()) == (1, 1)
    assert IssuerKey.objects.get().fragment.endswith("-1")
    assert rules.addresses.did("commonground") == "did:web:localhost%3A8000:orgs:commonground"


def test_a_list_whose_bits_changed_while_it_was_signed_is_left_to_the_next_task(credential):
    status_list = credential.status_list
    before = queries.list_text(status_list.public_id)
    from laurels.credentials.actions import store_published
    from laurels.credentials.tasks import ISSUER

    stale = (b"\x80" + status_list.bits[0][1:], *status_list.bits[1:])
    store_published(status_list, ("a", "b", "c"), of=stale, by=ISSUER, now=credential.intended_at)
    assert queries.list_text(status_list.public_id) == before == ""

    publish_status_list.call(status_list.pk)
    assert json.loads(queries.list_text(status_list.public_id))["credentialSubject"]["statusPurpose"] == "suspension"
