"""When each job runs: crawls every few minutes what is due, and writes the digest at a London time; no work of its own.

Jobs run one after the other in the main thread, so that Ctrl-C or SIGTERM reaches the one under way. A digest that
fell due while the machine was off, asleep or busy is made once, as soon as it can be, and covers the time since the
last one.
"""

import signal
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from threading import Event, Thread
from types import FrameType
from typing import TYPE_CHECKING

from apscheduler.executors.debug import DebugExecutor
from apscheduler.schedulers.blocking import BlockingScheduler
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.interval import IntervalTrigger

from svwatch.config import Config, load_config
from svwatch.errors import Exit, SvwatchError
from svwatch.report import RunReport
from svwatch.store.records import MadeDigest
from svwatch.wiring import LONDON, Period, digest_of, run, store_of, write_digest

if TYPE_CHECKING:
    from svwatch.store.store import Store  # its tables can be imported only once Django is configured

Clock = Callable[[], datetime]
LONGEST_CATCH_UP = timedelta(days=31)


def utc_now() -> datetime:
    """The present."""
    return datetime.now(UTC)


def due_day(at: time, now: datetime) -> date:
    """The London day of the latest digest that has fallen due."""
    today = now.astimezone(LONDON).date()
    return today if due_at(today, at) <= now else today - timedelta(days=1)


def due_at(day: date, at: time) -> datetime:
    """When the digest of a London day falls due, in UTC."""
    return datetime.combine(day, at, LONDON).astimezone(UTC)


def owed(at: time, last: MadeDigest | None, now: datetime, *, days: int = 1) -> MadeDigest | None:
    """The digest to be made now, None where there is none to make.

    Args:
        at: the London time at which digests fall due.
        last: the newest one made, None before the first.
        now: the present.
        days: how many days the first one looks back.

    Returns:
        One digest, however many were missed; it covers the time since the last one, up to a month.
    """
    day = due_day(at, now)
    if last is None:
        return MadeDigest(day, now - timedelta(days=days), now)
    if day <= last.day or now <= last.until:  # made already, or the clock was set back
        return None
    return MadeDigest(day, max(last.until, now - LONGEST_CATCH_UP), now)


@dataclass(slots=True)
class Jobs:
    """What the schedule does, each job by itself; configuration is read afresh, so edits count at once.

    Args:
        workspace: whose sources are watched.
        say: told in a sentence what each job did.
        clock: tells the time.
    """

    workspace: Path
    say: Callable[[str], None]
    clock: Clock = utc_now
    config: Config = field(init=False)
    store: "Store" = field(init=False)

    def __post_init__(self) -> None:
        self.config = load_config(self.workspace)
        self.store = store_of(self.config)

    def crawl(self) -> None:
        """Read every source that is due, if any is; another run that is going on is left alone."""
        with self._reported("crawl"):
            config, report = self._fresh_config(), RunReport(started=self.clock())
            if self.store.due(config.sources, report.started):
                run(config, report.started, report=report)
                self.say(told(report))

    def digest(self) -> None:
        """Make the digest that is owed, if any: at most one a London day, whoever else may be making it."""
        with self._reported("digest"):
            config, now = self._fresh_config(), self.clock()
            last, settings = self.store.last_digest(), config.settings.digest
            if last is not None and now < last.until:
                self.say(f"clock: it stands before the last digest ({last.until:%Y-%m-%d %H:%M} UTC); check it")
            wanted = owed(settings.at, last, now, days=settings.days)
            if wanted is not None:
                made = digest_of(config, self.store, Period(wanted.day, wanted.since, wanted.until), now)
                path = write_digest(config, made)
                if self.store.made_digest(wanted):
                    self.say(f"digest: {path} covers {wanted.since:%d %B %H:%M} to {wanted.until:%d %B %H:%M} UTC")

    def _fresh_config(self) -> Config:
        """The configuration as it stands; the last good one, and why, where it has become wrong."""
        try:
            self.config = load_config(self.workspace)
        except SvwatchError as error:
            self.say(f"the configuration was left as it was: {error}")
        return self.config

    @contextmanager
    def _reported(self, job: str) -> Iterator[None]:
        """Let a job fail without ending the schedule."""
        try:
            yield
        except SvwatchError as error:
            self.say(f"{job}: {error}")
        except Exception as error:
            self.say(f"{job}: this is a bug in svwatch: {error}\n{''.join(traceback.format_exception(error))}")
        finally:
            self.store.close()  # opened again when asked: the file may be replaced in between


def told(report: RunReport) -> str:
    """What a crawl did, in one line."""
    read = len(report.sources) - len(report.failed_sources)
    new = sum(count for outcome, count in report.outcomes.items() if outcome != "known")
    failed = f", failed: {', '.join(report.failed_sources)}" if report.failed_sources else ""
    return f"crawl: {read} of {len(report.sources)} sources read, {new} entries new or changed{failed}"


def schedule(jobs: Jobs) -> Exit:
    """Crawl and write digests until a signal ends it.

    Returns:
        0 after SIGTERM, 130 after Ctrl-C.
    """
    signals: list[int] = []

    def end(number: int, _frame: FrameType | None) -> None:
        signals.append(number)
        signal.raise_signal(signal.SIGINT)  # asyncio knows what to do with that one

    scheduler = _scheduler(jobs)
    before = {
        signal.SIGTERM: signal.signal(signal.SIGTERM, end),
        signal.SIGINT: signal.signal(signal.SIGINT, signal.default_int_handler),
    }
    try:
        jobs.say(f"schedule: the digest is written at {jobs.config.settings.digest.at:%H:%M} London time")
        scheduler.start()
    except KeyboardInterrupt:
        scheduler.shutdown(wait=False)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    jobs.say("schedule: stopped")
    return Exit.DONE if signals else Exit.INTERRUPTED


def _scheduler(jobs: Jobs) -> BlockingScheduler:
    """Both jobs. A crawl comes at once and first, so that a digest owed at the start holds what was missed."""
    usual = {"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
    scheduler = BlockingScheduler(executors={"default": DebugExecutor()}, job_defaults=usual, timezone=LONDON)
    ended = Event()

    def unless_ended(*steps: Callable[[], None]) -> None:
        """Run a job's steps; APScheduler would take the end of the process for a failure of the job.

        It cannot be shut down from within a job, so another thread waits until it has put its own things in order.
        """
        try:
            for step in steps if not ended.is_set() else ():
                step()
        except KeyboardInterrupt:
            ended.set()
            Thread(target=scheduler.shutdown, kwargs={"wait": False}).start()

    every = IntervalTrigger(seconds=int(jobs.config.settings.crawl.check_every.total_seconds()))
    scheduler.add_job(unless_ended, every, [jobs.crawl, jobs.digest], next_run_time=utc_now())
    scheduler.add_job(unless_ended, daily(jobs.config.settings.digest.at), [jobs.digest])
    return scheduler


def daily(at: time) -> CronTrigger:
    """Fires at a London time every day."""
    return CronTrigger(hour=at.hour, minute=at.minute, timezone=LONDON)
