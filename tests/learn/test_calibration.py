"""Check M11: expected calibration error over ten bins of equal count."""

import numpy as np
import pytest

from svwatch.learn.calibration import BINS, calibration
from svwatch.learn.plots import calibration_plot, precision_recall_plot


def made(bias: float, articles: int = 400) -> tuple[np.ndarray, np.ndarray, list[str]]:
    """Scores, and truths that hold with the score's chance plus a bias."""
    chance = np.random.default_rng(5)
    scores = chance.random((articles, 2)) * 0.6 + 0.2
    return scores, chance.random(scores.shape) < scores + bias, [f"h{i // 2}" for i in range(articles)]


def test_m11_scores_that_mean_what_they_say_have_a_small_error() -> None:
    found = calibration(*made(0.0))
    assert found.error < 0.05
    assert found.low <= found.error <= found.high


@pytest.mark.parametrize("bias", [0.15, -0.15], ids=["too shy", "too sure"])
def test_m11_scores_that_are_off_have_an_error_as_large(bias: float) -> None:
    assert calibration(*made(bias)).error == pytest.approx(0.15, abs=0.04)


def test_m11_bins_hold_equal_counts() -> None:
    assert {one.n for one in calibration(*made(0.0)).bins} == {400 * 2 // BINS}


def test_an_error_worked_by_hand() -> None:
    scores, truth = np.array([[0.2], [0.9]]), np.array([[False], [True]])
    assert calibration(scores, truth, ["a", "b"]).error == pytest.approx((0.2 + 0.1) / 2)


def test_plots_are_the_same_every_time_and_name_what_they_show() -> None:
    scores, truth, groups = made(0.0)
    found = calibration(scores, truth, groups)
    assert calibration_plot(found) == calibration_plot(found)
    assert "Calibration: share true against mean score" in calibration_plot(found)
    assert "Cuts &amp; more: precision against recall" in precision_recall_plot(
        "Cuts & more", scores[:, 0], truth[:, 0]
    )


def test_a_topic_without_gold_has_an_empty_plot() -> None:
    assert "polyline" not in precision_recall_plot("x", np.array([0.5]), np.array([False]))
