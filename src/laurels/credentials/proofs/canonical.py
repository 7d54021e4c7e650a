"""What exactly is signed: a document as canonical N-Quads (RDFC-1.0), or a reason why nobody may sign it.

PyLD does the work and would let three things pass that change the meaning of a signature: undefined terms, relative
ids and control characters. They are refused here, and so is whatever could make a canonicaliser run for hours.
"""

import json
import re
from collections import Counter
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

from pyld import jsonld  # type: ignore[import-untyped]
from pyld.canon import URDNA2015  # type: ignore[import-untyped]
from pyld.context_resolver import ContextResolver  # type: ignore[import-untyped]

CREDENTIALS_V2 = "https://www.w3.org/ns/credentials/v2"
OPEN_BADGES = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
_FILES = {
    CREDENTIALS_V2: "credentials-v2.json",
    OPEN_BADGES: "ob-v3p0-context-3.0.3.json",
    "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json": "ob-v3p0-extensions.json",
    "https://w3id.org/security/data-integrity/v2": "data-integrity-v2.json",
    "https://www.w3.org/ns/did/v1": "did-v1.json",
    "https://w3id.org/security/multikey/v1": "multikey-v1.json",
}

MOST_VALUES = 5_000
DEEPEST = 32
MOST_BLANK_NODES = 128
MOST_ALIKE = 4
MOST_WORK = 500

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|^`\\]*")
_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")


class Unsignable(ValueError):
    """A document whose signature would not say what a reader sees. The text is a sentence."""


@cache
def shipped_contexts() -> Mapping[str, Any]:
    """The contexts we know by address; there are no others, and none is ever fetched."""
    folder = resources.files(__package__) / "contexts"
    return {url: json.loads((folder / name).read_text(encoding="utf-8")) for url, name in _FILES.items()}


def canonical(document: Mapping[str, Any], *, contexts: Mapping[str, Any] | None = None) -> str:
    """The document's canonical N-Quads. Raises Unsignable."""
    known = shipped_contexts() if contexts is None else contexts
    refuse_unreadable(document)
    _refuse_foreign_contexts(document, known)
    try:
        return _canonical(document, known)
    except Unsignable:
        raise
    except (jsonld.JsonLdError, RecursionError) as error:
        raise Unsignable(f"The document is not well-formed JSON-LD: {_root(error)}") from error


def _canonical(document: Mapping[str, Any], known: Mapping[str, Any]) -> str:
    processor = jsonld.JsonLdProcessor(on_property_dropped=_refuse_term)
    options = {
        "base": None,  # Anything else resolves undefined types against an example address and signs the result.
        "processingMode": "json-ld-1.1",
        "contextResolver": ContextResolver({}, lambda url, _options: _loaded(url, known)),
        "documentLoader": lambda url, _options: _loaded(url, known),
        "format": "application/n-quads",
    }
    expanded = processor.expand(document, options)
    _refuse_relative(expanded)
    dataset = processor.to_rdf(expanded, {key: value for key, value in options.items() if key != "format"})
    _refuse_tangled(dataset)
    return str(_Bounded().main(dataset, options))


class _Bounded(URDNA2015):  # type: ignore[misc]
    """The canonicaliser, giving up on graphs that are made to keep it busy."""

    def __init__(self) -> None:
        super().__init__()
        self.work = 0

    def hash_n_degree_quads(self, id_: str, issuer: Any) -> Any:
        self.work += 1
        alike = Counter(self.hash_first_degree_quads(node) for node in self.blank_node_info)
        if self.work > MOST_WORK or max(alike.values()) > MOST_ALIKE:
            raise Unsignable("The document has too many parts that look alike.")
        return super().hash_n_degree_quads(id_, issuer)


def _loaded(url: str, known: Mapping[str, Any]) -> dict[str, Any]:
    if url not in known:
        raise Unsignable(f"The context {url[:200]} is not one of those we know.")
    return {"contentType": "application/ld+json", "contextUrl": None, "documentUrl": url, "document": known[url]}


def refuse_unreadable(document: Mapping[str, Any]) -> None:
    """Raises Unsignable for sizes, nesting, characters, nulls and keys that two readers would take differently."""
    waiting: list[tuple[Any, int]] = [(document, 1)]
    seen = 0
    while waiting:
        value, depth = waiting.pop()
        seen += 1
        if seen > MOST_VALUES or depth > DEEPEST:
            raise Unsignable("The document is too large or too deeply nested.")
        _refuse_value(value)
        if isinstance(value, Mapping):
            for key in value:
                _refuse_key(key, is_top=value is document)
            waiting += [(child, depth + 1) for child in value.values()]
        elif isinstance(value, list | tuple):
            waiting += [(child, depth + 1) for child in value]


def _refuse_value(value: Any) -> None:
    if value is None:
        raise Unsignable("The document has an empty (null) value, which no signature would cover.")
    if isinstance(value, str) and _CONTROL.search(value):
        raise Unsignable("The document has a control character, which readers canonicalise differently.")
    if isinstance(value, float) or (isinstance(value, int) and abs(value) >= 2**53):
        raise Unsignable("The document has a number that readers write differently.")


def _refuse_key(key: Any, *, is_top: bool) -> None:
    # Keywords and full addresses as keys say the same in RDF and hide it from whoever reads the JSON.
    if not isinstance(key, str) or ":" in key or (key.startswith("@") and not (is_top and key == "@context")):
        raise Unsignable(f"The key {str(key)[:80]!r} is not a plain word.")
    _refuse_value(key)


def _refuse_foreign_contexts(document: Mapping[str, Any], known: Mapping[str, Any]) -> None:
    contexts = document.get("@context")
    for context in contexts if isinstance(contexts, list) else [contexts]:
        if not isinstance(context, str):
            raise Unsignable("The document brings a context of its own.")
        _loaded(context, known)


def _refuse_term(term: str | None) -> None:
    raise Unsignable(f"The contexts do not define {f'“{term[:80]}”' if term else 'one of the keys'}.")


def _refuse_relative(expanded: Any) -> None:
    """Every id, type, datatype and property must be absolute; RDF would drop the others without a word."""
    for value in expanded if isinstance(expanded, list) else [expanded]:
        if not isinstance(value, dict):
            continue
        for key, child in value.items():
            if key in {"@id", "@type"}:
                _refuse_iris(child)
            elif key == "@language" and not (isinstance(child, str) and _LANGUAGE.fullmatch(child)):
                raise Unsignable("The document has a language that is none.")
            elif not key.startswith("@"):
                _refuse_iris(key)
            if key not in {"@id", "@type", "@value"}:
                _refuse_relative(child)


def _refuse_iris(iris: Any) -> None:
    for iri in iris if isinstance(iris, list) else [iris]:
        if iri != "@json" and not (isinstance(iri, str) and _IRI.fullmatch(iri)):
            raise Unsignable(f"“{str(iri)[:120]}” is not an absolute address or a defined term.")


def _refuse_tangled(dataset: Mapping[str, Any]) -> None:
    nodes = {
        triple[place]["value"]
        for triples in dataset.values()
        for triple in triples
        for place in ("subject", "object")
        if triple[place]["type"] == "blank node"
    }
    if len(nodes) > MOST_BLANK_NODES:
        raise Unsignable("The document has too many parts without an id.")


def _root(error: BaseException) -> str:
    while error.__cause__ is not None:
        error = error.__cause__
    return str(error).split("\n")[0][:200]
