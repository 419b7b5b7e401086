"""Events: what kind of happening a text states, of which council, when and with which values."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svwatch.records import Article, Event, Span
from svwatch.tag.councils import CouncilSpan
from svwatch.tag.events import find_events

from .work import events_of

NAMES: Mapping[str, str] = {
    "Kent County Council": "kent",
    "Kent": "kent",
    "Bury": "bury",
    "Bexley": "bexley",
    "Norfolk": "norfolk",
    "Dorset": "dorset",
    "Devon": "devon",
    "Bristol": "bristol",
    "Barnsley": "barnsley",
    "Medway": "medway",
    "Hillingdon": "hillingdon",
}
PUBLISHED = datetime(2025, 4, 11, 6, tzinfo=UTC)


def _councils(text: str, in_title: bool = False) -> list[CouncilSpan]:
    """Every name of the table in a text, the longest at each place."""
    return [
        CouncilSpan(NAMES[found[0]], Span(found.start(), found.end(), found[0], in_title), 1.0, "named")
        for found in re.finditer("|".join(NAMES), text)
    ]


def _events(text: str, title: str = "Special needs news", **hints: str) -> tuple[Event, ...]:
    """Events of a text; a hint names a topic and the sentence that earns it."""
    article = Article("https://news.example/a", title, text, published_at=PUBLISHED)
    spans = {topic: [(text.index(said), text.index(said) + len(said))] for topic, said in hints.items()}
    return find_events(article, [*_councils(title, in_title=True), *_councils(text)], spans)


def _said(event: Event) -> dict[str, Any]:
    return {"kind": event.kind, "councils": event.councils, "date": event.date, **event.values}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "Inspectors found widespread and/or systemic failings in SEND services in Bury last month.",
            {
                "kind": "rating",
                "councils": ("bury",),
                "date": "2025-03",
                "outcome": "systemic_failings",
                "body": "area_send",
            },
            id="official words",
        ),
        pytest.param(
            "Bury's SEND partnership was given the lowest of the three grades by Ofsted in May 2024.",
            {
                "kind": "rating",
                "councils": ("bury",),
                "date": "2024-05",
                "outcome": "systemic_failings",
                "body": "area_send",
            },
            id="press words",
        ),
        pytest.param(
            "A joint inspection reported that children with SEND in Medway have inconsistent experiences.",
            {"kind": "rating", "councils": ("medway",), "date": None, "outcome": "inconsistent", "body": "area_send"},
            id="middle outcome",
        ),
        pytest.param(
            "Barnsley's arrangements for SEND typically lead to positive experiences, inspectors said on Tuesday.",
            {
                "kind": "rating",
                "councils": ("barnsley",),
                "date": "2025-04-08",
                "outcome": "typically_positive",
                "body": "area_send",
            },
            id="top outcome",
        ),
        pytest.param(
            "Kent's children's services were rated outstanding by Ofsted in 2023.",
            {"kind": "rating", "councils": ("kent",), "date": "2023", "outcome": "outstanding", "body": "ilacs"},
            id="children's services",
        ),
        pytest.param(
            "Ministers served Kent with an improvement notice over its SEND provision in March 2023.",
            {
                "kind": "rating",
                "councils": ("kent",),
                "date": "2023-03",
                "outcome": "improvement_notice",
                "body": "area_send",
            },
            id="a notice issued",
        ),
        pytest.param(
            "Devon was told to produce a written statement of action for SEND in 2018.",
            {
                "kind": "rating",
                "councils": ("devon",),
                "date": "2018",
                "outcome": "written_statement_of_action",
                "body": "area_send",
            },
            id="a written statement",
        ),
        pytest.param(
            "The DfE withheld £5.5m of safety valve payments from Norfolk in March 2024.",
            {"kind": "funds_withheld", "councils": ("norfolk",), "date": "2024-03", "amount": 5_500_000},
            id="money withheld",
        ),
        pytest.param(
            "Bexley has had its next safety valve instalment of £3m, which the DfE released on Thursday.",
            {"kind": "funds_released", "councils": ("bexley",), "date": "2025-04-10", "amount": 3_000_000},
            id="money released",
        ),
        pytest.param(
            "Yesterday the High Court dismissed a claim by SEND families against Bristol: [2025] EWHC 893 (Admin).",
            {
                "kind": "judicial_review",
                "councils": ("bristol",),
                "date": "2025-04-10",
                "stage": "dismissed",
                "citation": "[2025] EWHC 893 (Admin)",
            },
            id="a claim dismissed",
        ),
        pytest.param(
            "A judge has given disabled pupils permission to bring a judicial review against Devon.",
            {"kind": "judicial_review", "councils": ("devon",), "date": None, "stage": "permission_granted"},
            id="permission",
        ),
        pytest.param(
            "Solicitors for SEND parents have sent Medway a letter before claim.",
            {"kind": "judicial_review", "councils": ("medway",), "date": None, "stage": "threatened"},
            id="a threat is an event",
        ),
        pytest.param(
            "Kent County Council signed a safety valve deal worth up to £140 million over five years in March 2023.",
            {
                "kind": "agreement",
                "councils": ("kent",),
                "date": "2023-03",
                "state": "signed",
                "amount": 140_000_000,
                "years": 5,
            },
            id="a deal signed",
        ),
        pytest.param(
            "Bury's safety valve agreement was extended to nine years in March 2024.",
            {"kind": "agreement", "councils": ("bury",), "date": "2024-03", "state": "extended", "years": 9},
            id="a deal extended",
        ),
        pytest.param(
            "The safety valve scheme was closed to new entrants in December.",
            {"kind": "agreement", "councils": (), "date": "2024-12", "state": "scheme_closed", "national": True},
            id="the scheme closed",
        ),
        pytest.param(
            "Kent's cumulative high needs deficit is forecast to reach £136.3m by 31 March 2026.",
            {"kind": "deficit", "councils": ("kent",), "date": None, "amount": 136_300_000, "as_of": "2026-03"},
            id="a deficit foretold",
        ),
        pytest.param(
            "High needs deficits across England will total £4.6bn by March 2026.",
            {
                "kind": "deficit",
                "councils": (),
                "date": None,
                "amount": 4_600_000_000,
                "as_of": "2026-03",
                "national": True,
            },
            id="every council's deficit",
        ),
    ],
)
def test_a_statement_is_an_event(text: str, expected: dict[str, Any]) -> None:
    """One of each kind, with its values."""
    (event,) = _events(text)
    assert _said(event) == {"councils": (), "date": None, **expected}


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Safety valve payments to Norfolk could be withheld by the DfE.", id="could"),
        pytest.param("If Norfolk misses its targets, the DfE will suspend safety valve payments.", id="conditional"),
        pytest.param("The DfE said safety valve payments to Norfolk had not been suspended.", id="denied"),
        pytest.param("Parents fear that SEND services in Bury will be rated inadequate by Ofsted.", id="feared"),
        pytest.param("Was Bury's SEND partnership given the lowest grade by Ofsted?", id="asked"),
        pytest.param("The improvement notice on Kent's SEND services was lifted on Tuesday.", id="a notice lifted"),
        pytest.param("Bury Grammar School, a special school, was rated outstanding by Ofsted.", id="one school"),
        pytest.param("Help and protection in Kent's children's services was graded inadequate.", id="a sub-grade"),
        pytest.param("Kent proposes to apply for a safety valve deal.", id="proposed"),
        pytest.param("The SEND tribunal allowed an appeal against Kent.", id="a tribunal"),
        pytest.param("A SEND school trust in Kent has a deficit of £2m.", id="a trust's deficit"),
        pytest.param("A judge dismissed a planning challenge to a wind farm in Kent.", id="a case of something else"),
        pytest.param("", id="no text"),
    ],
)
def test_what_is_not_stated_of_a_council_is_no_event(text: str) -> None:
    """Supposed, denied, asked, of another matter, or nothing at all."""
    assert _events(text) == ()


@pytest.mark.parametrize(
    ("text", "councils"),
    [
        pytest.param(
            "Norfolk met ministers. The DfE suspended safety valve payments to the council.",
            ("norfolk",),
            id="the council",
        ),
        pytest.param(
            "The DfE suspended safety valve payments to Dorset and Norfolk.", ("dorset", "norfolk"), id="a list"
        ),
        pytest.param(
            "Dorset met ministers. So did Norfolk. The DfE suspended safety valve payments to both councils.",
            ("dorset", "norfolk"),
            id="both councils",
        ),
        pytest.param(
            "The DfE suspended safety valve payments to three councils. They are Dorset, Norfolk and Devon.",
            ("dorset", "norfolk", "devon"),
            id="counted, then listed",
        ),
        pytest.param("The DfE suspended safety valve payments to the council.", ("kent",), id="the title's council"),
    ],
)
def test_councils_are_found_across_sentences(text: str, councils: tuple[str, ...]) -> None:
    """The clause's own, else the nearest before, else the title's."""
    title = "Kent loses safety valve cash" if "Norfolk" not in text else "Safety valve cash"
    assert [event.councils for event in _events(text, title) if event.kind == "funds_withheld"] == [councils]


def test_councils_that_are_only_counted_are_a_number() -> None:
    """No name is made up for them."""
    (event,) = _events("The DfE held back £18m of safety valve payments from five councils.")
    assert _said(event) == {
        "kind": "funds_withheld",
        "councils": (),
        "date": None,
        "amount": 18_000_000,
        "n_councils": 5,
        "national": True,
    }


def test_each_council_of_a_list_gets_its_own_sum() -> None:
    """One list after the other, or by turns."""
    owed = {
        event.councils: event.values["amount"]
        for event in _events("Kent and Medway have SEND deficits of £97m and £21m.")
    }
    assert owed == {("kent",): 97_000_000, ("medway",): 21_000_000}


def test_a_first_instalment_is_not_the_total_of_a_deal() -> None:
    """The sum paid so far belongs to no deal's terms."""
    (event,) = _events("Devon signed a safety valve deal worth £95m in March 2024, with a first instalment of £38m.")
    assert event.values["amount"] == 95_000_000


def test_a_second_statement_counts_only_where_it_adds_a_value() -> None:
    """A repeated sentence is one event; the sum it gives later is another."""
    told = "Kent signed a safety valve deal in March 2023. "
    assert len(_events(told * 3)) == 1
    assert len(_events(told * 2 + "Kent signed a safety valve deal worth £142m.")) == 2


def test_a_solicitor_named_later_goes_to_the_case() -> None:
    """And makes no event of its own."""
    text = (
        "The High Court has dismissed a claim against Bristol by a disabled child's family. "
        "The claimants were represented by Watkins Solicitors."
    )
    (event,) = _events(text)
    assert event.values["solicitor"] == "Watkins Solicitors"


def test_a_lead_takes_its_date_from_the_publication_of_the_report() -> None:
    """Where the lead gives none itself."""
    text = (
        "Widespread systemic failings have been found by inspectors in SEND services in Bury. "
        "Their report was published on Monday."
    )
    (event,) = _events(text)
    assert event.date == "2025-04-07"


def test_a_hint_lets_a_sentence_say_less() -> None:
    """A sum in a sentence known to tell of a deficit needs no word for it."""
    text = "Families are angry. In Kent it is now £97m."
    assert _events(text) == ()
    (event,) = _events(text, deficit="In Kent it is now £97m.")
    assert (event.kind, event.councils, event.values["amount"]) == ("deficit", ("kent",), 97_000_000)


def test_evidence_is_the_sentence_at_exact_offsets_of_the_original() -> None:
    """Whatever characters the plain text left out or straightened."""
    said = "Ke\u200bnt\u2019s \u201csafety\u00a0valve\u201d deal  was \ufeffsigned in\u2009March 2023."
    text = f"\U0001f600 Caf\u0065\u0301 news\u2026\n{said}\nMore."
    article = Article("https://news.example/a", "SEND", text, published_at=PUBLISHED)
    start = text.index("Ke\u200bnt")
    named = CouncilSpan("kent", Span(start, start + 5, text[start : start + 5]), 1.0, "named")
    (event,) = find_events(article, [named], {})
    assert (event.councils, event.date, event.values["state"]) == (("kent",), "2023-03", "signed")
    assert event.evidence.text == text[event.evidence.start : event.evidence.end] == said


@pytest.mark.parametrize("year", [1, 1970, 9999])
def test_a_publication_in_no_year_of_the_press_resolves_nothing(year: int) -> None:
    """Relative dates are then unknown, and nothing breaks."""
    text = "Bury's SEND services were given the lowest grade by Ofsted last month."
    article = Article("https://news.example/a", "", text, published_at=datetime(year, 1, 1, tzinfo=UTC))
    assert [event.date for event in find_events(article, _councils(text), {})] == [None]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Kent owes £1m on high needs and " * 1_600, id="a 50,000-character sentence"),
        pytest.param("".join(f"Kent's SEND deficit is £{n}m. " for n in range(3_000)), id="3,000 amounts"),
        pytest.param("The county's SEND deficit is £1m. Bexley! " * 1_000, id="no council of that rank"),
        pytest.param('"' * 20_000 + "safety valve deal" * 100, id="quotation marks"),
        pytest.param("refused permission to the High Court judge SEND " * 1_000, id="court words"),
    ],
)
def test_hostile_texts_are_read_in_work_that_grows_with_them(text: str) -> None:
    """Twice the text costs at most a little over twice the work."""
    half = text[: len(text) // 2]
    assert events_of(lambda: _events(text)) <= 2.3 * events_of(lambda: _events(half)) + 2_000


WORDS = re.split(
    " ",
    "Kent Bury SEND deficit £5m £1.2bn safety valve deal signed was not in 2024 last month Ofsted rated good court claim "
    '. , \n \u200b \u2019 " ? May five councils İ',
)


@given(st.lists(st.one_of(st.sampled_from(WORDS), st.characters()), max_size=60))
def test_any_text_gives_sound_events(parts: list[str]) -> None:
    """Evidence is always a piece of the text, and no text breaks the reading."""
    text = " ".join(parts)
    for event in _events(text):
        assert text[event.evidence.start : event.evidence.end] == event.evidence.text
