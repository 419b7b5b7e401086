"""Taking turns: one request at a time for each owner of sites, with a pause between, and rest for who asks for it."""

import asyncio
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from svwatch.crawl.answers import LONGEST_REST_SECONDS
from svwatch.errors import FetchError

CUT_OFF_SERVERS = 3


@dataclass(slots=True)
class Reach:
    """Which servers gave any answer in one run, and which none."""

    answered: int = 0
    silent: set[str] = field(default_factory=set)

    def met(self, server: str) -> None:
        """Count an answer, whatever it says."""
        self.answered += 1
        self.silent.discard(server)

    def missed(self, server: str) -> None:
        """Remember that a server could not be reached."""
        self.silent.add(server)

    @property
    def is_cut_off(self) -> bool:
        """Whether none of several servers answered."""
        return not self.answered and len(self.silent) >= CUT_OFF_SERVERS


@dataclass(slots=True)
class _Line:
    """Who waits for one owner, and when the last visit ended (on the monotonic clock)."""

    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    last_ended: float = float("-inf")


class Turns:
    """The order of requests within one run.

    Args:
        resting: servers that an earlier run was asked to leave alone, and until when.
        now: the present.
    """

    def __init__(self, resting: Mapping[str, datetime], now: datetime) -> None:
        self._lines: defaultdict[str, _Line] = defaultdict(_Line)
        self._resting_until: dict[str, float] = {}
        for server, until in resting.items():
            self.rest(server, min((until - now).total_seconds(), LONGEST_REST_SECONDS))

    def resting(self) -> dict[str, datetime]:
        """The servers that are to be left alone, and until when."""
        now, clock = datetime.now(UTC), time.monotonic()
        return {
            server: now + timedelta(seconds=until - clock)
            for server, until in self._resting_until.items()
            if until > clock
        }

    @asynccontextmanager
    async def take(self, owner: str, pause_seconds: float) -> AsyncIterator[None]:
        """Wait until no other request to the owner is open and the last one ended `pause_seconds` ago."""
        line = self._lines[owner]
        async with line.lock:
            await asyncio.sleep(line.last_ended + pause_seconds - time.monotonic())
            try:
                yield
            finally:
                line.last_ended = time.monotonic()

    def rest(self, server: str, seconds: float) -> None:
        """Leave a server alone from now on for some time."""
        self._resting_until[server] = time.monotonic() + seconds

    def require_awake(self, server: str) -> None:
        """Fail at once where the server asked to be left alone.

        Raises:
            FetchError: it did, and the time is not over.
        """
        left = self._resting_until.get(server, 0.0) - time.monotonic()
        if left > 0:
            until = datetime.now(UTC) + timedelta(seconds=left)
            raise FetchError(
                f"{server} asked to be left alone until {until:%H:%M} UTC on {until:%d %B}; it will be tried again then",
                retry_after_seconds=left,
            )
