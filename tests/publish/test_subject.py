"""The subject line (U21)."""

from datetime import timedelta
from itertools import pairwise

import pytest

from svwatch.publish.inputs import SourcesHealth, StoredArticle

from .invented import FAILED, UNTIL, build, busy_day, event, health, rich_day, said, stored, untagged_day

LONG = stored(
    "A headline that goes on and on about the money for special schools in the county",
    annotation=said(about=["bath-and-north-east-somerset"]),
)


@pytest.mark.parametrize(
    ("articles", "sources", "subject"),
    [
        pytest.param(rich_day(), health(), "Devon: Court challenge started + 9 more, 15 May", id="an event"),
        pytest.param(
            [stored("Bus fares go up", annotation=said(about=["kent"]))],
            health(),
            "Kent: Bus fares go up, 15 May",
            id="an article",
        ),
        pytest.param(
            [stored("Kent: bus fares go up", annotation=said(about=["kent"]))],
            health(),
            "Kent: bus fares go up, 15 May",
            id="headline names the council",
        ),
        pytest.param([stored("Unions rally", annotation=said())], health(), "Unions rally, 15 May", id="national"),
        pytest.param([], health(), "Nothing new about SEND, 15 May", id="quiet"),
        pytest.param([], health(0, *FAILED), "No source could be read, 15 May", id="nobody could look"),
        pytest.param(untagged_day(), health(), "12 articles found, not yet sorted, 15 May", id="not sorted"),
        pytest.param(
            [stored("x", note="paywall")], health(), "1 headline, nothing more to read, 15 May", id="headline"
        ),
        pytest.param(
            [LONG], health(), "Bath and North East Somerset: A headline that goes…, 15 May", id="cut at a word"
        ),
    ],
)
def test_the_subject_tells_the_news(articles: list[StoredArticle], sources: SourcesHealth, subject: str) -> None:
    """The news first, the day last."""
    assert build(articles, sources).subject == subject


def test_the_subject_fits_60_characters_on_thirty_days_and_is_never_the_same_twice_running() -> None:
    """Whatever the day brings, or does not."""
    subjects = []
    for n in range(30):
        until = UNTIL + timedelta(days=n)
        subjects.append(build(busy_day(n % 4), since=until - timedelta(days=1), until=until, old_after=None).subject)
    assert max(map(len, subjects)) <= 60
    assert all(one != other for one, other in pairwise(subjects))


def test_the_subject_is_one_line() -> None:
    """A headline cannot add a header to the mail."""
    hostile = stored("News\r\nBcc: everyone@x.example", annotation=said(about=["kent"], events=[event("rating")]))
    assert build([hostile]).subject.isprintable()
