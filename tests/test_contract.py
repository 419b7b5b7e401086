"""The public JSON form of an annotated article, written and read back."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from svwatch.contract import annotation_from_json, annotation_to_json, article_to_json, span_from_json, span_to_json
from svwatch.records import Annotation, Article, CouncilTag, Event, Role, Span, TopicTag

TEXT = Span(0, 4, "Bury")
TITLE = Span(3, 7, "Bury", in_title=True)
SAID = Annotation(
    relevant=True,
    relevance_score=0.9871,
    topics=(TopicTag("rating", 0.9123, (TEXT,)),),
    councils=(CouncilTag("bury", Role.SUBJECT, (TITLE, TEXT)),),
    events=(
        Event("rating", ("bury",), TEXT, "2024-05", {"body": "area_send", "outcome": "systemic_failings"}),
        Event("funds_withheld", (), TEXT, None, {"amount": 1.5, "n_councils": 5, "national": True}),
    ),
    tagger_version="1",
    model="first",
)
ARTICLE = Article(
    "https://press.example/1",
    "In Bury",
    "Bury \u201cfails\u201d",
    source_id="press",
    id="a1",
    published_at=datetime(2024, 5, 10, 7, tzinfo=UTC),
)


def test_an_annotation_comes_back_from_json_as_it_was() -> None:
    assert annotation_from_json(json.loads(json.dumps(annotation_to_json(SAID)))) == SAID


def test_the_public_form_of_a_whole_article() -> None:
    assert article_to_json(ARTICLE, SAID, ["https://other.example/1"]) == {
        "id": "a1",
        "url": "https://press.example/1",
        "source": "press",
        "title": "In Bury",
        "published": "2024-05-10T07:00:00+00:00",
        "text": "Bury \u201cfails\u201d",
        "relevant": True,
        "relevance_score": 0.9871,
        "topics": [{"id": "rating", "score": 0.9123, "evidence": [{"start": 0, "end": 4, "text": "Bury"}]}],
        "councils": [
            {
                "slug": "bury",
                "role": "subject",
                "spans": [
                    {"start": 3, "end": 7, "text": "Bury", "in": "title"},
                    {"start": 0, "end": 4, "text": "Bury"},
                ],
            }
        ],
        "events": [
            {
                "kind": "rating",
                "councils": ["bury"],
                "date": "2024-05",
                "body": "area_send",
                "outcome": "systemic_failings",
                "evidence": {"start": 0, "end": 4, "text": "Bury"},
            },
            {
                "kind": "funds_withheld",
                "councils": [],
                "amount": 1.5,
                "n_councils": 5,
                "national": True,
                "evidence": {"start": 0, "end": 4, "text": "Bury"},
            },
        ],
        "tagger": {"version": "1", "model": "first"},
        "copies": ["https://other.example/1"],
    }


def test_an_article_that_was_never_tagged_has_no_tag_field() -> None:
    assert set(article_to_json(ARTICLE, None)) == {"id", "url", "source", "title", "published", "text", "copies"}


def test_what_the_source_does_not_say_is_left_out() -> None:
    assert article_to_json(Article("", "A", "B"), None) == {"title": "A", "text": "B", "copies": []}


@pytest.mark.parametrize("span", [TEXT, TITLE], ids=["in the text", "in the title"])
def test_a_span_comes_back_as_it_was(span: Span) -> None:
    assert span_from_json(span_to_json(span)) == span


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"topics": None}, id="no list"),
        pytest.param({"councils": [{"slug": "bury", "role": "victim", "spans": []}]}, id="unknown role"),
        pytest.param({"topics": [{"id": "rating", "score": "high", "evidence": []}]}, id="score is a word"),
        pytest.param({"topics": [{"score": 1, "evidence": []}]}, id="topic without id"),
        pytest.param({"events": [{"kind": "rating", "councils": []}]}, id="event without evidence"),
        pytest.param(
            {"councils": [{"slug": "bury", "role": "subject", "spans": [{"start": 4, "end": 4, "text": ""}]}]},
            id="empty span",
        ),
        pytest.param({"relevant": "no"}, id="a word for yes or no"),
    ],
)
def test_what_is_not_of_the_public_form_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises((KeyError, TypeError, ValueError)):
        annotation_from_json(annotation_to_json(SAID) | change)
