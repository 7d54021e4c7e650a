"""The QR code on a certificate's page: an address of its own that browsers keep."""

from django.urls import reverse


def test_it_is_a_picture_to_be_kept(client, db):
    answer = client.get(reverse("credentials:certificate-qr", args=["0" * 18]))

    assert answer.status_code == 200
    assert answer["Content-Type"] == "image/svg+xml"
    assert "immutable" in answer["Cache-Control"]
    assert answer.content.lstrip().startswith(b"<?xml")


def test_different_certificates_have_different_codes(client, db):
    one, other = (client.get(reverse("credentials:certificate-qr", args=[sign * 18])).content for sign in "01")

    assert one != other


def test_what_is_no_public_id_is_not_found(client, db):
    assert client.get(reverse("credentials:certificate-qr", args=["x" * 400])).status_code == 404
