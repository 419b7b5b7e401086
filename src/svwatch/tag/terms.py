"""A sentence as the terms the topic classifier weighs: stems and their pairs, groups of like phrases, and its setting."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise

import yaml

_TOKEN = re.compile(
    r"£\s?[\d,.]*\d(?:\s?(?:m|bn|k|million|billion|thousand))?\b|\d+(?:\.\d+)?\s?(?:per cent|%)|\d[\d,./-]*"
    r"|[a-z]+\d*(?:[-'][a-z]+)*"
)
_ENDING = re.compile(r"(?<=[a-z]{3})(?:'s|ies|ing|edly|ed|es|s|ly)$")
MATTER = "matter"


@dataclass(frozen=True, slots=True)
class _Phrases:
    """The groups' phrases ordered for look-up: whole words, beginnings of words, and phrases by their first word."""

    words: Mapping[str, frozenset[str]]
    beginnings: Mapping[str, frozenset[str]]
    longer: Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]


def _phrases_file() -> bytes:
    return files("svwatch.data").joinpath("phrases.yaml").read_bytes()


def phrases_digest() -> str:
    """SHA-256 of the groups of phrases: a model trained with others would read other terms."""
    return hashlib.sha256(_phrases_file()).hexdigest()


@cache
def _phrases() -> _Phrases:
    raw = yaml.safe_load(_phrases_file())
    words: dict[str, set[str]] = {}
    beginnings: dict[str, set[str]] = {}
    longer: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for group, phrases in raw.items():
        for phrase in phrases:
            first, *rest = str(phrase).lower().split()
            if rest:
                longer.setdefault(first.rstrip("*"), []).append(((first, *rest), group))
            elif first.endswith("*"):
                beginnings.setdefault(first[:-1], set()).add(group)
            else:
                words.setdefault(first, set()).add(group)
    return _Phrases(_frozen(words), _frozen(beginnings), {first: tuple(found) for first, found in longer.items()})


def _frozen(groups: Mapping[str, set[str]]) -> Mapping[str, frozenset[str]]:
    return {word: frozenset(found) for word, found in groups.items()}


def tokens_of(sentence: str) -> list[str]:
    """The words, sums and numbers of a sentence in lower case, without possessive endings."""
    return [token.removesuffix("'s") for token in _TOKEN.findall(sentence.lower())]


def groups_in(tokens: Sequence[str]) -> frozenset[str]:
    """The groups of `data/phrases.yaml` of which a sentence holds a phrase."""
    found: set[str] = set()
    for at, token in enumerate(tokens):
        alone, longer = _groups_of(token)
        found |= alone
        found.update(group for phrase, group in longer if _stands_at(phrase, tokens, at))
    return frozenset(found)


@lru_cache(maxsize=50_000)
def _groups_of(token: str) -> tuple[frozenset[str], tuple[tuple[tuple[str, ...], str], ...]]:
    """The groups of one word, and the longer phrases that may start with it."""
    phrases = _phrases()
    starts = [token[:length] for length in range(1, len(token) + 1)]
    alone = frozenset().union(*(phrases.beginnings.get(start, ()) for start in starts), phrases.words.get(token, ()))
    longer = tuple(pair for start in starts for pair in phrases.longer.get(start, ()))
    return alone, tuple(pair for pair in longer if _is_word(pair[0][0], token))


def _is_word(pattern: str, token: str) -> bool:
    return token.startswith(pattern[:-1]) if pattern.endswith("*") else token == pattern


def _stands_at(phrase: tuple[str, ...], tokens: Sequence[str], at: int) -> bool:
    return len(tokens) - at >= len(phrase) and all(map(_is_word, phrase[1:], tokens[at + 1 :]))


@lru_cache(maxsize=50_000)
def stem(token: str) -> str:
    """A word without its ending; a sum of money, a share, a year or a number as one sign each."""
    if token[0] == "£":
        return "<money>"
    if token[0].isdigit():
        if token.endswith(("%", "cent")):
            return "<share>"
        return "<year>" if re.fullmatch(r"20[0-4]\d", token) else "<number>"
    return _ENDING.sub("", token)


def sentence_terms(
    tokens: Sequence[str], groups: frozenset[str], before: frozenset[str], setting: Sequence[str]
) -> Counter[str]:
    """Terms of one sentence. `before` are the groups of the sentence before it, `setting` what the whole article says."""
    words = [stem(token) for token in tokens]
    counts = Counter(words)
    counts.update(f"{a} {b}" for a, b in pairwise(words))
    counts.update(_group_terms(groups, before, setting))
    return counts


def _group_terms(groups: frozenset[str], before: frozenset[str], setting: Sequence[str]) -> Iterator[str]:
    listed = sorted(groups)
    for i, group in enumerate(listed):
        yield f"#{group}"
        yield from (f"#{group}+{other}" for other in listed[i + 1 :])
        yield from (f"#{group}@{place}" for place in setting)
    yield from (f"<{group}" for group in sorted(before))


def article_setting(title: Sequence[str], sentence_groups: Sequence[frozenset[str]]) -> tuple[str, ...]:
    """What the whole article says: how much of it is on our matter (``m0`` to ``m3``) and the groups of its headline."""
    share = sum(MATTER in groups for groups in sentence_groups) / max(1, len(sentence_groups))
    amount = sum(share > cut for cut in (0.0, 0.15, 0.4))
    return (f"m{amount}", *(f"t:{group}" for group in sorted(groups_in(title))))
