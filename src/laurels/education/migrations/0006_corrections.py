"""A line may stand in the place of another; which one is never changed either."""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models

COUNTS = ("title", "on", "minutes", "category", "grade", "source", "source_key", "takes_back_id", "recorded_at")
SAYS = "a line of a ledger is never edited"


def guard(*columns: str) -> Any:
    """The trigger anew, on these columns."""

    def anew(apps: Any, editor: Any) -> None:
        named = ", ".join(f'"{name}"' for name in columns)
        if editor.connection.vendor == "sqlite":
            editor.execute("DROP TRIGGER IF EXISTS entry_lines_stay")
            does = f"BEGIN SELECT RAISE(ABORT, '{SAYS}'); END"
        else:
            editor.execute("DROP TRIGGER IF EXISTS entry_lines_stay ON education_ledgerentry")
            does = "FOR EACH ROW EXECUTE FUNCTION education_ledgerentry_stays()"
        editor.execute(
            f"CREATE TRIGGER entry_lines_stay BEFORE UPDATE OF {named} ON education_ledgerentry {does}"
        )

    return anew


class Migration(migrations.Migration):
    dependencies = [("education", "0005_sums")]
    operations = [
        migrations.AddField(
            model_name="ledgerentry",
            name="corrects",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="corrections",
                to="education.ledgerentry",
            ),
        ),
        migrations.AddConstraint(
            model_name="ledgerentry",
            constraint=models.UniqueConstraint(
                condition=models.Q(("corrects__isnull", False)), fields=("corrects",), name="entry_corrected_once"
            ),
        ),
        migrations.RunPython(guard(*COUNTS, "corrects_id"), guard(*COUNTS)),
    ]
