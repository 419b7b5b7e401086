"""Which events are news, and which reports are of one event."""

from dataclasses import replace

import pytest

from svwatch.publish.happenings import is_recent, is_same_event, new_events
from svwatch.records import Event

from .invented import UNTIL, build, event, said, stored

HELD_BACK = event("funds_withheld", "norfolk", amount=17_700_000, date="2026-05-14")


@pytest.mark.parametrize(
    ("date", "is_news"),
    [
        (None, True),
        ("2026-05-14", True),
        ("2026-05", True),
        ("2026", True),
        ("2028-03", True),
        ("2025-26", True),
        ("2026-01", False),
        ("2024", False),
        ("2023-24", False),
        ("2025-autumn", False),
    ],
)
def test_an_event_long_past_is_background(date: str | None, is_news: bool) -> None:
    """An article of May 2026 that recalls last autumn brings no news of it."""
    assert is_recent(event("rating", "bury", date=date), UNTIL) is is_news


@pytest.mark.parametrize(
    ("other", "is_same"),
    [
        pytest.param(replace(HELD_BACK, values={"amount": 17_000_000}), True, id="printed as 17m"),
        pytest.param(replace(HELD_BACK, values={"amount": 4_000_000}), False, id="another sum"),
        pytest.param(replace(HELD_BACK, values={}, date=None), True, id="says less"),
        pytest.param(replace(HELD_BACK, date="2026-05"), True, id="says only the month"),
        pytest.param(replace(HELD_BACK, date="2026-04-01"), False, id="another day"),
        pytest.param(replace(HELD_BACK, councils=("norfolk", "kent")), True, id="names one more council"),
        pytest.param(replace(HELD_BACK, councils=("kent",)), False, id="another council"),
        pytest.param(replace(HELD_BACK, councils=()), False, id="names no council"),
        pytest.param(replace(HELD_BACK, kind="funds_released"), False, id="another kind"),
    ],
)
def test_reports_of_one_event_are_known(other: Event, is_same: bool) -> None:
    """Papers round sums and dates; what both state must fit."""
    assert is_same_event(HELD_BACK, other) is is_same


def test_two_turns_of_a_case_are_two_events() -> None:
    """A claim that is heard is not the claim being issued."""
    assert not is_same_event(event("judicial_review", stage="issued"), event("judicial_review", stage="hearing"))


def test_one_event_told_twice_is_listed_once() -> None:
    """The box names the second paper; both articles keep their line."""
    first = stored("First", publisher="A", hours_ago=1, annotation=said(about=["norfolk"], events=[HELD_BACK]))
    second = stored("Second", publisher="B", annotation=said(about=["norfolk"], events=[replace(HELD_BACK, values={})]))
    digest = build([second, first])
    assert [(e.article.title, [also.title for also in e.also]) for e in digest.events] == [("First", ["Second"])]
    assert digest.n_articles == 2


def test_an_event_told_in_an_earlier_issue_is_not_told_again() -> None:
    """The article is listed, the box stays empty."""
    digest = build([stored("x", annotation=said(about=["norfolk"], events=[HELD_BACK]))], told=[HELD_BACK])
    assert (digest.events, digest.n_articles) == ((), 1)


def test_at_most_one_sentence_of_an_article_is_printed() -> None:
    """Of two events of one article only the quoted one is told; its line then quotes nothing."""
    events = [
        event("rating", "bury", evidence="First sentence."),
        event("deficit", "bury", evidence="Second sentence."),
    ]
    digest = build([stored("x", annotation=said(topics=[("rating", "Third.")], about=["bury"], events=events))])
    (article,) = digest.sections[0].articles
    assert [e.quote for e in digest.events] == ["First sentence."]
    assert (article.quote, article.is_quoted_above) == ("First sentence.", True)


@pytest.mark.parametrize(
    ("councils", "place"),
    [
        ((), "Council not named"),
        (("bury",), "Bury"),
        (("bury", "kent"), "Bury and Kent"),
        (("bury", "kent", "york", "devon", "surrey"), "Bury, Kent and 3 more"),
    ],
)
def test_an_event_says_where(councils: tuple[str, ...], place: str) -> None:
    """By usual names; a long list is cut."""
    (told,) = build([stored("x", annotation=said(about=councils, events=[event("deficit", *councils)]))]).events
    assert told.place == place


def test_an_event_of_the_whole_country_says_so() -> None:
    """Marked national by its evidence."""
    (told,) = build([stored("x", annotation=said(events=[event("agreement", national=True)]))]).events
    assert told.place == "Across England"


def test_an_old_judgment_told_without_a_date_is_no_news() -> None:
    """The year of its citation says that it is background."""
    events = [
        event(
            "judicial_review",
            "bury",
            date=None,
            stage="allowed",
            citation="[2018] EWHC 2103 (Admin)",
            evidence="An old ruling.",
        ),
        event(
            "judicial_review",
            "bury",
            date=None,
            stage="allowed",
            citation="[2026] EWHC 9 (Admin)",
            evidence="A new ruling.",
        ),
    ]
    recent = new_events(said(events=events), UNTIL, told=())
    assert [e.values["citation"] for e in recent] == ["[2026] EWHC 9 (Admin)"]
