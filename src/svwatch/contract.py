"""The public JSON form of an annotated article; changing it needs a changelog line."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from svwatch.records import Annotation, Article, CouncilTag, Event, Role, Span, TopicTag

Json = dict[str, Any]


def article_to_json(article: Article, annotation: Annotation | None, copies: Iterable[str] = ()) -> Json:
    """One article with what is said of it. Fields the source does not say are left out.

    `annotation` is None for an article that was never tagged: then no tag field is there at all.
    """
    stored = {
        "id": article.id,
        "url": article.url or None,
        "source": article.source_id,
        "title": article.title,
        "published": _time(article.published_at),
        "updated": _time(article.updated_at),
        "author": article.author,
        "language": article.language,
        "text": article.text,
        "note": article.note,
    }
    said = {key: value for key, value in stored.items() if value is not None}
    if annotation is not None:
        said |= annotation_to_json(annotation)
    return said | {"copies": list(copies)}


def annotation_to_json(annotation: Annotation) -> Json:
    """The tag fields of the public form."""
    return {
        "relevant": annotation.relevant,
        "relevance_score": round(annotation.relevance_score, 4),
        "topics": [_topic(topic) for topic in annotation.topics],
        "councils": [_council(council) for council in annotation.councils],
        "events": [_event(event) for event in annotation.events],
        "tagger": {"version": annotation.tagger_version, "model": annotation.model},
    }


def _topic(topic: TopicTag) -> Json:
    return {"id": topic.id, "score": round(topic.score, 4), "evidence": _spans(topic.evidence)}


def _council(council: CouncilTag) -> Json:
    return {"slug": council.slug, "role": str(council.role), "spans": _spans(council.spans)}


def _event(event: Event) -> Json:
    date = {} if event.date is None else {"date": event.date}
    return {
        "kind": event.kind,
        "councils": list(event.councils),
        **date,
        **event.values,
        "evidence": span_to_json(event.evidence),
    }


def _spans(spans: Sequence[Span]) -> list[Json]:
    return [span_to_json(span) for span in spans]


def span_to_json(span: Span) -> Json:
    """A span in the public form."""
    where = {"in": "title"} if span.in_title else {}
    return {"start": span.start, "end": span.end, "text": span.text, **where}


def _time(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()


def annotation_from_json(raw: Json) -> Annotation:
    """The annotation a public object (or a stored payload) carries.

    Raises:
        KeyError, TypeError, ValueError: the object is not of the public form.
    """
    if not isinstance(raw["relevant"], bool):
        raise TypeError('"relevant" must be true or false')
    return Annotation(
        relevant=raw["relevant"],
        relevance_score=float(raw["relevance_score"]),
        topics=tuple(TopicTag(t["id"], float(t["score"]), _read_spans(t["evidence"])) for t in raw["topics"]),
        councils=tuple(CouncilTag(c["slug"], Role(c["role"]), _read_spans(c["spans"])) for c in raw["councils"]),
        events=tuple(_read_event(event) for event in raw["events"]),
        tagger_version=raw["tagger"]["version"],
        model=raw["tagger"]["model"],
    )


def _read_event(raw: Json) -> Event:
    values = {key: value for key, value in raw.items() if key not in {"kind", "councils", "date", "evidence"}}
    return Event(raw["kind"], tuple(raw["councils"]), span_from_json(raw["evidence"]), raw.get("date"), values)


def _read_spans(raw: Iterable[Json]) -> tuple[Span, ...]:
    return tuple(span_from_json(span) for span in raw)


def span_from_json(raw: Json) -> Span:
    """A span from its public form."""
    return Span(raw["start"], raw["end"], raw["text"], raw.get("in") == "title")
