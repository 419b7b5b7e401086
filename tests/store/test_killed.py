"""A process that is killed at any time loses nothing and needs no repair."""

import sqlite3
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from svwatch.records import FeedState
from svwatch.store.opening import open_store

from .parts import GAZETTE, JUDGES, NOW, entry, read

Start = Callable[..., "subprocess.Popen[str]"]
KILLED = -9


@pytest.mark.parametrize("kept", [0, 7])
def test_r1_what_a_killed_run_left_unread_is_met_by_the_next(path: Path, start: Start, kept: int) -> None:
    process = start("keep-and-wait", path, kept)
    assert process.stdout is not None
    assert process.stdout.readline() == "kept\n"
    process.kill()
    process.wait()
    store = open_store(path, JUDGES)
    assert store.feed_state(GAZETTE) == FeedState()
    assert store.due([GAZETTE], NOW) == [GAZETTE]
    met = store.meet(GAZETTE, [entry(number) for number in range(30)], NOW)
    assert (met.unfinished, met.known) == ([entry(number) for number in range(kept, 30)], kept)
    store.close()


@pytest.mark.parametrize("statement", [1, 5, 20, 60, 90, 120, 200, 300])
def test_r4_killed_at_any_statement_the_next_process_finishes_the_work(
    path: Path, start: Start, statement: int
) -> None:
    """The statements run from the making of the schema to the middle of a batch."""
    process = start("die-at", path, statement)
    assert process.wait() == KILLED
    store = open_store(path, JUDGES)
    feed = [entry(number) for number in range(30)]
    store.keep(GAZETTE, [read(one) for one in store.meet(GAZETTE, feed, NOW).unfinished], NOW)
    assert [stored.article.title for stored in store.articles()] == [one.title for one in feed]
    store.close()
    with sqlite3.connect(path) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    database.close()
