"""`svwatch doctor`: each fault is found alone, and named with its remedy."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from cli.commands import call, lay
from svwatch.config import load_config
from svwatch.doctor import examine
from svwatch.records import FeedState, Source
from svwatch.report import RunReport
from svwatch.tag.model import current_model
from svwatch.wiring import store_of
from svwatch.workspace import carried

SOURCE = Source("gazette", "Gazette", "http://127.0.0.1:1/feed")
NOW = datetime(2026, 11, 22, 7, 30, tzinfo=UTC)


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A workspace in which all is well: its last run was an hour ago."""
    lay(tmp_path, [SOURCE], contact="news@example.org")
    run_at(tmp_path, NOW - timedelta(hours=1))
    return tmp_path


def run_at(workspace: Path, moment: datetime, *, is_cut_short: bool = False) -> None:
    store = store_of(load_config(workspace))
    run = store.begin_run(moment)
    if not is_cut_short:
        store.finish_run(run, RunReport(started=moment, finished=moment))
    store.close()


def break_configuration(workspace: Path) -> None:
    (workspace / "config" / "sources.yaml").write_text("sources: [\n")


def switch_all_off(workspace: Path) -> None:
    path = workspace / "config" / "sources.yaml"
    path.write_text(path.read_text() + "  enabled: false\n  reason: moved\n")


def forget_contact(workspace: Path) -> None:
    (workspace / "config" / "settings.yaml").write_text("crawl: {workers: 2}\n")


def damage_database(workspace: Path) -> None:
    with (workspace / "svwatch.db").open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * 4096 * 4)


def replace_database(workspace: Path) -> None:
    for path in workspace.glob("svwatch.db*"):
        path.unlink()
    (workspace / "svwatch.db").write_text("Dear sir or madam, " * 100)


def use_with_a_newer_svwatch(workspace: Path) -> None:
    with closing(sqlite3.connect(workspace / "svwatch.db")) as database, database:
        database.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('store', '0999_later', '2030-01-01')"
        )


def alter_model(workspace: Path) -> None:
    shutil.copytree(current_model([carried("models")]), workspace / "models" / "mine")
    (workspace / "models" / "CURRENT").write_text("mine\n")
    with (workspace / "models" / "mine" / "sentence.terms.json").open("a") as file:
        file.write(" ")


def lose_model(workspace: Path) -> None:
    (workspace / "models").mkdir()
    (workspace / "models" / "CURRENT").write_text("gone\n")


def put_a_file_for_output(workspace: Path) -> None:
    (workspace / "output").touch()


def stop_running(workspace: Path) -> None:
    with closing(sqlite3.connect(workspace / "svwatch.db")) as database, database:
        database.execute("UPDATE store_runrow SET started_at = '2026-11-18 07:30:00'")


def cut_a_run_short(workspace: Path) -> None:
    run_at(workspace, NOW - timedelta(hours=20), is_cut_short=True)


def fail_a_source(workspace: Path) -> None:
    store = store_of(load_config(workspace))
    store.feed_failed(SOURCE, FeedState(failures_in_a_row=3), "the site answered 404 Not Found", NOW)
    store.close()


FAULTS = [
    (break_configuration, "configuration", "mend the YAML there"),
    (switch_all_off, "configuration", "no source is on, so nothing is watched; switch one on in config/sources.yaml"),
    (forget_contact, "contact", "sites cannot reach you; set crawl.contact in config/settings.yaml"),
    (alter_model, "model", "SHA-256 differs); restore the folder"),
    (lose_model, "model", "names gone, which is not there; put it back or name another model"),
    (put_a_file_for_output, "output", "File exists); give this user the right to write there, or set output in"),
    (damage_database, "database", "stop svwatch, move it away with its -wal and -shm files, and put back your last"),
    (replace_database, "database", "is not a database; move it away, or name another file"),
    (use_with_a_newer_svwatch, "database", "upgrade svwatch, or put back a copy"),
    (stop_running, "last run", "the last run was on 2026-11-18; check what starts `svwatch run` every day"),
    (cut_a_run_short, "last run", "the run of 2026-11-21 11:30 UTC was cut short; `svwatch run` takes it up"),
    (
        fail_a_source,
        "sources",
        "Gazette: the site answered 404 Not Found (3 times in a row); look at the addresses, or switch",
    ),
]


def test_where_all_is_well_every_check_says_so(workspace: Path) -> None:
    findings = list(examine(workspace, NOW))
    assert [finding.check for finding in findings] == [
        *("configuration", "contact", "model", "disk", "output", "database", "last run", "sources")
    ]
    assert [finding for finding in findings if not finding.is_well] == []


@pytest.mark.parametrize(("inject", "check", "remedy"), FAULTS, ids=[fault[0].__name__ for fault in FAULTS])
def test_u31_a_fault_is_named_with_its_remedy(
    workspace: Path, inject: Callable[[Path], None], check: str, remedy: str
) -> None:
    """The checks that have nothing to do with it go on and find nothing."""
    inject(workspace)
    wrong = {finding.check: finding.text for finding in examine(workspace, NOW) if not finding.is_well}
    assert remedy in wrong.pop(check)
    assert set(wrong) <= ({"last run", "sources"} if check == "database" else set())


def test_a_fresh_workspace_lacks_only_a_contact(tmp_path: Path) -> None:
    call("init", tmp_path)
    ended = call("-w", tmp_path, "doctor")
    assert ended.code == 4
    assert [line.split(":")[0] for line in ended.out.splitlines() if line.startswith("WRONG")] == ["WRONG  contact"]
    assert not (tmp_path / "svwatch.db").exists()


def test_u27_each_finding_can_be_had_as_json(workspace: Path) -> None:
    lose_model(workspace)
    found = {finding["check"]: finding for finding in call("-w", workspace, "doctor", "--json").json}
    assert found["configuration"] == {"check": "configuration", "ok": True, "finding": "1 sources, 1 of them on"}
    assert found["model"]["ok"] is False and "put it back" in found["model"]["finding"]


@pytest.mark.parametrize("is_well", [True, False])
def test_its_exit_code_says_whether_a_hand_is_needed(tmp_path: Path, is_well: bool) -> None:
    workspace = lay(tmp_path, [SOURCE])
    if not is_well:
        lose_model(workspace)
    assert call("-w", workspace, "doctor").code == (0 if is_well else 4)
