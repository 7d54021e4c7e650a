"""What nobody may sign, and that another canonicaliser agrees about the rest."""

import time

import pyoxigraph
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from laurels.credentials.proofs.canonical import Unsignable, canonical
from laurels.credentials.proofs.tests.guild import Guild

TEXT = st.text(
    st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from('\t\n\r"\\\u0085\u2028\u2029'), max_size=40
)
CREDENTIAL = Guild().unsigned()


def test_an_undefined_term_is_refused():
    with pytest.raises(Unsignable, match="do not define"):
        canonical({**CREDENTIAL, "salary": 10})


def test_an_undefined_term_deep_inside_is_refused():
    achievement = {**CREDENTIAL["credentialSubject"]["achievement"], "colour": "green"}

    with pytest.raises(Unsignable, match="do not define"):
        canonical({**CREDENTIAL, "credentialSubject": {"type": ["AchievementSubject"], "achievement": achievement}})


@pytest.mark.parametrize("type_", ["Unheard", "../Relative", "a b", "https://x.example/> <y"])
def test_a_type_that_is_not_defined_is_refused_and_not_resolved_against_an_example(type_):
    with pytest.raises(Unsignable, match="absolute"):
        canonical({**CREDENTIAL, "type": ["VerifiableCredential", type_]})


@pytest.mark.parametrize(
    "id_", ["certificates/1", "/certificates/1", "", "#x", "https://x.example/a b", "https://x>", "_:b0"]
)
def test_a_relative_or_malformed_id_is_refused(id_):
    with pytest.raises(Unsignable):
        canonical({**CREDENTIAL, "id": id_})


@pytest.mark.parametrize("character", [*(chr(n) for n in range(32) if chr(n) not in "\t\n\r"), "\x7f", "\ud800"])
def test_control_characters_are_refused(character):
    with pytest.raises(Unsignable, match="control character"):
        canonical({**CREDENTIAL, "name": f"A{character}da"})


@pytest.mark.parametrize("character", ["\t", "\n", "\r", "\x85", "\u2028", "\u2029", '"', "\\", "\u00a0"])
def test_other_odd_characters_stay_in_one_line_of_what_is_signed(character):
    lines = canonical({**CREDENTIAL, "name": f"A{character}da"}).split("\n")

    assert len(lines) == len(canonical(CREDENTIAL).split("\n"))


@pytest.mark.parametrize(
    "change",
    [
        {"description": None},
        {"https://schema.org/description": "hidden"},
        {"@id": "https://guild.example/other"},
        {"@graph": []},
        {"credentialSubject": {"@context": {"x": "https://x.example/"}, "x": "y"}},
        {"@context": [*CREDENTIAL["@context"], {"salary": "https://x.example/salary"}]},
        {"@context": [*CREDENTIAL["@context"], "https://elsewhere.example/context"]},
        {"description": 1.5},
        {"description": 2**60},
    ],
)
def test_whatever_two_readers_would_read_differently_is_refused(change):
    with pytest.raises(Unsignable):
        canonical({**CREDENTIAL, **change})


def test_a_graph_made_to_keep_a_canonicaliser_busy_is_refused_quickly():
    poison = {"type": ["Evidence"], "name": "same"}
    started = time.monotonic()

    with pytest.raises(Unsignable, match="look alike"):
        canonical({**CREDENTIAL, "evidence": [poison] * 12})
    with pytest.raises(Unsignable, match="without an id"):
        canonical({**CREDENTIAL, "evidence": [{"type": ["Evidence"], "name": str(n)} for n in range(200)]})
    assert time.monotonic() - started < 2


def test_deep_and_large_documents_are_refused():
    deep = {"type": ["Profile"], "id": "did:web:x.example"}
    for n in range(40):
        deep = {"type": ["Profile"], "id": f"did:web:x.example:{n}", "parentOrg": deep}

    with pytest.raises(Unsignable, match="nested"):
        canonical({**CREDENTIAL, "issuer": deep})
    with pytest.raises(Unsignable, match="too large"):
        canonical({**CREDENTIAL, "evidence": [{"type": ["Evidence"], "name": "x"}] * 3_000})


@settings(max_examples=60, deadline=None)
@given(
    holder=TEXT,
    narratives=st.lists(TEXT.filter(bool), max_size=4, unique=True),
    tags=st.lists(TEXT.filter(bool), max_size=3),
    index=st.integers(0, 131_071),
)
def test_another_canonicaliser_agrees(holder, narratives, tags, index):
    achievement = {**CREDENTIAL["credentialSubject"]["achievement"], "tag": tags}
    evidence = [{"type": ["Evidence"], "name": "Workshop", "narrative": narrative} for narrative in narratives]
    credential = Guild().unsigned(holder_name=holder, achievement=achievement, evidence=evidence, status_index=index)
    nquads = canonical(credential)

    dataset = pyoxigraph.Dataset(pyoxigraph.parse(nquads.encode(), format=pyoxigraph.RdfFormat.N_QUADS))
    dataset.canonicalize(pyoxigraph.CanonicalizationAlgorithm.RDFC_1_0)
    theirs = pyoxigraph.serialize(dataset, format=pyoxigraph.RdfFormat.N_QUADS).decode()

    assert sorted(nquads.split("\n")) == sorted(theirs.split("\n"))
