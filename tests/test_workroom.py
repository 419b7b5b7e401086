"""Worker processes: a page that hangs, dies or eats memory harms no other."""

import asyncio
import os
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event

import pytest

from svwatch.errors import PageError
from svwatch.records import Article, Entry, Page, Reading, Rules
from svwatch.tag.model import current_model
from svwatch.workroom import WorkLimits, Workroom
from svwatch.workspace import carried

LIMITS = WorkLimits(workers=1, seconds=6.0, memory_mib=600)
ENTRY = Entry("gazette", "https://gazette.example/a", "Bury signs a deal")
TEXT = (
    "Bury council has signed a safety valve agreement worth £20m with the Department for Education over its deficit on "
    "special educational needs. The council will have to bring its dedicated schools grant back into balance by 2029."
)
PAGE = Page(ENTRY.url, f"<html><body><article><h1>{ENTRY.title}</h1><p>{TEXT}</p></article></body></html>".encode())


class Trap(tuple[str, ...]):
    """Rules that do harm to the process that applies them; `Trap([name])` names a function below."""

    __slots__ = ()

    def __iter__(self) -> Iterator[str]:
        globals()[self[0]]()
        return iter(())


def hang() -> None:
    Event().wait()


def hang_deaf_to_signals() -> None:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    hang()


def eat_memory() -> int:
    return len(bytearray(2**31))


def segfault() -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def abort() -> None:
    os.abort()


def leave() -> None:
    os._exit(7)


@pytest.mark.parametrize(
    ("work", "reason"),
    [
        pytest.param(hang, "took over 6 seconds and was given up", id="hangs"),
        pytest.param(hang_deaf_to_signals, "took over 6 seconds and was given up", id="hangs and ignores signals"),
        pytest.param(segfault, r"broke the process that read it \(exit code -?11\)", id="SIGSEGV"),
        pytest.param(abort, r"broke the process that read it \(exit code -?6\)", id="SIGABRT"),
        pytest.param(leave, r"broke the process that read it \(exit code 7\)", id="exit"),
        pytest.param(eat_memory, "took over 600 MiB of memory and was given up", id="memory"),
    ],
)
def test_s17_only_the_page_that_breaks_its_worker_fails(work: Callable[[], object], reason: str) -> None:
    """And the one after it is read, by a new worker where the old one is gone."""

    async def go() -> Reading | None:
        async with Workroom(None, LIMITS) as room:
            with pytest.raises(PageError, match=reason):
                await room.read_page(PAGE, ENTRY, Rules(drop=Trap([work.__name__])))
            return await room.read_page(PAGE, ENTRY, Rules())

    reading = asyncio.run(go())
    assert reading is not None and reading.article.text == TEXT


def test_an_article_is_annotated_by_the_model_that_is_named() -> None:
    async def go() -> Reading:
        async with Workroom(current_model([carried("models")]), WorkLimits(workers=1)) as room:
            return await room.read_article(Article(ENTRY.url, ENTRY.title, TEXT))

    annotation = asyncio.run(go()).annotation
    assert annotation is not None and annotation.relevant
    assert [tag.slug for tag in annotation.councils] == ["bury"]


@pytest.mark.parametrize("model", [None, Path("gone")])
def test_r41_without_a_model_that_can_be_read_articles_carry_no_annotation(model: Path | None) -> None:
    async def go() -> Reading:
        async with Workroom(model, WorkLimits(workers=1)) as room:
            return await room.read_article(Article(ENTRY.url, ENTRY.title, TEXT))

    reading = asyncio.run(go())
    assert reading.annotation is None and reading.fingerprint


def test_u29_leaving_by_an_error_gives_up_the_work_under_way() -> None:
    async def go() -> None:
        async with Workroom(None, WorkLimits(workers=1, seconds=600)) as room:
            await room.read_page(PAGE, ENTRY, Rules())
            hanging = asyncio.ensure_future(room.read_page(PAGE, ENTRY, Rules(drop=Trap([hang.__name__]))))
            await asyncio.wait([hanging], timeout=0.1)
            raise KeyboardInterrupt

    began = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        asyncio.run(go())
    assert time.monotonic() - began < 30
