from laurels.journal.streams.channels import Frames, Listener
from laurels.journal.streams.frames import Edition, as_header, encode, encode_all, place

ADA = Listener("test:1", frozenset({"room", "team"}), "ada")
GRACE = Listener("test:1", frozenset({"room", "team"}), "grace")
OUTSIDE = Listener("test:1", frozenset({"console"}), "sam")


def test_every_line_has_its_own_field_whatever_ends_it():
    assert encode(("parts", "<p>\r\nid: 99\revent: go\n\n</p>"), 7) == (
        b"id: 7\nevent: parts\ndata: <p>\ndata: id: 99\ndata: event: go\ndata: \ndata: </p>\n\n"
    )


def test_an_event_without_words_is_still_an_event():
    assert encode(("refresh", "")) == b"event: refresh\ndata: \n\n"


def test_only_the_last_of_a_place_bears_its_number():
    assert encode_all([("go", "/x"), ("parts", "p")], 3) == encode(("go", "/x")) + encode(("parts", "p"), 3)
    assert encode_all([], 3) == b""
    assert place(3) == b"id: 3\n\n"


def test_each_audience_gets_its_own_and_the_same_object():
    edition = Edition(4, Frames({"room": "<i></i>", "team": "<b></b>", "console": ""}, {"ada": ("refresh", "")}))

    assert edition.for_(GRACE) is edition.for_(GRACE)
    assert edition.for_(GRACE) == encode(("parts", "<i></i>\n<b></b>"), 4)
    assert edition.for_(ADA) == encode(("refresh", "")) + encode(("parts", "<i></i>\n<b></b>"), 4)
    assert edition.for_(OUTSIDE) == b""


def test_calls_become_one_header_line():
    assert as_header([("refresh", ""), ("go", "/rooms/x?a=1\r\nSet-Cookie: b, c")]) == (
        "refresh, go /rooms/x?a=1%0D%0ASet-Cookie:%20b%2C%20c"
    )
