"""Which topics an article reports: thresholds, evidence, relevance; with a model made by hand and with the live one."""

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from svwatch.records import Article
from svwatch.tag.linear import LinearModel
from svwatch.tag.tagger import Tagger
from svwatch.tag.text import plain, sentences
from svwatch.tag.topics import MOST_EVIDENCE, SIGNALS, TopicModel, any_topic, log_odds, mixed, signals, tag_topics
from svwatch.taxonomy import load_taxonomy

if TYPE_CHECKING:
    from .conftest import Annotate


def spotter(labels: tuple[str, ...], words: dict[str, str]) -> LinearModel:
    """A model that gives a label 0.98 where one of its words stands, else 0.02."""
    terms = {word: i for i, word in enumerate(words)}
    weights = np.zeros((len(words), len(labels)))
    for word, label in words.items():
        weights[terms[word], labels.index(label)] = 100.0
    ones, zeros = np.ones(len(labels)), np.zeros(len(labels))
    return LinearModel(labels, terms, np.ones(len(words)), weights, zeros - 4.0, ones, zeros)


LABELS = ("deficit", "cuts")
MIX = np.tile([1.0] + [0.0] * SIGNALS, (2, 1))
"""The best sentence alone decides."""
MODEL = TopicModel(
    sentence=spotter(LABELS, {"gap": "deficit", "axe": "cuts"}),
    whole=spotter(LABELS, {"gap": "deficit", "axe": "cuts"}),
    relevance=spotter(("relevant",), {"send": "relevant"}),
    mix=MIX,
    thresholds=np.array([0.5, 0.5]),
    evidence_thresholds=np.array([0.5, 0.5]),
    statement_threshold=0.5,
    relevance_threshold=0.5,
)


def article(text: str, title: str = "") -> Article:
    return Article("", title, text)


@pytest.mark.parametrize(
    ("text", "topics"),
    [
        pytest.param("The gap grew.", ["deficit"], id="one"),
        pytest.param("The gap grew. Then the axe fell.", ["deficit", "cuts"], id="two, in display order"),
        pytest.param("Then the axe fell. The gap grew.", ["deficit", "cuts"], id="whatever comes first"),
        pytest.param("It rained.", [], id="none"),
        pytest.param("", [], id="empty"),
        pytest.param(" \n\u200b", [], id="nothing to see"),
        pytest.param("?! \U0001f600", [], id="no letters"),
    ],
)
def test_a_topic_is_given_where_its_score_reaches_its_threshold(text: str, topics: list[str]) -> None:
    assert [topic.id for topic in tag_topics(article(text), MODEL).topics] == topics


@pytest.mark.parametrize(
    ("threshold", "is_given"),
    [pytest.param(0.0, True, id="reached"), pytest.param(1e-9, False, id="missed by a hair")],
)
def test_a_score_equal_to_the_threshold_reaches_it(threshold: float, *, is_given: bool) -> None:
    [topic] = tag_topics(article("The gap grew."), MODEL).topics
    higher = replace(MODEL, thresholds=np.array([topic.score + threshold, 0.5]))
    assert bool(tag_topics(article("The gap grew."), higher).topics) is is_given


@pytest.mark.parametrize(
    ("text", "is_relevant"),
    [
        pytest.param("Send pupils met.", True, id="by the whole article"),
        pytest.param("The gap grew.", True, id="by any topic"),
        pytest.param("It rained.", False, id="neither"),
        pytest.param("", False, id="empty"),
    ],
)
def test_an_article_with_any_topic_is_relevant(text: str, *, is_relevant: bool) -> None:
    assert tag_topics(article(text), MODEL).relevant is is_relevant


def test_the_relevance_score_is_never_below_a_topic_it_carries() -> None:
    said = tag_topics(article("The gap grew."), MODEL)
    assert said.relevance_score == said.topics[0].score


def test_evidence_is_the_sentences_that_earned_the_topic_in_the_words_of_the_text() -> None:
    text = "It\u00a0rained. The \u200bgap  grew.\nThe axe fell. A \u2018gap\u2019!"
    [deficit, cuts] = tag_topics(article(text), MODEL).topics
    assert [span.text for span in deficit.evidence] == ["The \u200bgap  grew.", "A \u2018gap\u2019!"]
    assert [span.text for span in cuts.evidence] == ["The axe fell."]
    assert all(text[span.start : span.end] == span.text for span in (*deficit.evidence, *cuts.evidence))


def test_the_best_sentence_is_evidence_even_below_the_evidence_threshold() -> None:
    strict = replace(MODEL, evidence_thresholds=np.array([1.0, 1.0]))
    [topic] = tag_topics(article("It rained. The gap grew."), strict).topics
    assert [span.text for span in topic.evidence] == ["The gap grew."]


def test_no_more_evidence_is_given_than_a_reader_would_read() -> None:
    [topic] = tag_topics(article("The gap grew. " * 40), MODEL).topics
    assert len(topic.evidence) == MOST_EVIDENCE


def test_a_topic_says_which_words_weighed() -> None:
    [topic] = tag_topics(article("The gap grew."), MODEL).topics
    assert topic.why == "gap +100.0"


def test_statements_are_every_sentence_that_earns_some_topic() -> None:
    said = tag_topics(article("The gap grew. It rained. The axe fell."), MODEL).statements
    assert [(one.sentence.text, one.topic) for one in said] == [("The gap grew.", "deficit"), ("The axe fell.", "cuts")]


def test_there_are_no_statements_where_no_topic_is_given() -> None:
    never = replace(MODEL, thresholds=np.array([1.1, 1.1]))
    assert tag_topics(article("The gap grew."), never).statements == ()


def test_signals_are_the_best_sentence_any_sentence_and_the_whole() -> None:
    sentence_scores = np.array([[0.5, 0.1], [0.2, 0.1]])
    expected = [[0.5, 0.6, 0.9], [0.1, 0.19, 0.3]]
    assert signals(sentence_scores, np.array([0.9, 0.3])) == pytest.approx(log_odds(np.array(expected)))


def test_any_topic_of_a_sentence_is_one_less_the_chance_of_none() -> None:
    assert any_topic(np.array([[0.5, 0.5], [0.0, 0.1]])) == pytest.approx([0.75, 0.1])


def test_a_mix_of_signals_worked_by_hand() -> None:
    mix = np.array([[1.0, 2.0, 0.0, -1.0]])
    assert mixed(np.array([[0.5, 0.25, 9.0]]), mix) == pytest.approx([0.5])


@pytest.mark.parametrize("probability", [0.0, 1.0], ids=["never", "always"])
def test_log_odds_of_certainty_are_bounded(probability: float) -> None:
    assert abs(log_odds(np.array([probability]))[0]) == pytest.approx(np.log(9999), rel=1e-6)


def test_the_live_model_scores_the_topics_of_the_taxonomy(tagger: Tagger) -> None:
    assert tagger.topics.sentence.labels == tagger.topics.whole.labels == load_taxonomy().topic_ids


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        pytest.param(
            "Inspectors found widespread and systemic failings in Bury\u2019s SEND services.", "rating", id="rating"
        ),
        pytest.param(
            "The Department for Education has withheld safety valve payments from five councils over SEND deficits.",
            "withheld_funds",
            id="withheld funds",
        ),
        pytest.param(
            "A High Court judge gave permission for a judicial review of Bristol\u2019s cut to SEND support.",
            "judicial_review",
            id="judicial review",
        ),
        pytest.param("Kent County Council has signed a safety valve agreement.", "agreement", id="agreement"),
        pytest.param(
            "The council\u2019s high-needs deficit will reach \u00a380 million by March.", "deficit", id="deficit"
        ),
        pytest.param(
            "Top-up funding for pupils with SEND will be cut by 10 per cent, parents fear.", "cuts", id="cuts"
        ),
        pytest.param("The National Audit Office published a report on SEND funding.", "scrutiny", id="scrutiny"),
        pytest.param("More than 2,000 parents signed a petition against SEND cuts.", "campaign", id="campaign"),
    ],
)
def test_a_plain_statement_earns_its_topic(read: "Annotate", text: str, topic: str) -> None:
    [tag] = [tag for tag in read(text).topics if tag.id == topic]
    assert tag.evidence[0].text == text


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("The village fete raised \u00a3400 for the church roof.", id="a fete"),
        pytest.param("The primary school was rated good by Ofsted last week.", id="the grade of one school"),
        pytest.param("More than 2,000 residents signed a petition about parking charges.", id="a petition on parking"),
        pytest.param("A judge jailed a burglar for three years.", id="a criminal court"),
    ],
)
def test_what_is_not_about_send_earns_no_topic(read: "Annotate", text: str) -> None:
    said = read(text)
    assert (said.topics, said.relevant) == ((), False)


def test_evidence_of_the_live_model_is_always_whole_sentences(read: "Annotate") -> None:
    text = "It rained. Kent\u2019s high-needs deficit is \u00a380m!\nThe council signed a \u201csafety valve\u201d deal, it said."
    cuts = {plain(text).original(*cut) for cut in sentences(plain(text).text)}
    spans = [span for topic in read(text).topics for span in topic.evidence]
    assert spans and {(span.start, span.end) for span in spans} <= cuts
