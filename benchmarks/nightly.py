"""Everybody's quote in one pass, as before a policy is changed, beside a plain scan of the same rows.

The rows are made by the database itself out of numbers; what is measured only reads them.
"""

import resource
import time
from datetime import date

from django.db import connection

from benchmarks import scenery
from benchmarks.figures import Row
from laurels.people.models import Organisation
from laurels.programmes.models import Policy, Scheme
from laurels.renewals.queries import quotes, rules_of

PEOPLE = 1_000_000
EACH = 6
FIRST_KEY = 10_000_000
ON = date(2026, 10, 1)
SCAN = "SELECT t.*, e.* FROM credentials_certification c JOIN credentials_term t ON t.certification_id = c.id "
SCAN += 'LEFT JOIN education_ledgerentry e ON e.person_id = c.person_id ORDER BY c.person_id, e."on", e.id'


def measure(scale: float) -> list[Row]:
    scheme, people = scenery.scheme(), max(2_000, int(PEOPLE * scale))
    policy = Policy.objects.get(body=scheme.body, key="SA-2024")
    _fill(scheme, policy, people)
    # First in order, so that whatever is warmed up helps the neighbour as well.
    seconds, high = _night(scheme.body, policy, people)
    scan = _scan()
    _empty()
    return [
        Row(
            f"quotes of {people:,} members, {EACH} entries each",
            f"{seconds:.1f} s, {seconds / people * 1e6:.0f} s a million, +{high:.0f} MB",
            f"one scan of the same rows {scan:.1f} s",
            f"×{seconds / scan:.1f}",
            "≤ 60 s a million, constant memory",
        )
    ]


def _night(body: Organisation, policy: Policy, people: int) -> tuple[float, float]:
    """Seconds of the clock, and by how many megabytes the process grew beyond its highest."""
    before, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.perf_counter()
    answered = sum(1 for _quote in quotes(body, rules_of(policy), ON))
    seconds = time.perf_counter() - began
    assert answered == people, (answered, people)
    return seconds, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024


def _scan() -> float:
    began = time.perf_counter()
    with connection.chunked_cursor() as cursor:
        cursor.execute(SCAN)
        while cursor.fetchmany(5_000):
            pass
    return time.perf_counter() - began


def _fill(scheme: Scheme, policy: Policy, people: int) -> None:
    numbers = "WITH RECURSIVE s(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < {most})"
    everybody, lines = numbers.format(most=people), numbers.format(most=people * EACH)
    key, later = f"{FIRST_KEY} + n - 1", "'2026-03-02 09:00:00+00:00'"
    is_pg = connection.vendor == "postgresql"
    day = "date '2025-03-01' + (n % 500)" if is_pg else "date('2025-03-01', (n % 500) || ' days')"
    rows = {
        "people_person (id, password, public_id, name, language, zone, is_operator, created_at)": (
            f"{everybody} SELECT {key}, '!', 'b' || n, 'Member ' || n, 'en', 'UTC', false, {later} FROM s"
        ),
        "credentials_certification (id, number, person_id, scheme_id, name, name_key, awarded_at)": (
            f"{everybody} SELECT {key}, 'B' || n, {key}, {scheme.pk}, 'Member ' || n, 'member ' || n, {later} FROM s"
        ),
        "credentials_term (id, certification_id, ordinal, kind, valid_from, valid_until, policy_id, begun_at)": (
            f"{everybody} SELECT {key}, {key}, 1, 'awarded', '2024-11-20', '2026-11-20', {policy.pk}, {later} FROM s"
        ),
        'education_ledgerentry (public_id, person_id, title, "on", minutes, category, grade, source, source_key, '
        "evidence_url, evidence_text, reason, recorded_at)": (
            f"{lines} SELECT 'b' || n, {FIRST_KEY} + (n - 1) / {EACH}, 'Hour ' || n, {day}, 60, 'learning', "
            f"'self', 'self', '', '', '', '', {later} FROM s"
        ),
    }
    # Columns and numbers of ours only; nothing of anybody's input.
    statements = [f"INSERT INTO {table} {select}" for table, select in rows.items()]
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
        cursor.execute("ANALYZE")


def _empty() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM education_ledgerentry WHERE person_id >= %s", [FIRST_KEY])
        cursor.execute("DELETE FROM credentials_term WHERE certification_id >= %s", [FIRST_KEY])
        cursor.execute("DELETE FROM credentials_certification WHERE id >= %s", [FIRST_KEY])
        cursor.execute("DELETE FROM people_person WHERE id >= %s", [FIRST_KEY])
