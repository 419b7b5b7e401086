"""A feed's bytes -> its entries, whatever the feed's dialect and however broken it is."""

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

import feedparser

from svwatch.crawl.dates import read_date
from svwatch.crawl.newslists import own_title
from svwatch.crawl.paging import next_page
from svwatch.crawl.text import plain_name, plain_text, plain_title
from svwatch.crawl.tidy import MAX_FIELD_CHARACTERS, tidy_feed
from svwatch.crawl.urls import resolve
from svwatch.errors import FeedError
from svwatch.records import Entry, Page

MAX_CONTENT_CHARACTERS = 2_000_000
MAX_TAGS = 50

_HTML_TYPES = frozenset({"", "text/html", "application/xhtml+xml"})
_ENDED = "/feed-ended"

# What feedparser calls a value it got out of XML: text, or lists and mappings of the same.
Fields = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Feed:
    """What a feed said when it was last read.

    `is_ended` says that the publisher closed the feed (GOV.UK does so with an entry of its own, which is not kept);
    `problems` say in plain words what was wrong with it and what was left out. `ttl_seconds` is the pause it asks
    for, `older_url` where its older entries are; None where it does not say.
    """

    title: str
    entries: tuple[Entry, ...]
    is_ended: bool = False
    problems: tuple[str, ...] = ()
    ttl_seconds: int | None = None
    older_url: str | None = None


def read_feed(page: Page, source_id: str, fetched_at: datetime) -> Feed:
    """Read the entries of a feed, in its own order; relative links are resolved on the page's final address.

    An entry without a usable link is left out. Times are those of `dates.read_date`.

    Raises:
        FeedError: the page is not a feed; the message says what it is instead.
    """
    _refuse_other_formats(page.body)
    tidy = tidy_feed(page.body, page.charset)
    parsed = _parse(tidy.xml, page.url)
    found = _mappings(parsed, "entries")
    if not tidy.is_feed and not found:
        raise FeedError(f"this address answered {_kind_of_document(tidy.root)}, not a feed; {_LOOK_FOR_IT}")
    dialect = _text(parsed, "version")
    entries = [_entry(fields, source_id, page.url, fetched_at, dialect) for fields in found]
    is_ended = len(found) == 1 and _text(found[0], "id").endswith(_ENDED)
    kept = () if is_ended else tuple(entry for entry in entries if entry is not None)
    problems = (*tidy.problems, *_problems(len(found), entries.count(None), is_ended))
    head = _mapping(parsed, "feed")
    return Feed(
        title=plain_title(_text(head, "title")),
        entries=kept,
        is_ended=is_ended,
        problems=problems,
        ttl_seconds=_minutes(_text(head, "ttl")),
        older_url=_older_url(head, page.url),
    )


def _minutes(written: str) -> int | None:
    """An RSS `ttl` in seconds."""
    number = written.strip()
    return int(number) * 60 if number.isascii() and number.isdecimal() and len(number) <= 6 else None


def _older_url(head: Fields, url: str) -> str | None:
    """The page of older entries: what the feed names as next (RFC 5005), or the next number on WordPress."""
    linked = (_text(link, "href") for link in _mappings(head, "links") if _text(link, "rel") == "next")
    return next_page(url, next(linked, None), generator=_text(head, "generator"))


# --- what is not a feed -------------------------------------------------------------------------

_LOOK_FOR_IT = "look for the feed's address on the site"
_SIGNS = (
    (b"<!doctype html", "a web page"),
    (b"<html", "a web page"),
    (b"{", "JSON"),
    (b"[", "JSON"),
    (b"%pdf", "a PDF"),
    (b"\x1f\x8b", "a compressed file"),
    (b"pk\x03\x04", "a compressed file"),
    (b"\x89png", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
)
_KINDS = {
    "html": "a web page",
    "urlset": "a site map",
    "sitemapindex": "a site map",
    "opml": "a list of feeds (OPML)",
    "Error": "an error message",
}


def _refuse_other_formats(body: bytes) -> None:
    start = body[:1024].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if not start:
        raise FeedError(f"this address answered nothing at all, not a feed; try it again later, or {_LOOK_FOR_IT}")
    for sign, kind in _SIGNS:
        if start.startswith(sign):
            raise FeedError(f"this address answered {kind}, not a feed; {_LOOK_FOR_IT}")
    if b"<" not in body:
        raise FeedError(f"this address answered plain text, not a feed; {_LOOK_FOR_IT}")


def _kind_of_document(root: str) -> str:
    return _KINDS.get(root, f"an XML document of another kind (<{root[:40]}>)")


def _problems(n_found: int, n_without_link: int, is_ended: bool) -> Iterable[str]:
    if is_ended:
        yield "the publisher has ended this feed; look for its successor, and take it out"
    elif n_found == 0:
        yield "the feed has no entries"
    elif n_without_link:
        yield f"{n_without_link} of {n_found} entries have no link that can be followed; they were left out"


# --- one entry ----------------------------------------------------------------------------------


def _entry(fields: Fields, source_id: str, base: str, fetched_at: datetime, dialect: str) -> Entry | None:
    """An entry; None where nothing leads to its page."""
    url = _address(fields, base)
    if url is None:
        return None
    published, updated = _text(fields, "published"), _text(fields, "updated")
    if not published and not dialect.startswith("atom"):
        published = updated  # a dc:date, which in RSS is all there is
    date = read_date(published, fetched_at)
    return Entry(
        source_id=source_id,
        url=url,
        title=own_title(url, plain_title(_text(fields, "title"))),
        guid=_text(fields, "id").strip()[:MAX_FIELD_CHARACTERS] or None,
        published_at=date.at,
        published_note=date.note,
        updated_at=read_date(updated, fetched_at).at,
        author=_author(fields),
        summary=plain_text(_text(fields, "summary")),
        content_html=_content(fields),
        tags=_tags(fields),
    )


def _address(fields: Fields, base: str) -> str | None:
    """Where the entry's page is: an HTML alternate before any other, then whatever else the feed calls its link."""
    alternates = [link for link in _mappings(fields, "links") if _text(link, "rel") in ("", "alternate")]
    html = [link for link in alternates if _text(link, "type") in _HTML_TYPES]
    written = [_text(link, "href") for link in (*html, *alternates)]
    for link in (*written, _text(fields, "link")):
        try:
            url = resolve(base, link)
        except ValueError:
            continue
        if urlsplit(url)._replace(fragment="") != urlsplit(base)._replace(fragment=""):
            return url
    return None


def _content(fields: Fields) -> str | None:
    """The longest HTML the entry carries; a summary in paragraphs may be the whole article."""
    candidates = [_text(content, "value") for content in _mappings(fields, "content")]
    summary = _text(fields, "summary")
    if "<p" in summary:
        candidates.append(summary)
    longest = max(candidates, key=len, default="").strip()
    return longest[:MAX_CONTENT_CHARACTERS] or None


def _author(fields: Fields) -> str | None:
    name = _text(_mapping(fields, "author_detail"), "name") or _text(fields, "author")
    return plain_name(name[:MAX_FIELD_CHARACTERS])


def _tags(fields: Fields) -> tuple[str, ...]:
    names = (plain_title(_text(tag, "label") or _text(tag, "term")) for tag in _mappings(fields, "tags"))
    return tuple(dict.fromkeys(name for name in names if name))[:MAX_TAGS]


# --- feedparser's untyped values ----------------------------------------------------------------


def _parse(xml: bytes, url: str) -> Fields:
    """What feedparser makes of tidy XML; it does not fail on feeds, only on elements where none belongs."""
    headers = {"content-location": url, "content-type": "application/xml; charset=utf-8"}
    try:
        parsed: Fields = feedparser.parse(
            io.BytesIO(xml), response_headers=headers, sanitize_html=False, resolve_relative_uris=False
        )
    except Exception as error:  # whatever breaks it (KeyError, TypeError, ...) is in the feed: our part has no branches
        raise FeedError(
            f"the feed is put together so oddly that it cannot be read ({type(error).__name__}); ask the publisher"
        ) from error
    return parsed


def _text(fields: Fields, name: str) -> str:
    """A text field as the feed has it; feedparser's own ``get`` would take `updated` for `published`."""
    value = dict.get(fields, name) if isinstance(fields, dict) else fields.get(name)
    return value if isinstance(value, str) else ""


def _mapping(fields: Fields, name: str) -> Fields:
    value = fields.get(name)
    return value if isinstance(value, Mapping) else {}


def _mappings(fields: Fields, name: str) -> Sequence[Fields]:
    value = fields.get(name)
    return [one for one in value if isinstance(one, Mapping)] if isinstance(value, list) else []
