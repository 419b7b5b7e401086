"""What words mean, as numbers: like words have like vectors, so that a word no gold holds still tells something.

The vectors come with the package (tools/make_word_vectors.py says how they were made). A sentence is the sum of its
words' vectors, brought to length one; its setting is the sentence before it and the mean of the article.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import BytesIO
from itertools import chain, repeat

import numpy as np
import numpy.typing as npt

from svwatch.tag.linear import Floats

BEFORE_WEIGHT = 0.5
"""How much the sentence before one counts beside the sentence itself."""
SETTINGS = 3


@dataclass(frozen=True, slots=True)
class WordVectors:
    """`places` is each word's row; `table` (words, size) holds small whole numbers, `scales` (words,) their units.

    A common word's vector is shorter than a rare one's (smooth inverse frequency, Arora et al. 2017).
    """

    places: Mapping[str, int]
    table: npt.NDArray[np.int8]
    scales: npt.NDArray[np.float32]

    def sentences(self, tokens: Sequence[Sequence[str]]) -> Floats:
        """One vector of length one for each sentence (sentences, size); zeros where no word is known."""
        sizes = [len(sentence) for sentence in tokens]
        rows = np.fromiter(map(self.places.get, chain.from_iterable(tokens), repeat(-1)), np.int64, sum(sizes))
        owners = np.repeat(np.arange(len(tokens)), sizes)[rows >= 0]
        rows = rows[rows >= 0]
        sums = np.zeros((len(tokens), self.table.shape[1]), dtype=np.float32)
        if len(rows):
            words = self.table[rows] * self.scales[rows, None]
            starts = np.flatnonzero(np.diff(owners, prepend=-1))
            sums[owners[starts]] = np.add.reduceat(words, starts, axis=0)
        return np.asarray(sums.astype(np.float64) / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-9))


@dataclass(frozen=True, slots=True)
class MeaningModel:
    """A logistic regression on sentence vectors: `weights` is (SETTINGS * size, labels), `biases` (labels,)."""

    weights: Floats
    biases: Floats

    def scores(self, vectors: Floats) -> Floats:
        """Probabilities (sentences, labels) from what `in_setting` gives."""
        return np.asarray(1 / (1 + np.exp(-np.clip(vectors @ self.weights + self.biases, -500, 500))))


def in_setting(sentences: Floats) -> Floats:
    """Each sentence of one article with its setting, (sentences, SETTINGS * size)."""
    before = np.vstack([np.zeros((1, sentences.shape[1])), sentences[:-1]])
    mean = np.broadcast_to(sentences.mean(axis=0), sentences.shape)
    return np.hstack([sentences, BEFORE_WEIGHT * before, mean])


@cache
def load_word_vectors() -> WordVectors:
    """The vectors this package carries."""
    words = _file("word_vectors.words.txt").decode("utf-8").split("\n")
    table = np.load(BytesIO(_file("word_vectors.npy")), allow_pickle=False)
    scales = np.load(BytesIO(_file("word_vectors.scales.npy")), allow_pickle=False)
    return WordVectors({word: row for row, word in enumerate(words)}, table, scales)


@cache
def word_vectors_digest() -> str:
    """SHA-256 of the vectors: a model fitted on others would read other numbers."""
    parts = (_file(f"word_vectors.{kind}") for kind in ("words.txt", "npy", "scales.npy"))
    return hashlib.sha256(b"".join(hashlib.sha256(part).digest() for part in parts)).hexdigest()


def _file(name: str) -> bytes:
    return files("svwatch.data").joinpath(name).read_bytes()
