"""Which topics an article reports, and the sentences that say so.

Each sentence is scored for each topic in its setting; the article's score mixes its best sentences with a reading of the
whole, so that neither length nor an aside drowns or raises a topic. A topic is given where that score reaches the
topic's threshold, with the sentences that earned it as evidence.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np

from svwatch.records import Article, Span, TopicTag
from svwatch.tag.linear import Floats, LinearModel, look_up
from svwatch.tag.meaning import MeaningModel, in_setting, load_word_vectors
from svwatch.tag.terms import article_setting, groups_in, nearness, own_terms, setting_terms, stem, tokens_of
from svwatch.tag.text import plain, sentences

MOST_EVIDENCE = 12
SIGNALS = 3


@dataclass(frozen=True, slots=True)
class TopicModel:
    """Three models of terms, one of meaning, and how their answers are mixed.

    `sentence` and `whole` score topics, `relevance` one label. `meaning`, where there is one, scores each sentence beside
    `sentence`, and the two answers count alike. `mix` is (topics, SIGNALS + 1): weights of the signals
    of `signals` and a bias. `thresholds` and `evidence_thresholds` are (topics,). A sentence is a statement on some topic
    where the chance that it earns any reaches `statement_threshold`.
    """

    sentence: LinearModel
    whole: LinearModel
    relevance: LinearModel
    mix: Floats
    thresholds: Floats
    evidence_thresholds: Floats
    statement_threshold: float
    relevance_threshold: float
    meaning: MeaningModel | None = None


@dataclass(frozen=True, slots=True)
class ReadArticle:
    """An article cut into sentences, with the words and the terms of each and the terms of the whole."""

    spans: tuple[Span, ...]
    tokens: tuple[Sequence[str], ...]
    sentence_terms: tuple[Mapping[str, int], ...]
    whole_terms: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence that states something on a topic, the likeliest one."""

    sentence: Span
    topic: str


@dataclass(frozen=True, slots=True)
class TopicReading:
    """What the topic model says of an article. `statements` are more than the evidence: none where no topic is given."""

    relevant: bool
    relevance_score: float
    topics: tuple[TopicTag, ...] = ()
    statements: tuple[Statement, ...] = ()


def tag_topics(article: Article, model: TopicModel) -> TopicReading:
    """Relevance and topics of one article; an article with any topic is relevant (labelling guide)."""
    read = read_terms(article)
    whole, score = whole_scores(read, model)
    if not read.spans:
        return TopicReading(score >= model.relevance_threshold, score)
    by_sentence = sentence_scores(read, model)
    topics = _topics(read, by_sentence, mixed(signals(by_sentence, whole), model.mix), model)
    statements = _statements(read, by_sentence, model) if topics else ()
    relevant = bool(topics) or score >= model.relevance_threshold
    return TopicReading(relevant, max([score, *(topic.score for topic in topics)]), topics, statements)


def read_terms(article: Article) -> ReadArticle:
    """The terms that training and tagging share; spans are of the original text."""
    shown = plain(article.text)
    cuts = sentences(shown.text)
    title = tokens_of(plain(article.title).text)
    tokens = [tokens_of(shown.text[start:end]) for start, end in cuts]
    groups = [groups_in(sentence) for sentence in tokens]
    amount, *headline = article_setting(title, groups)
    befores = [frozenset[str](), *groups][: len(groups)]
    own = [own_terms(*of) for of in zip(tokens, groups, befores, strict=True)]
    around = [setting_terms(held, (amount, near)) for held, near in zip(groups, nearness(groups), strict=True)]
    terms = [Counter([*mine, *others]) for mine, others in zip(own, around, strict=True)]
    spans = [_original(article.text, shown.original(start, end)) for start, end in cuts]
    whole = Counter(chain(*own, (f"t:{stem(token)}" for token in title), headline, [amount]))
    return ReadArticle(tuple(spans), tuple(tokens), tuple(terms), whole)


def _original(text: str, cut: tuple[int, int]) -> Span:
    return Span(cut[0], cut[1], text[cut[0] : cut[1]])


def sentence_scores(read: ReadArticle, model: TopicModel) -> Floats:
    """How likely each sentence earns each topic (sentences, topics): by its terms and, where it can, by its meaning."""
    by_terms = model.sentence.scores_of(read.sentence_terms)
    if model.meaning is None:
        return by_terms
    vectors = in_setting(load_word_vectors().sentences(read.tokens))
    return halfway(by_terms, model.meaning.scores(vectors))


def halfway(one: Floats, other: Floats) -> Floats:
    """Scores halfway between two, in log-odds."""
    return np.asarray(1 / (1 + np.exp(-(log_odds(one) + log_odds(other)) / 2)))


def whole_scores(read: ReadArticle, model: TopicModel) -> tuple[Floats, float]:
    """What the article as one bag says: its topics (topics,) and its relevance; one look-up where they share terms."""
    known = look_up(model.whole.terms, [read.whole_terms])
    whole = model.whole.scores_at(known)[0]
    if model.relevance.terms is not model.whole.terms:
        known = look_up(model.relevance.terms, [read.whole_terms])
    return whole, float(model.relevance.scores_at(known)[0, 0])


def topic_scores(article: Article, model: TopicModel) -> Floats:
    """Calibrated scores (topics,) of an article, given or not; zeros where it has no sentence."""
    read = read_terms(article)
    if not read.spans:
        return np.zeros(len(model.thresholds))
    return mixed(signals(sentence_scores(read, model), whole_scores(read, model)[0]), model.mix)


def signals(sentence_scores: Floats, whole_scores: Floats) -> Floats:
    """What speaks for each topic, (topics, SIGNALS), in log-odds: the best sentence, any sentence, the whole article."""
    any_of_them = 1 - np.prod(1 - sentence_scores, axis=0)
    return np.stack([log_odds(sentence_scores.max(axis=0)), log_odds(any_of_them), log_odds(whole_scores)], axis=1)


def log_odds(probabilities: Floats) -> Floats:
    """Log-odds, kept within what four decimals can tell."""
    kept = np.clip(probabilities, 1e-4, 1 - 1e-4)
    return np.asarray(np.log(kept / (1 - kept)))


def mixed(said: Floats, mix: Floats) -> Floats:
    """Calibrated topic scores (topics,) from signals (topics, SIGNALS)."""
    return np.asarray(1 / (1 + np.exp(-((said * mix[:, :-1]).sum(axis=1) + mix[:, -1]))))


def any_topic(by_sentence: Floats) -> Floats:
    """The chance (sentences,) that a sentence earns some topic, from scores (sentences, topics)."""
    return np.asarray(1 - np.prod(1 - by_sentence, axis=1))


def _statements(read: ReadArticle, by_sentence: Floats, model: TopicModel) -> tuple[Statement, ...]:
    likeliest = by_sentence.argmax(axis=1)
    chances = any_topic(by_sentence)
    return tuple(
        Statement(span, model.sentence.labels[likeliest[at]])
        for at, span in enumerate(read.spans)
        if chances[at] >= model.statement_threshold
    )


def _topics(read: ReadArticle, by_sentence: Floats, scores: Floats, model: TopicModel) -> tuple[TopicTag, ...]:
    return tuple(
        TopicTag(topic, float(scores[i]), *_evidence(read, by_sentence[:, i], model, topic))
        for i, topic in enumerate(model.sentence.labels)
        if scores[i] >= model.thresholds[i]
    )


def _evidence(read: ReadArticle, scores: Floats, model: TopicModel, topic: str) -> tuple[tuple[Span, ...], str]:
    """The sentences that earned a topic, best first, and the words that weighed in the best of them."""
    i = model.sentence.labels.index(topic)
    best_first = sorted(range(len(scores)), key=lambda at: (-scores[at], at))
    earned = [at for at in best_first if scores[at] >= model.evidence_thresholds[i]][:MOST_EVIDENCE] or best_first[:1]
    weighed = model.sentence.weighed(read.sentence_terms[earned[0]], topic, 5)
    return tuple(read.spans[at] for at in earned), ", ".join(f"{term} {weight:+.1f}" for term, weight in weighed)
