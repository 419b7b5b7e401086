"""Whether a topic's statement is about a council, or the council is only named."""

import pytest

from svwatch.records import Role, Span
from svwatch.tag.councils import CouncilSpan
from svwatch.tag.roles import council_tags, last_named
from svwatch.tag.text import sentences
from svwatch.tag.topics import Statement

from .work import events_of

SLUGS = {"Kent": "kent", "Bury": "bury", "Leeds": "leeds"}


def named(text: str, title: str = "") -> list[CouncilSpan]:
    """The councils of a text whose names are known beforehand, title first."""
    return [
        CouncilSpan(slug, Span(at, at + len(name), name, in_title=in_title), 1.0, "named")
        for in_title, held in ((True, title), (False, text))
        for at, name in sorted((held.find(name), name) for name in SLUGS)
        if at >= 0
        for slug in [SLUGS[name]]
    ]


def spans(text: str) -> list[Span]:
    return [Span(start, end, text[start:end]) for start, end in sentences(text)]


@pytest.mark.parametrize(
    ("text", "title", "about", "subjects"),
    [
        pytest.param("Kent has a gap.", "", [0], {"kent"}, id="named in the statement"),
        pytest.param("Kent and Bury have gaps.", "", [0], {"kent", "bury"}, id="two named in it"),
        pytest.param("Kent met. The council has a gap.", "", [1], {"kent"}, id="the council, named before"),
        pytest.param("Kent met. It has a gap.", "", [1], {"kent"}, id="it"),
        pytest.param("Kent met. Its finance team spoke.", "", [1], {"kent"}, id="its"),
        pytest.param("Kent met. Bury met. The authority has a gap.", "", [2], {"bury"}, id="the one named last"),
        pytest.param("The council has a gap. Kent met.", "", [0], set(), id="named only afterwards"),
        pytest.param("The council has a gap.", "Kent", [0], {"kent"}, id="named in the headline"),
        pytest.param("Bury met. It has a gap.", "Kent", [1], {"bury"}, id="the text before the headline"),
        pytest.param("Kent met. Deficits grow everywhere.", "", [1], set(), id="a statement on nobody"),
        pytest.param("Kent met. Bury has a gap.", "", [1], {"bury"}, id="the other is mentioned"),
        pytest.param("Kent met.", "Kent has a gap", [], set(), id="no statement"),
    ],
)
def test_a_council_is_the_subject_where_a_statement_is_about_it(
    text: str, title: str, about: list[int], subjects: set[str]
) -> None:
    statements = [Statement(spans(text)[at], "deficit") for at in about]
    tags = council_tags(named(text, title), statements)
    assert {tag.slug for tag in tags if tag.role is Role.SUBJECT} == subjects
    assert {tag.slug for tag in tags} == {mention.slug for mention in named(text, title)}


@pytest.mark.parametrize(
    ("about", "why"),
    [
        pytest.param(0, "named; named in a statement on cuts", id="named"),
        pytest.param(1, "named; meant in a statement on cuts", id="meant"),
        pytest.param(None, "named; no statement on a topic is about it", id="mentioned"),
    ],
)
def test_a_role_says_why(about: int | None, why: str) -> None:
    text = "Kent met. It cut."
    statements = [] if about is None else [Statement(spans(text)[about], "cuts")]
    [tag] = council_tags(named(text), statements)
    assert tag.why == why


def test_a_council_is_one_tag_with_all_its_spans_in_order() -> None:
    first, second = Span(0, 4, "Kent"), Span(9, 13, "Kent")
    found = [CouncilSpan("kent", first, 1.0, "a"), CouncilSpan("bury", Span(20, 24, "Bury"), 1.0, "b")]
    found.append(CouncilSpan("kent", second, 1.0, "c"))
    tags = council_tags(found, [])
    assert [(tag.slug, tag.spans) for tag in tags] == [("kent", (first, second)), ("bury", (Span(20, 24, "Bury"),))]


@pytest.mark.parametrize(
    ("text", "title", "slug"),
    [
        pytest.param("Kent met. Bury met. Then?", "", "bury", id="the last before"),
        pytest.param("Then? Kent met.", "Bury", "bury", id="else the headline's"),
        pytest.param("Then? Kent met.", "", None, id="else nobody"),
    ],
)
def test_the_council_named_last_before_a_sentence(text: str, title: str, slug: str | None) -> None:
    asked = next(span for span in spans(text) if span.text == "Then?")
    assert last_named(named(text, title), asked) == slug


def test_work_on_roles_grows_no_faster_than_the_article() -> None:
    """Half a megabyte of statements with names must not hold a worker for minutes."""

    def work(size: int) -> int:
        text = "Kent has a gap. " * size
        found = [CouncilSpan("kent", Span(at, at + 4, "Kent"), 1.0, "") for at in range(0, len(text), 16)]
        statements = [Statement(span, "deficit") for span in spans(text)]
        return events_of(lambda: council_tags(found, statements))

    assert work(200) < 2.6 * work(100)
