"""When digests fall due, what they cover, and how the schedule ends."""

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path
from threading import Event

import pytest

from sources.press import Answer, Press, lay
from svwatch.config import load_config
from svwatch.scheduler import Jobs, daily, due_at, due_day, owed
from svwatch.store.records import MadeDigest
from svwatch.wiring import LONDON, store_of

DAY = timedelta(days=1)
CHANGES = [date(2026, 10, 25), date(2027, 3, 28)]  # clocks go back, clocks go forward


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def made(at: time, start: datetime, end: datetime, step: timedelta) -> list[MadeDigest]:
    """The digests that a schedule makes which asks every `step` of that time."""
    found: list[MadeDigest] = []
    now = start
    while now < end:
        wanted = owed(at, found[-1] if found else None, now)
        if wanted is not None:
            found.append(wanted)
        now += step
    return found


# --- clock changes ------------------------------------------------------------------------------


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("at", [time(7), time(0, 30), time(1, 30)], ids=["07:00", "00:30", "01:30 forced"])
def test_R19_each_london_day_has_exactly_one_digest_when_clocks_change(change: date, at: time) -> None:
    first = change - 3 * DAY
    start = due_at(first, at)
    days = [digest.day for digest in made(at, start, due_at(first + 7 * DAY, at), timedelta(minutes=5))]
    assert days == [first + n * DAY for n in range(7)]


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("at", [time(7), time(0, 30)])
def test_R19_the_trigger_fires_once_a_day_at_that_london_time(change: date, at: time) -> None:
    trigger, now = daily(at), datetime.combine(change - 2 * DAY, time(), LONDON)
    fired: list[datetime] = []
    for _ in range(5):
        fired.append(trigger.get_next_fire_time(fired[-1] if fired else None, now).astimezone(LONDON))
        now = fired[-1] + timedelta(seconds=1)
    assert [moment.date() for moment in fired] == [change + n * DAY for n in range(-2, 3)]
    assert {moment.time() for moment in fired} == {at}


def test_R19_nothing_first_seen_around_a_clock_change_falls_between_two_digests() -> None:
    digests = made(time(7), utc("2026-10-23T06:00"), utc("2026-10-28T12:00"), timedelta(minutes=5))
    assert all(later.since == earlier.until for earlier, later in pairwise(digests))


# --- downtime and clocks set wrong --------------------------------------------------------------

LAST = MadeDigest(date(2026, 11, 2), utc("2026-11-01T07:00"), utc("2026-11-02T07:00"))


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        pytest.param("2026-11-02T12:00", None, id="the same day"),
        pytest.param("2026-11-03T06:59", None, id="a minute before"),
        pytest.param("2026-11-03T07:00", (date(2026, 11, 3), LAST.until), id="on time"),
        pytest.param("2026-11-03T23:00", (date(2026, 11, 3), LAST.until), id="late that day"),
        pytest.param("2026-11-06T05:00", (date(2026, 11, 5), LAST.until), id="off for three days: one, over the gap"),
        pytest.param("2027-01-20T08:00", (date(2027, 1, 20), utc("2026-12-20T08:00")), id="off for months: a month"),
        pytest.param("2026-11-02T05:00", None, id="the clock set back two hours"),
        pytest.param("2026-10-20T08:00", None, id="the clock set back two weeks"),
    ],
)
def test_R18_R20_one_digest_is_owed_and_covers_the_gap(now: str, expected: tuple[date, datetime] | None) -> None:
    wanted = owed(time(7), LAST, utc(now))
    assert (None if wanted is None else (wanted.day, wanted.since)) == expected


def test_the_first_digest_looks_back_as_far_as_the_settings_say() -> None:
    wanted = owed(time(7), None, utc("2026-11-02T06:00"), days=3)
    assert wanted == MadeDigest(date(2026, 11, 1), utc("2026-10-30T06:00"), utc("2026-11-02T06:00"))


def test_a_digest_is_named_after_the_london_day_it_fell_due() -> None:
    assert due_day(time(0, 30), utc("2026-06-30T23:40")) == date(2026, 7, 1)


# --- jobs ---------------------------------------------------------------------------------------


class Told(list[str]):
    """What the jobs said."""


def jobs_at(workspace: Path, moments: Iterator[datetime], told: Told) -> Jobs:
    return Jobs(workspace, told.append, clock=lambda: next(moments))


def watching(press: Press) -> str:
    return f"sources:\n  - id: press\n    name: Press\n    url: {press.url('/feed')}\n    every: 30m\n"


def digests(workspace: Path) -> dict[str, list[str]]:
    """The titles of each digest written, by its day."""
    found = {}
    for file in sorted(workspace.glob("output/*/digest.json")):
        said = json.dumps(json.loads(file.read_text(encoding="utf-8")))
        found[file.parent.name] = [n for n in "123456789" if f"Library roof number {n}" in said]
    return found


def test_R18_three_days_off_make_one_catch_up_digest_and_lose_no_article(press: Press, tmp_path: Path) -> None:
    workspace, told = lay(tmp_path, watching(press)), Told()
    moments = [utc("2026-11-02T07:00"), utc("2026-11-02T07:01"), utc("2026-11-05T09:00"), utc("2026-11-05T09:01")]
    jobs = jobs_at(workspace, iter([*moments, utc("2026-11-05T09:05")]), told)
    press.publish(1)
    jobs.crawl()
    jobs.digest()
    press.publish(1, 2, 3, date="Wed, 04 Nov 2026 06:00:00 GMT")
    jobs.crawl()
    jobs.digest()
    jobs.digest()
    store = store_of(load_config(workspace))
    assert sorted(row.article.title[20] for row in store.articles()) == ["1", "2", "3"]
    assert sorted(digests(workspace)) == ["2026-11-02", "2026-11-05"]
    last = store.last_digest()
    store.close()
    assert last == MadeDigest(date(2026, 11, 5), utc("2026-11-02T07:01"), utc("2026-11-05T09:01"))


def test_a_crawl_of_the_schedule_asks_only_what_is_due(press: Press, tmp_path: Path) -> None:
    press.publish(1)
    moments = [utc("2026-11-02T07:00"), utc("2026-11-02T07:10"), utc("2026-11-02T08:00")]
    jobs = jobs_at(lay(tmp_path, watching(press)), iter(moments), Told())
    for _ in moments:
        jobs.crawl()
    assert press.asked.count("/feed") == 2


def test_R16_a_crawl_that_goes_on_elsewhere_is_left_alone(press: Press, tmp_path: Path) -> None:
    press.publish(1)
    workspace, told = lay(tmp_path, watching(press)), Told()
    jobs = jobs_at(workspace, iter([utc("2026-11-02T07:30")]), told)
    jobs.store.begin_run(utc("2026-11-02T07:00"))
    jobs.crawl()
    assert press.asked == []
    assert "already running since 2026-11-02 07:00 UTC" in told[0]


def test_an_edit_of_the_configuration_counts_at_once_and_a_wrong_one_is_told(press: Press, tmp_path: Path) -> None:
    workspace, told = lay(tmp_path, "sources: []\n"), Told()
    jobs = jobs_at(workspace, iter([utc("2026-11-02T07:00"), utc("2026-11-02T07:30")]), told)
    press.publish(1)
    lay(workspace, watching(press))
    jobs.crawl()
    lay(workspace, "sources: [")
    jobs.crawl()
    assert told[0].startswith("crawl: 1 of 1 sources read")
    assert "the configuration was left as it was" in told[1]


def test_R20_a_clock_behind_the_last_digest_is_told(press: Press, tmp_path: Path) -> None:
    told = Told()
    jobs = jobs_at(lay(tmp_path, watching(press)), iter([utc("2026-11-02T07:00"), utc("2026-11-02T05:00")]), told)
    jobs.digest()
    jobs.digest()
    assert "clock: it stands before the last digest" in told[-1]
    assert list(digests(tmp_path)) == ["2026-11-02"]


# --- the end ------------------------------------------------------------------------------------


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 0), (signal.SIGINT, 130)])
@pytest.mark.parametrize("is_crawling", [True, False], ids=["in a crawl", "between jobs"])
def test_the_schedule_ends_within_seconds_of_a_signal(
    press: Press, tmp_path: Path, number: signal.Signals, code: int, *, is_crawling: bool
) -> None:
    asked, go = Event(), Event()
    press.publish(1)
    if is_crawling:
        press.answers["/feed"] = Answer("slow")
        press.before = lambda path: (asked.set(), go.wait(30)) if path == "/feed" else None  # type: ignore[assignment,return-value]
    command = [sys.executable, "-m", "svwatch", "--workspace", str(lay(tmp_path, watching(press))), "schedule"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, start_new_session=True) as process:
        assert process.stderr is not None
        if is_crawling:
            assert asked.wait(20)
        else:
            while "digest:" not in (line := process.stderr.readline()):
                assert line
        process.send_signal(number)
        _, err = process.communicate(timeout=8)
        go.set()
    assert (process.returncode, "Traceback" in err) == (code, False), err
    store = store_of(load_config(tmp_path))
    last = store.last_run()
    store.close()
    assert last is not None
    assert last.finished_at is not None
