"""A line may stand for one that was taken back; which one cannot be changed either."""

from importlib import import_module

import django.db.models.deletion
from django.db import migrations, models

before = import_module("laurels.education.migrations.0006_corrections")
COUNTS = (*before.COUNTS, "corrects_id")


class Migration(migrations.Migration):
    dependencies = [("education", "0006_corrections")]
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
        migrations.RunPython(before.guard(*COUNTS, "stands_for_id"), before.guard(*COUNTS)),
    ]
