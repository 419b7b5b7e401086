"""What the store answers with, and what it is told to judge by; frozen and free of Django."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from svwatch.errors import Exit, StoreError
from svwatch.records import Annotation, Article
from svwatch.report import Failure, Outcome, SourceState


class RunningError(StoreError):
    """Another run is going on; nothing is wrong, so the process ends with 0."""

    exit_code = Exit.DONE


@dataclass(frozen=True, slots=True)
class Judges:
    """How the store tells what is the same; pure functions of the stages that know.

    `key_of` gives one key for all spellings of a page's address and raises ValueError for what is no web address.
    `bands_of` gives the band keys of a fingerprint: near-duplicates are likely to share one.
    `is_copy` decides on two whole articles that do.
    """

    key_of: Callable[[str], str]
    bands_of: Callable[[bytes], Sequence[str]]
    is_copy: Callable[[Article, Article], bool]


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """One article as it stands, with what the machine says of it.

    `annotation` is None where nothing was said (a summary, or no model yet). `copies` are the addresses of its
    near-duplicates, earliest first. `first_seen_at` is when its text was first met, here or in a copy. `versions`
    counts the texts it has had, the present one included. `is_old` says that it was no news when it was first met: a
    back number in a feed new to us, or one re-issued. `published_note` says why its date is not certain, None if it is.
    """

    article: Article
    annotation: Annotation | None
    copies: tuple[str, ...]
    first_seen_at: datetime
    versions: int
    is_old: bool = False
    published_note: str | None = None


@dataclass(frozen=True, slots=True)
class Version:
    """One text an article has had; `number` counts from 1, `seen_at` is when we first met it."""

    number: int
    title: str
    text: str
    seen_at: datetime


class Moment(StrEnum):
    """Which time of an article a range speaks of: when we met it, or its date (published, else first seen)."""

    FIRST_SEEN = "first seen"
    PUBLISHED = "published"


@dataclass(frozen=True, slots=True)
class Selection:
    """Which articles are wanted; an empty field leaves nothing out.

    `since` is included, `until` is not. An article needs one of the `councils`, one of the `topics` and one of the
    event `kinds` that are named. `relevant` leaves out articles that carry no annotation, unless it is None.
    """

    since: datetime | None = None
    until: datetime | None = None
    councils: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    relevant: bool | None = None
    by: Moment = Moment.FIRST_SEEN


@dataclass(frozen=True, slots=True)
class SourceHealth:
    """How reading one source's feed has gone.

    `state` is how the last try ended. `read_at` is the last success, `failure` and `failed_at` the last failure,
    `last_article_at` when it last gave a new article; None: not yet. `failures_in_a_row` is 0 after a success.
    `next_at` is when it is asked next, None: at once. `stopped` says why it is asked no more, `remark` what is odd
    about it, `moved_to` where it has moved for good; None: nothing of the kind. `entries_last_week` counts the entries
    of the last seven days.
    """

    source_id: str
    state: SourceState | None
    read_at: datetime | None
    failure: str | None
    failed_at: datetime | None
    failures_in_a_row: int
    last_article_at: datetime | None
    next_at: datetime | None = None
    stopped: str | None = None
    remark: str | None = None
    moved_to: str | None = None
    entries_last_week: int = 0


@dataclass(frozen=True, slots=True)
class Poll:
    """One time a feed was asked, and how that ended; `reason` is None where it was read."""

    at: datetime
    state: SourceState
    reason: str | None


@dataclass(frozen=True, slots=True)
class MadeDigest:
    """A digest that the schedule made: the London day it is named after, and the time ``[since, until)`` it covers."""

    day: date
    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Run:
    """A run that holds the lock. `took_over` says in a sentence whose lock it took, None if it was free."""

    id: int
    started_at: datetime
    took_over: str | None = None


@dataclass(frozen=True, slots=True)
class PastRun:
    """What is remembered of a run; `finished_at` is None while it goes on, or where it was cut short."""

    started_at: datetime
    finished_at: datetime | None
    outcomes: Mapping[Outcome, int]
    sources: Mapping[str, SourceState]
    failures: tuple[Failure, ...]
    model_problem: str | None
