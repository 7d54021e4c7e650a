from io import BytesIO
from xml.etree import ElementTree

from PIL import Image

from laurels.credentials.printing.badge import badge_png, badge_svg

BADGE = {"scheme": "CSPO", "body": "Commonground Guild", "year": 2026}


def test_the_badge_is_square_in_the_size_asked_for():
    assert Image.open(BytesIO(badge_png(**BADGE, size=300))).size == (300, 300)


def test_the_badge_holds_no_text_so_it_looks_the_same_without_our_faces():
    root = ElementTree.fromstring(badge_svg(**BADGE))

    assert [element.tag for element in root.iter() if element.tag.endswith(("}text", "}image", "}script"))] == []


def test_the_same_words_give_the_same_bytes_and_others_give_others():
    assert badge_svg(**BADGE) == badge_svg(**BADGE)
    assert badge_svg(**BADGE) != badge_svg(**{**BADGE, "year": 2027})
