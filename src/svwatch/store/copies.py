"""Near-duplicates: the same text under several mastheads becomes one original with its copies folded under it."""

import json
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import Q

from svwatch.records import Article, Reading
from svwatch.store.models import ArticleRow, BandRow
from svwatch.store.records import Judges

WINDOW = timedelta(days=14)
MAX_CANDIDATES = 20
HEADLINE_WORDS = 5  # fewer ("School crossing news") may well be given twice

# Written out: thirty objects and parameters an article would cost as much as all the rest of storing it.
_REMEMBER = "INSERT INTO store_bandrow (article_id, band) SELECT %s, value FROM json_each(%s)"
_SHARING = """
SELECT article_id FROM store_bandrow
WHERE article_id <> %s AND band IN (SELECT value FROM json_each(%s))
GROUP BY article_id ORDER BY count(*) DESC LIMIT 100
"""


def fold_copy(row: ArticleRow, reading: Reading, judges: Judges, now: datetime) -> bool:
    """Fold a new article and what it copies under whichever was published first; False where it is no copy."""
    bands = remember_bands(row, reading, judges)
    original = _find_original(row, reading.article, bands, judges, now)
    if original is None:
        return False
    if _is_earlier(row, original):
        _put_first(row, original)
    else:
        row.copy_of = original
        row.save(update_fields=["copy_of"])
    return True


def fold_headline(row: ArticleRow, now: datetime) -> bool:
    """Fold what is only a headline, such as a news search's, under another source's article of that headline.

    Whichever came first; True where the new article is the one folded.
    """
    if len(row.title.split()) < HEADLINE_WORDS:
        return False
    others = ArticleRow.objects.filter(title__iexact=row.title, copy_of=None, first_seen_at__gte=now - WINDOW)
    others = others.exclude(source_id=row.source_id)
    if not row.is_summary:
        others.filter(is_summary=True).update(copy_of=row)
        return False
    row.copy_of = others.filter(is_summary=False).order_by("dated_at", "pk").first()
    row.save(update_fields=["copy_of"])
    return row.copy_of is not None


def remember_bands(row: ArticleRow, reading: Reading, judges: Judges) -> list[str]:
    """Store the band keys of an article's text, and return them; a summary has none."""
    bands = [] if reading.article.is_summary or not reading.fingerprint else [*judges.bands_of(reading.fingerprint)]
    with connection.cursor() as cursor:
        cursor.execute(_REMEMBER, [row.pk, json.dumps(bands)])
    return bands


def forget_old_bands(now: datetime) -> None:
    """Delete the band keys of articles too old to be copied."""
    BandRow.objects.filter(article__first_seen_at__lt=now - WINDOW).delete()


def article_of(row: ArticleRow) -> Article:
    """The article that a row holds."""
    return Article(
        url=row.url,
        title=row.title,
        text=row.text,
        source_id=row.source_id,
        id=str(row.pk),
        author=row.author,
        published_at=row.published_at,
        updated_at=row.updated_at,
        language=row.language,
        is_summary=row.is_summary,
        note=row.note,
    )


def _find_original(
    row: ArticleRow, article: Article, bands: list[str], judges: Judges, now: datetime
) -> ArticleRow | None:
    with connection.cursor() as cursor:
        cursor.execute(_SHARING, [row.pk, json.dumps(bands)])
        sharing = [article_id for (article_id,) in cursor.fetchall()]
    if not sharing:
        return None
    candidates = ArticleRow.objects.filter(pk__in=sharing, first_seen_at__gte=now - WINDOW)
    for candidate in candidates.select_related("copy_of").order_by("dated_at", "pk")[:MAX_CANDIDATES]:
        original = candidate.copy_of or candidate
        if original.source_id != row.source_id and judges.is_copy(article, article_of(candidate)):
            return original
    return None


def _is_earlier(row: ArticleRow, original: ArticleRow) -> bool:
    """Whether the new article was surely published first, and has no sister of its own source among the copies."""
    if row.published_at is None or original.published_at is None or row.published_at >= original.published_at:
        return False
    return not ArticleRow.objects.filter(copy_of=original, source_id=row.source_id).exists()


def _put_first(row: ArticleRow, original: ArticleRow) -> None:
    """Fold another original under the new article, which takes over when the text was first seen: it is no news."""
    ArticleRow.objects.filter(Q(pk=original.pk) | Q(copy_of=original)).update(copy_of=row)
    row.first_seen_at = original.first_seen_at
    row.save(update_fields=["first_seen_at"])
