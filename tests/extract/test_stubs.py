"""A page that is not the article is never taken for one; the feed's own text stands in, marked as what it is."""

import pytest

from svwatch.extract.article import summary_article

from .made import BODY, PAGES, TITLE, URL, entry, html, read

SUMMARY = "The council said on Monday that it would wait for the auditor."


@pytest.mark.parametrize(
    ("name", "title", "note"),
    [
        ("paywall", "Three counties near section 114", "the article is for subscribers"),
        ("consent", "Coast road school to close", "the site shows a consent wall instead of the article"),
        ("challenge", "Tribunal finds for boy", "the site answered with a check for robots instead of the article"),
        ("script-only", "Inspectors return to Ambleford", "the page needs JavaScript to show its text"),
        ("home", TITLE, "the page is not the article: its title shares no word with the feed's"),
    ],
)
def test_R35_wall_gives_the_feeds_summary(name: str, title: str, note: str) -> None:
    """The reason is kept in plain words, and nothing of the wall's own text."""
    found = read((PAGES / f"wall-{name}.html").read_bytes(), entry(title, summary=SUMMARY))
    assert found is not None
    assert (found.is_summary, found.note, found.text) == (True, note, SUMMARY)


@pytest.mark.parametrize(
    ("url", "status", "note"),
    [
        ("https://courier.example/", 200, "the link leads to the site's home page"),
        ("https://courier.example/index.html", 200, "the link leads to the site's home page"),
        (URL, 410, "the site answered 410"),
    ],
)
def test_soft_404_is_not_the_article(url: str, status: int, note: str) -> None:
    """A good-looking page at the wrong address, or under an error status."""
    found = read(html(*BODY), entry(summary=SUMMARY), url=url, status=status)
    assert found is not None
    assert (found.is_summary, found.note) == (True, note)


def test_page_titled_not_found_is_not_the_article() -> None:
    """A soft 404 in words, although it shares the site's name with the headline."""
    found = read(html("We could not find that.", title="Page not found - Council news"), entry(summary=SUMMARY))
    assert found is not None and found.note == "the page says that the article is not there"


def test_short_page_is_a_summary_with_the_longer_of_both_texts() -> None:
    """A few words of page are not an article."""
    found = read(html(BODY[0]), entry())
    assert found is not None
    assert (found.is_summary, found.note, found.text) == (True, "the page holds only a few words", BODY[0])


def test_short_page_is_the_article_where_the_feed_has_the_same_text() -> None:
    """A brief is whole when the feed, too, says no more."""
    found = read(html(BODY[0]), entry(summary=BODY[0]))
    assert found is not None and not found.is_summary and found.text == BODY[0]


def test_whole_feed_content_replaces_a_wall() -> None:
    """Where the feed carries the article, a wall in front of the page does not matter."""
    content = (
        "".join(f"<p>{line}</p>" for line in BODY) + '<p>The post <a href="/">x</a> appeared first on Courier.</p>'
    )
    found = read((PAGES / "wall-consent.html").read_bytes(), entry("Coast road school", content_html=content))
    assert found is not None and not found.is_summary
    assert found.text.split("\n") == list(BODY)


def test_longer_of_feed_and_page_is_taken_where_they_overlap() -> None:
    """A page that shows the opening only loses to a feed that holds all of it."""
    content = "".join(f"<p>{line}</p>" for line in BODY)
    found = read(html(*BODY[:4]), entry(content_html=content))
    assert found is not None and found.text.split("\n") == list(BODY)


def test_page_is_taken_where_the_feed_is_about_something_else() -> None:
    """A longer text that is not the same one does not replace the page's."""
    other = " ".join(f"Bus {number} will leave from another stand while the square is dug up." for number in range(40))
    found = read(html(*BODY), entry(content_html=f"<p>{other}</p>"))
    assert found is not None and found.text.split("\n") == list(BODY)


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({"content_html": f"<p>{' '.join(BODY)[:520]} ...</p>"}, id="dots at the end"),
        pytest.param({"content_html": f"<p>{' '.join(BODY)}</p><a href='/x'>Continue reading...</a>"}, id="a way on"),
        pytest.param(
            {"content_html": f"<p>{' '.join(BODY)} [&#8230;]</p><p>The post X appeared first on Y.</p>"}, id="WordPress"
        ),
        pytest.param(
            {"content_html": f"<p>{' '.join(BODY)}</p><p><a href='/x'>Continue reading</a></p>"}, id="a paragraph on"
        ),
        pytest.param({"summary": " ".join(BODY)}, id="only a summary, though a long one"),
    ],
)
def test_excerpt_in_the_feed_is_a_summary(fields: dict[str, str]) -> None:
    """The rest is behind the wall; an excerpt must not be classified as if it were the article."""
    found = read((PAGES / "wall-consent.html").read_bytes(), entry("Coast road school", **fields))
    assert found is not None and found.is_summary
    assert found.note == "the site shows a consent wall instead of the article"


def test_cookie_and_subscription_offers_do_not_make_a_brief_a_wall() -> None:
    """A real article of ninety words stands on a page that also asks for both."""
    offers = "<div class='cookie-banner'><p>We use cookies. Accept all. Reject all. Manage preferences.</p></div>"
    found = read(html(*BODY, around=offers + "{}<p>Already a subscriber?</p>"))
    assert found is not None and not found.is_summary


@pytest.mark.parametrize(
    ("body", "content_type"),
    [(b"%PDF-1.7 ...", ""), (b"...", "application/pdf"), (b"", "text/html"), (b"<html></html>", "text/html")],
)
def test_no_text_at_all_is_none(body: bytes, content_type: str) -> None:
    """A document or an empty answer, with a feed that says nothing either."""
    assert read(body, content_type=content_type) is None


def test_summary_article_says_that_it_is_one() -> None:
    """The feed's summary as plain text, with the reason given."""
    found = summary_article(entry(summary="One &amp; <b>two</b>."), "the site answered 403")
    assert (found.text, found.is_summary, found.note) == ("One & two.", True, "the site answered 403")
