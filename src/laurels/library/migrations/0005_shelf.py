"""E-books are found by their words, those that are here already as well."""

from typing import Any

from django.db import migrations, models


def fill(apps: Any, editor: Any) -> None:
    for book in apps.get_model("library", "Ebook").objects.all():
        book.topics_text = "".join(f"|{topic.casefold()}|" for topic in book.topics)
        book.search_text = "\n".join([book.title, book.authors, book.summary, *book.topics]).casefold()
        book.save(update_fields=["topics_text", "search_text"])


class Migration(migrations.Migration):
    dependencies = [("library", "0004_sources")]
    operations = [
        migrations.AddField(model_name="ebook", name="search_text", field=models.TextField(blank=True)),
        migrations.AddField(model_name="ebook", name="topics_text", field=models.TextField(blank=True)),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
