"""Cards in the demo: the test till runs beside the demo, and both providers have an account there."""

import secrets
import socket
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from laurels.web.demo.stripe_like.running import Running

if TYPE_CHECKING:
    from laurels.people.models import Organisation

ADDRESS = "till.txt"
PAUSES = "0.2,0.5,1,2,5,10,30"


def start_till(home: Path) -> Running:
    """The till, with what it knew last time, at the address it had then if that is free. It ends with this process."""
    home.mkdir(parents=True, exist_ok=True)
    till = Running(home / "till.sqlite3", PAUSES)
    till.begin(_port_of_last_time(home / ADDRESS))
    (home / ADDRESS).write_text(f"{till.base_url}\n")
    return till


def open_accounts(till: Running, *, now: datetime) -> None:
    """Harbour and Maple take cards; whatever moved since last time is brought up to date."""
    from laurels.people.models import Organisation
    from laurels.web.demo import cast

    for provider in (cast.HARBOUR, cast.MAPLE):
        _open_account(till, Organisation.objects.get(slug=provider.slug), now)


def _open_account(till: Running, seller: "Organisation", now: datetime) -> None:
    from django.conf import settings

    from laurels.payments.actions import connect_card_account
    from laurels.payments.models import CardAccount
    from laurels.web.demo.stage import DEMO

    found = CardAccount.objects.of_seller(seller).first()
    key = found.secret_key if found else f"sk_test_{secrets.token_hex(12)}"
    secret = found.webhook_secrets[0] if found else f"whsec_{secrets.token_hex(12)}"
    name = f"acct_{seller.slug.replace('-', '')}"
    till.open_account(name, key, name=seller.name)
    if found is None or found.api_base != till.base_url:
        found = connect_card_account(seller, key, secret, api_base=till.base_url, by=DEMO, now=now)
    where = f"{settings.PUBLIC_URL}/webhooks/cards/{found.public_id}"
    till.open_account(name, key, name=seller.name, webhook_url=where, webhook_secret=secret)


def _port_of_last_time(address: Path) -> int:
    """0, any that is free, the first time or when somebody else has it."""
    if not address.exists():
        return 0
    port = int(address.read_text().rsplit(":", 1)[-1])
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return 0
    return port
