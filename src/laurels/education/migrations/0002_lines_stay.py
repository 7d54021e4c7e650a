"""What counts in a line cannot be changed, by nobody: the databases themselves refuse."""

from typing import Any

from django.db import migrations

COUNTS = ("title", "on", "minutes", "category", "grade", "source", "source_key", "takes_back_id", "recorded_at")
SAYS = "a line of a ledger is never edited"


def guard(apps: Any, editor: Any) -> None:
    columns = ", ".join(f'"{name}"' for name in COUNTS)
    if editor.connection.vendor == "sqlite":
        editor.execute(
            f"CREATE TRIGGER entry_lines_stay BEFORE UPDATE OF {columns} ON education_ledgerentry "
            f"BEGIN SELECT RAISE(ABORT, '{SAYS}'); END"
        )
        return
    editor.execute(
        "CREATE FUNCTION education_ledgerentry_stays() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{SAYS}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
    )
    editor.execute(
        f"CREATE TRIGGER entry_lines_stay BEFORE UPDATE OF {columns} ON education_ledgerentry "
        "FOR EACH ROW EXECUTE FUNCTION education_ledgerentry_stays()"
    )


def unguard(apps: Any, editor: Any) -> None:
    if editor.connection.vendor == "sqlite":
        editor.execute("DROP TRIGGER entry_lines_stay")
        return
    editor.execute("DROP TRIGGER entry_lines_stay ON education_ledgerentry")
    editor.execute("DROP FUNCTION education_ledgerentry_stays()")


class Migration(migrations.Migration):
    dependencies = [("education", "0001_ledger")]
    operations = [migrations.RunPython(guard, unguard)]
