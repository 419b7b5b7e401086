"""The plain values that stages hand to each other; frozen, checked when made, free of any library.

Times are aware and in UTC. `None` means "the source does not say", never "it failed".
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from types import MappingProxyType

NEVER = datetime.min.replace(tzinfo=UTC)
Scalar = str | int | float | bool


def _require_aware(owner: str, **times: datetime | None) -> None:
    for name, value in times.items():
        if value is not None and value.tzinfo is None:
            raise ValueError(f"{owner}.{name} must be an aware time, got {value!r}")


@dataclass(frozen=True, slots=True)
class Rules:
    """What an operator may say about one site's pages; rarely needed.

    `drop` and `keep` are CSS selectors; `end` are phrases: the text stops at a line that starts with one.
    """

    drop: tuple[str, ...] = ()
    keep: tuple[str, ...] = ()
    end: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """A site that is watched through one feed."""

    id: str
    name: str
    url: str
    kind: str = "news"
    every: timedelta = timedelta(hours=1)
    enabled: bool = True
    reason: str | None = None
    match: tuple[str, ...] = ()
    expect: tuple[float, float] | None = None
    rules: Rules = Rules()


@dataclass(frozen=True, slots=True)
class FeedState:
    """What is remembered of a feed between runs: its validators, byte for byte, and how asking for it has gone.

    `url` is asked in place of the source's own address once a permanent move is sure; `moved_to` and `moved_times` say
    how often in a row it was sent there before. `changed_at` is when it last gave another document, `plain_at` when it
    last answered a request without validators, `newest_at` the date of its newest entry. `next_at`: it is not asked
    before. `gone_since`: it has answered 404 from then on. `wait_seconds` is the pause the site states,
    `gap_seconds` the usual time between two entries. `stopped` says why it is not asked any more until a person says
    otherwise, `remark` what is odd about it though it could be read.
    """

    etag: str | None = None
    last_modified: str | None = None
    body_sha256: str | None = None
    url: str | None = None
    moved_to: str | None = None
    moved_times: int = 0
    read_at: datetime | None = None
    changed_at: datetime | None = None
    plain_at: datetime | None = None
    newest_at: datetime | None = None
    next_at: datetime | None = None
    failures_in_a_row: int = 0
    gone_since: datetime | None = None
    empty_in_a_row: int = 0
    wait_seconds: int = 0
    gap_seconds: int | None = None
    stopped: str | None = None
    remark: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One item of a feed, as the feed gives it. `summary` and `content` are plain text and HTML.

    `published_note` says in plain words why `published_at` is not the feed's own date, or is not there; None where
    the date is certain.
    """

    source_id: str
    url: str
    title: str
    guid: str | None = None
    published_at: datetime | None = None
    updated_at: datetime | None = None
    author: str | None = None
    summary: str = ""
    content_html: str | None = None
    tags: tuple[str, ...] = ()
    published_note: str | None = None

    def __post_init__(self) -> None:
        _require_aware("Entry", published_at=self.published_at, updated_at=self.updated_at)


@dataclass(frozen=True, slots=True)
class Page:
    """What came back for an address: `url` is the final one, `body` the decoded bytes (never decoded text).

    `permanent_url` is where permanent redirects alone led, None where there was none or another kind among them.
    `max_age_seconds` is how long the site wants the answer kept, None where it does not say. `is_reserved` says that
    the site reserves text and data mining.
    """

    url: str
    body: bytes
    content_type: str = ""
    charset: str | None = None
    status: int = 200
    etag: str | None = None
    last_modified: str | None = None
    fetched_at: datetime = NEVER
    permanent_url: str | None = None
    max_age_seconds: int | None = None
    is_reserved: bool = False


@dataclass(frozen=True, slots=True)
class Article:
    """Title, text and dates that extraction got out of a page.

    `is_summary` says that only the feed's summary is held, `note` why.
    """

    url: str
    title: str
    text: str
    source_id: str | None = None
    id: str | None = None
    author: str | None = None
    published_at: datetime | None = None
    updated_at: datetime | None = None
    language: str | None = None
    is_summary: bool = False
    note: str | None = None

    def __post_init__(self) -> None:
        _require_aware("Article", published_at=self.published_at, updated_at=self.updated_at)


@dataclass(frozen=True, slots=True)
class Span:
    """Characters ``[start, end)`` of `Article.text`, or of the title where `in_title`, and what they say."""

    start: int
    end: int
    text: str
    in_title: bool = False

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"a span needs 0 <= start < end, got [{self.start}, {self.end})")


class Role(StrEnum):
    """Subject: a topic's statement is about this council. Mentioned: any other tagged council."""

    SUBJECT = "subject"
    MENTIONED = "mentioned"


@dataclass(frozen=True, slots=True)
class CouncilTag:
    """One council named by an article: every span that names it, its role, and why in plain words."""

    slug: str
    role: Role
    spans: tuple[Span, ...]
    why: str = ""


@dataclass(frozen=True, slots=True)
class TopicTag:
    """One topic of an article: its calibrated score in [0, 1] and the sentences that earned it, best first."""

    id: str
    score: float
    evidence: tuple[Span, ...]
    why: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """A dated happening that the article states.

    `date` is the date as stated, at its own precision: ``2024-05-10``, ``2024-05``, ``2024``, ``2023-24``
    (a financial or school year) or ``2024-spring``. `values` holds the fields of the labelling guide for
    this kind: ``amount`` in pounds, ``years``, ``n_councils``, ``stage``, ``state``, ``outcome``, ``body``,
    ``citation``, ``solicitor``, ``as_of``, ``national``.
    """

    kind: str
    councils: tuple[str, ...]
    evidence: Span
    date: str | None = None
    values: Mapping[str, Scalar] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "values", MappingProxyType(dict(self.values)))

    def __reduce__(self) -> tuple[type["Event"], tuple[object, ...]]:
        return (Event, (self.kind, self.councils, self.evidence, self.date, dict(self.values)))


@dataclass(frozen=True, slots=True)
class Annotation:
    """All that is said of one article by one tagger (or one person)."""

    relevant: bool
    relevance_score: float
    topics: tuple[TopicTag, ...] = ()
    councils: tuple[CouncilTag, ...] = ()
    events: tuple[Event, ...] = ()
    tagger_version: str = ""
    model: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a worker made of one page: the article, its fingerprint for finding copies, and its annotation.

    `annotation` is None for a summary, which is never classified, and where no model could be loaded.
    """

    article: Article
    fingerprint: bytes
    annotation: Annotation | None = None
