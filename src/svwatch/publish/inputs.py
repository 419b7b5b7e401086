"""What the digest is made from: plain values that the store's rows are turned into."""

from dataclasses import dataclass
from datetime import datetime

from svwatch.records import Annotation, Article


@dataclass(frozen=True, slots=True)
class StoredCopy:
    """Another publisher's near-identical text of an article."""

    title: str
    publisher: str
    url: str


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """An article as stored, with what is said of it.

    `publisher` is the source's name as readers know it. `annotation` is None where only the feed's summary is held, or
    where nothing could sort the article yet. `is_changed` says that an earlier digest listed another version of it.
    `correct_url` is the page on which a reader may correct its tags, or None where there is no web app.
    """

    article: Article
    publisher: str
    first_seen_at: datetime
    annotation: Annotation | None = None
    copies: tuple[StoredCopy, ...] = ()
    is_changed: bool = False
    correct_url: str | None = None

    @property
    def dated_at(self) -> datetime:
        """When it was published, but never later than we saw it; when we saw it where the source gives no date."""
        return min(self.article.published_at or self.first_seen_at, self.first_seen_at)


@dataclass(frozen=True, slots=True)
class SourceHealth:
    """How one source that is switched on did when it was last asked.

    `is_read` is True also where its feed had not changed. `reason` says in a sentence why it failed. `quiet_since` is
    the time of its newest article where it has been silent for longer than it usually is, else None.
    """

    name: str
    is_read: bool
    reason: str | None = None
    quiet_since: datetime | None = None


@dataclass(frozen=True, slots=True)
class SourcesHealth:
    """Every source that is switched on, in the order of the sources file."""

    sources: tuple[SourceHealth, ...] = ()
