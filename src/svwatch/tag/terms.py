"""A sentence as the terms the topic classifier weighs: stems and their pairs, groups of like phrases, and its setting."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import combinations, pairwise

import yaml

_TOKEN = re.compile(
    r"[a-z]+\d*(?:[-'][a-z]+)*|£\s?[\d,.]*\d(?:\s?(?:m|bn|k|million|billion|thousand))?\b|\d+(?:\.\d+)?\s?(?:per cent|%)"
    r"|\d[\d,./-]*"
)
_ENDING = re.compile(r"(?<=[a-z]{3})(?:'s|ies|ing|edly|ed|es|s|ly)$")
MATTER = "matter"
NEAR = 2
"""How many sentences before and after one count as near it."""


Longer = tuple[tuple[tuple[str, ...], str], ...]
"""Phrases of several words, each with its group."""


@dataclass(frozen=True, slots=True)
class _Phrases:
    """The groups' phrases ordered for look-up: whole words, beginnings of words, and phrases by their first word."""

    words: Mapping[str, frozenset[str]]
    beginnings: Mapping[str, frozenset[str]]
    longer: Mapping[str, Longer]


@dataclass(frozen=True, slots=True)
class _Word:
    """What one word may stand for: its groups, and the longer phrases it starts, by their second word.

    Phrases whose second word is only a beginning stand under the empty string.
    """

    groups: frozenset[str]
    longer: Mapping[str, Longer]


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
            first, *rest = _words_of(str(phrase).lower())
            if rest:
                longer.setdefault(first.rstrip("*"), []).append(((first, *rest), group))
            elif first.endswith("*"):
                beginnings.setdefault(first[:-1], set()).add(group)
            else:
                words.setdefault(first, set()).add(group)
    return _Phrases(_frozen(words), _frozen(beginnings), {first: tuple(found) for first, found in longer.items()})


def _words_of(phrase: str) -> list[str]:
    """A phrase's words as tokens have them: without commas and possessive endings, a number with its unit."""
    if phrase[0].isdigit():
        return tokens_of(phrase)
    return [word.rstrip("',").removesuffix("'s") for word in phrase.split()]


def _frozen(groups: Mapping[str, set[str]]) -> Mapping[str, frozenset[str]]:
    return {word: frozenset(found) for word, found in groups.items()}


def tokens_of(sentence: str) -> list[str]:
    """The words, sums and numbers of a sentence in lower case, without possessive endings."""
    return [token.removesuffix("'s") for token in _TOKEN.findall(sentence.lower())]


def groups_in(tokens: Sequence[str]) -> frozenset[str]:
    """The groups of `data/phrases.yaml` of which a sentence holds a phrase."""
    words = list(map(_word, tokens))
    found = set().union(*[word.groups for word in words])
    for at, word in enumerate(words[:-1]):
        if word.longer:
            for phrase, group in (*word.longer.get(tokens[at + 1], ()), *word.longer.get("", ())):
                if group not in found and _stands_at(phrase, tokens, at):
                    found.add(group)
    return frozenset(found)


@lru_cache(maxsize=50_000)
def _word(token: str) -> _Word:
    phrases = _phrases()
    starts = [token[:length] for length in range(1, min(len(token), _longest_beginning()) + 1)]
    alone = frozenset().union(*(phrases.beginnings.get(start, ()) for start in starts), phrases.words.get(token, ()))
    longer: dict[str, Longer] = {}
    for start in starts:
        for phrase, group in phrases.longer.get(start, ()):
            if _is_word(phrase[0], token):
                second = "" if phrase[1].endswith("*") else phrase[1]
                longer[second] = (*longer.get(second, ()), (phrase, group))
    return _Word(alone, longer)


@cache
def _longest_beginning() -> int:
    return max(map(len, [*_phrases().beginnings, *_phrases().longer]))


def _is_word(pattern: str, token: str) -> bool:
    return token.startswith(pattern[:-1]) if pattern.endswith("*") else token == pattern


def _stands_at(phrase: tuple[str, ...], tokens: Sequence[str], at: int) -> bool:
    return len(tokens) - at >= len(phrase) and all(map(_is_word, phrase[1:], tokens[at + 1 : at + len(phrase)]))


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
    """Terms of one sentence. `before` are the groups of the sentence before it, `setting` what surrounds it."""
    return Counter([*own_terms(tokens, groups, before), *setting_terms(groups, tuple(setting))])


def own_terms(tokens: Sequence[str], groups: frozenset[str], before: frozenset[str]) -> list[str]:
    """The terms of a sentence that do not hang on its article, each as often as it stands there."""
    words = list(map(stem, tokens))
    return [*words, *map(" ".join, pairwise(words)), *_group_terms(groups), *_before_terms(before)]


@lru_cache(maxsize=5_000)
def _group_terms(groups: frozenset[str]) -> tuple[str, ...]:
    listed = sorted(groups)
    return (*(f"#{group}" for group in listed), *(f"#{a}+{b}" for a, b in combinations(listed, 2)))


@lru_cache(maxsize=5_000)
def setting_terms(groups: frozenset[str], setting: tuple[str, ...]) -> tuple[str, ...]:
    """The groups of a sentence, each joined to what surrounds it."""
    return tuple(f"#{group}@{place}" for group in sorted(groups) for place in setting)


@lru_cache(maxsize=5_000)
def _before_terms(before: frozenset[str]) -> tuple[str, ...]:
    return tuple(f"<{group}" for group in sorted(before))


def article_setting(title: Sequence[str], sentence_groups: Sequence[frozenset[str]]) -> tuple[str, ...]:
    """What the whole article says: how much of it is on our matter (``m0`` to ``m3``) and the groups of its headline."""
    share = sum(MATTER in groups for groups in sentence_groups) / max(1, len(sentence_groups))
    amount = sum(share > cut for cut in (0.0, 0.15, 0.4))
    return (f"m{amount}", *(f"t:{group}" for group in sorted(groups_in(title))))


def nearness(sentence_groups: Sequence[frozenset[str]]) -> Iterator[str]:
    """For each sentence whether our matter is named in it (``n2``), near it (``n1``) or not near it (``n0``)."""
    is_named = [MATTER in groups for groups in sentence_groups]
    for at, here in enumerate(is_named):
        yield "n2" if here else "n1" if any(is_named[max(0, at - NEAR) : at + NEAR + 1]) else "n0"
