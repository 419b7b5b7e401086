"""Configure Django once a process; open a database file, check it and bring its schema up to date."""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import django
from django.conf import settings
from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from svwatch.errors import StoreError
from svwatch.store.database import damaged, plain_errors, turn_connection, unwritable
from svwatch.store.records import Judges

if TYPE_CHECKING:
    from svwatch.store.store import Store

BUSY_SECONDS = 20
# NORMAL: a commit survives a killed process; the last ones may be lost with the power. The journal is cut to 64 MiB.
_PRAGMAS = "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA journal_size_limit=67108864;"


def configure(database: Path, *, secret: str = "", apps: Sequence[str] = (), **more: object) -> None:
    """Configure Django for a SQLite file; later calls change nothing (`open_store` turns to other files by itself).

    Args:
        database: the file used by whatever does not name one, such as a web page.
        secret: Django's secret key; needed only where sessions are signed.
        apps: applications beside the store, for the web.
        more: any further Django setting, by its own name.
    """
    if settings.configured:
        return
    options = {"timeout": BUSY_SECONDS, "transaction_mode": "IMMEDIATE", "init_command": _PRAGMAS}
    engine = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(database), "OPTIONS": options}
    chosen: dict[str, object] = {
        "DATABASES": {"default": engine},
        "USE_TZ": True,
        "TIME_ZONE": "UTC",
        "LOGGING_CONFIG": None,
    }
    settings.configure(**chosen | {"INSTALLED_APPS": ["svwatch.store", *apps], "SECRET_KEY": secret} | more)
    django.setup()


def open_store(path: Path, judges: Judges, *, check: bool = True) -> "Store":
    """Open the database at `path`, made if missing and brought up to date if older.

    `check` reads the whole file for damage first; a command that only reads a little may leave that out.

    Raises:
        StoreError: it cannot be opened or written, is damaged, is no database, or was written by a newer svwatch.
    """
    configure(path)
    from svwatch.store.store import Store  # its tables can be imported only once Django is configured

    _refuse_unwritable(path)
    with plain_errors(path):
        connection = turn_connection(path)
        connection.close()  # the file may have been replaced since this thread last had it open
        if check:
            _check_integrity(path, connection)
        _upgrade(path, connection)
    return Store(path, judges)


def _refuse_unwritable(path: Path) -> None:
    """SQLite would open a file that may only be read, and fail at the first change."""
    as_effective = os.access in os.supports_effective_ids
    for place in (path, path.parent):
        if os.access(place, os.F_OK) and not os.access(place, os.W_OK, effective_ids=as_effective):
            raise unwritable(path, place)


def _check_integrity(path: Path, connection: BaseDatabaseWrapper) -> None:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA quick_check(1)")
        (finding,) = cursor.fetchone()
    if finding != "ok":
        raise damaged(path, finding.replace("\n", " "))


def _upgrade(path: Path, connection: BaseDatabaseWrapper) -> None:
    """Apply missing migrations in one transaction: a kill leaves the old schema, a second process waits its turn."""
    from django.core.management import call_command

    if not _missing_migrations(path, connection):
        return
    with _foreign_keys_off(connection), transaction.atomic(durable=True):
        call_command("migrate", verbosity=0, interactive=False)


def _missing_migrations(path: Path, connection: BaseDatabaseWrapper) -> set[tuple[str, str]]:
    """Migrations this code has and the file has not; refuses a file that has some this code has not."""
    from django.db.migrations.loader import MigrationLoader

    loader = MigrationLoader(connection)
    known, applied = set(loader.disk_migrations), set(loader.applied_migrations)
    unknown = sorted(key for key in applied - known if key[0] in loader.migrated_apps)
    if unknown:
        app, newest = unknown[-1]
        ours = max(name for label, name in known if label == app)
        raise StoreError(
            f"{path} was last used by a newer svwatch: its schema is {app}.{newest}, this one knows {app}.{ours}; "
            "upgrade svwatch, or put back a copy made before that upgrade"
        )
    return known - applied


@contextmanager
def _foreign_keys_off(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """SQLite rebuilds tables only with its checks off, and can switch them only outside a transaction."""
    connection.disable_constraint_checking()
    try:
        yield
    finally:
        connection.enable_constraint_checking()
