import hashlib
import logging
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO

import pypdf
import pytest
from PIL import Image

from laurels.credentials.printing.certificate import Certificate, certificate_pdf, certificate_png

CERTIFICATE = Certificate(
    name="Ada Lovelace",
    scheme="Certified Scrum Product Owner",
    body="Commonground Guild",
    number="CG-2026-000042",
    url="https://guild.example/certificates/c1",
    issued_at=datetime(2026, 4, 1, tzinfo=UTC),
    provider="Workshop by Harbour Product School",
    dates=[("Awarded", "1 April 2026"), ("Valid until", "31 March 2028")],
    signatory="Bo Lindqvist",
    signatory_role="Registrar",
)
NAMES = [
    "Zoë Łukasiewicz-Çelik Ðặng", "Ελένη Παπαδοπούλου", "Дмитрий Щербаков", "علاء الدين", "יעל כהן", "दीपक शर्मा",
    "王小明", "さくら 田中", "김민준", "สมชาย ใจดี", "Հայկ", "გიორგი", "অমিত", "தமிழ்",
]  # fmt: skip


def _read(pdf: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(BytesIO(pdf))


def test_everything_is_on_one_page_and_can_be_read_by_machines():
    reader = _read(certificate_pdf(CERTIFICATE))
    text = " ".join(reader.pages[0].extract_text().split())

    assert len(reader.pages) == 1
    for word in ("Ada Lovelace", "Certified Scrum Product Owner", "CG-2026-000042", "31 March 2028", "Bo Lindqvist"):
        assert word in text
    assert reader.metadata.title == "Certificate: Certified Scrum Product Owner, Ada Lovelace"


def test_it_is_archivable_and_accessible():
    reader = _read(certificate_pdf(CERTIFICATE, document="{}"))
    about = reader.xmp_metadata.stream.get_data().decode()

    assert "<pdfaid:part>3</pdfaid:part>" in about
    assert "<pdfuaid:part>1</pdfuaid:part>" in about


def test_the_same_words_give_the_same_bytes():
    first, second = (hashlib.sha256(certificate_pdf(CERTIFICATE, document="{}")).digest() for _ in range(2))

    assert first == second


@pytest.mark.parametrize("name", NAMES)
def test_names_of_many_scripts_have_faces(name, caplog):
    with caplog.at_level(logging.WARNING):
        certificate_pdf(replace(CERTIFICATE, name=name))

    assert caplog.messages == []


def test_a_character_no_face_has_costs_the_archive_mark_and_not_the_certificate(caplog):
    with caplog.at_level(logging.WARNING):
        pdf = certificate_pdf(replace(CERTIFICATE, name="Ada \U0001f984"))

    assert len(_read(pdf).pages) == 1
    assert "CG-2026-000042" in caplog.text


@pytest.mark.parametrize("name", ["M" * 60, "Maria " * 30, "#set page()", '"]; #panic()', "$x$ *b* _i_ `c` <l> @r"])
def test_long_and_odd_names_stay_on_the_page_as_they_are(name):
    reader = _read(certificate_pdf(replace(CERTIFICATE, name=name)))

    assert len(reader.pages) == 1
    assert "".join(name.split()) in "".join(reader.pages[0].extract_text().split())


def test_the_picture_has_the_width_asked_for():
    assert Image.open(BytesIO(certificate_png(CERTIFICATE, width=800))).size == (800, 566)
