"""Entries that only point the way, pages that roll on, feeds that a page names, and groups of publishers."""

import pytest

from svwatch.crawl.discovery import feed_links, likely_feeds
from svwatch.crawl.newslists import is_live, is_search_result, own_title
from svwatch.crawl.publishers import load_groups
from svwatch.crawl.urls import owner
from svwatch.records import Page

SEARCH = "https://news.google.com/rss/articles/CBMi?oc=5"


@pytest.mark.parametrize(
    ("url", "title", "own"),
    [
        pytest.param(SEARCH, "Bury signs - Bury Times", "Bury signs", id="a search result"),
        pytest.param(SEARCH, "Bury - a town - Bury Times", "Bury - a town", id="only the last is the publisher"),
        pytest.param(SEARCH, "Bury signs", "Bury signs", id="a search result without a publisher"),
        pytest.param("https://a.example/1", "Bury signs - a first", "Bury signs - a first", id="any other entry"),
    ],
)
def test_a_search_result_loses_its_publishers_name(url: str, title: str, own: str) -> None:
    assert own_title(url, title) == own


def test_only_a_news_searchs_own_address_hides_the_page() -> None:
    assert is_search_result(SEARCH)
    assert not is_search_result("https://blog.google/news.google.com")


@pytest.mark.parametrize(
    ("url", "live"),
    [
        ("https://www.bbc.co.uk/news/live/cx2y", True),
        ("https://a.example/live/", True),
        ("https://a.example/live-music/1", False),
        ("https://a.example/alive/1", False),
        ("not an address", False),
    ],
)
def test_live_pages_are_known_by_their_address(url: str, *, live: bool) -> None:
    assert is_live(url) is live


def test_the_feeds_a_page_names_are_found_but_those_of_comments() -> None:
    html = b"""<html><head>
    <link rel="alternate" type="application/rss+xml" href="/feed/">
    <link rel="ALTERNATE" type="application/atom+xml" href="https://b.example/atom">
    <link rel="alternate" type="application/rss+xml" href="/comments/feed/">
    <link rel="alternate" type="text/html" href="/en"><link rel="stylesheet" href="/x.css">
    <link rel="alternate" type="application/rss+xml" href="file:///etc/passwd"></head></html>"""
    assert feed_links(Page("https://a.example/news/", html)) == ["https://a.example/feed/", "https://b.example/atom"]


@pytest.mark.parametrize("body", [b"", b"\x00\xff", b"plain", b"<" * 5000])
def test_a_page_that_is_no_page_names_no_feed(body: bytes) -> None:
    assert feed_links(Page("https://a.example/", body)) == []


def test_the_usual_places_are_looked_at_near_the_page_first() -> None:
    assert likely_feeds("https://a.example/news/")[:2] == ["https://a.example/news/feed/", "https://a.example/feed/"]


@pytest.mark.parametrize(
    ("url", "group"),
    [
        ("https://www.manchestereveningnews.co.uk/news/?service=rss", "Reach"),
        ("https://feeds.bbci.co.uk/news/england/rss.xml", "BBC"),
        ("https://www.burytimes.co.uk/news/rss/", "Newsquest"),
        ("https://www.thestar.co.uk/rss", "National World"),
        ("https://schoolsweek.co.uk/feed/", None),
    ],
)
def test_publishers_groups_are_known(url: str, group: str | None) -> None:
    assert load_groups().get(owner(url)) == group


def test_every_named_site_is_a_registered_domain() -> None:
    assert [domain for domain in load_groups() if owner(f"https://www.{domain}/") != domain] == []
