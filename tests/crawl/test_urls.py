"""Which addresses are allowed, and which of them are the same page."""

import pytest

from svwatch.crawl.urls import canonical_key, owner, publisher_id, resolve, web_address


@pytest.mark.parametrize(
    ("written", "dialled"),
    [
        pytest.param("HTTPS://Example.ORG", "https://example.org/", id="scheme and host in lower case"),
        pytest.param("http://example.org:80/a", "http://example.org/a", id="the usual port is left out"),
        pytest.param("http://example.org:8080/a", "http://example.org:8080/a", id="another port is kept"),
        pytest.param("https://bücher.example/ä b", "https://xn--bcher-kva.example/%C3%A4%20b", id="IDN, odd path"),
        pytest.param("https://example.org/a%20b?q=%26#x", "https://example.org/a%20b?q=%26#x", id="escapes are kept"),
        pytest.param("https://medium.com/@user", "https://medium.com/@user", id="an @ in the path is harmless"),
        pytest.param("http://[2A00:1450:0:0::1]/", "http://[2a00:1450::1]/", id="IPv6 in its short form"),
        pytest.param("https://example.org./", "https://example.org./", id="a trailing dot is kept"),
    ],
)
def test_web_addresses_are_written_one_way(written: str, dialled: str) -> None:
    assert web_address(written) == dialled


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:80\\@example.com/",
        "http://example.com\\@127.0.0.1/",
        "http://example.com@127.0.0.1/",
        "http://user:secret@example.com/",
        "http://example.com#@127.0.0.1/",
        "http://example.com?@127.0.0.1/",
        "http://exam\tple.com/",
        "http://example.com/\t",
        "http://example.com/a\r\nHost: evil",
        "http://example.com%00.evil.org/",
        "http://exa%6dple.com/",
        "http://example.com\x00/",
        "http:///example.com/",
        "http:/example.com/",
        "http:example.com",
        "http://example.com:80:81/",
        "http://example.com:٨٠/",
        "http://[::1]evil.com/",
        "http://[::1",
        "http://ex ample.com/",
        "http://example..com/",
        "http://example.com\u2028/",
        "http://",
        "//example.com/",
        "example.com/feed",
        "http://" + "a" * 3000 + ".com/",
    ],
)
def test_S6_addresses_that_parsers_read_differently_are_refused(url: str) -> None:
    with pytest.raises(ValueError, match=r"it |its "):
        web_address(url)


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "FILE:///etc/passwd",
        "/etc/passwd",
        "ftp://example.com/",
        "gopher://example.com/",
        "data:text/xml,<rss/>",
        "jar:http://example.com/!/",
        "javascript:alert(1)",
        "vbscript:x",
        "feed://example.com/",
    ],
)
def test_S7_only_http_and_https_are_web_addresses(url: str) -> None:
    with pytest.raises(ValueError, match="start it with https://"):
        web_address(url)


@pytest.mark.parametrize(
    "host",
    [
        "2130706433",
        "0177.0.0.1",
        "127.1",
        "0x7f.1",
        "0x7f000001",
        "127.0.0.1.1",
        "0177.0.0.1.",
        "1.2.3.0x4",
        "256.1.1.1",
    ],
)
def test_S2_odd_spellings_of_numbers_are_refused(host: str) -> None:
    with pytest.raises(ValueError, match="four numbers"):
        web_address(f"http://{host}/")


@pytest.mark.parametrize(
    ("written", "host"),
    [("１２７.０.０.１", "127.0.0.1"), ("ⓛⓞⓒⓐⓛⓗⓞⓢⓣ", "localhost"), ("127。0。0。1", "127.0.0.1")],
)
def test_S2_international_spellings_become_what_they_mean(written: str, host: str) -> None:
    """The address gate then judges the plain spelling."""
    assert web_address(f"http://{written}/") == f"http://{host}/"


def test_S42_a_refusal_does_not_repeat_the_password() -> None:
    with pytest.raises(ValueError, match="user name") as refused:
        web_address("https://user:hunter2@example.org/")
    assert "hunter2" not in str(refused.value)


@pytest.mark.parametrize(
    ("link", "address"),
    [
        pytest.param("/news/1", "https://example.org/news/1", id="relative to the host"),
        pytest.param("2?a=1&amp;b=2", "https://example.org/feed/2?a=1&b=2", id="an escaped ampersand is unescaped"),
        pytest.param("/x?a=1&amp;amp;b=2", "https://example.org/x?a=1&amp;b=2", id="but only once"),
        pytest.param("/x?a=1&copy=2", "https://example.org/x?a=1&copy=2", id="a parameter is no entity"),
        pytest.param(" https://example.org/a\n  /b ", "https://example.org/a/b", id="line breaks are dropped"),
        pytest.param("//other.org/x", "https://other.org/x", id="another host"),
    ],
)
def test_links_are_resolved_on_the_page_they_stand_on(link: str, address: str) -> None:
    assert resolve("https://example.org/feed/", link) == address


@pytest.mark.parametrize(
    "link",
    ["", "  ", "javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "java\tscript:x", "mailto:a@b.org"],
)
def test_S20_links_that_lead_to_no_web_page_are_refused(link: str) -> None:
    with pytest.raises(ValueError, match=r"it |the link"):
        resolve("https://example.org/", link)


SAME_PAGES = [
    pytest.param("http://www.example.org/a/", "https://example.org/a", id="scheme, www and slash"),
    pytest.param("https://amp.example.org/a", "https://example.org/a", id="AMP host"),
    pytest.param("https://m.example.org/a/amp/", "https://example.org/a", id="mobile host, AMP path"),
    pytest.param("https://example.org/amp/amp/a/amp.amp/", "https://example.org/a", id="AMP over and over"),
    pytest.param("https://example.org/a.amp", "https://example.org/a", id="AMP ending"),
    pytest.param("https://example.org/amp/a?amp=1", "https://example.org/a", id="AMP folder"),
    pytest.param(
        "https://mail.localgovernmentlawyer.co.uk./x", "https://localgovernmentlawyer.co.uk/x", id="mail host, dot"
    ),
    pytest.param(
        "https://example.org/a?utm_source=x&at_medium=RSS&at_campaign=rss", "https://example.org/a", id="campaigns"
    ),
    pytest.param("https://example.org/a?ref=rss&fbclid=1&gclid=2&oc=5", "https://example.org/a", id="click numbers"),
    pytest.param("https://example.org/a?replytocom=12#respond", "https://example.org/a", id="reply and fragment"),
    pytest.param("https://example.org/a?Title=Appeals", "https://example.org/a", id="a decorating title"),
    pytest.param("https://example.org/x?b=2&a=1", "https://example.org/x?a=1&b=2", id="order of parameters"),
    pytest.param("https://example.org:443//a//b", "https://example.org/a/b", id="double slashes"),
    pytest.param("https://EXAMPLE.org", "https://example.org/", id="home page"),
]


@pytest.mark.parametrize(("one", "other"), SAME_PAGES)
def test_R25_spellings_of_one_page_share_a_key(one: str, other: str) -> None:
    assert canonical_key(one) == canonical_key(other) == canonical_key(canonical_key(one))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("https://m.gov.uk/mg.aspx?ID=1", "https://m.gov.uk/mg.aspx?ID=2", id="ModernGov's ID"),
        pytest.param("https://a.gov.uk/ie.aspx?CId=1", "https://a.gov.uk/ie.aspx?CId=2", id="ModernGov's CId"),
        pytest.param("https://gov.uk/s?keywords=a", "https://gov.uk/s?keywords=b", id="a search"),
        pytest.param("https://w.org/index.php?title=A", "https://w.org/index.php?title=B", id="a script's title"),
        pytest.param("https://a.org/x?ref=12", "https://a.org/x?ref=13", id="a case number"),
        pytest.param("https://a.org/x", "https://b.org/x", id="other hosts"),
        pytest.param("https://a.org:8080/x", "https://a.org:8081/x", id="other ports"),
        pytest.param("https://a.org/X", "https://a.org/x", id="paths have a case"),
    ],
)
def test_other_pages_keep_other_keys(one: str, other: str) -> None:
    assert canonical_key(one) != canonical_key(other)


@pytest.mark.parametrize(
    ("url", "number"),
    [
        ("https://www.theboltonnews.co.uk/news/24310555.council-signs-deal/", "theboltonnews.co.uk:24310555"),
        ("https://www.theboltonnews.co.uk/news/24310555.new-headline/?ref=rss", "theboltonnews.co.uk:24310555"),
        ("https://www.bristolpost.co.uk/news/bristol-news/council-debt-9123456", "bristolpost.co.uk:9123456"),
        ("https://www.bristolpost.co.uk/news/council-debt-9123456.amp", "bristolpost.co.uk:9123456"),
        ("https://www.kentonline.co.uk/maidstone/news/send-plan-301234/", "kentonline.co.uk:301234"),
        ("https://www.bbc.co.uk/news/articles/cx2k7qzzd1eo", "bbc.co.uk:cx2k7qzzd1eo"),
        ("https://www.bbc.co.uk/news/uk-england-kent-61234567", "bbc.co.uk:61234567"),
        ("https://www.localgov.co.uk/Council-signs-deal/58123", "localgov.co.uk:58123"),
        (
            "https://www.localgovernmentlawyer.co.uk/education/56789-tribunal-ruling",
            "localgovernmentlawyer.co.uk:56789",
        ),
        ("https://schoolsweek.co.uk/safety-valve-deals-explained/", None),
        ("https://example.org/news/2024/05/", None),
        ("https://example.org/news/20240510", None),
        ("https://example.org/20240510-budget/", None),
        ("https://example.org/deficit-grows-to-165000000/", None),
        ("https://example.org/budget-20242025/", None),
    ],
)
def test_R25_the_publishers_number_survives_a_new_headline(url: str, number: str | None) -> None:
    assert publisher_id(url) == number


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://www.gov.uk/feed", "gov.uk"),
        ("https://democracy.bury.gov.uk/", "bury.gov.uk"),
        ("https://feeds.example.co.uk/", "example.co.uk"),
        ("http://127.0.0.1:8001/", "127.0.0.1:8001"),
        ("http://localhost:8001/", "localhost:8001"),
        ("http://[::1]/", "::1:80"),
    ],
)
def test_requests_are_paced_by_registered_domain(url: str, key: str) -> None:
    assert owner(url) == key
