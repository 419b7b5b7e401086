"""Many feeds at once: those that hang or fail hold up nobody."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from threading import Event, Lock

import pytest

from svwatch.config import load_config
from svwatch.errors import Exit
from svwatch.report import SourceState
from svwatch.wiring import run

from .press import Answer, Press, lay, serve

NOW = datetime(2026, 11, 2, 7, tzinfo=UTC)
FEED = Answer("<rss><channel><item><title>T</title><link>/news/1</link></item></channel></rss>")


@dataclass(slots=True)
class Crowd:
    """Sites that each have a server, and so a turn, of their own; the first `hanging` never answer."""

    hanging: int
    presses: list[Press]
    asked: set[str] = field(default_factory=set)
    all_others_asked: Event = field(default_factory=Event)
    done: Event = field(default_factory=Event)
    lock: Lock = field(default_factory=Lock)

    def hang(self, path: str) -> None:
        """Wait for as long as the test lasts."""
        if path == "/feed":
            self.done.wait()

    def count(self, base: str) -> None:
        """Remember that a site that does not hang was asked."""
        with self.lock:
            self.asked.add(base)
            if len(self.asked) == len(self.presses) - self.hanging:
                self.all_others_asked.set()


@contextmanager
def crowd(feeds: int, hanging: int, failing: int) -> Iterator[Crowd]:
    """That many sites: first those that hang, then those that fail, then those that are well."""
    made = Crowd(hanging, [Press() for _ in range(feeds)])
    with ExitStack() as stack:
        for n, press in enumerate(made.presses):
            server = serve(press)
            stack.callback(server.server_close)
            stack.callback(server.shutdown)
            press.answers["/feed"] = Answer(status=500) if n < hanging + failing else FEED
            press.before = made.hang if n < hanging else lambda path, base=press.base: made.count(base)  # type: ignore[misc]
        yield made
        made.done.set()


@pytest.mark.parametrize(
    ("feeds", "hanging", "failing"),
    [pytest.param(20, 1, 3, id="few"), pytest.param(200, 5, 10, id="many", marks=pytest.mark.torture)],
)
def test_R31_feeds_that_hang_or_fail_are_named_and_hold_up_nobody(
    tmp_path: Path, feeds: int, hanging: int, failing: int
) -> None:
    with crowd(feeds, hanging, failing) as made:
        rows = [
            f"  - {{id: s{n}, name: S, url: '{press.url('/feed')}', match: [no such words]}}"
            for n, press in enumerate(made.presses)
        ]
        workspace = lay(tmp_path, "sources:\n" + "\n".join(rows), crawl={"timeout_seconds": 2})
        report = run(load_config(workspace), NOW)
        assert made.all_others_asked.is_set()
    bad = hanging + failing
    states = [report.sources[f"s{n}"] for n in range(feeds)]
    assert states == [SourceState.FAILED] * bad + [SourceState.READ] * (feeds - bad)
    assert {failure.source_id for failure in report.failures} == {f"s{n}" for n in range(bad)}
    assert report.exit_code is Exit.PARTIAL
    reasons = {failure.source_id: failure.reason for failure in report.failures}
    assert reasons["s0"].startswith("the site gave no complete answer within 2 seconds")
    assert reasons[f"s{hanging}"].startswith("the site answered 500")
