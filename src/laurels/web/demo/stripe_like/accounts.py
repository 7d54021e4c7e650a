"""Sellers: each has its secret keys and the addresses that are told of its events, each with one or two secrets."""

from dataclasses import dataclass
from typing import Any

from laurels.web.demo.stripe_like.errors import Thing, Wrong
from laurels.web.demo.stripe_like.ids import new_id
from laurels.web.demo.stripe_like.state import State

KIND = "till.account"


@dataclass(frozen=True, slots=True)
class Account:
    """What a seller is opened with."""

    id: str
    key: str
    webhook_url: str = ""
    webhook_secret: str = ""
    name: str = ""
    currency: str = "eur"
    country: str = "DE"


def open_account(state: State, wanted: Account) -> Thing:
    """Open it, or bring it up to date: a rolled secret stays, a known secret's address may move."""
    known = state.look_up(wanted.id)
    account = known or {"id": wanted.id, "object": KIND, "keys": [], "endpoints": [], "created": state.now()}
    account |= {"currency": wanted.currency, "country": wanted.country}
    account["name"] = wanted.name or account.get("name") or wanted.id
    if wanted.key not in account["keys"]:
        account["keys"].append(wanted.key)
    if wanted.webhook_url:
        _tell(account, wanted.webhook_url, wanted.webhook_secret or new_id("whsec", 32))
    return state.save(account) if known else state.add(account, wanted.id)


def _tell(account: Thing, url: str, secret: str) -> None:
    for endpoint in account["endpoints"]:
        if endpoint["url"] == url:
            return
        if secret in endpoint["secrets"]:
            endpoint["url"] = url
            return
    account["endpoints"].append({"id": new_id("we"), "url": url, "secrets": [secret]})


def roll_secret(state: State, name: str, secret: str | None, *, keep_old: bool) -> Thing:
    """A new secret for every endpoint; the old one signs along until it is rolled away without being kept."""
    account = state.get(KIND, name)
    for endpoint in account["endpoints"]:
        newest = secret or new_id("whsec", 32)
        endpoint["secrets"] = [newest, endpoint["secrets"][0]] if keep_old else [newest]
    return state.save(account)


def end_old_secret(state: State, name: str) -> Thing:
    account = state.get(KIND, name)
    for endpoint in account["endpoints"]:
        endpoint["secrets"] = endpoint["secrets"][:1]
    return state.save(account)


def of_key(state: State, key: str) -> Thing:
    for account in state.find(KIND):
        if key in account["keys"]:
            return account
    told = f"{key[:8]}{'*' * max(0, len(key) - 12)}{key[-4:]}" if len(key) > 12 else "none"
    raise Wrong(f"Invalid API Key provided: {told}", status=401)


def shown(account: Thing) -> dict[str, Any]:
    return {
        "id": account["id"],
        "object": "account",
        "business_profile": {"name": account["name"], "url": None},
        "business_type": "company",
        "charges_enabled": True,
        "country": account["country"],
        "created": account["created"],
        "default_currency": account["currency"],
        "details_submitted": True,
        "email": None,
        "metadata": {},
        "payouts_enabled": True,
        "settings": {"dashboard": {"display_name": account["name"], "timezone": "Etc/UTC"}},
        "type": "standard",
    }
