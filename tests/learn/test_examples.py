"""Gold as training examples: what people said of each sentence, article and name."""

from datetime import UTC, datetime

import pytest

from svwatch.gazetteer import load_councils
from svwatch.learn.examples import (
    article_examples,
    council_examples,
    gold_mentions,
    read_all,
    relevance_examples,
    sentence_examples,
)
from svwatch.learn.gold import GoldArticle
from svwatch.records import Annotation, Article, CouncilTag, Role, Span, TopicTag
from svwatch.tag.mentions import MentionFinder

TOPICS = ("deficit", "cuts")
TEXT = "Kent has a deficit. Bury FC lost. It rained."


def gold(
    text: str = TEXT, *, topics: dict[str, str] | None = None, council: str = "Kent", relevant: bool = True
) -> GoldArticle:
    """An article with one sentence for each topic, and one council named by its words."""
    tags = tuple(TopicTag(topic, 1.0, (span_of(text, words),)) for topic, words in (topics or {}).items())
    councils = (CouncilTag("kent", Role.SUBJECT, (span_of(text, council),)),) if council else ()
    article = Article("", "", text, id="a", published_at=datetime(2024, 5, 10, tzinfo=UTC))
    said = Annotation(relevant, float(relevant), tags, councils)
    return GoldArticle("a", "h", "train", "a test", "local_news", article, said, ())


def span_of(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words), words)


@pytest.fixture(scope="module")
def finder() -> MentionFinder:
    return MentionFinder(list(load_councils().values()))


def test_a_mention_is_true_where_people_marked_that_council(finder: MentionFinder) -> None:
    told = [(one.candidate.span.text, one.is_council) for one in gold_mentions([gold()], finder)]
    assert told == [("Kent", True), ("Bury", False)]


def test_a_mention_that_overlaps_the_marked_words_is_true(finder: MentionFinder) -> None:
    [one] = gold_mentions([gold("The Kent council fell.", council="Kent")], finder)
    assert (one.candidate.span.text, one.is_council) == ("Kent council", True)


def test_names_that_settle_themselves_teach_nothing(finder: MentionFinder) -> None:
    text = "Kent County Council met Bury. Bedford Town Council did not."
    examples = council_examples(list(gold_mentions([gold(text, council="Kent County Council")], finder)))
    assert (len(examples.terms), examples.truth.tolist(), list(examples.groups)) == (1, [[False]], ["h"])


def test_a_sentence_is_true_of_the_topics_it_is_evidence_for() -> None:
    records = [gold(topics={"deficit": "Kent has a deficit.", "cuts": "It rained."})]
    examples = sentence_examples(records, read_all(records), TOPICS)
    assert examples.truth.tolist() == [[True, False], [False, False], [False, True]]
    assert list(examples.groups) == ["h"] * 3


def test_an_article_is_true_of_the_topics_it_carries() -> None:
    records = [gold(topics={"cuts": "It rained."}), gold(topics={})]
    examples = article_examples(records, read_all(records), TOPICS)
    assert examples.truth.tolist() == [[False, True], [False, False]]


def test_an_article_is_relevant_where_people_call_it_so() -> None:
    records = [gold(), gold(relevant=False)]
    assert relevance_examples(records, read_all(records)).truth.tolist() == [[True], [False]]
