"""Many rows in one text, made by the database: a row each would take longer to fetch than to judge."""

from typing import Any

from django.db.models import Func, IntegerField, Q, QuerySet, StringAgg, TextField, Value
from django.db.models.expressions import Combinable

BETWEEN_FIELDS, BETWEEN_LINES = "|", ";"


class DayNumber(Func):
    """A day as ``date.fromordinal`` reads it, whatever the database's way of writing dates."""

    output_field = IntegerField()

    def as_postgresql(self, compiler: Any, connection: Any, **more: Any) -> Any:
        return self.as_sql(compiler, connection, template="(%(expressions)s - DATE '0001-01-01' + 1)", **more)

    def as_sqlite(self, compiler: Any, connection: Any, **more: Any) -> Any:
        template = "CAST(JULIANDAY(%(expressions)s) - 1721424.5 AS INTEGER)"
        return self.as_sql(compiler, connection, template=template, **more)


class Line(Func):
    """Fields of a row one after the other; what is null is left out, so only the last may be."""

    function = "CONCAT_WS"
    output_field = TextField()

    def __init__(self, *fields: Combinable | Q | str) -> None:
        super().__init__(Value(BETWEEN_FIELDS), *fields)


def texts_of(rows: QuerySet[Any], owner: str, line: Line, order: tuple[str, ...]) -> QuerySet[Any, tuple[int, str]]:
    """(owner's key, its lines in their order), a row for each owner in the order of their keys."""
    text = StringAgg(line, Value(BETWEEN_LINES), order_by=order)
    found: QuerySet[Any, tuple[int, str]] = (
        rows.order_by(owner).values(owner).annotate(lines=text).values_list(owner, "lines")
    )
    return found


def is_yes(written: str) -> bool:
    """PostgreSQL writes a yes as ``t``, SQLite as ``1``."""
    return written in {"t", "1"}
