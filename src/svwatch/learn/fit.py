"""Fitting linear models with scikit-learn, and turning them into plain numbers."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import TfidfTransformer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import precision_recall_curve
from sklearn.model_selection import GroupKFold

from svwatch.learn.examples import Bools, Examples
from svwatch.tag.linear import Floats, LinearModel
from svwatch.tag.meaning import MeaningModel

FOLDS = 5
MEANING_REGULARISATION = 10.0
"""Inverse regularisation of the models of meaning."""
Rows = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Recipe:
    """How one model is fitted: inverse regularisation, and the least number of groups a term must be seen in."""

    inverse_regularisation: float = 10.0
    least_groups: int = 2


def fit(examples: Examples, labels: Sequence[str], recipe: Recipe) -> LinearModel:
    """One logistic regression a label over TF-IDF; the same examples always give the same numbers."""
    terms = _vocabulary(examples, recipe.least_groups)
    counts = _matrix(examples.terms, terms)
    weighing = TfidfTransformer(sublinear_tf=True)
    weighed = weighing.fit_transform(counts)
    counting = _columns(examples.weights, len(labels))
    fitted = [_logistic(weighed, examples.truth[:, i], recipe, counting[i]) for i in range(len(labels))]
    weights = np.column_stack([coefficients for coefficients, _ in fitted])
    biases = np.array([bias for _, bias in fitted])
    ones, zeros = np.ones(len(labels)), np.zeros(len(labels))
    return LinearModel(tuple(labels), terms, np.asarray(weighing.idf_, dtype=np.float64), weights, biases, ones, zeros)


def _vocabulary(examples: Examples, least_groups: int) -> Mapping[str, int]:
    """Terms seen in at least `least_groups` happenings, sorted: a name told in one story alone teaches nothing."""
    seen: dict[str, set[str]] = {}
    for terms, group in zip(examples.terms, examples.groups, strict=True):
        for term in terms:
            seen.setdefault(term, set()).add(group)
    return {
        term: i for i, term in enumerate(sorted(term for term, groups in seen.items() if len(groups) >= least_groups))
    }


def _matrix(bags: Sequence[Mapping[str, int]], terms: Mapping[str, int]) -> csr_matrix:
    rows = [(row, terms[term], count) for row, bag in enumerate(bags) for term, count in bag.items() if term in terms]
    at, columns, counts = zip(*rows, strict=True) if rows else ((), (), ())
    return csr_matrix((np.array(counts, dtype=np.float64), (at, columns)), shape=(len(bags), len(terms)))


def _columns(weights: Floats | None, labels: int) -> list[Floats | None]:
    return [None] * labels if weights is None else list(weights.T)


def _logistic(weighed: csr_matrix, truth: Bools, recipe: Recipe, weights: Floats | None) -> tuple[Floats, float]:
    if truth.all() or not truth.any():
        return np.zeros(weighed.shape[1]), 20.0 if truth.all() else -20.0
    model = LogisticRegression(C=recipe.inverse_regularisation, solver="liblinear", max_iter=2000, random_state=0)
    model.fit(weighed, truth, sample_weight=weights)
    return model.coef_[0], float(model.intercept_[0])


def fit_meaning(vectors: Floats, examples: Examples) -> MeaningModel:
    """One logistic regression a topic over the vectors (sentences, size) of the examples in their setting."""
    counting = _columns(examples.weights, examples.truth.shape[1])
    fitted = [_dense_logistic(vectors, examples.truth[:, i], weights) for i, weights in enumerate(counting)]
    return MeaningModel(np.column_stack([weights for weights, _ in fitted]), np.array([bias for _, bias in fitted]))


def _dense_logistic(vectors: Floats, truth: Bools, weights: Floats | None) -> tuple[Floats, float]:
    if truth.all() or not truth.any():
        return np.zeros(vectors.shape[1]), 20.0 if truth.all() else -20.0
    model = LogisticRegression(C=MEANING_REGULARISATION, max_iter=300, tol=1e-4)
    model.fit(vectors, truth, sample_weight=weights)
    return model.coef_[0], float(model.intercept_[0])


def meaning_out_of_fold(vectors: Floats, examples: Examples) -> Floats:
    """Scores (sentences, topics) each given by a meaning model that saw nothing of the sentence's group."""
    scores = np.zeros(examples.truth.shape)
    for seen, unseen in folds(examples.groups):
        scores[unseen] = fit_meaning(vectors[seen], _subset(examples, seen)).scores(vectors[unseen])
    return scores


def score_all(model: LinearModel, bags: Sequence[Mapping[str, int]]) -> Floats:
    """Probabilities (bags, labels), by the same code that tags."""
    return model.scores_of(bags)


def out_of_fold(examples: Examples, labels: Sequence[str], recipe: Recipe) -> Floats:
    """Scores (examples, labels) each given by a model that saw nothing of the example's group."""
    scores = np.zeros(examples.truth.shape)
    for seen, unseen in folds(examples.groups):
        model = fit(_subset(examples, seen), labels, recipe)
        scores[unseen] = score_all(model, [examples.terms[i] for i in unseen])
    return scores


def folds(groups: Sequence[str]) -> list[tuple[Rows, Rows]]:
    """Rows seen and unseen, FOLDS times, with no group on both sides; fewer folds where there are fewer groups."""
    count = min(FOLDS, len(set(groups)))
    return list(GroupKFold(count).split(np.zeros(len(groups)), groups=_group_numbers(groups)))


def _subset(examples: Examples, rows: Rows) -> Examples:
    weights = None if examples.weights is None else examples.weights[rows]
    return Examples(
        [examples.terms[i] for i in rows], examples.truth[rows], [examples.groups[i] for i in rows], weights
    )


def _group_numbers(groups: Sequence[str]) -> list[int]:
    """The same fold for a group in every set of examples: its rank among all groups by name."""
    rank = {group: i for i, group in enumerate(sorted(set(groups)))}
    return [rank[group] for group in groups]


def calibrated(model: LinearModel, scores: Floats, truth: Bools) -> LinearModel:
    """The model with Platt's sigmoid fitted for each label on out-of-fold scores (Platt 1999)."""
    slopes, offsets = model.slopes.copy(), model.offsets.copy()
    for i in range(truth.shape[1]):
        slopes[i], offsets[i] = _sigmoid(scores[:, [i]], truth[:, i])
    return replace(model, slopes=slopes, offsets=offsets)


def _sigmoid(scores: Floats, truth: Bools) -> tuple[float, float]:
    margins = np.log(np.clip(scores, 1e-9, 1 - 1e-9) / (1 - np.clip(scores, 1e-9, 1 - 1e-9)))
    if truth.all() or not truth.any():
        return 1.0, 0.0
    platt = LogisticRegression(C=1e6, max_iter=2000).fit(margins, truth)
    return float(platt.coef_[0, 0]), float(platt.intercept_[0])


def mixing(said: Floats, truth: Bools) -> tuple[Floats, float]:
    """Weights and bias that turn signals (articles, signals) into a calibrated score for one topic."""
    model = LogisticRegression(C=1.0, max_iter=2000).fit(said, truth)
    return model.coef_[0], float(model.intercept_[0])


def best_threshold(scores: Floats, truth: Bools, beta: float = 1.0) -> float:
    """The score from which on F-beta is best; below 1, beta prefers precision. Halfway to the next lower score."""
    if not truth.any():
        return 1.0
    precision, recall, cuts = precision_recall_curve(truth, scores)
    strength = (1 + beta**2) * precision * recall / np.maximum(beta**2 * precision + recall, 1e-12)
    best = int(np.argmax(strength[:-1]))
    lower = cuts[best - 1] if best else 0.0
    return float((cuts[best] + lower) / 2)


def label_counts(truth: Bools, labels: Sequence[str]) -> Counter[str]:
    """How many examples carry each label."""
    return Counter({label: int(truth[:, i].sum()) for i, label in enumerate(labels)})
