"""robots.txt, learnt from real servers."""

import asyncio
from collections.abc import Callable
from time import process_time

import pytest

from svwatch.crawl.fetch import Fetcher
from svwatch.crawl.robots import read_rules
from svwatch.errors import FetchError

from .conftest import Site, answer, fetch, quick_policy, redirect

PAGE = "https://example.org/private/x"


@pytest.mark.parametrize(
    ("robots", "may_fetch"),
    [
        pytest.param("User-agent: *\nDisallow: /private", False, id="everyone"),
        pytest.param("User-agent: *\nDisallow: /\n\nUser-agent: svwatch\nDisallow:\n", True, id="we come first"),
        pytest.param("User-agent: SVWATCH/1.0\nDisallow: /", False, id="our name in any case"),
        pytest.param("User-agent: svwatcher\nDisallow: /", True, id="a name like ours"),
        pytest.param("User-agent: sv\nDisallow: /", True, id="the start of our name"),
        pytest.param("User-agent: a\nUser-agent: svwatch\nUser-agent: b\nDisallow: /", False, id="in a list"),
        pytest.param("User-agent: a\nDisallow: /\nUser-agent: b\nDisallow: /x", True, id="only others"),
        pytest.param("User-agent: *\nDisallow: /private\nAllow: /private/x", True, id="the longer rule wins"),
        pytest.param("\ufeffUser-agent: * # all\nDisallow: /private # keep off", False, id="byte order mark, comments"),
        pytest.param("<html><body>Not found</body></html>", True, id="a web page"),
        pytest.param("", True, id="nothing"),
        pytest.param("\x00\x01\x02", True, id="rubbish"),
    ],
)
def test_rules_are_read_as_rfc_9309_says(robots: str, *, may_fetch: bool) -> None:
    assert read_rules(robots.encode()).allows(PAGE) is may_fetch


@pytest.mark.parametrize(
    ("delay", "seconds"), [("7", 7.0), ("0.5", 0.5), ("3600", 60.0), ("-1", 0.0), ("nan", 0.0), ("soon", 0.0)]
)
def test_a_crawl_delay_is_honoured_up_to_a_minute(delay: str, seconds: float) -> None:
    assert read_rules(f"User-agent: *\nCrawl-delay: {delay}".encode()).delay_seconds == seconds


@pytest.mark.parametrize(
    "robots",
    [
        pytest.param(
            "\n".join(f"User-agent: a{n}" for n in range(15_000)) + "\nDisallow: /x" * 20_000, id="names x rules"
        ),
        pytest.param("User-agent: *\n" + "Disallow: /" + "*a" * 200_000, id="one long pattern"),
        pytest.param("User-agent: *\n" + "Disallow: /*a*a*a*a*b\n" * 20_000, id="many patterns"),
    ],
)
def test_S15_a_hostile_robots_txt_costs_little(robots: str) -> None:
    began = process_time()
    read_rules(robots.encode()).allows("https://example.org/" + "a" * 2000)
    assert process_time() - began < 2


def test_a_closed_address_is_not_fetched(site: Site) -> None:
    site.routes["/robots.txt"] = answer(b"User-agent: *\nDisallow: /closed\n")
    site.routes["/open"] = answer(b"x")
    assert fetch(site.url("/open"))
    with pytest.raises(FetchError, match="asks programs to keep off") as refused:
        fetch(site.url("/closed/a"))
    assert not refused.value.is_temporary
    assert "/closed/a" not in site.paths


def test_a_redirect_into_a_closed_address_is_not_followed(site: Site) -> None:
    site.routes["/robots.txt"] = answer(b"User-agent: *\nDisallow: /closed\n")
    site.routes["/open"] = redirect("/closed")
    with pytest.raises(FetchError, match="asks programs to keep off"):
        fetch(site.url("/open"))
    assert "/closed" not in site.paths


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410])
def test_robots_txt_that_is_not_served_limits_nothing(site: Site, status: int) -> None:
    site.routes["/robots.txt"] = answer(b"", status)
    site.routes["/a"] = answer(b"x")
    assert fetch(site.url("/a"))


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_site_whose_robots_txt_fails_is_left_alone_for_now(site: Site, status: int) -> None:
    site.routes["/robots.txt"] = answer(b"", status)
    with pytest.raises(FetchError, match=rf"robots\.txt could not be read.*{status}") as refused:
        fetch(site.url("/a"))
    assert refused.value.is_temporary
    assert "/a" not in site.paths


def test_robots_txt_is_asked_for_once_a_host_and_run(site: Site, new_site: Callable[[], Site]) -> None:
    other = new_site()
    for one in (site, other):
        one.routes["/a"] = answer(b"x")

    async def run() -> None:
        async with Fetcher(quick_policy()) as fetcher:
            await asyncio.gather(*(fetcher.get(one.url("/a")) for one in (site, site, other, site)))

    asyncio.run(run())
    assert site.paths.count("/robots.txt") == other.paths.count("/robots.txt") == 1


def test_robots_txt_is_followed_to_another_place(site: Site) -> None:
    site.routes["/robots.txt"] = redirect("/elsewhere.txt")
    site.routes["/elsewhere.txt"] = answer(b"User-agent: *\nDisallow: /a\n")
    with pytest.raises(FetchError, match="asks programs to keep off"):
        fetch(site.url("/a"))


def test_no_more_than_500_kib_of_robots_txt_are_read(site: Site) -> None:
    site.routes["/robots.txt"] = answer(b"User-agent: *\n" + b"# filler\n" * 80_000 + b"Disallow: /a\n")
    site.routes["/a"] = answer(b"x")
    assert fetch(site.url("/a"))


def test_a_crawl_delay_slows_the_fetcher_down(site: Site) -> None:
    site.routes["/robots.txt"] = answer(b"User-agent: svwatch\nCrawl-delay: 0.3\n")
    site.routes["/a"] = answer(b"x")
    assert fetch(site.url("/a"))
    assert site.last("/a").at - site.last("/robots.txt").at >= 0.3


def test_an_operator_may_switch_robots_off(site: Site) -> None:
    site.routes["/robots.txt"] = answer(b"User-agent: *\nDisallow: /\n")
    site.routes["/a"] = answer(b"x")
    assert fetch(site.url("/a"), respects_robots=False)
    assert site.paths == ["/a"]
