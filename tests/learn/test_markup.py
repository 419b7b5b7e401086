"""Labelled articles as people write them: marks to exact offsets, and every bad line named."""

from collections.abc import Callable

import pytest

from svwatch.errors import GoldError
from svwatch.learn.gold import GoldArticle, gold_from_json, gold_to_json
from svwatch.learn.markup import gold_article, read_marked
from svwatch.records import Event, Role, Span

MARKED = """
=== kent-deal-a
happening: kent-agreement-2023
date: 2023-03-17
register: local_news
relevant: yes
subjects: kent
title: [[kent|Kent]] agrees \u00a3140m deal, {{club|Bury FC}} win
---
[agreement] [[kent|Kent County Council]] has signed a \u201csafety valve\u201d deal.
! agreement; councils=kent; state=signed; date=2023-03; amount=140000000; years=5
[] [[north-northamptonshire|North]] and [[west-northamptonshire|West Northamptonshire]] have not.

[deficit, cuts] A new paragraph says {{university|University of Kent}} loses out.
! deficit; national=yes; amount=5
! deficit; councils=kent, bury; as_of=2025-26
"""


def articles(text: str) -> list[GoldArticle]:
    return [gold_article(marked, "a test") for marked in read_marked(text.splitlines(keepends=True))]


@pytest.fixture
def article() -> GoldArticle:
    [one] = articles(MARKED)
    return one


def test_marks_leave_plain_words(article: GoldArticle) -> None:
    assert article.article.title == "Kent agrees \u00a3140m deal, Bury FC win"
    assert article.article.text == (
        "Kent County Council has signed a \u201csafety valve\u201d deal. North and West Northamptonshire have not.\n"
        "A new paragraph says University of Kent loses out."
    )


def test_header_lines_say_what_the_article_is(article: GoldArticle) -> None:
    published = article.article.published_at
    assert published is not None
    assert (article.id, article.happening, article.register, published.date().isoformat()) == (
        "kent-deal-a",
        "kent-agreement-2023",
        "local_news",
        "2023-03-17",
    )
    assert article.annotation.relevant


def test_councils_have_every_span_title_first_and_their_role(article: GoldArticle) -> None:
    told = [
        (tag.slug, tag.role, [(span.text, span.in_title) for span in tag.spans]) for tag in article.annotation.councils
    ]
    assert told == [
        ("kent", Role.SUBJECT, [("Kent", True), ("Kent County Council", False)]),
        ("north-northamptonshire", Role.MENTIONED, [("North", False)]),
        ("west-northamptonshire", Role.MENTIONED, [("West Northamptonshire", False)]),
    ]


def test_traps_have_their_kind_and_place(article: GoldArticle) -> None:
    told = [(trap.kind, trap.span.text, trap.span.in_title) for trap in article.traps]
    assert told == [("club", "Bury FC", True), ("university", "University of Kent", False)]


def test_topics_have_their_sentences(article: GoldArticle) -> None:
    last = "A new paragraph says University of Kent loses out."
    told = {topic.id: [span.text for span in topic.evidence] for topic in article.annotation.topics}
    assert told == {
        "agreement": ["Kent County Council has signed a \u201csafety valve\u201d deal."],
        "deficit": [last],
        "cuts": [last],
    }


def test_events_have_their_values_and_the_sentence_above(article: GoldArticle) -> None:
    first, second = (article.annotation.topics[i].evidence[0] for i in (0, 1))
    assert article.annotation.events == (
        Event("agreement", ("kent",), first, "2023-03", {"state": "signed", "amount": 140_000_000, "years": 5}),
        Event("deficit", (), second, None, {"national": True, "amount": 5}),
        Event("deficit", ("kent", "bury"), second, None, {"as_of": "2025-26"}),
    )


def test_every_span_is_where_its_words_are(article: GoldArticle) -> None:
    said = article.annotation
    spans: list[Span] = [span for tag in (*said.topics,) for span in tag.evidence]
    spans += [span for tag in said.councils for span in tag.spans]
    spans += [event.evidence for event in said.events] + [trap.span for trap in article.traps]
    for span in spans:
        held = article.article.title if span.in_title else article.article.text
        assert held[span.start : span.end] == span.text


def test_a_marked_article_comes_through_json_as_it_was(article: GoldArticle) -> None:
    back = gold_from_json(gold_to_json(article))
    assert back == article


def test_a_file_holds_several_articles() -> None:
    assert [one.id for one in articles(MARKED + MARKED.replace("kent-deal-a", "kent-deal-b"))] == [
        "kent-deal-a",
        "kent-deal-b",
    ]


def changed(old: str, new: str) -> Callable[[], str]:
    def text() -> str:
        assert old in MARKED
        return MARKED.replace(old, new)

    return text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param(
            lambda: "stray\n" + MARKED, 'line 1: start each article with "=== its-id"', id="before the first article"
        ),
        pytest.param(changed("[agreement] [[", "[["), "line 10: start a sentence with its topics", id="no topics"),
        pytest.param(
            changed("[deficit, cuts] A", "[Deficit!] A"), "line 14: start a sentence with its topics", id="odd topics"
        ),
        pytest.param(changed("[] [[north", "[]  [[north"), "line 12", id="two spaces after the brackets"),
        pytest.param(
            changed("---\n", "---\n! deficit; councils=kent\n"),
            "line 10: an event stands under",
            id="event without sentence",
        ),
        pytest.param(changed("amount=140000000", "amount=a lot"), "line 11", id="a word for a sum"),
        pytest.param(changed("state=signed", "state"), "line 11", id="a value without its key"),
        pytest.param(
            changed("[[kent|Kent County Council]]", "[[kent|Kent County Council]"), "line 10", id="a mark left open"
        ),
        pytest.param(
            changed("{{university|University of Kent}}", "{{University of Kent}}"),
            "line 14",
            id="a trap without its kind",
        ),
        pytest.param(changed("title: ", "headline: "), "title", id="no title"),
        pytest.param(changed("happening: ", "event: "), "happening", id="no happening"),
        pytest.param(changed("date: 2023-03-17", "date: 17 March"), "17 March", id="no day"),
        pytest.param(changed("relevant: yes", "relevant: perhaps"), "perhaps", id="neither yes nor no"),
        pytest.param(changed("register: local_news", "register local_news"), "register", id="a header without colon"),
        pytest.param(changed("subjects: kent", "subjects: bury"), "bury", id="a subject that is not marked"),
    ],
)
def test_a_line_that_cannot_be_read_is_named(text: Callable[[], str], words: str) -> None:
    with pytest.raises(GoldError) as refused:
        articles(text())
    assert words in str(refused.value)
