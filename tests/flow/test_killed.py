"""`svwatch run` killed at any moment: the next run ends with what an uninterrupted one would have stored."""

import random
import sqlite3
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from threading import Event

import pytest

from cli.commands import call, lay, start
from svwatch.records import Source
from svwatch.sample.press import load_press
from svwatch.sample.server import PressServer

from .conftest import dump, stored

WATCHED = ("wharfside-gazette", "meridian-news", "campus-clippings")  # syndicated among each other
Outcome = Mapping[str, tuple[object, ...]]


class CountingServer(PressServer):
    """A press that says when it has been asked `limit` times."""

    limit = 0
    reached = Event()

    def count(self, url: str) -> None:
        """Count one request."""
        super().count(url)
        if self.requests.total() >= self.limit:
            self.reached.set()


@pytest.fixture(scope="module")
def press() -> Iterator[CountingServer]:
    with CountingServer(load_press(datetime.now(UTC))) as server:
        yield server


@pytest.fixture(scope="module")
def sources(press: CountingServer) -> list[Source]:
    return [source for source in press.sources() if source.id in WATCHED]


@pytest.fixture(scope="module")
def uninterrupted(sources: list[Source], tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    folder = tmp_path_factory.mktemp("whole")
    lay(folder, sources, workers=1)
    assert call("-w", folder, "run").code == 0
    return outcome(folder)


def outcome(workspace: Path) -> Outcome:
    """What is stored of each article that does not depend on when it was read: text, original and annotation."""
    tables = dump(workspace / "svwatch.db")
    address = {row["id"]: row["url"] for row in tables["store_articlerow"]}
    return {
        url: (found.row["title"], found.row["digest"], address.get(found.row["copy_of_id"]), found.said)
        for url, found in stored(tables).items()
    }


def kill_at(workspace: Path, press: CountingServer, requests: int) -> "subprocess.Popen[bytes]":
    """Start a run and kill it when the press has been asked that often, or when the run is over."""
    press.requests.clear()
    press.limit = requests
    press.reached.clear()
    process = start("-w", workspace, "run")
    while not press.reached.wait(0.05) and process.poll() is None:
        pass
    process.kill()
    process.communicate()  # returns once its workers have let go of its pipes, too
    return process


def check_nothing_is_forgotten(workspace: Path) -> None:
    """A feed is remembered as read only once none of its entries is waiting; the file is whole."""
    if not (workspace / "svwatch.db").exists():
        return
    with closing(sqlite3.connect(workspace / "svwatch.db")) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        if database.execute("SELECT 1 FROM sqlite_master WHERE name = 'store_entryrow'").fetchone():
            waiting = "SELECT source_id FROM store_entryrow WHERE state = 'waiting'"
            read = "SELECT id FROM store_sourcerow WHERE etag IS NOT NULL OR body_sha256 IS NOT NULL"
            assert database.execute(f"{waiting} AND source_id IN ({read})").fetchall() == []


def check_kill(workspace: Path, press: CountingServer, requests: int, uninterrupted: Outcome) -> None:
    kill_at(workspace, press, requests)
    check_nothing_is_forgotten(workspace)
    ended = call("-w", workspace, "run")
    assert (ended.code, ended.err) == (0, "")
    assert outcome(workspace) == uninterrupted


@pytest.mark.parametrize("requests", [1, 5, 12, 25, 40, 55])
def test_r1_a_run_that_was_killed_is_taken_up_by_the_next(
    tmp_path: Path, press: CountingServer, sources: list[Source], uninterrupted: Outcome, requests: int
) -> None:
    """From the first request to the last pages."""
    lay(tmp_path, sources, workers=1)
    check_kill(tmp_path, press, requests, uninterrupted)


@pytest.mark.torture
@pytest.mark.timeout(3600)
def test_r1_two_hundred_kills_at_random(
    tmp_path: Path, press: CountingServer, sources: list[Source], uninterrupted: Outcome
) -> None:
    """Each run is killed up to three times before it is left in peace."""
    chance = random.Random(1)
    for number in range(70):
        workspace = lay(tmp_path / str(number), sources, workers=1)
        for _ in range(2):
            kill_at(workspace, press, chance.randint(1, 60))
        check_kill(workspace, press, chance.randint(1, 60), uninterrupted)
