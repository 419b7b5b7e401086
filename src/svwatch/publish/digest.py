"""An issue of the digest: what happened, then articles by council and topic, most important first, each listed once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from svwatch.gazetteer import Council
from svwatch.publish.events import DigestEvent, gather_events
from svwatch.publish.inputs import SourcesHealth, StoredArticle
from svwatch.publish.lines import REASON_LIMIT, DigestArticle, PlacedArticle, place_article, plain_line
from svwatch.publish.subject import quiet_subject, subject_line
from svwatch.publish.words import london_date, one_line, shortened
from svwatch.records import Event
from svwatch.taxonomy import Taxonomy

MOST_EVENTS = 12
MOST_OLDER = 20
SHORT_SECTION = 3
ACROSS_ENGLAND = "Across England"
NO_TOPIC = "Other SEND news"
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class DigestGroup:
    """Articles listed together: today those with one leading topic, whose name `name` is."""

    name: str
    articles: tuple[DigestArticle, ...]


@dataclass(frozen=True, slots=True)
class DigestSection:
    """The articles of one council, or of the country; `anchor` is the council's slug or ``across-england``."""

    name: str
    anchor: str
    groups: tuple[DigestGroup, ...]

    @property
    def articles(self) -> tuple[DigestArticle, ...]:
        """The articles of every group, in order."""
        return tuple(article for group in self.groups for article in group.articles)

    @property
    def has_group_names(self) -> bool:
        """True where the section is long enough for its groups to need headings; else the topics on each line do."""
        return len(self.groups) > 1 and len(self.articles) > SHORT_SECTION


@dataclass(frozen=True, slots=True)
class FailedSource:
    """A source that could not be read, and why."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class QuietSource:
    """A source that has been silent for longer than it usually is; `since` is the time of its newest article."""

    name: str
    since: datetime


@dataclass(frozen=True, slots=True)
class DigestHealth:
    """How many sources are watched, which failed and which are quiet."""

    n_sources: int
    failed: tuple[FailedSource, ...] = ()
    quiet: tuple[QuietSource, ...] = ()

    @property
    def n_read(self) -> int:
        """How many sources could be read."""
        return self.n_sources - len(self.failed)


@dataclass(frozen=True, slots=True)
class Digest:
    """One issue, ready to be rendered; texts are plain and not escaped.

    It covers ``[since, until)``. `untagged` and `headline_only` are articles that no council or topic could be given;
    `older` are those met only now although published more than a week before. The `n_..._left_out` counts are of
    events and articles known but not listed; `n_off_topic` of new articles that were not about SEND. `see_all_url` is
    where a shortened issue is found whole.
    """

    title: str
    subject: str
    made_at: datetime
    since: datetime
    until: datetime
    events: tuple[DigestEvent, ...]
    sections: tuple[DigestSection, ...]
    untagged: tuple[DigestArticle, ...]
    headline_only: tuple[DigestArticle, ...]
    older: tuple[DigestArticle, ...]
    health: DigestHealth
    n_off_topic: int = 0
    n_events_left_out: int = 0
    n_older_left_out: int = 0
    n_left_out: int = 0
    see_all_url: str | None = None

    @property
    def day(self) -> date:
        """The London date of the issue: that of the last moment it covers."""
        return london_date(self.until - timedelta(microseconds=1))

    @property
    def n_articles(self) -> int:
        """How many articles are listed by council and topic."""
        return sum(len(section.articles) for section in self.sections)

    @property
    def n_listed(self) -> int:
        """How many articles are listed in all."""
        return self.n_articles + len(self.headline_only) + len(self.untagged) + len(self.older)

    @property
    def is_quiet(self) -> bool:
        """True where no article could be listed by council and topic."""
        return not self.sections and not self.n_left_out


def build_digest(
    articles: Sequence[StoredArticle],
    health: SourcesHealth,
    *,
    now: datetime,
    since: datetime,
    until: datetime,
    taxonomy: Taxonomy,
    councils: Mapping[str, Council],
    title: str,
    old_after: timedelta | None = WEEK,
    told: Sequence[Event] = (),
) -> Digest:
    """The issue of a period, from the articles first seen (or changed) in it; order of `articles` does not matter.

    An article dated more than `old_after` before `since` is never news (None: every one may be). `told` are events of
    earlier issues, which the box does not tell again.

    Raises:
        KeyError: an article carries a council or event kind that is not known.
        ValueError: an article carries a topic that is not known, or the period ends before it begins.
    """
    if since >= until:
        raise ValueError(f"a digest needs since < until, got {since} and {until}")
    oldest = None if old_after is None else since - old_after
    on_topic = sorted((a for a in articles if a.annotation is None or a.annotation.relevant), key=_newest_first)
    old = [a for a in on_topic if oldest is not None and a.dated_at < oldest]
    fresh = [a for a in on_topic if oldest is None or a.dated_at >= oldest]
    placed = _placed(fresh, taxonomy, councils, told)
    events = gather_events(placed, councils)
    shown_events = events[:MOST_EVENTS]
    digest = Digest(
        title=one_line(title),
        subject="",
        made_at=now,
        since=since,
        until=until,
        events=shown_events,
        sections=_sections(_mark_quoted(placed, shown_events), taxonomy, councils),
        untagged=tuple(plain_line(a) for a in fresh if a.annotation is None and not a.article.is_summary),
        headline_only=tuple(plain_line(a) for a in fresh if a.annotation is None and a.article.is_summary),
        older=tuple(plain_line(a) for a in old[:MOST_OLDER]),
        health=_health(health),
        n_off_topic=len(articles) - len(on_topic),
        n_events_left_out=len(events) - len(shown_events),
        n_older_left_out=len(old[MOST_OLDER:]),
    )
    return replace(digest, subject=_subject(digest))


def _newest_first(stored: StoredArticle) -> tuple[float, str, str]:
    return -stored.dated_at.timestamp(), stored.article.title, stored.article.url


def _placed(
    fresh: Iterable[StoredArticle], taxonomy: Taxonomy, councils: Mapping[str, Council], told: Sequence[Event]
) -> list[PlacedArticle]:
    """The articles that carry tags, most important first."""
    placed = (
        place_article(stored, stored.annotation, taxonomy=taxonomy, councils=councils, told=told)
        for stored in fresh
        if stored.annotation is not None
    )
    return sorted(placed, key=lambda article: article.importance)


def _mark_quoted(placed: Iterable[PlacedArticle], events: Iterable[DigestEvent]) -> list[PlacedArticle]:
    """The same articles; those whose sentence the box shows say so, so that it is printed once."""
    quoted = {event.article for event in events if event.quote}
    return [replace(a, line=replace(a.line, is_quoted_above=True)) if a.line in quoted else a for a in placed]


def _sections(
    placed: Iterable[PlacedArticle], taxonomy: Taxonomy, councils: Mapping[str, Council]
) -> tuple[DigestSection, ...]:
    """One section a council, in the order of its most important article; `placed` is in that order already."""
    by_council: dict[str | None, list[PlacedArticle]] = {}
    for article in placed:
        by_council.setdefault(article.council, []).append(article)
    return tuple(_section(slug, articles, taxonomy, councils) for slug, articles in by_council.items())


def _section(
    slug: str | None, placed: Iterable[PlacedArticle], taxonomy: Taxonomy, councils: Mapping[str, Council]
) -> DigestSection:
    name = ACROSS_ENGLAND if slug is None else councils[slug].name
    return DigestSection(name, slug or "across-england", _groups(placed, taxonomy))


def _groups(placed: Iterable[PlacedArticle], taxonomy: Taxonomy) -> tuple[DigestGroup, ...]:
    """Articles side by side that share a leading topic; to group by happening instead, change the key here."""
    by_topic: dict[str | None, list[DigestArticle]] = {}
    for article in placed:
        by_topic.setdefault(article.topic, []).append(article.line)
    return tuple(
        DigestGroup(NO_TOPIC if topic is None else taxonomy.topic_name(topic), tuple(lines))
        for topic, lines in by_topic.items()
    )


def _health(health: SourcesHealth) -> DigestHealth:
    failed = tuple(
        FailedSource(one_line(source.name), shortened(one_line(source.reason or "no reason given"), REASON_LIMIT))
        for source in health.sources
        if not source.is_read
    )
    quiet = tuple(QuietSource(one_line(s.name), s.quiet_since) for s in health.sources if s.is_read and s.quiet_since)
    return DigestHealth(len(health.sources), failed, quiet)


def _subject(digest: Digest) -> str:
    articles = [article for section in digest.sections for article in section.articles]
    otherwise = quiet_subject(
        n_headlines=len(digest.headline_only),
        n_untagged=len(digest.untagged),
        can_tell=digest.health.n_read > 0 or digest.health.n_sources == 0,
    )
    return subject_line(digest.events, articles, otherwise=otherwise, day=digest.day)
