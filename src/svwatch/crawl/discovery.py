"""Where a web page's feeds are: what it names itself, and the places where they usually lie."""

from collections.abc import Iterable

from lxml import etree, html

from svwatch.crawl.urls import resolve
from svwatch.records import Page

MAX_LINKS = 8
FEED_TYPES = frozenset({"application/rss+xml", "application/atom+xml", "application/rdf+xml"})
USUAL_PLACES = ("feed/", "/feed/", "/rss.xml", "/feed.xml", "/atom.xml", "/rss", "/news/rss/", "/?service=rss")
_NOT_ARTICLES = ("/comments/feed", "/feed/comments")


def feed_links(page: Page) -> list[str]:
    """The feeds that a page's head names (``link rel=alternate``), in its order; feeds of comments are left out."""
    try:
        tree = html.document_fromstring(page.body, parser=html.HTMLParser(huge_tree=False))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return []
    links = (link for link in tree.iter("link") if _names_a_feed(link))
    return _addresses(page.url, (link.get("href", "") for link in links))


def likely_feeds(url: str) -> list[str]:
    """The addresses near a page, and on its site, at which feeds usually lie."""
    return _addresses(url, USUAL_PLACES)


def _names_a_feed(link: html.HtmlElement) -> bool:
    relation = (link.get("rel") or "").lower().split()
    return "alternate" in relation and (link.get("type") or "").strip().lower() in FEED_TYPES


def _addresses(base: str, links: Iterable[str]) -> list[str]:
    found: dict[str, None] = {}
    for link in links:
        try:
            url = resolve(base, link)
        except ValueError:
            continue
        if not any(part in url for part in _NOT_ARTICLES):
            found[url] = None
    return list(found)[:MAX_LINKS]
