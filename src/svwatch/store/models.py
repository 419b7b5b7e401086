"""The tables. Times are UTC; what NULL means stands beside each column that may hold it."""

from datetime import date, datetime
from typing import Any

from django.db import models
from django.db.models import Index, Q, UniqueConstraint

from svwatch.store.fields import CleanText

# The type of a column is the annotation before it: without a plugin mypy cannot see it in Django's classes.
columns: Any = models
Text: Any = CleanText


class SourceRow(models.Model):
    """How reading the feed of one source has gone; a source never tried has no row."""

    id: str = Text(primary_key=True)
    state: str | None = Text(null=True)  # NULL, as tried_at: its feed is being read for the first time
    tried_at: datetime | None = columns.DateTimeField(null=True)
    etag: str | None = Text(null=True)  # NULL, as the two below: the site never gave one
    last_modified: str | None = Text(null=True)
    body_sha256: str | None = Text(null=True)
    read_at: datetime | None = columns.DateTimeField(null=True)  # NULL: never read
    failure: str | None = Text(null=True)  # NULL, as failed_at: never failed
    failed_at: datetime | None = columns.DateTimeField(null=True)
    failures_in_a_row: int = columns.PositiveIntegerField(default=0)
    last_article_at: datetime | None = columns.DateTimeField(null=True)  # NULL: never gave an article
    source_url: str | None = Text(null=True)  # what the operator named; NULL: the row is older than this column
    url: str | None = Text(null=True)  # NULL: asked at the operator's address
    moved_to: str | None = Text(null=True)  # NULL: it answers where it is asked
    moved_times: int = columns.PositiveIntegerField(default=0)
    changed_at: datetime | None = columns.DateTimeField(null=True)  # NULL, as plain_at: never read
    plain_at: datetime | None = columns.DateTimeField(null=True)
    newest_at: datetime | None = columns.DateTimeField(null=True)  # NULL: no entry was ever dated
    next_at: datetime | None = columns.DateTimeField(null=True)  # NULL: due at once
    gone_since: datetime | None = columns.DateTimeField(null=True)  # NULL: it did not answer 404 last
    empty_in_a_row: int = columns.PositiveIntegerField(default=0)
    wait_seconds: int = columns.PositiveIntegerField(default=0)
    gap_seconds: int | None = columns.PositiveIntegerField(null=True)  # NULL: too few dated entries to know
    stopped: str | None = Text(null=True)  # NULL: it is asked
    remark: str | None = Text(null=True)  # NULL: nothing is odd about it


class PollRow(models.Model):
    """One time a feed was asked, and how that ended; kept for some weeks."""

    source_id: str = Text()
    at: datetime = columns.DateTimeField()
    state: str = Text()
    reason: str | None = Text(null=True)  # NULL: it was read

    class Meta:
        """What the database enforces."""

        indexes = (Index(fields=["source_id", "at"], name="poll_by_source"),)


class RestRow(models.Model):
    """A server that asked to be left alone."""

    server: str = Text(primary_key=True)
    until: datetime = columns.DateTimeField()


class DigestRow(models.Model):
    """A digest that the schedule made: the London day it is named after, and the time it covers."""

    day: date = columns.DateField(unique=True)
    since: datetime = columns.DateTimeField()
    until: datetime = columns.DateTimeField()


class ArticleRow(models.Model):
    """An article as it stands now; its earlier texts are in VersionRow."""

    key: str = Text(unique=True)  # of the entry that brought it
    url_key: str = Text(db_index=True)  # of the address the text was found at, after redirects
    source_id: str = Text()
    url: str = Text()
    title: str = Text()
    text: str = Text()
    author: str | None = Text(null=True)  # NULL, as language and published_at: the source does not say
    language: str | None = Text(null=True)
    note: str | None = Text(null=True)  # NULL: nothing to remark
    published_at: datetime | None = columns.DateTimeField(null=True)
    updated_at: datetime | None = columns.DateTimeField(null=True)  # NULL: the source names no later change
    dated_at: datetime = columns.DateTimeField(db_index=True)  # published, else first seen
    is_summary: bool = columns.BooleanField()
    digest: str = Text()  # of title and text
    first_seen_at: datetime = columns.DateTimeField(db_index=True)  # of this text, here or in a copy
    version: int = columns.PositiveIntegerField(default=1)
    version_at: datetime = columns.DateTimeField()
    copy_of: "ArticleRow | None" = columns.ForeignKey(
        "self", columns.SET_NULL, null=True, related_name="copies"
    )  # NULL: an original
    is_old: bool | None = columns.BooleanField(null=True)  # NULL: not known to be; else no news when it was first met
    published_note: str | None = Text(null=True)  # NULL: the date is certain


class VersionRow(models.Model):
    """A text that an article had before."""

    article: ArticleRow = columns.ForeignKey(ArticleRow, columns.CASCADE, related_name="earlier")
    number: int = columns.PositiveIntegerField()
    title: str = Text()
    text: str = Text()
    seen_at: datetime = columns.DateTimeField()

    class Meta:
        """What the database enforces."""

        constraints = (UniqueConstraint(fields=["article", "number"], name="one_version_a_number"),)


class EntryRow(models.Model):
    """An entry of a feed, and how far reading it has come: `state` is ``waiting`` or an outcome."""

    source_id: str = Text()
    key: str = Text()
    url: str = Text()
    guid: str | None = Text(null=True)  # NULL, as the three below: the feed gives none
    author: str | None = Text(null=True)
    published_at: datetime | None = columns.DateTimeField(null=True)
    updated_at: datetime | None = columns.DateTimeField(null=True)
    title: str = Text()
    summary: str = Text()
    content_html: str | None = Text(null=True)  # NULL: the feed gives none, or the entry has been read
    tags: list[str] = columns.JSONField()
    digest: str = Text()  # of what, when changed, makes us read the entry again
    state: str = Text()
    attempts: int = columns.PositiveIntegerField(default=0)
    next_try_at: datetime | None = columns.DateTimeField(null=True)  # NULL: no try is put off
    reason: str | None = Text(null=True)  # NULL: read without trouble
    first_seen_at: datetime = columns.DateTimeField()
    published_note: str | None = Text(null=True)  # NULL: the date is certain
    looks: int = columns.PositiveIntegerField(default=0)  # at the page of a relevant article, after the first
    look_again_at: datetime | None = columns.DateTimeField(null=True)  # NULL: its page is not looked at again
    article: ArticleRow | None = columns.ForeignKey(
        ArticleRow, columns.SET_NULL, null=True
    )  # NULL: nothing of it is stored
    article_id: int | None

    class Meta:
        """What the database enforces."""

        constraints = (UniqueConstraint(fields=["source_id", "key"], name="one_entry_a_key"),)
        indexes = (
            Index(fields=["source_id", "state"], name="entry_by_state"),
            Index(fields=["source_id", "published_at"], name="entry_by_date"),
            Index(
                fields=["source_id", "look_again_at"], name="entry_by_look", condition=Q(look_again_at__isnull=False)
            ),
        )


class AliasRow(models.Model):
    """A key or GUID by which a source has named an entry; two entries may share a GUID."""

    entry: EntryRow = columns.ForeignKey(EntryRow, columns.CASCADE, related_name="aliases")
    entry_id: int
    source_id: str = Text()
    alias: str = Text()

    class Meta:
        """What the database enforces."""

        constraints = (UniqueConstraint(fields=["source_id", "alias", "entry"], name="one_alias_an_entry"),)


class BandRow(models.Model):
    """A key that near-duplicates are likely to share; kept as long as copies are looked for."""

    article: ArticleRow = columns.ForeignKey(ArticleRow, columns.CASCADE, related_name="bands")
    band: str = Text(db_index=True)


class AnnotationRow(models.Model):
    """What the machine said of one version of an article, in the public form; earlier ones are kept."""

    article: ArticleRow = columns.ForeignKey(ArticleRow, columns.CASCADE, related_name="annotations")
    version: int = columns.PositiveIntegerField()
    relevant: bool = columns.BooleanField()
    payload: dict[str, Any] = columns.JSONField()
    tagger_version: str = Text()
    model: str = Text()
    made_at: datetime = columns.DateTimeField()
    is_current: bool = columns.BooleanField(default=True)

    class Meta:
        """What the database enforces."""

        constraints = (
            UniqueConstraint(fields=["article"], condition=Q(is_current=True), name="one_current_annotation"),
        )


class CouncilRow(models.Model):
    """A council named by the current annotation."""

    article: ArticleRow = columns.ForeignKey(ArticleRow, columns.CASCADE, related_name="councils")
    slug: str = Text(db_index=True)
    role: str = Text()


class TopicRow(models.Model):
    """A topic of the current annotation, its score in [0, 1]."""

    article: ArticleRow = columns.ForeignKey(ArticleRow, columns.CASCADE, related_name="topics")
    topic: str = Text(db_index=True)
    score: float = columns.FloatField()


class EventRow(models.Model):
    """An event of the current annotation; its date as stated, at its own precision."""

    article: ArticleRow = columns.ForeignKey(ArticleRow, columns.CASCADE, related_name="events")
    kind: str = Text(db_index=True)
    date: str | None = Text(null=True)  # NULL: the article states none
    councils: list[str] = columns.JSONField()


class RunRow(models.Model):
    """One pass over the sources."""

    started_at: datetime = columns.DateTimeField()
    finished_at: datetime | None = columns.DateTimeField(null=True)  # NULL: it goes on, or was cut short
    outcomes: dict[str, int] = columns.JSONField(default=dict)
    sources: dict[str, str] = columns.JSONField(default=dict)
    failures: list[dict[str, Any]] = columns.JSONField(default=list)
    model_problem: str | None = Text(null=True)  # NULL: a model was there


class LockRow(models.Model):
    """Who is at work; at most one row a name."""

    name: str = Text(primary_key=True)
    run: RunRow = columns.ForeignKey(RunRow, columns.CASCADE)
    host: str = Text()
    pid: int = columns.PositiveIntegerField()
    process: str = Text()  # a random word, so that a number used again is not taken for the same process
    taken_at: datetime = columns.DateTimeField()


class SearchRow(models.Model):
    """The full-text index of titles and texts, kept by triggers; lower `rank` is the better match."""

    article: ArticleRow = columns.OneToOneField(
        ArticleRow, columns.DO_NOTHING, primary_key=True, db_column="rowid", related_name="found"
    )
    words: str = columns.TextField(db_column="store_search")
    rank: float = columns.FloatField()

    class Meta:
        """Django does not make this table; a migration does."""

        managed = False
        db_table = "store_search"


@models.TextField.register_lookup
class Match(models.Lookup):
    """``words__match``: the index holds what an FTS5 expression asks for."""

    lookup_name = "match"

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        """The SQL of the comparison, and its parameters."""
        column, column_values = self.process_lhs(compiler, connection)
        words, word_values = self.process_rhs(compiler, connection)
        return f"{column} MATCH {words}", (*column_values, *word_values)
