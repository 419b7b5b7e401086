"""Readings become articles: new ones, copies, or new versions of what is stored."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db.models import Q

from svwatch.errors import StoreError
from svwatch.records import Article, Reading, Source
from svwatch.report import Ingested, Outcome
from svwatch.store.annotations import is_annotated, set_annotation, withdraw_annotation
from svwatch.store.copies import article_of, fold_copy, fold_headline, remember_bands
from svwatch.store.entries import Register, finish, put_off
from svwatch.store.feeds import gave_article, news_since
from svwatch.store.identity import folded_title, text_digest
from svwatch.store.models import ArticleRow, BandRow, EntryRow, VersionRow
from svwatch.store.records import Judges

MAX_EARLIER_VERSIONS = 30  # a live page changes all day


def keep(source: Source, ingested: Sequence[Ingested], judges: Judges, now: datetime) -> list[Outcome]:
    """Settle each entry and store what was read of it; the final outcomes, in order."""
    register = Register(source.id, [one.entry for one in ingested], judges.key_of)
    rows = [register.row_of(one.entry, now) for one in ingested]
    register.save()
    desk = Desk(judges, now, news_since(source, now))
    outcomes = [_settle(row, one, desk) for row, one in zip(rows, ingested, strict=True)]
    if any(row.article is not None and row.article.version == 1 and row.article.version_at == now for row in rows):
        gave_article(source, now)
    return outcomes


@dataclass(frozen=True, slots=True)
class Desk:
    """What entries of one source are judged by: what is older than `news_since` is stored, but no news."""

    judges: Judges
    now: datetime
    news_since: datetime


def _settle(entry: EntryRow, one: Ingested, desk: Desk) -> Outcome:
    if one.outcome is Outcome.FAILED and put_off(entry, one.reason, desk.now):
        return Outcome.FAILED
    outcome: Outcome = Outcome.SUMMARY_ONLY if one.outcome is Outcome.FAILED else one.outcome
    if one.reading is not None and outcome is not Outcome.FILTERED:
        outcome = _store(entry, one.reading, outcome, desk)
    finish(entry, outcome, one.reason, desk.now)
    return outcome


def _store(entry: EntryRow, reading: Reading, outcome: Outcome, desk: Desk) -> Outcome:
    url_key = _url_key(entry, reading.article, desk.judges)
    known = _find(entry, url_key) or _find_reissued(entry, reading.article, desk.judges)
    if known is not None:
        entry.article = known
        return _revise(known, reading, desk.judges, desk.now)
    entry.article = _add(entry, reading, url_key, desk)
    is_folded = fold_copy(entry.article, reading, desk.judges, desk.now) or fold_headline(entry.article, desk.now)
    return Outcome.COPY if is_folded else outcome


def _url_key(entry: EntryRow, article: Article, judges: Judges) -> str:
    try:
        return judges.key_of(article.url)
    except ValueError:
        return entry.key


def _find(entry: EntryRow, url_key: str) -> ArticleRow | None:
    """The article an entry brought before, or another entry of this key, or one of this title that led to this page.

    The title must agree because many a site sends all entries to one page, such as a consent wall.
    """
    if entry.article is not None:
        return entry.article
    rows = list(ArticleRow.objects.filter(Q(key=entry.key) | Q(url_key=url_key)))
    same_title = (row for row in rows if _was_entered_as(row, entry.title))
    return next((row for row in rows if row.key == entry.key), None) or next(same_title, None)


def _find_reissued(entry: EntryRow, article: Article, judges: Judges) -> ArticleRow | None:
    """The article that a source gives again under other names: a site that moves re-issues its whole feed as new.

    The same day and the same headline are asked for, and where both texts are whole the same text.
    """
    if entry.published_at is None:
        return None
    day = timedelta(days=1)
    near = EntryRow.objects.filter(
        source_id=entry.source_id,
        published_at__gt=entry.published_at - day,
        published_at__lt=entry.published_at + day,
        article__isnull=False,
    )
    wanted = folded_title(entry.title)
    same_title = [pk for pk, title in near.values_list("article", "title") if folded_title(title) == wanted]
    rows = ArticleRow.objects.filter(pk__in=same_title)
    return next((row for row in rows if _says_the_same(row, article, judges)), None)


def _says_the_same(row: ArticleRow, article: Article, judges: Judges) -> bool:
    if row.is_summary or article.is_summary:
        return row.is_summary and row.text == article.text
    return row.text == article.text or judges.is_copy(article, article_of(row))


def _was_entered_as(row: ArticleRow, title: str) -> bool:
    titles = EntryRow.objects.filter(article=row).values_list("title", flat=True)
    return folded_title(title) in map(folded_title, titles)


def _add(entry: EntryRow, reading: Reading, url_key: str, desk: Desk) -> ArticleRow:
    article, now = reading.article, desk.now
    row = ArticleRow(
        key=entry.key,
        url_key=url_key,
        source_id=entry.source_id,
        published_at=article.published_at,
        dated_at=article.published_at or now,
        first_seen_at=now,
        is_old=article.published_at is not None and article.published_at < desk.news_since,
        published_note=entry.published_note,
    )
    _fill(row, article, now)
    if reading.annotation is not None:
        set_annotation(row, reading.annotation, now)
    return row


def _revise(row: ArticleRow, reading: Reading, judges: Judges, now: datetime) -> Outcome:
    """Put a changed text in place of the one stored, which is kept; a summary never replaces a whole text."""
    article = reading.article
    if article.is_summary and not row.is_summary:
        return Outcome.KNOWN
    if text_digest(article.title, article.text) == row.digest:
        if reading.annotation is not None and not is_annotated(row):
            set_annotation(row, reading.annotation, now)
        return Outcome.KNOWN
    _keep_version(row)
    row.version += 1
    _fill(row, article, now)
    BandRow.objects.filter(article=row).delete()
    remember_bands(row, reading, judges)
    withdraw_annotation(row)
    if reading.annotation is not None:
        set_annotation(row, reading.annotation, now)
    return Outcome.NEW_VERSION


def _fill(row: ArticleRow, article: Article, now: datetime) -> None:
    row.url, row.title, row.text = article.url, article.title, article.text
    row.author, row.language, row.note = article.author, article.language, article.note
    row.updated_at, row.is_summary = article.updated_at, article.is_summary
    row.digest = text_digest(article.title, article.text)
    row.version_at = now
    row.save()


def _keep_version(row: ArticleRow) -> None:
    VersionRow.objects.create(article=row, number=row.version, title=row.title, text=row.text, seen_at=row.version_at)
    VersionRow.objects.filter(article=row, number__lte=row.version - MAX_EARLIER_VERSIONS).delete()


def annotate(reading: Reading) -> None:
    """Put an annotation in place of the one an article has; passed over where its text has changed meanwhile."""
    article = reading.article
    row = ArticleRow.objects.filter(pk=article.id).first() if article.id else None
    if row is None:
        raise StoreError(f"there is no article {article.id} in the database; annotate articles that are stored in it")
    if reading.annotation is not None and row.digest == text_digest(article.title, article.text):
        withdraw_annotation(row)
        set_annotation(row, reading.annotation, datetime.now(UTC))
