"""Entries of feeds: which are new, which have changed, and which an earlier run left unread."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence, Set
from datetime import datetime, timedelta

from svwatch.records import Entry, Source
from svwatch.report import Met, Outcome
from svwatch.store.identity import entry_digest, entry_key, folded_title, guid_alias
from svwatch.store.models import AliasRow, ArticleRow, EntryRow

WAITING = "waiting"
MAX_ATTEMPTS = 4
FIRST_PAUSE = timedelta(minutes=15)
LONGEST_PAUSE = timedelta(hours=24)
LOOKS = (timedelta(hours=6), timedelta(days=2), timedelta(days=14))  # after a relevant article was first seen


def meet(source: Source, entries: Sequence[Entry], key_of: Callable[[str], str], now: datetime) -> Met:
    """Remember the entries of a feed; unfinished are those new or changed, then those left by earlier runs."""
    register = Register(source.id, entries, key_of)
    taken_up: dict[int, Entry] = {}
    met = {}
    for entry in entries:
        row = register.row_of(entry, now)
        if id(row) not in met and _take_up(row, entry, now):
            taken_up[id(row)] = entry
        met[id(row)] = row
    register.save()
    unfinished = [entry for row_id, entry in taken_up.items() if met[row_id].state != Outcome.KNOWN]
    left = _left_unread(source.id, now, without={row.key for row in met.values()})
    return Met([*unfinished, *left], known=len(entries) - len(unfinished))


class Register:
    """The entries of one source, found by any name they have had; those never met are made on being asked for."""

    def __init__(self, source_id: str, entries: Iterable[Entry], key_of: Callable[[str], str]) -> None:
        self._source_id = source_id
        self._key_of = key_of
        self._named: dict[str, list[EntryRow]] = defaultdict(list)
        self._new: list[EntryRow] = []
        self._new_names: list[tuple[EntryRow, str]] = []
        self._read({name for entry in entries for name in self._names(entry)})

    def row_of(self, entry: Entry, now: datetime) -> EntryRow:
        """The row of an entry, by its key, else by a GUID under which the same title is known."""
        names = self._names(entry)
        row = self._find(entry, *names) or self._make(entry, names[0], now)
        for name in names:
            if row not in self._named[name]:
                self._named[name].append(row)
                self._new_names.append((row, name))
        return row

    def save(self) -> None:
        """Write the rows and names that are new; new entries whose article another source gave are known."""
        stored = dict(ArticleRow.objects.filter(key__in=[row.key for row in self._new]).values_list("key", "pk"))
        for row in self._new:
            if row.key in stored:
                row.article_id, row.state = stored[row.key], Outcome.KNOWN
        EntryRow.objects.bulk_create(self._new)
        names = [AliasRow(entry=row, source_id=self._source_id, alias=name) for row, name in self._new_names]
        AliasRow.objects.bulk_create(names)

    def _read(self, names: set[str]) -> None:
        rows: dict[int, EntryRow] = {}
        found = AliasRow.objects.filter(source_id=self._source_id, alias__in=names).select_related("entry")
        for alias in found.order_by("pk"):
            self._named[alias.alias].append(rows.setdefault(alias.entry_id, alias.entry))

    def _names(self, entry: Entry) -> list[str]:
        guid = guid_alias(entry)
        return list(dict.fromkeys([entry_key(entry, self._key_of), *([guid] if guid else [])]))

    def _find(self, entry: Entry, key: str, guid: str | None = None) -> EntryRow | None:
        title = folded_title(entry.title)
        namesakes = (row for row in self._named[guid or key] if folded_title(row.title) == title)
        return next(iter(self._named[key]), None) or next(namesakes, None)

    def _make(self, entry: Entry, key: str, now: datetime) -> EntryRow:
        row = EntryRow(source_id=self._source_id, key=key, state=WAITING, first_seen_at=now)
        _fill(row, entry)
        self._new.append(row)
        return row


def put_off(row: EntryRow, reason: str | None, now: datetime) -> bool:
    """Count a failed attempt and choose the time of the next; False where there have been enough."""
    row.attempts += 1
    if row.attempts >= MAX_ATTEMPTS:
        return False
    row.state, row.reason = Outcome.FAILED, reason
    row.next_try_at = now + min(FIRST_PAUSE * 2 ** (row.attempts - 1), LONGEST_PAUSE)
    row.save()
    return True


def finish(row: EntryRow, outcome: Outcome, reason: str | None, now: datetime) -> None:
    """Remember how an entry ended; what its feed held is kept only while its page is looked at again."""
    row.state, row.reason = outcome, reason
    row.attempts, row.next_try_at = 0, None
    if outcome is Outcome.RELEVANT or row.look_again_at is not None:
        row.looks = sum(row.first_seen_at + pause <= now for pause in LOOKS)
        row.look_again_at = row.first_seen_at + LOOKS[row.looks] if row.looks < len(LOOKS) else None
    if row.look_again_at is None:
        row.content_html = None
    row.save()


def _take_up(row: EntryRow, entry: Entry, now: datetime) -> bool:
    """Whether an entry is to be read: it is new, has changed, or waits and is due."""
    if row.digest != entry_digest(entry):
        _fill(row, entry)
        row.state, row.attempts, row.next_try_at = WAITING, 0, None
        row.save()
        return True
    return row.state == WAITING or (
        row.state == Outcome.FAILED and row.next_try_at is not None and row.next_try_at <= now
    )


def _fill(row: EntryRow, entry: Entry) -> None:
    row.url, row.guid, row.title, row.author = entry.url, entry.guid, entry.title, entry.author
    row.published_at, row.updated_at, row.published_note = entry.published_at, entry.updated_at, entry.published_note
    row.summary, row.content_html, row.tags = entry.summary, entry.content_html, list(entry.tags)
    row.digest = entry_digest(entry)


def _left_unread(source_id: str, now: datetime, without: Set[str]) -> list[Entry]:
    """Entries that wait, are due for another try, or whose article is due for another look."""
    mine = EntryRow.objects.filter(source_id=source_id)  # three searches, since SQLite would read them all for an OR
    tried_again = mine.filter(state=Outcome.FAILED, next_try_at__lte=now)
    rows = mine.filter(state=WAITING).union(tried_again, mine.filter(look_again_at__lte=now)).order_by("id")
    return [_entry_of(row) for row in rows if row.key not in without]


def _entry_of(row: EntryRow) -> Entry:
    return Entry(
        source_id=row.source_id,
        url=row.url,
        title=row.title,
        guid=row.guid,
        published_at=row.published_at,
        updated_at=row.updated_at,
        author=row.author,
        summary=row.summary,
        content_html=row.content_html,
        tags=tuple(row.tags),
        published_note=row.published_note,
    )
