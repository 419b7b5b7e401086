"""Scoring a tagger: its answers held against people's, event by event and article by article."""

from dataclasses import replace
from pathlib import Path

import pytest

from svwatch.learn.evaluate import evaluate_tagger, is_same, match_events
from svwatch.learn.gold import load_gold
from svwatch.learn.scores import Counts
from svwatch.records import Event, Scalar, Span
from svwatch.tag.model import load_tagger
from svwatch.tag.tagger import annotate
from svwatch.taxonomy import load_taxonomy

EVIDENCE = Span(0, 1, "x")


def event(kind: str = "deficit", councils: tuple[str, ...] = ("kent",), **values: Scalar) -> Event:
    return Event(kind, councils, EVIDENCE, None, values)


@pytest.mark.parametrize(
    ("one", "other", "verdict"),
    [
        pytest.param(event(amount=100), event(amount=102), True, id="sums within 2 per cent"),
        pytest.param(event(amount=100), event(amount=103), False, id="sums further apart"),
        pytest.param(event(amount=100), event(), False, id="a sum and none"),
        pytest.param(event(), event(), True, id="no sum in either"),
        pytest.param(event("agreement"), event("deficit"), False, id="another kind"),
        pytest.param(event(councils=("kent",)), event(councils=("bury",)), False, id="another council"),
        pytest.param(event(councils=("a", "b")), event(councils=("b", "a")), True, id="councils in any order"),
        pytest.param(
            event("agreement", state="signed"), event("agreement", state="revised"), False, id="another state"
        ),
        pytest.param(
            event("agreement", state="signed", amount=1),
            event("agreement", state="signed", amount=9),
            True,
            id="key value only",
        ),
        pytest.param(event("rating", outcome="good"), event("rating", outcome="good"), True, id="outcome"),
        pytest.param(
            event("judicial_review", stage="issued"), event("judicial_review", stage="hearing"), False, id="stage"
        ),
        pytest.param(event("funds_withheld", amount=5), event("funds_withheld", amount=5), True, id="withheld by sum"),
    ],
)
def test_two_events_are_the_same_by_kind_councils_and_key_value(one: Event, other: Event, *, verdict: bool) -> None:
    assert is_same(one, other) is verdict
    assert is_same(other, one) is verdict


@pytest.mark.parametrize(
    ("said", "true", "counts"),
    [
        pytest.param([event(amount=5)], [event(amount=5)], Counts(1, 0, 0), id="found"),
        pytest.param([event(amount=5)], [event(amount=9)], Counts(0, 1, 1), id="another"),
        pytest.param([event(amount=5)] * 2, [event(amount=5)], Counts(1, 0, 0), id="told twice, counted once"),
        pytest.param([event(amount=5)], [event(amount=5)] * 2, Counts(1, 0, 0), id="in the gold twice, met once"),
        pytest.param([], [event()], Counts(0, 0, 1), id="missed"),
        pytest.param([event()], [], Counts(0, 1, 0), id="made up"),
        pytest.param([event("agreement", state="signed")], [], Counts(0, 0, 0), id="another kind than asked for"),
    ],
)
def test_events_of_a_kind_are_counted(said: list[Event], true: list[Event], counts: Counts) -> None:
    assert match_events(said, true, "deficit") == counts


def test_a_tagger_held_against_its_own_answers_is_always_right(small_gold: Path, trained: Path) -> None:
    tagger = load_tagger(trained)
    records = load_gold(small_gold, "test")
    answered = [replace(one, annotation=tag) for one in records for tag in [annotate(one.article, tagger)]]
    result = evaluate_tagger(answered, tagger)
    assert [row.what for row in result.rows if row.f1 < 1.0] == []
    assert (result.errors, result.articles) == ((), len(records))


def test_an_evaluation_has_a_row_for_every_kind_of_answer(small_gold: Path, trained: Path) -> None:
    rows = {row.what for row in evaluate_tagger(load_gold(small_gold, "dev"), load_tagger(trained)).rows}
    topics = {f"topic {topic}" for topic in load_taxonomy().topic_ids}
    events = {f"events {kind}" for kind in load_taxonomy().events}
    others = {"councils", "council mentions", "council subjects", "relevance", "roles of councils found", "events"}
    assert rows == topics | events | others | {"topics, macro mean"}
