"""Worker processes that read pages and are killed at their limits; a page that breaks one harms no other."""

import asyncio
import multiprocessing
import resource
import signal
from collections.abc import Callable
from concurrent.futures import TimeoutError as WorkTimeout
from dataclasses import dataclass
from multiprocessing import forkserver, resource_tracker
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

from pebble import ProcessExpired, ProcessPool

from svwatch.errors import ModelError, PageError
from svwatch.pipeline import read_article, read_page
from svwatch.records import Article, Entry, Page, Reading, Rules
from svwatch.tag.model import load_tagger
from svwatch.tag.tagger import Tagger

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class WorkLimits:
    """How many workers there are, and what one page may cost one of them."""

    workers: int = 2
    seconds: float = 10.0
    memory_mib: int = 1024


class Workroom:
    """A pool of worker processes, each with a tagger of its own (none where `model` is None)."""

    def __init__(self, model: Path | None, limits: WorkLimits) -> None:
        self._limits = limits
        _start_forkserver()
        self._pool = ProcessPool(
            max_workers=limits.workers,
            initializer=_open_workplace,
            initargs=(model, limits.memory_mib),
            context=multiprocessing.get_context("forkserver"),
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self._pool.close()  # type: ignore[no-untyped-call]
        else:
            self._pool.stop()  # type: ignore[no-untyped-call]
        await asyncio.get_running_loop().run_in_executor(None, self._pool.join)

    async def read_page(self, page: Page, entry: Entry, rules: Rules) -> Reading | None:
        """Extract and annotate one page in a worker; raises PageError where it is killed or dies."""
        return await self._run(_read_page, page, entry, rules)

    async def read_article(self, article: Article) -> Reading:
        """Annotate one article in a worker; raises PageError where it is killed or dies."""
        return await self._run(_read_article, article)

    async def _run(self, work: Callable[..., T], *given: Any) -> T:
        future = self._pool.schedule(work, args=given, timeout=self._limits.seconds)
        try:
            return await asyncio.wrap_future(future)
        except WorkTimeout:
            raise PageError(f"reading the page took over {self._limits.seconds:g} seconds and was given up") from None
        except ProcessExpired as error:
            raise PageError(f"the page broke the process that read it (exit code {error.exitcode})") from error
        except MemoryError:
            raise PageError(
                f"reading the page took over {self._limits.memory_mib} MiB of memory and was given up"
            ) from None


def _start_forkserver() -> None:
    """Start the process that workers are forked from.

    It imports this module once, so that a lost worker is replaced in no time. Ctrl-C is held back in it and its
    workers: a terminal sends it to all of them, and only the process that ends them acts on it.
    """
    forkserver.set_forkserver_preload([__name__])
    resource_tracker.ensure_running()  # by itself first: starting it lets Ctrl-C through again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        forkserver.ensure_running()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


class _Workplace:
    """What one worker process holds between pages."""

    tagger: Tagger | None = None


def _open_workplace(model: Path | None, memory_mib: int) -> None:
    _Workplace.tagger = _tagger(model)
    limit = memory_mib * 2**20
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


def _tagger(model: Path | None) -> Tagger | None:
    try:
        return None if model is None else load_tagger(model)
    except ModelError:
        return None  # checked before the pool was made; altered since: articles are kept untagged


def _read_page(page: Page, entry: Entry, rules: Rules) -> Reading | None:
    return read_page(page, entry, rules, _Workplace.tagger)


def _read_article(article: Article) -> Reading:
    return read_article(article, _Workplace.tagger)
