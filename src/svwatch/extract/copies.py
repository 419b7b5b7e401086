"""Finds the same text under another headline: fingerprints to look candidates up by, and the test that decides.

A copy may be cut and lightly reworded, so the test asks how much of the shorter text is in the longer. Headlines
change with every masthead: they may tip a doubtful case, never decide one.
"""

import hashlib
import re
from functools import lru_cache
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from svwatch.records import Article

if TYPE_CHECKING:
    from datasketch import MinHash

PERMUTATIONS = 128
SHINGLE_WORDS = 4
MIN_FINGERPRINT_WORDS = 20
# 42 bands of 3 find a pair of Jaccard similarity 0.5 with probability 0.996, one of 0.1 with 0.04.
ROWS_PER_BAND = 3
BANDS = PERMUTATIONS // ROWS_PER_BAND
BYTES_PER_VALUE = 4

MIN_COPY_WORDS = 40
COMPARED_WORDS = 3
COPY_CONTAINMENT = 0.75
DOUBTFUL_CONTAINMENT = 0.65
SAME_TITLE = 90

_WORD = re.compile(r"[^\W_]+")


def fingerprint(text: str) -> bytes:
    """The MinHash of a text's 4-word shingles: 128 little-endian uint32; empty for fewer than 20 words.

    The same text gives the same bytes on every machine; case, punctuation and white space do not count.
    """
    words = _words(text)
    if len(words) < MIN_FINGERPRINT_WORDS:
        return b""
    sketch = _empty_sketch().copy()
    sketch.update_batch([shingle.encode() for shingle in sorted(_shingles(words, SHINGLE_WORDS))])
    return bytes(sketch.hashvalues.astype("<u4").tobytes())


def bands_of(fingerprint: bytes) -> tuple[str, ...]:
    """The keys a fingerprint is looked up by: texts that share one may be copies; none for an empty fingerprint."""
    size = ROWS_PER_BAND * BYTES_PER_VALUE
    rows = (fingerprint[start : start + size] for start in range(0, len(fingerprint) - size + 1, size))
    return tuple(f"{band:02d}-{hashlib.blake2b(row, digest_size=8).hexdigest()}" for band, row in enumerate(rows))


def is_copy(a: Article, b: Article) -> bool:
    """Whether one article's text is the other's, whole, cut or lightly reworded.

    Texts under 40 words are copies only where they are equal word for word.
    """
    shorter, longer = sorted((_words(a.text), _words(b.text)), key=len)
    if len(shorter) < MIN_COPY_WORDS:
        return bool(shorter) and shorter == longer
    held = _held(shorter, longer)
    if held >= COPY_CONTAINMENT:
        return True
    return held >= DOUBTFUL_CONTAINMENT and fuzz.token_set_ratio(a.title.lower(), b.title.lower()) >= SAME_TITLE


def containment(one: str, other: str) -> float:
    """The share, in [0, 1], of the shorter text's 3-word shingles that the longer holds; 0 where either has none."""
    shorter, longer = sorted((_words(one), _words(other)), key=len)
    return _held(shorter, longer)


def _held(shorter: list[str], longer: list[str]) -> float:
    sought = _shingles(shorter, COMPARED_WORDS)
    return len(sought & _shingles(longer, COMPARED_WORDS)) / len(sought) if sought else 0.0


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower().replace("’", "").replace("'", ""))


def _shingles(words: list[str], size: int) -> set[str]:
    return {" ".join(words[start : start + size]) for start in range(len(words) - size + 1)}


@lru_cache(maxsize=1)
def _empty_sketch() -> "MinHash":
    from datasketch import MinHash  # brings scipy, half a second: only where a fingerprint is made

    return MinHash(num_perm=PERMUTATIONS, seed=1, scheme="affine32")
