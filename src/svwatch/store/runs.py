"""Runs: one at a time, and what came of each."""

import os
import secrets
import socket
from dataclasses import asdict
from datetime import datetime, timedelta

from svwatch.report import Failure, Outcome, RunReport, SourceState
from svwatch.store.copies import forget_old_bands
from svwatch.store.feeds import forget_old_polls
from svwatch.store.models import DigestRow, LockRow, RunRow
from svwatch.store.records import MadeDigest, PastRun, Run, RunningError

LOCK = "run"
LONGEST_RUN = timedelta(hours=6)
THIS_PROCESS = secrets.token_hex(8)


def begin_run(now: datetime) -> Run:
    """Take the lock and remember that a run has begun."""
    lock = LockRow.objects.filter(name=LOCK).first()
    took_over = None if lock is None else _take_over(lock, now)
    row = RunRow.objects.create(started_at=now)
    holder = {"run": row, "host": socket.gethostname(), "pid": os.getpid(), "process": THIS_PROCESS, "taken_at": now}
    LockRow.objects.update_or_create(name=LOCK, defaults=holder)
    return Run(row.pk, now, took_over)


def _take_over(lock: LockRow, now: datetime) -> str:
    """Say why a lock may be taken over; raises RunningError where it may not."""
    since = _clock(lock.taken_at)
    loss = _why_lost(lock, now)
    if loss is None:
        raise RunningError(
            f"already running since {since} (process {lock.pid} on {lock.host}); let it finish, or end that process"
        )
    return f"took over from the run of {since}: {loss}"


def finish_run(run: Run, report: RunReport) -> None:
    """Remember what came of a run and give the lock back, unless another has taken it over."""
    RunRow.objects.filter(pk=run.id).update(
        finished_at=report.finished,
        outcomes=dict(report.outcomes),
        sources=dict(report.sources),
        failures=[asdict(failure) for failure in report.failures],
        model_problem=report.model_problem,
    )
    LockRow.objects.filter(name=LOCK, run=run.id).delete()
    forget_old_bands(report.finished or run.started_at)
    forget_old_polls(report.finished or run.started_at)


def last_run() -> PastRun | None:
    """The run that began last, None before the first."""
    row = RunRow.objects.order_by("-pk").first()
    return None if row is None else _past_run(row)


def made_digest(digest: MadeDigest) -> bool:
    """Remember a digest of the schedule; False where that day had one."""
    _, is_new = DigestRow.objects.get_or_create(day=digest.day, defaults={"since": digest.since, "until": digest.until})
    return is_new


def last_digest() -> MadeDigest | None:
    """The newest digest of the schedule, None before the first."""
    row = DigestRow.objects.order_by("-day").first()
    return None if row is None else MadeDigest(row.day, row.since, row.until)


def _past_run(row: RunRow) -> PastRun:
    return PastRun(
        started_at=row.started_at,
        finished_at=row.finished_at,
        outcomes={Outcome(name): count for name, count in row.outcomes.items()},
        sources={source: SourceState(state) for source, state in row.sources.items()},
        failures=tuple(Failure(**failure) for failure in row.failures),
        model_problem=row.model_problem,
    )


def _why_lost(lock: LockRow, now: datetime) -> str | None:
    """Why a lock no longer counts, None while it does. Whether a process lives can only be told on its own host."""
    if now - lock.taken_at > LONGEST_RUN:
        return f"it has lasted more than {LONGEST_RUN // timedelta(hours=1)} hours"
    if lock.host == socket.gethostname() and lock.process != THIS_PROCESS and not _is_alive(lock.pid):
        return f"its process {lock.pid} is gone"
    return None


def _is_alive(pid: int) -> bool:
    """Whether another process has this number; one that has ours (in a container, say) was there before us."""
    if pid == os.getpid():
        return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _clock(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"
