"""Title, author, dates and language: the entry's first, the page's where the entry is silent."""

from datetime import UTC, datetime

import pytest

from svwatch.extract.facts import clean_title, language_of, parse_date, without_site

from .made import BODY, FETCHED_AT, TITLE, entry, html, read


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("Schools &amp;amp; councils", "Schools & councils"),
        ("&lt;b&gt;Exclusive&lt;/b&gt; Plan\n dropped", "Exclusive Plan dropped"),
        ("Places < pupils, says head", "Places < pupils, says head"),
    ],
)
def test_title_is_plain_text(raw: str, expected: str) -> None:
    """Feeds escape mark-up in titles, some of them twice."""
    assert clean_title(raw) == expected


@pytest.mark.parametrize(
    ("title", "site", "expected"),
    [
        ("Council backs plan | The Courier", None, "Council backs plan"),
        ("Council backs plan - The Courier", "the courier", "Council backs plan"),
        ("Council backs plan - again", "The Courier", "Council backs plan - again"),
        ("SEND | What now", None, "SEND | What now"),
    ],
)
def test_site_name_is_cut_from_a_title(title: str, site: str | None, expected: str) -> None:
    """A dash may belong to the headline; a bar does not, unless what stands before it is too short to be one."""
    assert without_site(title, site) == expected


@pytest.mark.parametrize(
    ("told", "page_title", "expected"),
    [
        ("Council backs plan for…", TITLE, TITLE),
        ("", TITLE, TITLE),
        ("Plan for special school backed", TITLE, "Plan for special school backed"),
    ],
)
def test_entry_title_stays_unless_the_page_has_it_in_full(told: str, page_title: str, expected: str) -> None:
    """Another wording on the page is not a fuller one."""
    found = read(html(*BODY, title=page_title), entry(told))
    assert found is not None and found.title == expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("2025-06-12T05:00:00+01:00", datetime(2025, 6, 12, 4, tzinfo=UTC)),
        ("2025-06-12T05:00:00", datetime(2025, 6, 12, 4, tzinfo=UTC)),
        ("2025-01-12", datetime(2025, 1, 12, tzinfo=UTC)),
        ("Thu, 12 Jun 2025 05:00:00 GMT", datetime(2025, 6, 12, 5, tzinfo=UTC)),
        ("1970-01-01T00:00:00Z", None),
        ("2054-01-01", None),
        ("9999-12-31T23:59:59-12:00", None),
        ("soon", None),
        ("", None),
    ],
)
def test_page_date_is_read_or_refused(raw: str, expected: datetime | None) -> None:
    """London time where no zone is given; years that cannot be and days to come are refused."""
    assert parse_date(raw, FETCHED_AT) == expected


def test_entry_comes_before_the_page() -> None:
    """What the feed says of author and dates is not overruled."""
    head = '<meta name="author" content="Page"><meta property="article:published_time" content="2025-01-01T00:00:00Z">'
    moment = datetime(2025, 2, 2, tzinfo=UTC)
    found = read(html(*BODY, head=head), entry(author="Feed", published_at=moment))
    assert found is not None and (found.author, found.published_at) == ("Feed", moment)


@pytest.mark.parametrize(
    "broken", ["{", '{"@type": ["NewsArticle"], "author": [[]], "headline": 3}', "[" * 5000, "null"]
)
def test_broken_structured_data_does_no_harm(broken: str) -> None:
    """JSON-LD is often wrong; the article is read all the same."""
    found = read(html(*BODY, head=f'<script type="application/ld+json">{broken}</script>'))
    assert found is not None and found.text.split("\n") == list(BODY)


@pytest.mark.parametrize(
    ("text", "declared", "expected"),
    [
        (" ".join(BODY), None, "en"),
        (" ".join(BODY), "fr", "en"),
        (
            "Le conseil a voté la fermeture de l'école et les parents sont en colère contre la décision. " * 3,
            None,
            "fr",
        ),
        (
            "Le conseil a voté la fermeture de l'école et les parents sont en colère contre la décision. " * 3,
            "en",
            "fr",
        ),
        ("Mae'r cyngor wedi cytuno ar gynllun newydd i ariannu ysgolion arbennig yn y sir eleni. " * 3, "cy", "cy"),
        ("Too short.", "en", "en"),
        ("Too short.", None, None),
    ],
)
def test_language_is_declared_and_checked(text: str, declared: str | None, expected: str | None) -> None:
    """The lang attribute is often left at the theme's default, so the words are asked as well."""
    assert language_of(text, declared) == expected
