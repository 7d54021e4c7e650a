"""The verb of staff who write articles here instead of importing them."""

from datetime import datetime

from django.db import transaction

from laurels.journal.actions import record
from laurels.kernel.actor import Actor
from laurels.kernel.refusal import require
from laurels.library import facts, rules
from laurels.library.actions.reading import filled
from laurels.library.models import Article
from laurels.library.rules.files import ArticleFile
from laurels.people.models import Organisation


@transaction.atomic
def write_article(body: Organisation, file: ArticleFile, *, was: str, by: Actor, now: datetime) -> Article:
    """A new article (``was`` is empty), or a change of the one whose digest ``was``. Raises Refused."""
    Organisation.objects.select_for_update().get(pk=body.pk)
    row = Article.objects.filter(slug=file.slug).first()
    require(rules.why_not_write(body, row, was, by=by))
    article = filled(row or Article(body=body, slug=file.slug), file, now)
    article.save()
    record(f"library:{body.pk}", facts.ArticleWritten(body.pk, article.pk), by=by, at=now)
    return article
