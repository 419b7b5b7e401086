"""Fitting: what a model may learn from, scores given by models that did not see, and thresholds."""

import numpy as np
import pytest

from svwatch.learn.examples import Examples
from svwatch.learn.fit import Recipe, best_threshold, calibrated, fit, label_counts, mixing, out_of_fold, score_all

LABELS = ("yes",)


def examples(count: int = 40) -> Examples:
    """Every second example holds the word that decides; each two stand for one happening."""
    truth = np.arange(count) % 2 == 0
    bags = [{"court": 1, "said": 1} if is_true else {"rain": 1, "said": 1} for is_true in truth]
    return Examples(bags, truth[:, None], [f"h{i // 2:02d}" for i in range(count)])


def test_a_word_told_of_one_happening_alone_teaches_nothing() -> None:
    bags = [{"court": 1, "kent": 3}, {"court": 1}, {"rain": 1}, {"rain": 1, "kent": 1}]
    truth = np.array([[True], [True], [False], [False]])
    terms = fit(Examples(bags, truth, ["a", "b", "c", "a"]), LABELS, Recipe(1.0, 2)).terms
    assert list(terms) == ["court", "rain"]


def test_a_fitted_model_tells_what_it_was_shown() -> None:
    model = fit(examples(), LABELS, Recipe())
    assert model.scores({"court": 1})[0] > 0.9
    assert model.scores({"rain": 1})[0] < 0.1


@pytest.mark.parametrize(("label", "score"), [(True, 1.0), (False, 0.0)], ids=["always", "never"])
def test_a_label_that_never_varies_is_scored_as_certain(label: bool, score: float) -> None:
    one = examples()
    model = fit(Examples(one.terms, np.full((40, 1), label), one.groups), LABELS, Recipe())
    assert model.scores({"court": 1})[0] == pytest.approx(score, abs=1e-6)


def test_no_example_is_scored_by_a_model_that_saw_its_happening() -> None:
    one = examples()
    only_here = [
        bag | {"secret": 1} if group == "h00" else bag for bag, group in zip(one.terms, one.groups, strict=True)
    ]
    marked = Examples(only_here, one.truth, one.groups)
    assert out_of_fold(marked, LABELS, Recipe(10.0, 1))[:2] == pytest.approx(
        out_of_fold(one, LABELS, Recipe(10.0, 1))[:2]
    )


def test_calibration_keeps_the_order_of_scores() -> None:
    one = examples()
    model = fit(one, LABELS, Recipe())
    scores = out_of_fold(one, LABELS, Recipe())
    after = calibrated(model, scores, one.truth)
    bags = [{"court": 1}, {"court": 1, "rain": 1}, {"rain": 1}]
    assert (np.diff(score_all(after, bags)[:, 0]) < 0).all()
    assert after.slopes[0] > 0


def test_mixing_weighs_the_signal_that_decides() -> None:
    truth = np.arange(40) % 2 == 0
    said = np.column_stack([np.where(truth, 2.0, -2.0), np.zeros(40)])
    weights, bias = mixing(said, truth)
    assert weights[0] > 1
    assert (weights[1], bias) == pytest.approx((0.0, 0.0), abs=1e-3)


@pytest.mark.parametrize(
    ("scores", "truth", "threshold"),
    [
        pytest.param([0.1, 0.2, 0.8, 0.9], [0, 0, 1, 1], 0.5, id="half-way between the classes"),
        pytest.param([0.4, 0.6], [1, 1], 0.2, id="everything is true"),
        pytest.param([0.4, 0.6], [0, 0], 1.0, id="nothing is true"),
    ],
)
def test_the_best_threshold_worked_by_hand(scores: list[float], truth: list[int], threshold: float) -> None:
    assert best_threshold(np.array(scores), np.array(truth, dtype=bool)) == pytest.approx(threshold)


def test_a_beta_below_one_prefers_precision() -> None:
    scores, truth = np.array([0.1, 0.3, 0.4, 0.5, 0.6, 0.9]), np.array([1, 0, 0, 0, 1, 1], dtype=bool)
    assert best_threshold(scores, truth, 0.2) >= best_threshold(scores, truth, 5.0)


def test_no_bag_gives_no_row() -> None:
    assert score_all(fit(examples(), LABELS, Recipe()), []).shape == (0, 1)


def test_labels_are_counted() -> None:
    assert label_counts(np.array([[True, False], [True, True]]), ("a", "b")) == {"a": 2, "b": 1}
