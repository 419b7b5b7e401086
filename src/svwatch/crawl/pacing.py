"""Taking turns: one request at a time for each owner of sites, with a pause between, and rest for who asks for it."""

import asyncio
import time
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from svwatch.errors import FetchError


@dataclass(slots=True)
class _Line:
    """Who waits for one owner, and when the last visit ended (on the monotonic clock)."""

    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    last_ended: float = float("-inf")


class Turns:
    """The order of requests within one run."""

    def __init__(self) -> None:
        self._lines: defaultdict[str, _Line] = defaultdict(_Line)
        self._resting_until: dict[str, float] = {}

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
