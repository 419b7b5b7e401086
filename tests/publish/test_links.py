"""What may be a link (S20), and what is said of events."""

import pytest

from svwatch.publish.links import web_link
from svwatch.publish.phrases import TURN_FIELDS, event_details, what_happened
from svwatch.taxonomy import load_taxonomy

from .invented import event

HOSTILE_ADDRESSES = [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java\nscript:alert(1)",
    "\x01javascript:alert(1)",
    " javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:msgbox(1)",
    "file:///etc/passwd",
    "//evil.example/x",
    "https:evil",
    "https://",
    "http://[::1",
    "https://bank.example@evil.example/",
    'https://a.example/"onclick=x',
    "https://a.example/<b>",
    "https://a.example/a b",
    "https://a.example/\u202egnp",
    "https://a.example/" + "x" * 3000,
    "",
]


@pytest.mark.parametrize("address", HOSTILE_ADDRESSES)
def test_hostile_addresses_are_no_links(address: str) -> None:
    """Only a plain http or https address is one."""
    assert web_link(address) is None


@pytest.mark.parametrize("address", ["https://a.example/x?y=1&z=(2)#f", "HTTP://A.EXAMPLE", "https://a.example:8443/ü"])
def test_web_addresses_stay_as_they_are(address: str) -> None:
    """Not a character of a good address changes."""
    assert web_link(address) == address


TURNS = [
    (kind, turn)
    for kind, fields in load_taxonomy().events.items()
    for turn in fields.get(TURN_FIELDS.get(kind, ""), ())
]


@pytest.mark.parametrize("kind", load_taxonomy().events)
def test_every_kind_of_event_has_words(kind: str) -> None:
    """Also where the article does not say what turn it took."""
    assert what_happened(event(kind))


@pytest.mark.parametrize(("kind", "turn"), TURNS)
def test_every_turn_of_the_taxonomy_has_words_of_its_own(kind: str, turn: str) -> None:
    """A new value in the taxonomy needs a phrase."""
    assert what_happened(event(kind, **{TURN_FIELDS[kind]: turn})) != what_happened(event(kind))


def test_a_grade_for_childrens_services_says_so() -> None:
    """It is not the grade of SEND services."""
    graded = event("rating", "bury", body="ilacs", outcome="good")
    assert what_happened(graded) == "Children's services: rated good"


def test_details_are_told_in_words() -> None:
    """Years, councils, dates, references and lawyers."""
    full = event(
        "agreement", years=9, n_councils=5, as_of="2026-03", citation="[2025] EWHC 893 (Admin)", solicitor="Hale"
    )
    assert event_details(full) == (
        "over 9 years",
        "5 councils",
        "as of March 2026",
        "[2025] EWHC 893 (Admin)",
        "lawyers: Hale",
    )
