"""Lines that are furniture by their wording, and sentences that only look like it."""

import pytest

from svwatch.extract.lines import article_lines, is_furniture
from svwatch.records import Rules

LONG = "The council said the figures had been checked twice and would be published in full at the end of the month"


@pytest.mark.parametrize(
    "line",
    [
        "Read more: Council loses appeal", "READ MORE", "Hide Ad", "Advertisement", "Article continues below", "Topics:",
        "Share this article", "By Jane Orme, Education Reporter", "Published on Monday, 19 May 2025", "Last updated: 20 May 2025",
        "12 comments", "3 min read", "Sign up to our daily newsletter", "Follow us on Facebook", "Get the latest news by email",
        "Subscribe to our YouTube channel", "Have your say in the comments below", "Do you have a story? Email news@x.example",
        "Contact the reporter at k.m@x.example", "Image: Supplied", "Photo: Getty Images", "Picture by Al Finn/x",
        "The school gates on Monday (Image: Google)", "Mr Orme outside court – photo: Lee Pinder", "Pictured: Ruth Amble",
        "© Courier Media 2025. All rights reserved.", "This article was originally published in the Courier.",
        "The post Hello appeared first on Courier.", "Comments are moderated before they appear.", "#SEND #schools",
        "We use cookies to improve your experience.", "Don't miss the biggest stories. Sign up here.", "Click here to read it",
    ],
)  # fmt: skip
def test_furniture_is_known_by_its_wording(line: str) -> None:
    """Labels, prompts, captions, credits, bylines and dates."""
    assert is_furniture(line)


@pytest.mark.parametrize(
    "line",
    [
        "By using reserves, the council has put off the decision for a year.",
        "By contrast, nobody asked the parents.",
        "Like more than 30 other councils, Dunmere has a safety valve agreement.",
        "Contact between the council and families broke down here.",
        "Comments on the plan close on Friday.",
        "Published on Monday, the report says the council failed 46 children.",
        "Help for our youngest children has been cut, she said.",
        "Support our schools get has fallen by a tenth since 2019.",
        "Related costs rose by 12 per cent to £9m.",
        "Pictures of the flooded classrooms were shown to councillors.",
        "Image rights are not the point, the judge said.",
        "Follow-up visits by inspectors found little change.",
        "Share of the budget spent on transport: 14 per cent.",
        "More than 40 families have appealed.",
        "Read by 900 officials, the note was never acted on.",
        "The deficit stands at £23m (source: council papers).",
        "This story is about three families and one letter.",
        "Subscriptions to the scheme rose.",
        "Getting a plan took two years.",
        "Written statements of action were ordered in both areas.",
        "News of the closure reached parents by text message.",
        "Have they a duty to consult? The court said yes.",
        "Copyright law was not argued.",
        "The deal was signed on 12 March 2021.",
        "If you cannot get a place, you wait, said Ms Amble.",
        "Sign language lessons will stop in July.",
    ],
)
def test_sentence_of_an_article_stays(line: str) -> None:
    """Openings that furniture shares with reporting."""
    assert article_lines([line], (), Rules()) == [line]


def test_headline_and_byline_are_dropped_from_the_top() -> None:
    """The title, a cut form of it and the author's name only repeat what stands above the article."""
    lines = [
        "Council backs plan for special school in town",
        "COUNCIL BACKS PLAN FOR SPECIAL SCHOOL",
        "Ana Lisle",
        LONG + ".",
    ]
    assert article_lines(lines, ("Council backs plan for special school", "Ana Lisle"), Rules()) == [LONG + "."]


def test_text_stops_at_an_end_marker() -> None:
    """What follows a marker near the end is other articles' text, full sentences or not."""
    lines = [f"{LONG}, report {number}." for number in range(6)]
    teasers = ["Related articles", "Ministers delay a safety valve payment.", "Inspectors find failings in Hexley."]
    assert article_lines([*lines, *teasers], (), Rules()) == lines


def test_marker_among_the_text_takes_only_its_headlines() -> None:
    """A box in the middle of an article does not end it."""
    lines = [f"{LONG}, report {number}." for number in range(4)]
    box = ["DON'T MISS", "Safety valve: three more councils named [REPORT]", "A safe harbour [VIDEO]"]
    assert article_lines([*lines[:2], *box, *lines[2:]], (), Rules()) == lines


def test_text_stops_where_the_source_says() -> None:
    """`rules.end` is matched at the start of a line, in any case."""
    rules = Rules(end=("Standing  orders",))
    assert article_lines(["First.", "STANDING ORDERS of the committee", "Last."], (), rules) == ["First."]


def test_line_printed_twice_is_kept_once() -> None:
    """A standfirst that is repeated as the first paragraph; short lines may recur."""
    assert article_lines([LONG, LONG + ".", "Yes.", "Yes."], (), Rules()) == [LONG, "Yes.", "Yes."]


def test_caption_that_opens_with_the_papers_name_is_dropped() -> None:
    """Both "<paper>: text" and the bare "<paper>:", by the site's name or its host's."""
    lines = ["Wexbury Argus: Shona Lacey at home", "Wexbury Argus:", "The council said: “We agree.”"]
    assert article_lines(lines, (), Rules(), ("Wexbury Argus",)) == lines[2:]
    assert article_lines(lines, (), Rules(), ("wexburyargus",)) == lines[2:]


def test_trailing_bio_is_dropped() -> None:
    """Who wrote it is no part of what was written; the same words about a person in the text stay."""
    lines = [
        "One. ",
        "Ana Lisle is a solicitor for the family.",
        "Two.",
        "Three.",
        "Jo Fenn is a freelance education writer.",
    ]
    assert article_lines(lines, (), Rules()) == ["One.", *lines[1:4]]
