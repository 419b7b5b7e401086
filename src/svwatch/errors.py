"""Every error svwatch raises on purpose: each message says the thing, the cause and the remedy."""

from enum import IntEnum


class Exit(IntEnum):
    """What the process tells the shell (see docs/exit-codes.md)."""

    DONE = 0
    BUG = 1
    USAGE = 2
    REFUSED = 3
    PARTIAL = 4
    DATABASE = 5
    INTERRUPTED = 130


class SvwatchError(Exception):
    """Something the user, a site or a machine did; never a bug of ours."""

    exit_code = Exit.USAGE


class ConfigError(SvwatchError):
    """The operator can mend it: a file, a key, an argument."""


class InputError(SvwatchError):
    """What the user gave to read is not what the command reads."""


class GoldError(SvwatchError):
    """A labelled file breaks the labelling rules; the message lists every problem."""


class ModelError(SvwatchError):
    """A model is missing, untrusted, altered or made for another taxonomy."""

    exit_code = Exit.REFUSED


class StoreError(SvwatchError):
    """The database refused."""

    exit_code = Exit.DATABASE


class SourceError(SvwatchError):
    """One site misbehaved; recorded against it, never fatal to the run."""

    exit_code = Exit.PARTIAL


class FetchError(SourceError):
    """An address could not be fetched.

    Args:
        message: a plain sentence, fit for the digest's health line.
        status: the HTTP status, or None where no answer came.
        is_temporary: True where another try later may succeed.
        retry_after_seconds: what the site asked for, or None.
    """

    def __init__(
        self,
        message: str,
        *,
        status: int | None = None,
        is_temporary: bool = True,
        retry_after_seconds: float | None = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.is_temporary = is_temporary
        self.retry_after_seconds = retry_after_seconds


class FeedError(SourceError):
    """The answer is not a feed that can be read."""


class FeedEnded(FeedError):
    """The publisher has closed the feed for good."""


class PageError(SourceError):
    """A page could not be turned into an article: too slow, too large, or it broke the reader."""
