import pytest

from laurels.credentials.proofs.did import did_url, did_web

PAIRS = [
    ("https://guild.example", "did:web:guild.example", "https://guild.example/.well-known/did.json"),
    ("https://guild.example/issuers/a", "did:web:guild.example:issuers:a", "https://guild.example/issuers/a/did.json"),
    ("https://guild.example:8443/a", "did:web:guild.example%3A8443:a", "https://guild.example:8443/a/did.json"),
    (
        "http://localhost:8000/issuers/a",
        "did:web:localhost%3A8000:issuers:a",
        "http://localhost:8000/issuers/a/did.json",
    ),
    ("http://127.0.0.1:8123", "did:web:127.0.0.1%3A8123", "http://127.0.0.1:8123/.well-known/did.json"),
]


@pytest.mark.parametrize(("url", "did", "document"), PAIRS)
def test_an_address_becomes_a_name_and_the_name_leads_to_its_document(url, did, document):
    assert (did_web(url), did_url(did)) == (did, document)


@pytest.mark.parametrize(
    "url",
    [
        "http://guild.example",
        "https://localhost",
        "https://g.example/a?b",
        "https://u:p@g.example",
        "https://10.0.0.1",
        "https://g.example/a/../b",
        "https://g.example/a%2Fb",
        "ftp://g.example",
        "https://",
        "https://gäst.example",
    ],
)
def test_an_address_that_cannot_be_an_issuer_is_refused(url):
    with pytest.raises(ValueError, match=r"."):
        did_web(url)


@pytest.mark.parametrize(
    "did",
    [
        "did:key:z6Mk",
        "did:web:",
        "did:web:g.example:..",
        "did:web:g.example:a%2F..%2Fb",
        "did:web:10.0.0.1",
        "did:web:g.example%3A99999",
        "did:web:g.example%3A",
        "did:web:a@g.example",
        "did:web:g.example/x",
        "did:web:[::1]",
        "did:web:g.example:a#key",
        "did:web:g.example:a?x",
        "https://g.example",
        "did:web:169.254.169.254",
        "did:web:g.example::a",
        "did:web:G.example",
    ],
)
def test_a_name_that_is_no_safe_did_web_is_refused(did):
    with pytest.raises(ValueError, match="did:web"):
        did_url(did)
