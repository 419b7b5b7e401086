"""The plain values that stages hand to each other: they check themselves, and travel between processes."""

import pickle
from dataclasses import FrozenInstanceError
from datetime import UTC, datetime

import pytest

from svwatch.records import Annotation, Article, CouncilTag, Entry, Event, Role, Span, TopicTag

NAIVE = datetime(2026, 5, 15)
AWARE = datetime(2026, 5, 15, tzinfo=UTC)


@pytest.mark.parametrize("field", ["published_at", "updated_at"])
@pytest.mark.parametrize(
    ("kind", "values"),
    [
        pytest.param(Article, {"url": "", "title": "", "text": ""}, id="article"),
        pytest.param(Entry, {"source_id": "a", "url": "", "title": ""}, id="entry"),
    ],
)
def test_a_time_without_its_zone_is_refused_by_name(kind: type, values: dict[str, str], field: str) -> None:
    assert getattr(kind(**values, **{field: AWARE}), field) == AWARE
    with pytest.raises(ValueError, match=f"{kind.__name__}.{field} must be an aware time"):
        kind(**values, **{field: NAIVE})


@pytest.mark.parametrize(
    ("start", "end"),
    [pytest.param(-1, 2, id="before the text"), pytest.param(3, 3, id="empty"), pytest.param(4, 3, id="backwards")],
)
def test_a_span_holds_at_least_one_character(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="a span needs 0 <= start < end"):
        Span(start, end, "x")


def test_a_record_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        Span(0, 1, "a").start = 2  # type: ignore[misc]


def test_the_values_of_an_event_cannot_be_changed_from_outside() -> None:
    values: dict[str, str | int | float | bool] = {"amount": 5}
    event = Event("deficit", ("kent",), Span(0, 1, "a"), values=values)
    values["amount"] = 6
    assert event.values == {"amount": 5}
    with pytest.raises(TypeError):
        event.values["amount"] = 7  # type: ignore[index]


def test_an_annotation_comes_through_a_pickle_as_it_was() -> None:
    span = Span(0, 4, "Kent", in_title=True)
    said = Annotation(
        relevant=True,
        relevance_score=0.5,
        topics=(TopicTag("deficit", 0.9, (span,)),),
        councils=(CouncilTag("kent", Role.SUBJECT, (span,)),),
        events=(Event("deficit", ("kent",), span, "2024-05", {"amount": 5, "national": True}),),
    )
    assert pickle.loads(pickle.dumps(said)) == said
