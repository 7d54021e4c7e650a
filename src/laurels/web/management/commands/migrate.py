"""Django's ``migrate``, for which a database without any table is no history to be replayed (docs/decisions/0012)."""

from collections.abc import Iterator
from typing import Any, cast

from django.apps import apps
from django.core.management.commands import migrate
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations import Migration, RunPython
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.db.migrations.state import StateApps
from django.db.models import Model


class Command(migrate.Command):
    """Tables of a new database are made at once from the models; all others go from migration to migration."""

    def handle(self, *args: Any, **options: Any) -> None:
        connection = connections[options["database"]]
        is_whole = not (options["app_label"] or options["plan"] or options["check_unapplied"] or options["fake"])
        if is_whole and not connection.introspection.table_names():
            make_at_once(connection)
        super().handle(*args, **options)


def make_at_once(connection: BaseDatabaseWrapper) -> None:
    """Every table, guard and note of a migration in one transaction, in a database that has no table."""
    loader = MigrationLoader(connection)
    with connection.schema_editor() as editor:
        recorder = MigrationRecorder(connection)
        models: list[type[Model]] = [recorder.Migration, *apps.get_models()]
        for model in models:
            if model._meta.can_migrate(connection):
                editor.create_model(model)
        for guard in _guards(loader):
            guard.code(cast(StateApps, apps), editor)
        for label, name in loader.disk_migrations:
            recorder.record_applied(label, name)


def _guards(loader: MigrationLoader) -> Iterator[RunPython]:
    """What our migrations do beyond tables, in their order. What only cares for older rows says ``elidable``."""
    ours = {app.label for app in apps.get_app_configs() if app.name.startswith("laurels.")}
    done: set[tuple[str, str]] = set()
    for leaf in loader.graph.leaf_nodes():
        for key in loader.graph.forwards_plan(leaf):
            if key not in done and key[0] in ours:
                yield from _own_steps(loader.get_migration(*key))
            done.add(key)


def _own_steps(migration: Migration) -> Iterator[RunPython]:
    for step in migration.operations:
        if isinstance(step, RunPython) and not step.elidable:
            yield step
