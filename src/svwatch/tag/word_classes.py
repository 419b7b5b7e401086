"""Classes of words that tell what a place name near them stands for, read from `data/surroundings.yaml`."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml


@dataclass(frozen=True, slots=True)
class WordClasses:
    """`heads` and `settings` give the classes of each word, in the file's order; `lists` are plain sets of words."""

    heads: Mapping[str, tuple[str, ...]]
    settings: Mapping[str, tuple[str, ...]]
    lists: Mapping[str, frozenset[str]]


@cache
def word_classes() -> WordClasses:
    """The classes this package carries."""
    text = files("svwatch.data").joinpath("surroundings.yaml").read_text(encoding="utf-8")
    raw = yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - both are safe; C is ten times as fast
    lists = {name: frozenset(words.split()) for name, words in raw["lists"].items()}
    return WordClasses(_classes_of(raw["heads"]), _classes_of(raw["settings"]), lists)


def _classes_of(groups: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for kind, words in groups.items():
        for word in dict.fromkeys(words.split()):
            found.setdefault(word, []).append(kind)
    return {word: tuple(kinds) for word, kinds in found.items()}
