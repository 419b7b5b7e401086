"""What the tests put into a store: a source, entries, readings, and judges that are easy to foresee."""

import hashlib
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from svwatch.crawl.urls import canonical_key
from svwatch.records import Annotation, Article, CouncilTag, Entry, Event, Reading, Role, Source, Span, TopicTag
from svwatch.report import Ingested, Outcome
from svwatch.store.records import Judges

NOW = datetime(2026, 11, 2, 7, tzinfo=UTC)
GAZETTE = Source("gazette", "The Gazette", "https://gazette.example/feed")
MERCURY = Source("mercury", "The Mercury", "https://mercury.example/feed")


def bands_of(fingerprint: bytes) -> list[str]:
    return [fingerprint[start : start + 8].hex() for start in range(0, len(fingerprint), 8)]


def is_copy(one: Article, other: Article) -> bool:
    """Copies have most of their words in common."""
    words, others = set(one.text.split()), set(other.text.split())
    return len(words & others) > 0.8 * len(words | others)


JUDGES = Judges(canonical_key, bands_of, is_copy)


def entry(number: int, source: Source = GAZETTE, **fields: Any) -> Entry:
    """One entry of a feed; another number is another article."""
    url = f"https://{source.id}.example/news/article-about-matter-{number}"
    return replace(Entry(source.id, url, f"Headline {number}", guid=f"guid {number}", published_at=NOW), **fields)


def article(of: Entry, text: str, **fields: Any) -> Article:
    whole = Article(of.url, of.title, text, of.source_id, published_at=of.published_at)
    return replace(whole, **fields)


def annotation(*councils: str, topics: tuple[str, ...] = (), relevant: bool = True) -> Annotation:
    sentence = Span(0, 4, "Bury")
    return Annotation(
        relevant=relevant,
        relevance_score=0.9,
        topics=tuple(TopicTag(topic, 0.9, (sentence,)) for topic in topics),
        councils=tuple(CouncilTag(slug, Role.SUBJECT, (sentence,)) for slug in councils),
        events=tuple(Event(topic, councils, sentence, "2024-05") for topic in topics),
        tagger_version="1",
        model="test",
    )


def read(of: Entry, text: str = "", said: Annotation | None = None, **fields: Any) -> Ingested:
    """An entry whose page was read. Texts that begin with the same word share a band."""
    text = text or f"Text {of.url} of its own."
    reading = Reading(article(of, text, **fields), hashlib.sha256(text.split()[0].encode()).digest()[:8], said)
    return Ingested(of, Outcome.of(reading.article, said), reading)


def ended(of: Entry, outcome: Outcome, reason: str = "the site did not answer") -> Ingested:
    """An entry whose page gave no text; its feed's summary is at hand."""
    summary = article(of, "Summary.", is_summary=True, note=reason)
    return Ingested(of, outcome, Reading(summary, b""), reason)
