"""One run at a time, and what is remembered of it."""

import subprocess
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from svwatch.errors import Exit, FetchError
from svwatch.report import Outcome, RunReport, SourceState
from svwatch.store.records import RunningError

from .parts import NOW

if TYPE_CHECKING:
    from svwatch.store.store import Store

Start = Callable[..., "subprocess.Popen[str]"]


def test_r16_a_second_run_is_told_since_when_the_first_goes_on(store: "Store") -> None:
    store.begin_run(NOW)
    with pytest.raises(RunningError, match=r"already running since 2026-11-02 07:00 UTC") as refused:
        store.begin_run(NOW + timedelta(hours=1))
    assert refused.value.exit_code is Exit.DONE


def test_r16_a_run_in_another_process_holds_the_lock(store: "Store", path: Path, start: Start) -> None:
    other = start("begin-and-wait", path)
    assert other.stdout is not None
    assert other.stdout.readline() == "begun\n"
    with pytest.raises(RunningError, match=f"process {other.pid} "):
        store.begin_run(NOW)


def test_r17_the_lock_of_a_killed_process_is_taken_over(store: "Store", path: Path, start: Start) -> None:
    other = start("begin-and-wait", path)
    assert other.stdout is not None
    other.stdout.readline()
    other.kill()
    other.wait()
    assert store.begin_run(NOW).took_over == (
        f"took over from the run of 2026-11-02 07:00 UTC: its process {other.pid} is gone"
    )


def test_r17_a_lock_older_than_its_limit_is_taken_over_for_good(store: "Store") -> None:
    first = store.begin_run(NOW)
    later = NOW + timedelta(hours=6, minutes=1)
    assert "lasted more than 6 hours" in (store.begin_run(later).took_over or "")
    store.finish_run(first, RunReport(NOW, finished=later))
    with pytest.raises(RunningError):
        store.begin_run(later)


def test_a_finished_run_gives_the_lock_back(store: "Store") -> None:
    store.finish_run(store.begin_run(NOW), RunReport(NOW, finished=NOW))
    assert store.begin_run(NOW).took_over is None


def test_the_last_run_is_remembered_with_counts_and_failures(store: "Store") -> None:
    report = RunReport(NOW, finished=NOW + timedelta(minutes=5), model_problem="no model")
    report.count(Outcome.NEW_VERSION, 3)
    report.sources["gazette"] = SourceState.FAILED
    report.fail("gazette", "https://gazette.example/feed", FetchError("no answer"))
    store.finish_run(store.begin_run(NOW), report)
    last = store.last_run()
    assert last is not None
    assert (last.started_at, last.finished_at, last.model_problem) == (NOW, report.finished, "no model")
    assert (last.outcomes, last.sources) == ({Outcome.NEW_VERSION: 3}, {"gazette": SourceState.FAILED})
    assert list(last.failures) == report.failures


def test_a_run_that_was_cut_short_has_no_end(store: "Store") -> None:
    assert store.last_run() is None
    store.begin_run(NOW)
    last = store.last_run()
    assert last is not None
    assert last.finished_at is None
