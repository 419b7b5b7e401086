"""One article in, everything said of it out: the same in every process, whatever the text."""

import json
import pickle
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from svwatch.contract import annotation_to_json
from svwatch.records import Annotation, Article, Span
from svwatch.tag.tagger import TAGGER_VERSION, Tagger, annotate

if TYPE_CHECKING:
    from .conftest import Annotate

ARTICLE = Article(
    "https://press.example/kent",
    "Kent\u2019s SEND bailout paused",
    "Kent County Council signed a \u201csafety valve\u201d deal worth \u00a3140 million in March 2023. Ministers have withheld "
    "payments since.\nBury\u2019s high-needs deficit has reached \u00a322m. Parents handed in a petition against cuts to "
    "SEND transport. Bury FC lost.",
    published_at=datetime(2024, 5, 10, tzinfo=UTC),
)
ELSEWHERE = """
import json, pickle, sys
from pathlib import Path
from svwatch.contract import annotation_to_json
from svwatch.tag.model import load_tagger
from svwatch.tag.tagger import annotate

article = pickle.loads(sys.stdin.buffer.read())
sys.stdout.buffer.write(pickle.dumps(annotate(article, load_tagger(Path(sys.argv[1])))))
"""
PIECES = (
    "Kent County Council",
    "Bury",
    "BCP",
    " has a SEND deficit of \u00a3165m",
    "signed a safety valve deal in March 2023",
    "judicial review",
    "\u2019s",
    ". ",
    "\n",
    "\u200b",
    "\u202e",
    "\u0301",
    "\u00a0",
    "\ud800",
    "\x00",
    "<script>",
    "{{7*7}}",
    "%s",
    "\U0001f600",
)


def spans_of(said: Annotation) -> list[Span]:
    return [
        *(span for topic in said.topics for span in topic.evidence),
        *(span for council in said.councils for span in council.spans),
        *(event.evidence for event in said.events),
    ]


@pytest.mark.parametrize("seed", ["1", "2"])
def test_another_process_says_the_same_of_an_article(tagger: Tagger, live: Path, seed: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", ELSEWHERE, str(live)],
        input=pickle.dumps(ARTICLE),
        capture_output=True,
        check=True,
        env={"PYTHONHASHSEED": seed},
    )
    assert pickle.loads(done.stdout) == annotate(ARTICLE, tagger)


def test_a_pickled_tagger_says_the_same_of_an_article(tagger: Tagger) -> None:
    assert annotate(pickle.loads(pickle.dumps(ARTICLE)), tagger) == annotate(ARTICLE, tagger)


def test_an_annotation_names_the_model_and_the_tagger(tagger: Tagger, live: Path) -> None:
    said = annotate(ARTICLE, tagger)
    assert (said.model, said.tagger_version) == (live.name, TAGGER_VERSION)


def test_an_article_is_told_by_its_councils_topics_and_events(tagger: Tagger) -> None:
    said = annotate(ARTICLE, tagger)
    assert {tag.slug for tag in said.councils} == {"kent", "bury"}
    assert {"agreement", "withheld_funds", "deficit"} <= {topic.id for topic in said.topics}
    assert "agreement" in {event.kind for event in said.events}


@pytest.mark.parametrize(
    ("title", "text"),
    [
        pytest.param("", "", id="empty"),
        pytest.param("Kent signs deal", "", id="a title alone"),
        pytest.param("", " \n\t\u00a0\u200b\u2028", id="white space and nothing to see"),
        pytest.param("", "?! 12 \u00a35m \U0001f600", id="no letters"),
        pytest.param("\u202eKent\u202c", "\u202eKent County Council has a SEND deficit.\u202c", id="bidi overrides"),
        pytest.param("", "Ke\u0301nt Cou\u0308ncil\u0301 \u0301\u0301 SEND", id="combining marks"),
        pytest.param("", "K\u200be\u200bn\u200bt C\u2060ouncil\ufeff SEND deficit", id="zero-width in every word"),
        pytest.param("", "\ud800Kent County Council\udfff has a SEND deficit \ud83d", id="lone surrogates"),
        pytest.param("\ud800 Kent", "It has a SEND deficit.", id="a lone surrogate in the title"),
        pytest.param("", "<mark>Kent</mark> <script>alert(1)</script> SEND deficit", id="tags"),
        pytest.param("{{7*7}}", "{% x %} %s ${y} Kent SEND deficit {0}", id="templates"),
        pytest.param("", "Kent\x00Bury\x00 SEND\x1b[31m deficit\x07", id="control characters"),
        pytest.param(
            "", "\u0130stanbul KENT \u00df\ufb01 SEND de\ufb01cit \u212a", id="letters that change length in lower case"
        ),
        pytest.param("", "a." * 500, id="hundreds of full stops"),
        pytest.param("", "(" * 500 + "Kent", id="hundreds of brackets"),
        pytest.param("", "'" * 500 + "Kent" + '"' * 500, id="hundreds of quotation marks"),
        pytest.param("", "\u00a3" * 500 + "," * 500, id="hundreds of pound signs"),
        pytest.param("", "1" * 500 + " million SEND deficit in Kent", id="a number without end"),
        pytest.param("", "SEND deficit of \u00a3" + "9" * 400 + "bn in Kent Council", id="a sum beyond all floats"),
        pytest.param(
            "", "Kent Council SEND deficit at 31 February 2024, 99/99/9999, 0 May 0000", id="days that never were"
        ),
    ],
)
def test_hostile_text_is_answered_with_true_spans(read: "Annotate", title: str, text: str) -> None:
    said = read(text, title=title, published_at=datetime(2024, 5, 10, tzinfo=UTC))
    for span in spans_of(said):
        assert (title if span.in_title else text)[span.start : span.end] == span.text
    json.dumps(annotation_to_json(said))


@pytest.mark.parametrize("text", ["", " \n", "\u200b", "?!"])
def test_without_letters_nothing_is_said(read: "Annotate", text: str) -> None:
    said = read(text)
    assert (said.relevant, said.topics, said.councils, said.events) == (False, (), (), ())


@settings(max_examples=100)
@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join), st.sampled_from(["", "Kent\u2019s \u200bSEND gap"]))
def test_every_span_holds_the_words_of_the_original(read: "Annotate", text: str, title: str) -> None:
    for span in spans_of(read(text, title=title, published_at=datetime(2024, 5, 10, tzinfo=UTC))):
        assert (title if span.in_title else text)[span.start : span.end] == span.text


@pytest.mark.timeout(5)
@pytest.mark.parametrize("char", ["'", "(", "\u201c", ".", "-", "\u0301", "1", "K"])
def test_a_long_run_of_one_character_beside_a_name_is_read(read: "Annotate", char: str) -> None:
    text = char * 10_000 + "Kent.\nBolton Council has a SEND deficit."
    assert read(text).councils[-1].slug == "bolton"


@pytest.mark.timeout(20)
@pytest.mark.parametrize("filling", ["word ", "word. "], ids=["one sentence", "many sentences"])
def test_half_a_megabyte_in_one_line_is_read_to_its_end(read: "Annotate", filling: str) -> None:
    text = filling * (500_000 // len(filling)) + "\nBolton Council has a SEND deficit."
    assert read(text).councils[-1].slug == "bolton"
