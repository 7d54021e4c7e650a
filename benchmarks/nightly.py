"""Everybody's quote in one pass, as before a policy is changed, beside a plain scan of the same rows.

The rows are made by the database itself out of numbers, and stay: this is the last measure of a run, and its database
is thrown away. What is measured only reads them. Terms end on each day of two years.
"""

import resource
import time
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from itertools import pairwise
from multiprocessing import get_context

from django.db import connection, connections

from benchmarks import scenery
from benchmarks.figures import Row
from laurels.people.models import Organisation
from laurels.programmes.models import Policy, Scheme
from laurels.renewals.queries import quotes, rules_of

PEOPLE = 1_000_000
EACH = 6
PROCESSES = 2
FIRST_KEY = 10_000_000
ON = date(2026, 10, 1)
SCAN = "SELECT t.*, e.* FROM credentials_certification c JOIN credentials_term t ON t.certification_id = c.id "
SCAN += 'LEFT JOIN education_ledgerentry e ON e.person_id = c.person_id ORDER BY c.person_id, e."on", e.id'


def measure(scale: float) -> list[Row]:
    scheme, people = scenery.scheme(), max(2_000, int(PEOPLE * scale))
    policy = Policy.objects.get(body=scheme.body, key="SA-2024")
    _fill(scheme, policy, people)
    # First in order, so that whatever is warmed up helps the neighbour as well.
    began, busy = time.perf_counter(), time.process_time()
    high = _night(scheme.body, policy, (FIRST_KEY, FIRST_KEY + people))
    seconds, busy = time.perf_counter() - began, time.process_time() - busy
    shared, scan = _shared(scheme.body, policy, people), _scan()
    return [
        Row(
            f"quotes of {people:,} members, {EACH} entries each",
            f"{seconds:.1f} s, {seconds / people * 1e6:.0f} s a million"
            f" ({busy / people * 1e6:.0f} of CPU), +{high:.0f} MB",
            f"one scan of the same rows {scan:.1f} s",
            f"×{seconds / scan:.1f}",
            "≤ 60 s a million, constant memory",
        ),
        Row(
            f"the same, shared by {PROCESSES} processes",
            f"{shared:.1f} s, {shared / people * 1e6:.0f} s a million",
            f"one scan of the same rows {scan:.1f} s",
            f"×{shared / scan:.1f}",
            "≤ 60 s a million, constant memory",
        ),
    ]


def _night(body: Organisation, policy: Policy, span: tuple[int, int]) -> float:
    """By how many megabytes the process grew beyond its highest. Keys of ``span``: the second is not included."""
    before, (first, after) = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, span
    answered = sum(1 for _quote in quotes(body, rules_of(policy), ON, span=(first, after - 1)))
    assert answered == after - first, (answered, span)
    return (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024


def _shared(body: Organisation, policy: Policy, people: int) -> float:
    """Seconds of the clock when each process takes its part of the keys."""
    edges = [FIRST_KEY + people * nth // PROCESSES for nth in range(PROCESSES + 1)]
    # A connection cannot be shared with a process that is forked.
    connections.close_all()
    began = time.perf_counter()
    with ProcessPoolExecutor(PROCESSES, mp_context=get_context("fork")) as pool:
        list(pool.map(_night, [body] * PROCESSES, [policy] * PROCESSES, pairwise(edges)))
    return time.perf_counter() - began


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
    ends = "date '2026-11-20' + (n % 730)" if is_pg else "date('2026-11-20', (n % 730) || ' days')"
    begins = "date '2024-11-20' + (n % 730)" if is_pg else "date('2024-11-20', (n % 730) || ' days')"
    rows = {
        "people_person (id, password, public_id, name, language, zone, is_operator, created_at)": (
            f"{everybody} SELECT {key}, '!', 'b' || n, 'Member ' || n, 'en', 'UTC', false, {later} FROM s"
        ),
        "credentials_certification (id, number, person_id, scheme_id, name, name_key, awarded_at)": (
            f"{everybody} SELECT {key}, 'B' || n, {key}, {scheme.pk}, 'Member ' || n, 'member ' || n, {later} FROM s"
        ),
        "credentials_term (id, certification_id, ordinal, kind, valid_from, valid_until, policy_id, begun_at)": (
            f"{everybody} SELECT {key}, {key}, 1, 'awarded', {begins}, {ends}, {policy.pk}, {later} FROM s"
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
