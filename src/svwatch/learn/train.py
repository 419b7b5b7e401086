"""Gold -> a trained model. Read in order: councils, sentences, whole articles, how they mix, relevance.

Only the train and dev splits are read. Calibration and thresholds come from out-of-fold scores, in which no happening
is scored by a model that saw it. The same gold always gives the same bytes.
"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from svwatch import __version__
from svwatch.gazetteer import load_councils
from svwatch.learn.examples import (
    Examples,
    article_examples,
    council_examples,
    gold_mentions,
    read_all,
    relevance_examples,
    sentence_examples,
)
from svwatch.learn.fit import Recipe, best_threshold, calibrated, fit, mixing, out_of_fold
from svwatch.learn.gold import GoldArticle, gold_digest, load_gold
from svwatch.tag.linear import Floats, LinearModel
from svwatch.tag.mentions import MentionFinder
from svwatch.tag.model import TrainedModel
from svwatch.tag.topics import SIGNALS, TopicModel, any_topic, mixed, signals
from svwatch.taxonomy import load_taxonomy

COUNCILS = Recipe(inverse_regularisation=5.0, least_groups=2)
SENTENCES = Recipe(inverse_regularisation=30.0, least_groups=2)
ARTICLES = Recipe(inverse_regularisation=10.0, least_groups=2)
PRECISION_FIRST = 0.8
"""Beta of the F-beta that thresholds maximise: a wrong topic costs more than a missed one."""


def train(folder: Path) -> TrainedModel:
    """Train on the gold of a folder; raises GoldError."""
    gold = [record for record in load_gold(folder) if record.split != "test"]
    council_model, council_threshold = train_councils(gold)
    topics = train_topics(gold, load_taxonomy().topic_ids)
    trained_on = {"gold": gold_digest(gold), "articles": str(len(gold)), "svwatch": __version__}
    return TrainedModel(council_model, council_threshold, topics, trained_on)


def train_councils(gold: Sequence[GoldArticle]) -> tuple[LinearModel, float]:
    """The classifier of a name's surroundings, and the score from which the council is meant."""
    finder = MentionFinder(list(load_councils().values()))
    examples = council_examples(list(gold_mentions(gold, finder)))
    return _calibrated_fit(examples, ("council",), COUNCILS)


def train_topics(gold: Sequence[GoldArticle], topics: Sequence[str]) -> TopicModel:
    """Sentence, article and relevance models, the mix of the first two, and every threshold."""
    read = read_all(gold)
    by_sentence = sentence_examples(gold, read, topics)
    sentence_scores = out_of_fold(by_sentence, topics, SENTENCES)
    by_article = article_examples(gold, read, topics)
    whole_scores = out_of_fold(by_article, topics, ARTICLES)
    said = _article_signals([len(article.spans) for article in read], sentence_scores, whole_scores)
    mix = _mix(said, by_article)
    scores = np.stack([mixed(one, mix) for one in said])
    relevance, relevance_threshold = _calibrated_fit(relevance_examples(gold, read), ("relevant",), ARTICLES)
    return TopicModel(
        sentence=fit(by_sentence, topics, SENTENCES),
        whole=fit(by_article, topics, ARTICLES),
        relevance=relevance,
        mix=mix,
        thresholds=_thresholds(scores, by_article, PRECISION_FIRST),
        evidence_thresholds=_thresholds(sentence_scores, by_sentence, 1.0),
        statement_threshold=best_threshold(any_topic(sentence_scores), np.asarray(by_sentence.truth.any(axis=1))),
        relevance_threshold=relevance_threshold,
    )


def _calibrated_fit(examples: Examples, labels: Sequence[str], recipe: Recipe) -> tuple[LinearModel, float]:
    """A model of one label, calibrated on out-of-fold scores, and its threshold on the calibrated scale."""
    scores = out_of_fold(examples, labels, recipe)
    model = calibrated(fit(examples, labels, recipe), scores, examples.truth)
    margins = np.log(np.clip(scores, 1e-9, 1 - 1e-9) / (1 - np.clip(scores, 1e-9, 1 - 1e-9)))
    calibrated_scores = 1 / (1 + np.exp(-(model.slopes * margins + model.offsets)))
    return model, best_threshold(calibrated_scores[:, 0], examples.truth[:, 0])


def _article_signals(counts: Sequence[int], sentence_scores: Floats, whole_scores: Floats) -> Floats:
    """Signals (articles, topics, SIGNALS) from scores of sentences (in article order) and of articles."""
    ends = np.cumsum(counts)
    parted = np.split(sentence_scores, ends[:-1])
    return np.stack([signals(sentences, whole) for sentences, whole in zip(parted, whole_scores, strict=True)])


def _mix(said: Floats, examples: Examples) -> Floats:
    mix = np.zeros((examples.truth.shape[1], SIGNALS + 1))
    for i in range(len(mix)):
        mix[i, :-1], mix[i, -1] = mixing(said[:, i], examples.truth[:, i])
    return mix


def _thresholds(scores: Floats, examples: Examples, beta: float) -> Floats:
    return np.array([best_threshold(scores[:, i], examples.truth[:, i], beta) for i in range(scores.shape[1])])
