"""robots.txt as RFC 9309 reads it: what a site asks programs not to fetch, and how slowly to go."""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from protego import Protego

from svwatch.errors import FetchError

OUR_NAME = "svwatch"
MAX_ROBOTS_BYTES = 500 * 1024
LONGEST_CRAWL_DELAY_SECONDS = 60.0

_AGENT_FIELDS = ("user-agent", "useragent", "user agent")
_NOT_SERVED = range(400, 500)
_TOO_MANY_REQUESTS = 429

ReadBytes = Callable[[str], Awaitable[bytes]]


@dataclass(frozen=True, slots=True)
class RobotRules:
    """What one host's robots.txt says to us."""

    rules: Protego

    def allows(self, url: str) -> bool:
        """Whether we may fetch an address of this host."""
        return self.rules.can_fetch(url, OUR_NAME)

    @property
    def delay_seconds(self) -> float:
        """The pause the host asks for, up to a minute; 0 where it asks for none."""
        return min(self.rules.crawl_delay(OUR_NAME) or 0.0, LONGEST_CRAWL_DELAY_SECONDS)


def read_rules(body: bytes) -> RobotRules:
    """The rules in the bytes of a robots.txt; what cannot be read there limits nothing."""
    text = body[:MAX_ROBOTS_BYTES].decode("utf-8-sig", "replace")
    return RobotRules(Protego.parse("\n".join(_lines_for_us(text))))


@dataclass(slots=True)
class _Known:
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    answer: RobotRules | FetchError | None = None


class Robots:
    """The rules of every host met in one run, each read once.

    Args:
        read: fetches the bytes of one address through the same gate as everything else, raising `FetchError`.
    """

    def __init__(self, read: ReadBytes) -> None:
        self._read = read
        self._known: defaultdict[str, _Known] = defaultdict(_Known)

    async def rules_for(self, url: str) -> RobotRules:
        """The rules of an address's host.

        Raises:
            FetchError: they cannot be learnt at present, so the host is left alone.
        """
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        known = self._known[origin]
        async with known.lock:
            if known.answer is None:
                known.answer = await self._learn(f"{origin}/robots.txt")
        if isinstance(known.answer, FetchError):
            raise _copy(known.answer)
        return known.answer

    async def admit(self, url: str) -> float:
        """The pause in seconds the host asks for.

        Raises:
            FetchError: the host asks programs to keep off this address, or its rules cannot be learnt.
        """
        rules = await self.rules_for(url)
        if not rules.allows(url):
            raise FetchError(
                "the site's robots.txt asks programs to keep off this address; ask the publisher, or take it out",
                is_temporary=False,
            )
        return rules.delay_seconds

    async def _learn(self, url: str) -> RobotRules | FetchError:
        try:
            return read_rules(await self._read(url))
        except FetchError as error:
            if error.status in _NOT_SERVED and error.status != _TOO_MANY_REQUESTS:
                return read_rules(b"")
            return FetchError(
                f"the site's robots.txt could not be read, so the site is left alone for now: {error}",
                is_temporary=error.is_temporary,
                retry_after_seconds=error.retry_after_seconds,
            )


def _copy(error: FetchError) -> FetchError:
    """A fresh error: one that is raised twice would carry the first one's traceback."""
    return FetchError(str(error), is_temporary=error.is_temporary, retry_after_seconds=error.retry_after_seconds)


def _lines_for_us(text: str) -> list[str]:
    """The lines, with all other programs' names made one: thousands of names times thousands of rules cost minutes."""
    kept: list[str] = []
    named: set[str] = set()
    for line in text.splitlines():
        agent = _agent_of(line.partition("#")[0].strip().lower())
        if agent is None:
            if line.strip():
                named.clear()
            kept.append(line)
        elif agent not in named:
            named.add(agent)
            kept.append(f"User-agent: {agent}")
    return kept


def _agent_of(line: str) -> str | None:
    """Our token, ``*`` or "other" for a line that names a program; None for any other line."""
    for name in _AGENT_FIELDS:
        rest = line.removeprefix(name)
        if rest != line and rest[:1] in (":", " ", "\t"):
            agent = rest.lstrip(": \t").partition("/")[0].strip()
            return agent if agent in (OUR_NAME, "*") else "other"
    return None
