"""What words mean, as numbers: sentences and their setting as vectors."""

import numpy as np
import pytest

from svwatch.tag.meaning import BEFORE_WEIGHT, SETTINGS, MeaningModel, WordVectors, in_setting, load_word_vectors

WORDS = WordVectors(
    {"up": 0, "right": 1, "dim": 2},
    np.array([[0, 100], [100, 0], [0, 50]], dtype=np.int8),
    np.array([0.01, 0.01, 0.02], dtype=np.float32),
)


@pytest.mark.parametrize(
    ("tokens", "vector"),
    [
        pytest.param(["up"], [0, 1], id="one word"),
        pytest.param(["up", "right"], [0.5**0.5, 0.5**0.5], id="two words, brought to length one"),
        pytest.param(["dim"], [0, 1], id="a word in its own unit"),
        pytest.param(["up", "quidnunc"], [0, 1], id="an unknown word counts nothing"),
        pytest.param(["quidnunc"], [0, 0], id="no known word"),
        pytest.param([], [0, 0], id="no word"),
    ],
)
def test_a_sentence_is_the_sum_of_its_words_at_length_one(tokens: list[str], vector: list[float]) -> None:
    assert WORDS.sentences([tokens])[0] == pytest.approx(vector, abs=1e-6)


def test_sentences_without_a_known_word_do_not_shift_the_others() -> None:
    together = WORDS.sentences([[], ["up"], ["quidnunc"], ["right"], []])
    assert together == pytest.approx(np.array([[0, 0], [0, 1], [0, 0], [1, 0], [0, 0]]), abs=1e-6)


def test_no_sentence_gives_no_vector() -> None:
    assert WORDS.sentences([]).shape == (0, 2)


def test_the_setting_is_the_sentence_before_and_the_mean_of_the_article() -> None:
    told = in_setting(np.array([[1.0, 0.0], [0.0, 1.0]]))
    assert told.tolist() == [[1, 0, 0, 0, 0.5, 0.5], [0, 1, BEFORE_WEIGHT, 0, 0.5, 0.5]]


def test_a_meaning_model_is_a_logistic_regression() -> None:
    model = MeaningModel(np.array([[2.0], [0.0]]), np.array([-1.0]))
    assert model.scores(np.array([[0.5, 9.0], [1.0, 0.0]])) == pytest.approx(np.array([[0.5], [1 / (1 + np.exp(-1))]]))


def test_the_bundled_vectors_fit_each_other() -> None:
    known = load_word_vectors()
    assert len(known.places) == len(known.table) == len(known.scales)
    assert (known.table.dtype, known.scales.ndim) == (np.int8, 1)


def test_words_of_like_meaning_have_like_vectors() -> None:
    known = load_word_vectors()
    [pupil, child, tractor] = known.sentences([["pupil"], ["child"], ["tractor"]])
    assert pupil @ child > pupil @ tractor


def test_the_live_settings_are_the_sentence_the_one_before_and_the_mean() -> None:
    assert in_setting(np.ones((1, 4))).shape == (1, SETTINGS * 4)
