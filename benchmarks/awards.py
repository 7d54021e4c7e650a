"""Awards a second: certification, term, intent, canonical form, signature, store. Beside it: Ed25519 alone."""

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from benchmarks.figures import Row, cpu
from benchmarks.scenery import BENCH, NOW, scheme
from laurels.credentials.actions import award
from laurels.credentials.models import Credential
from laurels.credentials.tasks import sign_credential
from laurels.people.actions import meet


def measure(scale: float) -> list[Row]:
    awards = max(20, int(300 * scale))
    certified = scheme()
    people = [meet(f"holder{n}@people.example", f"Holder {n}", by=BENCH, now=NOW) for n in range(awards)]
    intending = cpu(lambda: [award(one, certified, name=one.name, on=NOW.date(), by=BENCH, now=NOW) for one in people])
    waiting = list(Credential.objects.filter(document="").values_list("pk", flat=True))
    sign_credential.call(waiting.pop())  # makes the key and publishes the first status list
    signing = cpu(lambda: [sign_credential.call(pk) for pk in waiting])
    bare = _bare_signatures_per_second()
    per_second = len(waiting) / (signing + intending)
    return [
        Row(
            f"awards, whole path ({awards} certifications)",
            f"{per_second:,.0f}/s ({len(waiting) / signing:,.0f}/s signing and storing)",
            f"Ed25519 alone {bare:,.0f}/s",
            f"{per_second / bare:.2%}",
            "step 6: ≥ 2,000/s in batch",
        )
    ]


def _bare_signatures_per_second() -> float:
    key, message = Ed25519PrivateKey.generate(), b"x" * 64
    return 5000 / cpu(lambda: [key.sign(message) for _ in range(5000)])
