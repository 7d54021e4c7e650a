"""A line may stand for one that was taken back; which one cannot be changed either."""

from importlib import import_module
from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

before = import_module("laurels.education.migrations.0002_lines_stay")


def guard(apps: Any, editor: Any) -> None:
    before.unguard(apps, editor)
    before.guard(apps, editor, (*before.COUNTS, "stands_for_id"))


def unguard(apps: Any, editor: Any) -> None:
    before.unguard(apps, editor)
    before.guard(apps, editor)


class Migration(migrations.Migration):
    dependencies = [("education", "0005_sums"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]
    operations = [
        migrations.AddField(
            model_name="ledgerentry",
            name="stands_for",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="stood_for_by",
                to="education.ledgerentry",
            ),
        ),
        migrations.RunPython(guard, unguard),
    ]
