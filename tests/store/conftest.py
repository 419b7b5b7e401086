"""A store in a file of its own for each test; the empty schema is made once and copied."""

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from subprocess import PIPE
from typing import TYPE_CHECKING

import pytest

from svwatch.store.opening import open_store

from .parts import JUDGES

if TYPE_CHECKING:
    from svwatch.store.store import Store


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database file with its tables and nothing in them."""
    path = tmp_path_factory.mktemp("store") / "empty.db"
    open_store(path, JUDGES).close()
    return path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a database may be made."""
    return tmp_path / "svwatch.db"


@pytest.fixture
def store(path: Path, empty: Path) -> "Iterator[Store]":
    shutil.copy(empty, path)
    opened = open_store(path, JUDGES)
    yield opened
    opened.close()


@pytest.fixture
def start() -> "Iterator[Callable[..., subprocess.Popen[str]]]":
    """Starts processes that work on a database, and ends those left over."""
    started: list[subprocess.Popen[str]] = []

    def begin(*words: object) -> "subprocess.Popen[str]":
        command = [sys.executable, "-m", f"{__package__}.process", *map(str, words)]
        here = Path(__file__).parent.parent
        started.append(subprocess.Popen(command, cwd=here, stdin=PIPE, stdout=PIPE, text=True))
        return started[-1]

    yield begin
    for process in started:
        process.kill()
        process.communicate()
