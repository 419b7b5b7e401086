"""Stored articles as records: chosen, and read page by page."""

from collections import defaultdict
from collections.abc import Sequence

from django.db.models import Exists, OuterRef, QuerySet

from svwatch.contract import annotation_from_json
from svwatch.records import Article
from svwatch.store.copies import article_of
from svwatch.store.models import AnnotationRow, ArticleRow, CouncilRow, EntryRow, EventRow, TopicRow, VersionRow
from svwatch.store.records import Moment, Selection, StoredArticle, Version

PAGE_SIZE = 200


def page_after(last_id: int, selection: Selection) -> list[StoredArticle]:
    """The next articles of a selection behind that id, in the order they were stored."""
    return stored(chosen(selection).filter(pk__gt=last_id).order_by("pk")[:PAGE_SIZE])


def chosen(selection: Selection) -> "QuerySet[ArticleRow]":
    """The originals that a selection asks for."""
    rows = ArticleRow.objects.filter(copy_of=None)
    time = "first_seen_at" if selection.by is Moment.FIRST_SEEN else "dated_at"
    if selection.since is not None:
        rows = rows.filter(**{f"{time}__gte": selection.since})
    if selection.until is not None:
        rows = rows.filter(**{f"{time}__lt": selection.until})
    if selection.councils:
        rows = rows.filter(pk__in=CouncilRow.objects.filter(slug__in=selection.councils).values("article"))
    if selection.topics:
        rows = rows.filter(pk__in=TopicRow.objects.filter(topic__in=selection.topics).values("article"))
    if selection.kinds:
        rows = rows.filter(pk__in=EventRow.objects.filter(kind__in=selection.kinds).values("article"))
    if selection.relevant is not None:
        rows = rows.filter(Exists(_said().filter(relevant=selection.relevant)))
    return rows


def stored(rows: "QuerySet[ArticleRow]") -> list[StoredArticle]:
    """The rows as records, in the same order."""
    found = list(rows)
    ids = [row.pk for row in found]
    payloads = dict(AnnotationRow.objects.filter(article__in=ids, is_current=True).values_list("article", "payload"))
    copies = defaultdict(list)
    for original, url in ArticleRow.objects.filter(copy_of__in=ids).order_by("dated_at").values_list("copy_of", "url"):
        copies[original].append(url)
    return [
        StoredArticle(
            article=article_of(row),
            annotation=annotation_from_json(payloads[row.pk]) if row.pk in payloads else None,
            copies=tuple(copies[row.pk]),
            first_seen_at=row.first_seen_at,
            versions=row.version,
            is_old=bool(row.is_old),
            published_note=row.published_note,
        )
        for row in found
    ]


def untagged() -> list[Article]:
    """Whole articles that carry no annotation, copies included, oldest first."""
    rows = ArticleRow.objects.filter(~Exists(_said()), is_summary=False)
    return [article_of(row) for row in rows.order_by("pk")]


def versions(article: Article) -> Sequence[Version]:
    """The texts an article has had, oldest first, the present one last; none where it is not stored."""
    row = ArticleRow.objects.filter(pk=article.id).first()
    if row is None:
        return ()
    rows = VersionRow.objects.filter(article=row).order_by("number")
    earlier = [Version(old.number, old.title, old.text, old.seen_at) for old in rows]
    return (*earlier, Version(row.version, row.title, row.text, row.version_at))


def counts() -> dict[str, int]:
    """How many originals, copies and entries are stored, and how many originals are relevant."""
    return {
        "originals": ArticleRow.objects.filter(copy_of=None).count(),
        "copies": ArticleRow.objects.exclude(copy_of=None).count(),
        "relevant": ArticleRow.objects.filter(Exists(_said().filter(relevant=True)), copy_of=None).count(),
        "entries": EntryRow.objects.count(),
    }


def _said() -> "QuerySet[AnnotationRow]":
    return AnnotationRow.objects.filter(article=OuterRef("pk"), is_current=True)
