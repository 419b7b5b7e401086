"""Gold as training examples: the tagger's own terms and features beside what people said of them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from svwatch.learn.gold import GoldArticle
from svwatch.records import Span
from svwatch.tag.councils import Candidate, candidates
from svwatch.tag.linear import Floats
from svwatch.tag.meaning import in_setting, load_word_vectors
from svwatch.tag.mentions import MentionFinder
from svwatch.tag.topics import ReadArticle, read_terms

Bools = npt.NDArray[np.bool_]
BESIDE_WEIGHT = 0.5
"""How much a sentence without a topic counts against it in an article that carries it."""


@dataclass(frozen=True, slots=True)
class Examples:
    """Bags of terms with labels: `truth` is (examples, labels); examples of one `group` are never parted.

    `weights` (examples, labels) says how much each label counts in fitting; None: all alike.
    """

    terms: Sequence[Mapping[str, int]]
    truth: Bools
    groups: Sequence[str]
    weights: Floats | None = None


@dataclass(frozen=True, slots=True)
class GoldMention:
    """A mention the tagger finds in a gold article, and whether people say it names that council."""

    gold: GoldArticle
    candidate: Candidate
    is_council: bool


def gold_mentions(gold: Sequence[GoldArticle], finder: MentionFinder) -> Iterator[GoldMention]:
    """Every phrase of the gazetteer in the gold, judged by whether it overlaps a labelled span of that council."""
    for record in gold:
        for candidate in candidates(record.article, finder):
            slug, span = candidate.mention.slug, candidate.span
            yield GoldMention(record, candidate, any(_overlap(span, said) for said in _spans_of(record, slug)))


def _spans_of(record: GoldArticle, slug: str) -> list[Span]:
    return [span for tag in record.annotation.councils if tag.slug == slug for span in tag.spans]


def _overlap(a: Span, b: Span) -> bool:
    return a.in_title == b.in_title and a.start < b.end and b.start < a.end


def council_examples(mentions: Sequence[GoldMention]) -> Examples:
    """Mentions that a name alone does not settle, as examples of one label."""
    open_ones = [mention for mention in mentions if mention.candidate.is_decided is None]
    truth = np.array([[mention.is_council] for mention in open_ones])
    terms = [mention.candidate.features for mention in open_ones]
    return Examples(terms, truth, [mention.gold.happening for mention in open_ones])


def sentence_examples(gold: Sequence[GoldArticle], read: Sequence[ReadArticle], topics: Sequence[str]) -> Examples:
    """Every sentence; a topic is true of it where it overlaps a sentence labelled as that topic's evidence.

    A sentence that earns nothing in an article on the topic counts less: it often says half of it.
    """
    terms = [sentence for article in read for sentence in article.sentence_terms]
    truth = [
        _topics_of(record, span, topics) for record, article in zip(gold, read, strict=True) for span in article.spans
    ]
    groups = [record.happening for record, article in zip(gold, read, strict=True) for _ in article.spans]
    carried = np.repeat(article_truth(gold, topics), [len(article.spans) for article in read], axis=0)
    weights = np.where(carried & ~np.array(truth), BESIDE_WEIGHT, 1.0)
    return Examples(terms, np.array(truth), groups, weights)


def _topics_of(record: GoldArticle, span: Span, topics: Sequence[str]) -> list[bool]:
    earned = {tag.id for tag in record.annotation.topics for said in tag.evidence if _overlap(span, said)}
    return [topic in earned for topic in topics]


def article_examples(gold: Sequence[GoldArticle], read: Sequence[ReadArticle], topics: Sequence[str]) -> Examples:
    """Every article as one bag of terms, true of the topics it carries."""
    groups = [record.happening for record in gold]
    return Examples([article.whole_terms for article in read], article_truth(gold, topics), groups)


def article_truth(gold: Sequence[GoldArticle], topics: Sequence[str]) -> Bools:
    """Which topics each article carries, (articles, topics)."""
    carried = [{tag.id for tag in record.annotation.topics} for record in gold]
    return np.array([[topic in held for topic in topics] for held in carried])


def relevance_examples(gold: Sequence[GoldArticle], read: Sequence[ReadArticle]) -> Examples:
    """Every article as one bag of terms, true where people call it relevant."""
    truth = np.array([[record.annotation.relevant] for record in gold])
    return Examples([article.whole_terms for article in read], truth, [record.happening for record in gold])


def read_all(gold: Sequence[GoldArticle]) -> list[ReadArticle]:
    """The terms of every gold article."""
    return [read_terms(record.article) for record in gold]


def meaning_vectors(read: Sequence[ReadArticle]) -> Floats:
    """Every sentence's vector in its setting (sentences, size), in article order."""
    known = load_word_vectors()
    return np.vstack([in_setting(known.sentences(article.tokens)) for article in read if article.spans])
