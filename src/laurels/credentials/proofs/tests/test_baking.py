from datetime import UTC, datetime
from io import BytesIO
from xml.etree import ElementTree

import pypdf
import pytest
from PIL import Image

from laurels.credentials.printing.badge import badge_png, badge_svg
from laurels.credentials.printing.certificate import Certificate, certificate_pdf
from laurels.credentials.proofs import baking
from laurels.credentials.proofs.documents import text
from laurels.credentials.proofs.tests.guild import Guild
from laurels.credentials.proofs.verification import State

BADGE = {"scheme": "CSPO", "body": "Commonground Guild", "year": 2026}
TRICKY = '{"a": "]]> <&> \\u0000 王"}'


def _certificate() -> Certificate:
    return Certificate(
        name="Ada",
        scheme="CSPO",
        body="Guild",
        number="1",
        url="https://g.example/c/1",
        issued_at=datetime(2026, 4, 1, tzinfo=UTC),
    )


def test_what_is_baked_into_a_picture_comes_out_again():
    assert baking.unbake(baking.bake_png(badge_png(**BADGE, size=64), TRICKY)) == TRICKY
    svg = baking.bake_svg(badge_svg(**BADGE), TRICKY).encode()
    assert baking.unbake(svg) == TRICKY.replace("]]>", "]]\\u003e")


def test_a_baked_picture_or_certificate_verifies_like_the_document_itself():
    document = text(Guild().signed())

    for content in (
        baking.bake_png(badge_png(**BADGE, size=64), document),
        baking.bake_svg(badge_svg(**BADGE), document).encode(),
        certificate_pdf(_certificate(), document=document),
        b"\xef\xbb\xbf" + document.encode(),
    ):
        assert Guild().verify(content).state is State.VALID


def test_others_see_the_baked_credential_where_open_badges_says():
    png = Image.open(BytesIO(baking.bake_png(badge_png(**BADGE, size=64), TRICKY)))
    svg = ElementTree.fromstring(baking.bake_svg(badge_svg(**BADGE), TRICKY))
    pdf = pypdf.PdfReader(BytesIO(certificate_pdf(_certificate(), document=TRICKY)))

    assert png.text["openbadgecredential"] == TRICKY
    assert svg[0].tag == "{https://purl.imsglobal.org/ob/v3p0}credential"
    assert pdf.attachments["credential.json"] == [TRICKY.encode()]


def test_baking_again_replaces_what_was_there():
    once = baking.bake_png(badge_png(**BADGE, size=64), '{"n": 1}')

    assert baking.unbake(baking.bake_png(once, '{"n": 2}')) == '{"n": 2}'


def test_pictures_without_a_credential_or_damaged_ones_say_so():
    png = badge_png(**BADGE, size=64)

    with pytest.raises(ValueError, match="no credential"):
        baking.unbake(png)
    with pytest.raises(ValueError, match="damaged"):
        baking.unbake(png[:-20])
    with pytest.raises(ValueError, match="no credential"):
        baking.unbake(badge_svg(**BADGE).encode())
