"""A sentence as the terms the topic classifier weighs: stems and their pairs, groups of like phrases, and its setting."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from itertools import pairwise

import yaml

_TOKEN = re.compile(
    r"£\s?[\d,.]*\d(?:\s?(?:m|bn|k|million|billion|thousand))?\b|\d+(?:\.\d+)?\s?(?:per cent|%)|\d[\d,./-]*|[a-z]+(?:[-'][a-z]+)*",
    re.IGNORECASE,
)
_ENDING = re.compile(r"(?<=[a-z]{3})(?:'s|ies|ing|edly|ed|es|s|ly)$")
MATTER = "matter"


@cache
def phrase_groups() -> Mapping[str, re.Pattern[str]]:
    """One pattern for each group of `data/phrases.yaml`."""
    raw = yaml.safe_load(files("svwatch.data").joinpath("phrases.yaml").read_text(encoding="utf-8"))
    return {group: re.compile(_alternatives(phrases), re.IGNORECASE) for group, phrases in raw.items()}


def _alternatives(phrases: Sequence[str]) -> str:
    ordered = sorted((str(phrase) for phrase in phrases), key=len, reverse=True)
    shapes = (re.escape(phrase).replace(r"\ ", r"[\s-]+").replace(r"\*", r"[\w'-]*") for phrase in ordered)
    return rf"(?<![\w-])(?:{'|'.join(shapes)})(?![\w])"


def groups_in(sentence: str) -> frozenset[str]:
    """The groups of which a sentence holds a phrase."""
    return frozenset(group for group, pattern in phrase_groups().items() if pattern.search(sentence))


def stems(sentence: str) -> list[str]:
    """Lower-case words without their endings; sums of money, shares and numbers stand as one sign each."""
    return [_sign(token) for token in _TOKEN.findall(sentence)]


def _sign(token: str) -> str:
    if token[0] == "£":
        return "<money>"
    if token[0].isdigit():
        if token.endswith(("%", "cent")):
            return "<share>"
        return "<year>" if re.fullmatch(r"20[0-4]\d", token) else "<number>"
    return _ENDING.sub("", token.lower())


def sentence_terms(
    sentence: str, groups: frozenset[str], before: frozenset[str], setting: Sequence[str]
) -> Counter[str]:
    """Terms of one sentence. `before` are the groups of the sentence before it, `setting` what the whole article says."""
    words = stems(sentence)
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
    yield from (f"<{group}" for group in before)


def article_setting(title: str, sentence_groups: Sequence[frozenset[str]]) -> tuple[str, ...]:
    """What the whole article says: how much of it is on our matter (``m0`` to ``m3``) and its headline's groups."""
    share = sum(MATTER in groups for groups in sentence_groups) / max(1, len(sentence_groups))
    amount = sum(share > cut for cut in (0.0, 0.15, 0.4))
    return (f"m{amount}", *(f"t:{group}" for group in sorted(groups_in(title))))
