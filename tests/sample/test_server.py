"""The press over HTTP, as svwatch meets it."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPResponse
from urllib.parse import urljoin, urlsplit

import feedparser
import pytest

from svwatch.crawl.feeds import read_feed
from svwatch.records import Page
from svwatch.sample.press import Edition, Press
from svwatch.sample.server import PressServer
from svwatch.sample.sites import SITES

LIVE = [site_id for site_id, site in SITES.items() if site.feed.status == 200]


@contextmanager
def asked(url: str, headers: dict[str, str] | None = None, method: str = "GET") -> Iterator[tuple[HTTPResponse, bytes]]:
    """The answer to one request, with its body."""
    parts = urlsplit(url)
    connection = HTTPConnection(parts.hostname or "", parts.port, timeout=10)
    connection.request(method, f"{parts.path}?{parts.query}" if parts.query else parts.path, headers=headers or {})
    response = connection.getresponse()
    try:
        yield response, response.read()
    finally:
        connection.close()


def _source_url(server: PressServer, site_id: str) -> str:
    return next(source.url for source in server.sources() if source.id == site_id)


def test_every_page_is_served_as_html(server: PressServer) -> None:
    """Each address that is expected answers with a page of its own site."""
    for wanted in server.expected().values():
        with asked(wanted.url) as (response, body):
            assert response.status == 200, wanted.url
            assert (response.getheader("Content-Type") or "").startswith("text/html"), wanted.url
            assert len(body) > 2_000, wanted.url


@pytest.mark.parametrize("site_id", LIVE)
def test_a_feed_lists_every_article_of_its_site_newest_first(server: PressServer, press: Press, site_id: str) -> None:
    """feedparser reads it without complaint, and its links lead to the articles' addresses."""
    url = _source_url(server, site_id)
    with asked(url) as (_, body):
        feed = feedparser.parse(body)
    links = [urljoin(url, entry.link).split("?")[0] for entry in feed.entries]
    assert not feed.bozo
    assert links == [server.bases[site_id] + article.path for article in press.issue(site_id, Edition.FIRST)]


@pytest.mark.parametrize("site_id", LIVE)
def test_svwatch_reads_the_feed(server: PressServer, press: Press, site_id: str) -> None:
    """Titles come out as written, escaped twice or not, with a time for each."""
    url = _source_url(server, site_id)
    with asked(url) as (response, body):
        page = Page(url, body, response.getheader("Content-Type") or "")
    entries = read_feed(page, site_id, press.today).entries
    assert [entry.title for entry in entries] == [article.title for article in press.issue(site_id, Edition.FIRST)]
    assert all(entry.published_at or entry.updated_at for entry in entries)


@pytest.mark.parametrize("site_id", LIVE)
def test_a_feed_that_has_not_changed_answers_304(server: PressServer, site_id: str) -> None:
    """To either validator, with no body; and 200 again once the entity tag is another."""
    url = _source_url(server, site_id)
    with asked(url) as (first, _):
        etag, modified = first.getheader("ETag") or "", first.getheader("Last-Modified") or ""
    for headers in ({"If-None-Match": etag}, {"If-Modified-Since": modified}, {"If-None-Match": f"W/{etag}"}):
        with asked(url, headers) as (response, body):
            assert (response.status, body) == (304, b"")
    with asked(url, {"If-None-Match": '"old"', "If-Modified-Since": modified}) as (response, body):
        assert response.status == 200 and body


def test_the_corrected_edition_changes_page_and_feed(own_server: PressServer, press: Press) -> None:
    """The same address then gives the second version, and the old validators no longer hold."""
    corrected = press.find("sa-c02")
    page_url, feed_url = (
        own_server.bases["chalkface-weekly"] + corrected.path,
        _source_url(own_server, "chalkface-weekly"),
    )
    with asked(feed_url) as (before, _):
        validators = {"If-None-Match": before.getheader("ETag") or ""}
    own_server.edition = Edition.CORRECTED
    with asked(page_url) as (_, body), asked(feed_url, validators) as (after, _):
        assert "£4.6 million" in body.decode() and "£6.4 million payment" not in body.decode()
        assert after.status == 200
    assert own_server.expected()["sa-c02"].url == page_url
    assert "sa-c01" not in own_server.expected()


def test_the_failing_feed_asks_for_patience(server: PressServer) -> None:
    """503, with the hour to wait."""
    with asked(_source_url(server, "north-star-bulletin")) as (response, _):
        assert (response.status, response.getheader("Retry-After")) == (503, "3600")


@pytest.mark.parametrize(
    ("path", "status"),
    [
        pytest.param("/", 200, id="a front page"),
        pytest.param("/robots.txt", 200, id="robots.txt"),
        pytest.param("/no-such-page/", 404, id="anything else"),
    ],
)
def test_other_addresses_of_a_site(server: PressServer, path: str, status: int) -> None:
    """What a crawler may come across beside feeds and articles."""
    with asked(server.bases["wharfside-gazette"] + path) as (response, body):
        assert response.status == status and body


def test_head_answers_without_a_body(server: PressServer) -> None:
    """As a prober expects."""
    with asked(_source_url(server, "public-purse"), method="HEAD") as (response, body):
        assert response.status == 200 and body == b""


def test_requests_are_counted_by_address(own_server: PressServer) -> None:
    """Queries left out, over all sites."""
    url = own_server.bases["meridian-news"] + "/robots.txt"
    for query in ("", "?a=1"):
        with asked(url + query):
            pass
    assert own_server.requests == {url: 2}


@pytest.mark.parametrize(
    ("site_id", "quirk"),
    [
        pytest.param("public-purse", "no guids", id="entries without guids"),
        pytest.param("shire-council-news", "relative links", id="relative links"),
        pytest.param("severnmouth-live", "escaped twice", id="titles escaped twice"),
        pytest.param("education-notices", "only updated", id="an Atom feed that says only updated"),
        pytest.param("chalkface-weekly", "excerpts", id="excerpts that end as WordPress ends them"),
    ],
)
def test_feeds_have_the_quirks_of_their_kind(server: PressServer, site_id: str, quirk: str) -> None:
    """Each once, as real publishers have them."""
    with asked(_source_url(server, site_id)) as (_, body):
        xml = body.decode()
    has = {
        "no guids": "<guid" not in xml,
        "relative links": "<link>/newsroom/" in xml,
        "escaped twice": "&amp;#39;" in xml,
        "only updated": "<updated>" in xml and "<published>" not in xml,
        "excerpts": "<content:encoded><![CDATA[" in xml and "appeared first on" in xml,
    }
    assert has[quirk]


def test_sources_say_what_to_watch(server: PressServer) -> None:
    """One for each site; only general local and broadcast sites need a keyword filter."""
    sources = {source.id: source for source in server.sources()}
    assert list(sources) == list(SITES)
    assert {source.id for source in sources.values() if source.match} == {
        "wharfside-gazette",
        "severnmouth-live",
        "meridian-news",
    }
    assert all(source.url.startswith("http://127.0.0.1:") and source.expect for source in sources.values())
