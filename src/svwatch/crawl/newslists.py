"""Entries whose page is not fetched: what a news search found, and what its publisher keeps from text mining."""

from dataclasses import replace
from urllib.parse import urlsplit

from svwatch.crawl.urls import canonical_key
from svwatch.records import Entry

SEARCH_HOSTS = frozenset({"news.google.com"})
SEARCH_NOTE = "found by a news search, which only points the way; read it at its publisher"
RESERVED_NOTE = "the publisher reserves text and data mining, so only headline and link are kept"


def is_search_result(url: str) -> bool:
    """Whether an address is a news search's own, behind which the publisher's page is hidden."""
    return (urlsplit(url).hostname or "") in SEARCH_HOSTS


def own_title(url: str, title: str) -> str:
    """The headline without the " - Publisher" that a news search puts behind it."""
    headline, mark, _ = title.rpartition(" - ")
    return headline if mark and is_search_result(url) else title


def is_live(url: str) -> bool:
    """Whether an address is a page that rolls on all day; what it says at any moment is no settled report."""
    try:
        return "/live/" in f"{urlsplit(canonical_key(url)).path}/"
    except ValueError:
        return False


def headline_only(entry: Entry) -> Entry:
    """An entry without its text."""
    return replace(entry, summary="", content_html=None, author=None)
