"""The same beat many times in the same moment counts once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
from django.db import IntegrityError, connection

from laurels.kernel.actor import Actor
from laurels.kernel.refusal import Refused
from laurels.library.actions import beat, import_articles
from laurels.library.models import Article, Reading
from laurels.library.rules.parts import cut
from tests.world.cast import World

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
BEATS = 12
START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
def world(transactional_db):
    return World()


def test_one_value_counts_once_however_many_present_it(world):
    raw = ("---\ntitle: Saying no\ndate: 2026-01-05\n---\n" + "word " * 100).encode()
    list(import_articles(world.guild, [("no.md", raw)], by=Actor.of_system("test"), now=START))
    article, actor = Article.objects.get(), world.ada.actor
    nonce, key = beat(article, world.ada, by=actor, now=START).nonce, cut(article.html).parts[0].key
    gate = Barrier(BEATS)

    def one(nth):
        try:
            gate.wait()
            # Each a little later than the last: without the value every one would be worth its seconds.
            return beat(article, world.ada, nonce, [key], by=actor, now=START + timedelta(seconds=6 * (nth + 1)))
        except (Refused, IntegrityError) as no:
            return no
        finally:
            connection.close()

    with ThreadPoolExecutor(BEATS) as crowd:
        found = list(crowd.map(one, range(BEATS)))

    assert sum(isinstance(each, Reading) for each in found) == 1
    assert Reading.objects.get().seconds <= 25
