"""One article as the digest lists it: its line, where the line goes, and the one sentence that is quoted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum

from svwatch.gazetteer import Council
from svwatch.publish.happenings import new_events
from svwatch.publish.inputs import StoredArticle, StoredCopy
from svwatch.publish.links import LONGEST_LINK, web_link
from svwatch.publish.words import one_line, shortened
from svwatch.records import Annotation, CouncilTag, Event, Role, Span, TopicTag
from svwatch.taxonomy import Taxonomy

QUOTE_LIMIT = 300
TITLE_LIMIT = 200
REASON_LIMIT = 160
MOST_COPIES = 5
MANY_COUNCILS = 4
"""An article on this many councils at once belongs to none of them."""


@dataclass(frozen=True, slots=True)
class DigestCopy:
    """The same text at another publisher. `url` is None where the address may not be a link; `address` shows it."""

    title: str
    publisher: str
    url: str | None
    address: str


@dataclass(frozen=True, slots=True)
class DigestArticle:
    """One line of the digest; every text is on one line and free of unseen characters, but not escaped.

    `url` is None where the address may not be a link; `address` is then shown as text. `councils` are usual names, the
    one it is listed under first; `topics` are names in display order. `quote` is the one sentence of the article that a
    digest may carry; `is_quoted_above` says that the box of events shows it already. `published_at` is never later than
    `first_seen_at`; None where the source gives no date. `note` says why only the headline is held.
    """

    title: str
    publisher: str
    url: str | None
    address: str
    first_seen_at: datetime
    published_at: datetime | None = None
    councils: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    quote: str | None = None
    is_quoted_above: bool = False
    copies: tuple[DigestCopy, ...] = ()
    n_copies_left_out: int = 0
    is_changed: bool = False
    note: str | None = None
    correct_url: str | None = None


class Rank(IntEnum):
    """How important a line is, most first: a new event, a council's own matter, the country's, a name in passing."""

    EVENT = 0
    SUBJECT = 1
    NATIONAL = 2
    MENTIONED = 3


@dataclass(frozen=True, slots=True)
class PlacedArticle:
    """A line with what is needed to place it: the slug of its council (None: several or none) and its leading topic.

    `quoted` is the span that the line's quote was cut from.
    """

    line: DigestArticle
    rank: Rank
    dated_at: datetime
    council: str | None
    topic: str | None
    events: tuple[Event, ...]
    quoted: Span | None

    @property
    def importance(self) -> tuple[int, float, str]:
        """Sort key: rank, then newest first, then title."""
        return self.rank, -self.dated_at.timestamp(), self.line.title


def place_article(
    stored: StoredArticle,
    annotation: Annotation,
    *,
    taxonomy: Taxonomy,
    councils: Mapping[str, Council],
    told: Sequence[Event],
) -> PlacedArticle:
    """The line of an annotated article and its place.

    Raises:
        KeyError: it carries a council or event kind that is not known.
        ValueError: it carries a topic that is not known.
    """
    events = new_events(annotation, stored.dated_at, told)
    home = home_council(annotation)
    topic_ids = {tag.id for tag in annotation.topics}
    topic = max(annotation.topics, key=lambda tag: tag.score, default=None)
    quoted = quoted_span(events, annotation.topics)
    line = plain_line(
        stored,
        councils=tuple(councils[tag.slug].name for tag in _home_first(annotation.councils, home)),
        topics=tuple(taxonomy.topic_name(key) for key in sorted(topic_ids, key=taxonomy.topic_ids.index)),
        quote=None if quoted is None else shortened(one_line(quoted.text), QUOTE_LIMIT),
    )
    rank = Rank.EVENT if events else _rank_without_events(home)
    return PlacedArticle(
        line,
        rank,
        stored.dated_at,
        None if home is None else home.slug,
        None if topic is None else topic.id,
        events,
        quoted,
    )


def plain_line(
    stored: StoredArticle, *, councils: tuple[str, ...] = (), topics: tuple[str, ...] = (), quote: str | None = None
) -> DigestArticle:
    """The line of any article; without the keywords, of one that carries no tags."""
    article = stored.article
    return DigestArticle(
        title=shortened(one_line(article.title), TITLE_LIMIT) or "(no headline)",
        publisher=one_line(stored.publisher),
        url=web_link(article.url),
        address=_shown_address(article.url),
        first_seen_at=stored.first_seen_at,
        published_at=article.published_at and stored.dated_at,
        councils=councils,
        topics=topics,
        quote=quote,
        copies=tuple(_copy(copy) for copy in stored.copies[:MOST_COPIES]),
        n_copies_left_out=len(stored.copies[MOST_COPIES:]),
        is_changed=stored.is_changed,
        note=shortened(one_line(article.note), REASON_LIMIT) if article.note else None,
        correct_url=web_link(stored.correct_url),
    )


def home_council(annotation: Annotation) -> CouncilTag | None:
    """The council an article is listed under; None where it is about many, or names several and is about none.

    Of several it is about, the one it names in its title, then the one it names most.
    """
    subjects = [tag for tag in annotation.councils if tag.role is Role.SUBJECT]
    if len(subjects) >= MANY_COUNCILS:
        return None
    if subjects:
        return max(subjects, key=lambda tag: (any(span.in_title for span in tag.spans), len(tag.spans)))
    return annotation.councils[0] if len(annotation.councils) == 1 else None


def quoted_span(events: Sequence[Event], topics: Sequence[TopicTag]) -> Span | None:
    """The one sentence to quote: of the first new event, else of the surest topic; never the title itself."""
    by_score = sorted(topics, key=lambda tag: -tag.score)
    spans = [event.evidence for event in events] + [span for tag in by_score for span in tag.evidence]
    return next((span for span in spans if not span.in_title), None)


def _rank_without_events(home: CouncilTag | None) -> Rank:
    if home is None:
        return Rank.NATIONAL
    return Rank.SUBJECT if home.role is Role.SUBJECT else Rank.MENTIONED


def _home_first(tags: Sequence[CouncilTag], home: CouncilTag | None) -> list[CouncilTag]:
    return sorted(tags, key=lambda tag: (tag is not home, tag.role is not Role.SUBJECT))


def _copy(copy: StoredCopy) -> DigestCopy:
    title = shortened(one_line(copy.title), TITLE_LIMIT)
    return DigestCopy(title, one_line(copy.publisher), web_link(copy.url), _shown_address(copy.url))


def _shown_address(address: str) -> str:
    """A link's own address whole; any other on one line and cut, fit to be shown."""
    return web_link(address) or shortened(one_line(address[:LONGEST_LINK]), TITLE_LIMIT)
