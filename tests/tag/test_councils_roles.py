"""Whom "the county", "both councils" and "all three" mean in a statement that names nobody."""

import pytest

from svwatch.records import Role, Span
from svwatch.tag.councils import CouncilSpan
from svwatch.tag.roles import council_tags
from svwatch.tag.text import sentences
from svwatch.tag.topics import Statement

NAMES = {"Lancashire": "lancashire", "Blackpool": "blackpool", "Leeds": "leeds", "Bexley": "bexley"}


@pytest.mark.parametrize(
    ("text", "subjects"),
    [
        pytest.param("Lancashire met Blackpool. The county is short.", {"lancashire"}, id="the county, not the town"),
        pytest.param("Leeds met Bexley. The city is short.", {"leeds"}, id="the city"),
        pytest.param("Leeds met Bexley. The borough is short.", {"bexley"}, id="the borough"),
        pytest.param("Leeds met Bexley. The council is short.", {"bexley"}, id="the council, named last"),
        pytest.param("Leeds met Bexley. Both councils are short.", {"leeds", "bexley"}, id="both"),
        pytest.param(
            "Leeds met Bexley and Blackpool. All three say they are short.",
            {"leeds", "bexley", "blackpool"},
            id="all three",
        ),
        pytest.param("Leeds met Bexley. All three say they are short.", set(), id="more than were named"),
    ],
)
def test_words_that_stand_for_councils_make_them_subjects(text: str, subjects: set[str]) -> None:
    found = sorted(
        (
            CouncilSpan(slug, Span(text.index(name), text.index(name) + len(name), name), 1.0, "named")
            for name, slug in NAMES.items()
            if name in text
        ),
        key=lambda one: one.span.start,
    )
    start, end = sentences(text)[-1]
    tags = council_tags(found, [Statement(Span(start, end, text[start:end]), "deficit")])
    assert {tag.slug for tag in tags if tag.role is Role.SUBJECT} == subjects
