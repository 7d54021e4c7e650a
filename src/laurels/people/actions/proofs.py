"""The one primitive: a code goes to an address, and whoever types it back reads that address."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from laurels.journal.actions import record
from laurels.journal.models import Topic
from laurels.kernel.actor import Actor
from laurels.kernel.ids import secret_code
from laurels.kernel.refusal import require
from laurels.mail import actions as mail
from laurels.mail import rules as letters
from laurels.people import facts, rules
from laurels.people.models import Person, Proof, keyed_digest, normal_email


@transaction.atomic
def send_code(
    email: str,
    *,
    purpose: str,
    person: Person | None = None,
    client: str = "",
    next_path: str = "",
    by: Actor,
    now: datetime,
) -> Proof:
    """Send a code to ``email``, with the same work whether the address is known or not.

    ``client`` is the network address of whoever asks, kept only as a keyed digest; ``next_path`` is where the letter's
    link leads in the end. Raises Refused for an impossible address and above the hourly limits.
    """
    email = normal_email(email)
    client_digest = keyed_digest("client", client) if client else ""
    topic = _lock_counters(email, client_digest)
    require(rules.why_not_send_code(email, purpose=purpose, person=person, client_digest=client_digest, by=by, now=now))
    proof = Proof(
        email=email,
        purpose=purpose,
        person=person,
        sent_at=now,
        expires_at=now + rules.CODE_LASTS,
        client_digest=client_digest,
        next_path=next_path,
    )
    code = secret_code()
    proof.code_digest = proof.digest_of(code)
    proof.save()
    _write_code(proof, code, by=by, now=now)
    record(topic, facts.CodeSent(proof.pk), by=by, at=now)
    return proof


def check_code(proof: Proof, code: str, *, now: datetime) -> None:
    """Raise Refused unless ``code`` is the one in the letter. A wrong try is counted for good, whatever follows.

    Must not run inside another transaction: a rollback there would give the try back.
    """
    with transaction.atomic(durable=True):
        proof = Proof.objects.lock(proof.pk)
        refusal = rules.why_not_try(proof, now=now)
        if refusal is None and (refusal := rules.why_not_code(proof, code)):
            proof.tries += 1
            proof.save(update_fields=["tries"])
    require(refusal)


def use(proof: Proof, *, now: datetime) -> Proof:
    """Spend a checked proof, once: of two who come with the right code at the same time one is refused."""
    proof = Proof.objects.lock(proof.pk)
    require(rules.why_not_try(proof, now=now))
    proof.used_at = now
    proof.save(update_fields=["used_at"])
    return proof


def forget_proofs(*, now: datetime) -> int:
    """Delete proofs of more than a day ago, addresses of people who never came among them. Gives their number."""
    return Proof.objects.sent_before(now - rules.PROOFS_ARE_KEPT).delete()[0]


def _lock_counters(email: str, client_digest: str) -> str:
    """Let those who ask for the same address or from the same place be counted one after the other."""
    topic = f"codes:{keyed_digest('codes', email)[:40]}"
    place = f"clients:{client_digest[:40]}"
    for name in sorted({topic, place} if client_digest else {topic}):
        Topic.objects.lock(name)
    return topic


def _write_code(proof: Proof, code: str, *, by: Actor, now: datetime) -> None:
    is_sign_in = proof.purpose == Proof.Purpose.SIGN_IN
    key, page = ("sign-in-code", "sign-in-proof") if is_sign_in else ("address-code", "address-proof")
    values = {
        "code": code,
        "link": f"{settings.PUBLIC_URL}{reverse(page, args=[proof.public_id])}?code={code}",
        "minutes": str(int(rules.CODE_LASTS.total_seconds() // 60)),
    }
    mail.write(
        key,
        letters.builtin(key),
        to=proof.email,
        values=values,
        person=proof.person,
        is_secret=True,
        by=by,
        now=now,
    )
