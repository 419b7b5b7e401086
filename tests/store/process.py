"""A process for the tests to kill: ``python process.py TASK DATABASE [NUMBER]``."""

import itertools
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.db import connection

from svwatch.store.opening import configure, open_store

from .parts import GAZETTE, JUDGES, NOW, entry, read


def begin_and_wait(path: Path) -> None:
    """Begin a run and go on for ever."""
    open_store(path, JUDGES).begin_run(NOW)
    _say_and_wait("begun")


def keep_and_wait(path: Path, count: int) -> None:
    """Meet thirty entries, store the first `count` and stop before the feed is remembered as read."""
    store = open_store(path, JUDGES)
    store.meet(GAZETTE, [entry(number) for number in range(30)], NOW)
    for number in range(count):
        store.keep(GAZETTE, [read(entry(number))], NOW)
    _say_and_wait("kept")


def open_once(path: Path) -> None:
    """Open a database, made if missing."""
    open_store(path, JUDGES).close()


def die_at(path: Path, statement: int) -> None:
    """Meet and store entries, and die before that statement, counted from the opening of the database."""
    statements = itertools.count(1)

    def count(execute: Callable[..., Any], *statement_and_context: Any) -> Any:
        if next(statements) == statement:
            os.kill(os.getpid(), signal.SIGKILL)
        return execute(*statement_and_context)

    configure(path)
    with connection.execute_wrapper(count):
        store = open_store(path, JUDGES)
        store.meet(GAZETTE, [entry(number) for number in range(30)], NOW)
        while True:
            store.keep(GAZETTE, [read(entry(number)) for number in range(30)], NOW)


def _say_and_wait(word: str) -> None:
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()
    sys.stdin.read()


TASKS: dict[str, Callable[..., None]] = {
    "begin-and-wait": begin_and_wait,
    "keep-and-wait": keep_and_wait,
    "open": open_once,
    "die-at": die_at,
}

if __name__ == "__main__":
    TASKS[sys.argv[1]](Path(sys.argv[2]), *(int(number) for number in sys.argv[3:]))
