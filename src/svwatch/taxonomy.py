"""The topics and event kinds svwatch knows, read from `data/taxonomy.yaml`."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

Field = str | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Topic:
    """One topic: its id in files and addresses, its name for readers, and what it applies to."""

    id: str
    name: str
    applies_to: str


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """Topics in display order, and for each event kind its fields: ``number``, ``text`` or the allowed values."""

    version: int
    topics: tuple[Topic, ...]
    events: Mapping[str, Mapping[str, Field]]
    digest: str

    @property
    def topic_ids(self) -> tuple[str, ...]:
        """Ids of the topics, in display order."""
        return tuple(topic.id for topic in self.topics)

    def topic_name(self, topic_id: str) -> str:
        """The name readers see; raises KeyError for an unknown id."""
        return next(topic.name for topic in self.topics if topic.id == topic_id)


def parse_taxonomy(text: str) -> Taxonomy:
    """Read a taxonomy file; its digest covers ids and fields only, so that a reworded name stays compatible."""
    raw = yaml.safe_load(text)
    topics = tuple(Topic(row["id"], row["name"], row["applies_to"]) for row in raw["topics"])
    events = {
        kind: {name: value if isinstance(value, str) else tuple(value) for name, value in fields.items()}
        for kind, fields in raw["events"].items()
    }
    pinned = repr(
        (raw["version"], [topic.id for topic in topics], sorted((k, sorted(v.items())) for k, v in events.items()))
    )
    return Taxonomy(raw["version"], topics, events, hashlib.sha256(pinned.encode()).hexdigest())


@cache
def load_taxonomy() -> Taxonomy:
    """The taxonomy this package carries."""
    return parse_taxonomy(files("svwatch.data").joinpath("taxonomy.yaml").read_text(encoding="utf-8"))
