"""Reading is counted by parts of the text. Of what was begun nobody knows the parts: it begins anew."""

from typing import Any

from django.db import migrations, models
from django.db.models import Q


def begin_anew(apps: Any, editor: Any) -> None:
    apps.get_model("library", "Reading").objects.filter(finished_at=None).update(seconds=0)


class Migration(migrations.Migration):
    dependencies = [("library", "0005_shelf")]
    operations = [
        migrations.AddField("reading", "nonce", models.CharField(blank=True, max_length=32, default=""), preserve_default=False),
        migrations.AddField("reading", "sections", models.JSONField(blank=True, default=dict)),
        migrations.RunPython(begin_anew, migrations.RunPython.noop),
        migrations.AddConstraint(
            "reading",
            models.UniqueConstraint(condition=~Q(nonce=""), fields=("person",), name="reading_in_one_place"),
        ),
    ]
