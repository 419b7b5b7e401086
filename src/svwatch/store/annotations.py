"""What the machine says of an article: one current annotation, the history, and rows to look articles up by."""

from datetime import datetime

from svwatch.contract import annotation_to_json
from svwatch.records import Annotation
from svwatch.store.models import AnnotationRow, ArticleRow, CouncilRow, EventRow, TopicRow


def set_annotation(article: ArticleRow, annotation: Annotation, now: datetime) -> None:
    """Make this the current annotation of the article's present text; there must be none."""
    AnnotationRow.objects.create(
        article=article,
        version=article.version,
        relevant=annotation.relevant,
        payload=annotation_to_json(annotation),
        tagger_version=annotation.tagger_version,
        model=annotation.model,
        made_at=now,
    )
    _index(article, annotation)


def withdraw_annotation(article: ArticleRow) -> None:
    """Move the current annotation, if there is one, into the history."""
    if AnnotationRow.objects.filter(article=article, is_current=True).update(is_current=False):
        for rows in (CouncilRow, TopicRow, EventRow):
            rows.objects.filter(article=article).delete()


def is_annotated(article: ArticleRow) -> bool:
    """Whether something is said of the article's present text."""
    return AnnotationRow.objects.filter(article=article, is_current=True).exists()


def _index(article: ArticleRow, annotation: Annotation) -> None:
    councils = [CouncilRow(article=article, slug=council.slug, role=council.role) for council in annotation.councils]
    topics = [TopicRow(article=article, topic=topic.id, score=topic.score) for topic in annotation.topics]
    events = [
        EventRow(article=article, kind=event.kind, date=event.date, councils=list(event.councils))
        for event in annotation.events
    ]
    CouncilRow.objects.bulk_create(councils)
    TopicRow.objects.bulk_create(topics)
    EventRow.objects.bulk_create(events)
