"""The public certificate page, beside an empty view behind the same middleware."""

from django.test import Client

from benchmarks.figures import Row, cpu
from laurels.credentials.models import Credential


def measure(scale: float) -> list[Row]:
    requests = max(50, int(500 * scale))
    client = Client()
    credential = Credential.objects.exclude(document="").order_by("pk")[0]
    page = _per_request(client, f"/certificates/{credential.public_id}", requests)
    document = _per_request(client, f"/credentials/{credential.public_id}.json", requests)
    empty = _per_request(client, "/empty", requests)
    return [
        _row("verification page", page, empty),
        _row("credential document (JSON)", document, empty),
    ]


def _row(what: str, seconds: float, empty: float) -> Row:
    return Row(
        what,
        f"{seconds * 1000:.2f} CPU-ms, {1 / seconds:,.0f}/s",
        f"empty view {empty * 1000:.2f} CPU-ms",
        f"{empty / seconds:.0%} of the empty view's rate",
        "≥ 50 % of an empty view",
    )


def _per_request(client: Client, path: str, requests: int) -> float:
    """CPU seconds of one request, the first one (templates, connections) left out."""
    assert client.get(path).status_code == 200, path
    return cpu(lambda: [client.get(path) for _ in range(requests)]) / requests
