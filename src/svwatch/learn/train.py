"""Gold -> a trained model. Read in order: councils, sentences, whole articles, how they mix, relevance.

Only the train and dev splits are read. Calibration and thresholds come from out-of-fold scores, in which no happening
is scored by a model that saw it. The same gold always gives the same bytes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from svwatch import __version__
from svwatch.gazetteer import load_councils
from svwatch.learn.examples import (
    Bools,
    Examples,
    article_examples,
    council_examples,
    gold_mentions,
    meaning_vectors,
    read_all,
    relevance_examples,
    sentence_examples,
)
from svwatch.learn.fit import (
    Recipe,
    best_threshold,
    calibrated,
    fit,
    fit_meaning,
    meaning_out_of_fold,
    mixing,
    out_of_fold,
)
from svwatch.learn.gold import GoldArticle, gold_digest, load_gold
from svwatch.tag.linear import Floats, LinearModel
from svwatch.tag.mentions import MentionFinder
from svwatch.tag.model import TrainedModel
from svwatch.tag.topics import TopicModel, any_topic, halfway, mixed, signals
from svwatch.taxonomy import load_taxonomy

COUNCILS = Recipe(inverse_regularisation=5.0, least_groups=3)
SENTENCES = Recipe(inverse_regularisation=100.0, least_groups=3)
ARTICLES = Recipe(inverse_regularisation=30.0, least_groups=3)
RELEVANCE = Recipe(inverse_regularisation=10.0, least_groups=3)
PRECISION_FIRST = 0.8
"""Beta of the F-beta that thresholds maximise: a wrong topic costs more than a missed one."""
EXPECTED_THRESHOLD = 0.45
"""Half the F1 to be expected, where the threshold for F1 lies if scores are calibrated (Lipton et al. 2014).

The best threshold on few articles follows their chances; halfway to this one does better on others."""


@dataclass(frozen=True, slots=True)
class HeldOut:
    """Scores of the gold each given by models that saw nothing of its happening.

    `by_terms` and `by_both` are (sentences, topics) without and with the model of meaning, `whole` (articles, topics),
    `relevance` (articles,), calibrated. `counts` says how many sentences each article has.
    """

    by_terms: Floats
    by_both: Floats
    whole: Floats
    relevance: Floats
    counts: Sequence[int]


@dataclass(frozen=True, slots=True)
class Trained:
    """A trained model, the gold it saw and how it scored that gold out of fold."""

    model: TrainedModel
    gold: Sequence[GoldArticle]
    held_out: HeldOut


def train(folder: Path) -> TrainedModel:
    """Train on the gold of a folder; raises GoldError."""
    return train_on(load_gold(folder)).model


def train_on(records: Sequence[GoldArticle]) -> Trained:
    """Train on the records of the train and dev splits; the test split is passed over."""
    gold = [record for record in records if record.split != "test"]
    with threadpool_limits(1):  # many threads add up in another order each time, and wait for each other
        council_model, council_threshold = train_councils(gold)
        topics, held_out = _train_topics(gold, load_taxonomy().topic_ids)
    trained_on = {"gold": gold_digest(gold), "articles": str(len(gold)), "svwatch": __version__}
    return Trained(TrainedModel(council_model, council_threshold, topics, trained_on), gold, held_out)


def train_councils(gold: Sequence[GoldArticle]) -> tuple[LinearModel, float]:
    """The classifier of a name's surroundings, and the score from which the council is meant."""
    finder = MentionFinder(list(load_councils().values()))
    examples = council_examples(list(gold_mentions(gold, finder)))
    model, threshold, _ = _calibrated_fit(examples, ("council",), COUNCILS)
    return model, threshold


def train_topics(gold: Sequence[GoldArticle], topics: Sequence[str]) -> TopicModel:
    """Sentence, article and relevance models, the mix of the first two, and every threshold."""
    return _train_topics(gold, topics)[0]


def _train_topics(gold: Sequence[GoldArticle], topics: Sequence[str]) -> tuple[TopicModel, HeldOut]:
    read = read_all(gold)
    sentences, articles = sentence_examples(gold, read, topics), article_examples(gold, read, topics)
    vectors = meaning_vectors(read)
    by_terms = out_of_fold(sentences, topics, SENTENCES)
    by_both = halfway(by_terms, meaning_out_of_fold(vectors, sentences))
    whole = out_of_fold(articles, topics, ARTICLES)
    relevance, relevance_threshold, relevance_scores = _calibrated_fit(
        relevance_examples(gold, read), ("relevant",), RELEVANCE
    )
    held_out = HeldOut(by_terms, by_both, whole, relevance_scores, [len(article.spans) for article in read])
    mix, thresholds = mix_and_thresholds(article_signals(held_out.counts, by_both, whole), articles.truth)
    model = TopicModel(
        sentence=fit(sentences, topics, SENTENCES),
        whole=fit(articles, topics, ARTICLES),
        relevance=relevance,
        mix=mix,
        thresholds=thresholds,
        evidence_thresholds=_thresholds(by_both, sentences.truth, 1.0),
        statement_threshold=best_threshold(any_topic(by_both), np.asarray(sentences.truth.any(axis=1))),
        relevance_threshold=relevance_threshold,
        meaning=fit_meaning(vectors, sentences),
    )
    return model, held_out


def _calibrated_fit(examples: Examples, labels: Sequence[str], recipe: Recipe) -> tuple[LinearModel, float, Floats]:
    """A model of one label, calibrated out of fold, its threshold, and the out-of-fold scores (examples,)."""
    scores = out_of_fold(examples, labels, recipe)
    model = calibrated(fit(examples, labels, recipe), scores, examples.truth)
    margins = np.log(np.clip(scores, 1e-9, 1 - 1e-9) / (1 - np.clip(scores, 1e-9, 1 - 1e-9)))
    calibrated_scores = 1 / (1 + np.exp(-(model.slopes * margins + model.offsets)))[:, 0]
    return model, best_threshold(calibrated_scores, examples.truth[:, 0]), calibrated_scores


def article_signals(counts: Sequence[int], by_sentence: Floats, whole: Floats) -> Floats:
    """Signals (articles, topics, SIGNALS) from scores of sentences (in article order) and of articles."""
    parted = np.split(by_sentence, np.cumsum(counts)[:-1])
    return np.stack([signals(sentences, article) for sentences, article in zip(parted, whole, strict=True)])


def mix_and_thresholds(said: Floats, truth: Bools) -> tuple[Floats, Floats]:
    """The mix (topics, SIGNALS + 1) that turns signals into calibrated scores, and each topic's threshold (topics,)."""
    mix = np.zeros((truth.shape[1], said.shape[2] + 1))
    for i in range(len(mix)):
        mix[i, :-1], mix[i, -1] = mixing(said[:, i], truth[:, i])
    scores = np.stack([mixed(one, mix) for one in said])
    return mix, (_thresholds(scores, truth, PRECISION_FIRST) + EXPECTED_THRESHOLD) / 2


def _thresholds(scores: Floats, truth: Bools, beta: float) -> Floats:
    return np.array([best_threshold(scores[:, i], truth[:, i], beta) for i in range(scores.shape[1])])
