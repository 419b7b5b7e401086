"""The topics and event kinds, and the digest that ties a model to them."""

import pytest

from svwatch.taxonomy import load_taxonomy, parse_taxonomy

FILE = """
version: 1
topics:
  - {id: cuts, name: Cuts, applies_to: less support}
  - {id: deficit, name: Deficit, applies_to: a gap}
events:
  deficit: {amount: number, body: [ilacs, other]}
"""


def test_the_eight_topics_stand_in_display_order() -> None:
    assert load_taxonomy().topic_ids == (
        "rating",
        "withheld_funds",
        "judicial_review",
        "agreement",
        "deficit",
        "cuts",
        "scrutiny",
        "campaign",
    )


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        pytest.param("rating", {"body", "outcome"}, id="rating"),
        pytest.param("funds_withheld", {"amount", "n_councils"}, id="withheld"),
        pytest.param("funds_released", {"amount", "n_councils"}, id="released"),
        pytest.param("judicial_review", {"stage", "citation", "solicitor"}, id="court"),
        pytest.param("agreement", {"state", "amount", "years", "n_councils"}, id="deal"),
        pytest.param("deficit", {"amount", "as_of", "n_councils"}, id="deficit"),
    ],
)
def test_an_event_kind_has_the_fields_of_the_guide(kind: str, fields: set[str]) -> None:
    assert set(load_taxonomy().events[kind]) == fields


def test_there_are_no_other_event_kinds() -> None:
    assert len(load_taxonomy().events) == 6


@pytest.mark.parametrize("topic", load_taxonomy().topics, ids=lambda topic: topic.id)
def test_a_topic_has_a_name_and_says_what_it_applies_to(topic: object) -> None:
    assert getattr(topic, "name", "") and getattr(topic, "applies_to", "")


def test_readers_see_a_name_for_an_id() -> None:
    assert load_taxonomy().topic_name("judicial_review") == "Judicial review"


def test_an_unknown_topic_has_no_name() -> None:
    with pytest.raises((KeyError, StopIteration)):
        load_taxonomy().topic_name("weather")


@pytest.mark.parametrize(
    ("old", "new", "is_same"),
    [
        pytest.param("name: Cuts", "name: Cuts to support", True, id="a reworded name stays compatible"),
        pytest.param("applies_to: a gap", "applies_to: a large gap", True, id="so does a reworded meaning"),
        pytest.param("id: cuts", "id: cut", False, id="another id"),
        pytest.param("amount: number", "amount: text", False, id="another field type"),
        pytest.param("[ilacs, other]", "[ilacs]", False, id="a value less"),
        pytest.param("version: 1", "version: 2", False, id="another version"),
    ],
)
def test_the_digest_changes_with_ids_and_fields_only(old: str, new: str, *, is_same: bool) -> None:
    assert (parse_taxonomy(FILE).digest == parse_taxonomy(FILE.replace(old, new)).digest) is is_same


def test_the_order_of_topics_is_part_of_the_digest() -> None:
    first, second = (
        "{id: cuts, name: Cuts, applies_to: less support}",
        "{id: deficit, name: Deficit, applies_to: a gap}",
    )
    swapped = FILE.replace(first, "@").replace(second, first).replace("@", second)
    assert parse_taxonomy(FILE).digest != parse_taxonomy(swapped).digest
