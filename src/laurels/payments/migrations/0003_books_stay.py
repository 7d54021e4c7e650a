"""What stands in the books and on papers cannot be changed, by nobody: the databases themselves refuse."""

from typing import Any

from django.db import migrations

STAY = {
    "payments_moneyevent": ("seller_id", "order_id", "kind", "reference", "currency", "at"),
    "payments_leg": ("event_id", "debit", "credit", "minor"),
    "payments_invoice": ("seller_id", "order_id", "kind", "number", "sequence", "version", "content", "issued_on"),
    "payments_credit": ("order_id", "minor", "at"),
}
SAYS = "what stands in the books is never edited"


def guard(apps: Any, editor: Any) -> None:
    is_sqlite = editor.connection.vendor == "sqlite"
    if not is_sqlite:
        editor.execute(
            "CREATE FUNCTION payments_stays() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{SAYS}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
        )
    for table, names in STAY.items():
        columns = ", ".join(f'"{name}"' for name in names)
        does = f"BEGIN SELECT RAISE(ABORT, '{SAYS}'); END" if is_sqlite else "FOR EACH ROW EXECUTE FUNCTION payments_stays()"
        editor.execute(f"CREATE TRIGGER {table}_stays BEFORE UPDATE OF {columns} ON {table} {does}")


def unguard(apps: Any, editor: Any) -> None:
    is_sqlite = editor.connection.vendor == "sqlite"
    for table in STAY:
        editor.execute(f"DROP TRIGGER {table}_stays" if is_sqlite else f"DROP TRIGGER {table}_stays ON {table}")
    if not is_sqlite:
        editor.execute("DROP FUNCTION payments_stays()")


class Migration(migrations.Migration):
    dependencies = [("payments", "0002_money")]
    operations = [migrations.RunPython(guard, unguard)]
