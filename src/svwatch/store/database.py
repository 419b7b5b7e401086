"""One connection for each thread, one transaction for each question, and every refusal as a StoreError."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import DEFAULT_DB_ALIAS, Error, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from svwatch.errors import StoreError

_RESTORE = "stop svwatch, move it away with its -wal and -shm files, and put back your last good copy"
_WRITABLE = "make the file and its folder writable for the user svwatch runs as"
_REFUSALS = {
    "SQLITE_READONLY": f"cannot be written; {_WRITABLE}",
    "SQLITE_CANTOPEN": "cannot be opened; check that its folder exists and that this user may read and write there",
    "SQLITE_NOTADB": "is not a database; move it away, or name another file under `database` in config/settings.yaml",
    "SQLITE_CORRUPT": f"is damaged; {_RESTORE}",
    "SQLITE_FULL": "cannot grow: the disk is full; free some space and run again",
    "SQLITE_IOERR": "cannot be read or written: the disk reports a fault; check the disk and its free space",
    "SQLITE_BUSY": "has been held by another program for too long; let that program finish, or end it, and run again",
}


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """One transaction that takes the write lock at once: all of it is stored, or nothing."""
    with plain_errors(path):
        turn_connection(path)
        with transaction.atomic(durable=True):
            yield


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """One snapshot of the database, which holds up no writer."""
    with plain_errors(path), turn_connection(path).cursor() as cursor:
        cursor.execute("BEGIN DEFERRED")
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")


@contextmanager
def plain_errors(path: Path) -> Iterator[None]:
    """Turn what the database refuses into a StoreError that names the file, the cause and the remedy."""
    try:
        yield
    except (Error, sqlite3.Error) as error:
        raise StoreError(f"{path} {_explain(error)}") from error


def turn_connection(path: Path) -> BaseDatabaseWrapper:
    """This thread's connection, turned to the file at `path`; several stores may be open in one process."""
    connection = connections[DEFAULT_DB_ALIAS]
    if connection.settings_dict["NAME"] != str(path):
        connection.close()
        connection.settings_dict = connection.settings_dict | {"NAME": str(path)}
    return connection


def unwritable(path: Path, place: Path) -> StoreError:
    """What to say where the file or its folder may only be read."""
    return StoreError(f"{path} cannot be used: this user may not write to {place}; {_WRITABLE}")


def damaged(path: Path, finding: str) -> StoreError:
    """What to say of a file that fails its check."""
    return StoreError(f"{path} is damaged ({finding}); {_RESTORE}")


def _explain(error: BaseException) -> str:
    cause: BaseException | None = error
    while cause is not None:
        name = getattr(cause, "sqlite_errorname", "")
        for prefix, refusal in _REFUSALS.items():
            if name.startswith(prefix):
                return refusal
        cause = cause.__cause__ or cause.__context__
    return f"was refused by the database: {error}; run `svwatch doctor`, and report this if it finds nothing"
