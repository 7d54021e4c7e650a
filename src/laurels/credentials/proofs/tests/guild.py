"""A certifying body with a key, one credential and its lists, all in memory."""

import json
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cache, cached_property
from typing import Any
from zoneinfo import ZoneInfo

from laurels.credentials.issuer import keys, signing
from laurels.credentials.proofs import documents, status
from laurels.credentials.proofs.did import did_url, did_web
from laurels.credentials.proofs.fetching import folder_fetch
from laurels.credentials.proofs.verification import Verdict, verify

LISBON = ZoneInfo("Europe/Lisbon")
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@cache
def _key() -> keys.NewKey:
    return keys.new_key("open sesame")


@dataclass
class Guild:
    home: str = "https://guild.example"
    key: keys.NewKey = field(default_factory=_key)
    blocked: bool = False
    revoked: bool = False
    replaced: bool = False
    files: dict[str, bytes] = field(default_factory=dict)

    @property
    def did(self) -> str:
        return did_web(f"{self.home}/issuers/guild")

    @property
    def list_url(self) -> str:
        return f"{self.home}/status/l1"

    def unsigned(self, **changes: Any) -> dict[str, Any]:
        fields: dict[str, Any] = {
            "id": f"{self.home}/certificates/c1.json",
            "issuer": documents.issuer_profile(did=self.did, name="Commonground Guild", url=self.home),
            "achievement": documents.achievement(
                id=f"{self.home}/schemes/cspo",
                name="Certified Scrum Product Owner",
                description="Takes part in product ownership and keeps on learning.",
                criteria="Take part in **both days**.",
                criteria_url=f"{self.home}/schemes/cspo#criteria",
                image_url=f"{self.home}/schemes/cspo/badge.svg",
                version="1",
                language="en",
                tags=["product", "scrum"],
            ),
            "holder_name": "Zoë Łukasiewicz 王",
            "certificate_number": "CG-2026-000042",
            "valid_from": documents.day_begins(date(2026, 4, 1), LISBON),
            "valid_until": documents.day_ends(date(2028, 3, 31), LISBON),
            "awarded_at": datetime(2026, 4, 1, 8, 30, tzinfo=UTC),
            "status_list_url": self.list_url,
            "status_index": 4711,
            "image_url": f"{self.home}/certificates/c1.png",
            "evidence": [documents.evidence(name="Workshop", narrative="Two days\nin “Hamburg”.", genre="Workshop")],
            "description": "One term.",
        }
        return documents.achievement_credential(**{**fields, **changes})

    def sign(self, document: dict[str, Any], *, fragment: str = "key-1") -> dict[str, Any]:
        return signing.sign(
            document,
            private_encrypted=self.key.private_encrypted,
            passphrase="open sesame",
            verification_method=f"{self.did}#{fragment}",
            created=datetime(2026, 4, 1, 8, 31, tzinfo=UTC),
        )

    def signed(self, **changes: Any) -> dict[str, Any]:
        return self.sign(self.unsigned(**changes))

    def public(self) -> dict[str, dict[str, Any]]:
        """What the guild publishes: address → document."""
        return {
            did_url(self.did): documents.did_document(did=self.did, keys=[("key-1", self.key.public_multibase)]),
            self.list_url: self._list(self.list_url, "suspension", self.blocked),
            f"{self.list_url}/revocations": self._list(f"{self.list_url}/revocations", "revocation", self.revoked),
            f"{self.list_url}/replacements": self._list(f"{self.list_url}/replacements", "refresh", self.replaced),
        }

    def verify(self, content: Any, *, now: datetime = NOW, **options: Any) -> Verdict:
        text = content if isinstance(content, str | bytes) else json.dumps(content)
        return verify(text, fetch=folder_fetch({**self.published, **self.files}), now=now, **options)

    @cached_property
    def published(self) -> dict[str, bytes]:
        return {url: json.dumps(document).encode() for url, document in self.public().items()}

    def _list(self, url: str, purpose: str, is_set: bool) -> dict[str, Any]:
        bits = status.with_bit(status.empty(), 4711, is_set)
        return self.sign(
            documents.status_list_credential(
                id=url, issuer_did=self.did, purpose=purpose, encoded=status.encode(bits), valid_from=NOW
            )
        )
