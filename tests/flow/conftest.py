"""The sample press watched three times: at first, again, and once two of its articles have been corrected."""

import json
import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from cli.commands import Ended, call
from svwatch.cli.demo import lay_workspace
from svwatch.sample.expected import Expected
from svwatch.sample.press import Edition, Press, load_press
from svwatch.sample.server import PressServer

Row = dict[str, Any]
OF_RUNS = {"store_runrow", "store_lockrow", "store_pollrow", "store_restrow"}
OF_POLLS = {"tried_at", "read_at", "failed_at", "next_at", "failure", "failures_in_a_row", "state"}


@dataclass(frozen=True, slots=True)
class Stored:
    """What a database holds of one article: its row, and its annotation in the public form, None where it has none."""

    row: Row
    said: Row | None


@dataclass(frozen=True, slots=True)
class Watched:
    """What one run over the press left behind.

    `articles` are what is stored, by address without its query; `tables` every row but those that tell of runs; `asked`
    how often each address was asked for.
    """

    run: Mapping[str, Any]
    ended: Ended
    expected: Mapping[str, Expected]
    articles: Mapping[str, Stored]
    tables: Mapping[str, list[Row]]
    asked: Mapping[str, int]
    digest: str

    def pairs(self) -> list[tuple[Expected, Stored]]:
        """What a person would find in each article that is stored, beside what was found."""
        return [(wanted, self.articles[wanted.url]) for wanted in self.expected.values() if wanted.url in self.articles]


@pytest.fixture(scope="session")
def press() -> Press:
    return load_press(datetime.now(UTC))


@pytest.fixture(scope="session")
def server(press: Press) -> Iterator[PressServer]:
    with PressServer(press) as server:
        yield server


@pytest.fixture(scope="session")
def workspace(server: PressServer, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("press")
    lay_workspace(folder, folder / "output", server.sources())
    return folder


@pytest.fixture(scope="session")
def first(server: PressServer, workspace: Path) -> Watched:
    return watch(server, workspace)


@pytest.fixture(scope="session")
def again(server: PressServer, workspace: Path, first: Watched) -> Watched:
    """The press as it was at first."""
    return watch(server, workspace)


@pytest.fixture(scope="session")
def corrected(server: PressServer, workspace: Path, again: Watched) -> Watched:
    server.edition = Edition.CORRECTED
    return watch(server, workspace)


def watch(server: PressServer, workspace: Path) -> Watched:
    """Run once over every source."""
    server.requests.clear()
    ended = call("-w", workspace, "run", "--all", "--json")
    tables = dump(workspace / "svwatch.db")
    return Watched(
        run=ended.json[0],
        ended=ended,
        expected=server.expected(),
        articles=stored(tables),
        tables=tables,
        asked=Counter(server.requests),
        digest=Path(ended.json[0]["digest"]).read_text(encoding="utf-8"),
    )


def stored(tables: Mapping[str, list[Row]]) -> dict[str, Stored]:
    """What a dump holds of each article, by its address without the query that a feed may add."""
    said = {row["article_id"]: json.loads(row["payload"]) for row in tables["store_annotationrow"] if row["is_current"]}
    return {row["url"].partition("?")[0]: Stored(row, said.get(row["id"])) for row in tables["store_articlerow"]}


def dump(database: Path) -> dict[str, list[Row]]:
    """Every row of every table of ours, except those that tell of runs, and of sources what each poll changes."""
    with closing(sqlite3.connect(database)) as connection:
        connection.row_factory = sqlite3.Row
        found = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE 'store_%row'")
        names = sorted({name for (name,) in found} - OF_RUNS)
        tables = {
            name: [dict(row) for row in connection.execute(f"SELECT * FROM {name} ORDER BY rowid")] for name in names
        }
    for row in tables["store_sourcerow"]:
        for column in OF_POLLS:
            row.pop(column, None)
    return tables
