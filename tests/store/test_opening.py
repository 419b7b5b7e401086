"""Opening a database file: made, checked, upgraded, or refused in words that help."""

import os
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from svwatch.errors import StoreError
from svwatch.store.opening import open_store

from .parts import GAZETTE, JUDGES, MERCURY, NOW, entry, read

if TYPE_CHECKING:
    from svwatch.store.store import Store

NOBODY = 65534


def test_a_missing_database_is_made_in_wal_mode(path: Path) -> None:
    store = open_store(path, JUDGES)
    assert list(store.articles()) == []
    store.close()
    with closing(sqlite3.connect(path)) as database:
        assert database.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_a_database_opened_again_holds_what_it_held(store: "Store", path: Path) -> None:
    store.keep(GAZETTE, [read(entry(1))], NOW)
    store.close()
    assert len(list(open_store(path, JUDGES).articles())) == 1


def test_a_copy_put_back_is_read_when_the_database_is_opened_again(store: "Store", path: Path, empty: Path) -> None:
    store.keep(GAZETTE, [read(entry(1))], NOW)
    for file in path.parent.iterdir():
        file.unlink()
    shutil.copy(empty, path)
    assert list(open_store(path, JUDGES).articles()) == []


def test_two_stores_of_one_process_stay_apart(store: "Store", path: Path) -> None:
    other = open_store(path.with_name("other.db"), JUDGES)
    store.keep(GAZETTE, [read(entry(1))], NOW)
    other.keep(MERCURY, [read(entry(number, MERCURY)) for number in (1, 2)], NOW)
    assert [len(list(one.articles())) for one in (store, other)] == [1, 2]
    other.close()


def test_a_store_answers_on_any_thread(store: "Store") -> None:
    with ThreadPoolExecutor(max_workers=1) as thread:
        thread.submit(store.keep, GAZETTE, [read(entry(1))], NOW).result()
        assert len(list(store.articles())) == 1
        store.keep(GAZETTE, [read(entry(2))], NOW)
        assert thread.submit(lambda: len(list(store.articles()))).result() == 2
        thread.submit(store.close).result()


def test_two_processes_may_make_one_database_at_the_same_time(
    path: Path, start: Callable[..., "subprocess.Popen[str]"]
) -> None:
    both = [start("open", path) for _ in range(2)]
    assert [process.wait() for process in both] == [0, 0]


def test_r4_a_database_of_a_newer_svwatch_is_refused_naming_both(store: "Store", path: Path) -> None:
    store.close()
    with closing(sqlite3.connect(path)) as database, database:
        database.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('store', '0999_later', '2030-01-01')"
        )
    with pytest.raises(
        StoreError, match=r"schema is store\.0999_later, this one knows store\.0003_polls_and_news; upgrade svwatch"
    ):
        open_store(path, JUDGES)


def test_tables_of_an_app_that_is_not_installed_are_no_newer_schema(store: "Store", path: Path) -> None:
    store.close()
    with closing(sqlite3.connect(path)) as database, database:
        database.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('auth', '0001_initial', '2030-01-01')"
        )
    open_store(path, JUDGES).close()


@pytest.fixture
def common_place(empty: Path) -> Iterator[Path]:
    """A database in a folder that any user may enter; then this process is a user without privileges."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "svwatch.db"
        shutil.copy(empty, path)
        path.parent.chmod(0o755)
        was = os.geteuid()
        if was == 0:
            os.seteuid(NOBODY)
        yield path
        os.seteuid(was)
        path.parent.chmod(0o755)


def test_r9_a_file_that_may_only_be_read_is_refused_at_the_start(common_place: Path) -> None:
    common_place.chmod(0o444) if os.geteuid() != NOBODY else None
    with pytest.raises(StoreError, match=r"this user may not write to .*; make the file and its folder writable"):
        open_store(common_place, JUDGES)


@pytest.mark.parametrize(
    ("place", "says"),
    [
        pytest.param("missing/svwatch.db", "cannot be opened; check that its folder exists", id="folder missing"),
        pytest.param(".", "cannot be opened; check that its folder exists", id="a folder"),
        pytest.param("letter.txt", "is not a database; move it away, or name another file", id="not a database"),
    ],
)
def test_r9_what_cannot_be_a_database_is_refused_with_a_remedy(tmp_path: Path, place: str, says: str) -> None:
    (tmp_path / "letter.txt").write_text("Dear sir or madam, " * 100)
    with pytest.raises(StoreError, match=says) as refused:
        open_store(tmp_path / place, JUDGES)
    assert str(tmp_path / place) in str(refused.value)


@pytest.fixture
def full(store: "Store", path: Path) -> Path:
    """A database of some size, closed."""
    store.keep(GAZETTE, [read(entry(number), f"Number{number} " + "long " * 500) for number in range(60)], NOW)
    store.close()
    return path


@pytest.mark.parametrize("part", [0.0, 0.02, 0.3, 0.6])
def test_r12_a_damaged_file_is_refused_and_pointed_to_a_copy(full: Path, part: float) -> None:
    start_of_page = int(full.stat().st_size * part) // 4096 * 4096
    with full.open("r+b") as file:
        file.seek(start_of_page)
        file.write(bytes(range(255, -1, -1)) * 4)
    before = full.read_bytes()
    with pytest.raises(StoreError, match=r"is damaged.*put back your last good copy|is not a database"):
        open_store(full, JUDGES)
    assert full.read_bytes() == before


def test_r10_a_write_lock_held_by_another_program_ends_in_a_plain_message(store: "Store", path: Path) -> None:
    from django.db import connection

    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA busy_timeout = 1")
        with pytest.raises(StoreError, match="has been held by another program for too long"):
            store.let_rest({"gazette.example": NOW})
        assert store.source_health() == []
