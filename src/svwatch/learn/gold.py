"""Gold: articles labelled by people, one JSON object a line, in the public form plus where each came from.

A record adds to the public form (`svwatch.contract`): ``happening`` (the event it is about), ``split`` (train, dev or
test), ``origin``, ``register`` and ``traps`` (words that look like a council and are not one, each with its kind).
"""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rapidfuzz import process

from svwatch.contract import annotation_from_json, annotation_to_json, span_from_json, span_to_json
from svwatch.errors import GoldError
from svwatch.gazetteer import load_councils
from svwatch.records import Annotation, Article, Event, Span
from svwatch.taxonomy import Taxonomy, load_taxonomy

SPLITS = ("train", "dev", "test")
ANY_KIND = {"national", "n_councils"}
"""Fields that an event of any kind may have: it concerns no single council, or councils counted and not named."""
DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?|-(?:spring|summer|autumn|winter))?")
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Trap:
    """Words that must not be tagged as a council, and the kind of thing they name (a club, a person, ...)."""

    kind: str
    span: Span


@dataclass(frozen=True, slots=True)
class GoldArticle:
    """One labelled article."""

    id: str
    happening: str
    split: str
    origin: str
    register: str
    article: Article
    annotation: Annotation
    traps: tuple[Trap, ...]


def split_of(happening: str) -> str:
    """Train, dev or test, settled by the happening alone, so that no two articles on one event are parted."""
    share = int(hashlib.sha256(happening.encode()).hexdigest()[:8], 16) / 2**32
    return "test" if share < 0.25 else "dev" if share < 0.40 else "train"


def load_gold(folder: Path, split: str | None = None) -> list[GoldArticle]:
    """Every record of the folder's ``*.jsonl`` files, in file order, or those of one split.

    Raises:
        GoldError: naming file, line and remedy of every problem.
    """
    problems: list[str] = []
    found: list[GoldArticle] = []
    for path in sorted(folder.glob("*.jsonl")):
        found += _read_file(path, problems)
    if not found:
        problems.append(f"{folder} holds no gold: name a folder with .jsonl files")
    problems += list(_whole_set_problems(found))
    if problems:
        raise GoldError(
            f"the gold in {folder} has {len(problems)} problem(s):\n" + "\n".join(f"  {p}" for p in problems)
        )
    return [gold for gold in found if split in (None, gold.split)]


def gold_digest(records: Iterable[GoldArticle]) -> str:
    """SHA-256 over the records' own digests, in order of id: pins what a model was trained on."""
    lines = sorted(json.dumps(gold_to_json(gold), sort_keys=True, ensure_ascii=False) for gold in records)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _read_file(path: Path, problems: list[str]) -> Iterator[GoldArticle]:
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        if not line.strip():
            continue
        where = f"{path.name}:{number}"
        try:
            gold = gold_from_json(json.loads(line))
        except json.JSONDecodeError as error:
            problems.append(f"{where}: not JSON ({error.msg}); mend or remove the line")
        except (KeyError, TypeError, ValueError) as error:
            problems.append(f"{where}: not a gold record ({type(error).__name__}: {error}); see docs/gold.md")
        else:
            problems += [f"{where}: {gold.id}: {problem}" for problem in _record_problems(gold, load_taxonomy())]
            yield gold


def _record_problems(gold: GoldArticle, taxonomy: Taxonomy) -> Iterator[str]:
    yield from _unknown("split", {gold.split}, SPLITS)
    yield from _unknown("topic", {topic.id for topic in gold.annotation.topics}, taxonomy.topic_ids)
    yield from _unknown("event kind", {event.kind for event in gold.annotation.events}, tuple(taxonomy.events))
    yield from _unknown("council", {tag.slug for tag in gold.annotation.councils}, tuple(load_councils()))
    if gold.annotation.topics and not gold.annotation.relevant:
        yield f'it carries the topic "{gold.annotation.topics[0].id}" and is not relevant; make it relevant, or take it out'
    for event in gold.annotation.events:
        yield from _event_problems(event, taxonomy)
    for span in _spans(gold):
        held = gold.article.title if span.in_title else gold.article.text
        if held[span.start : span.end] != span.text:
            yield f'"{span.text}" is not at [{span.start}, {span.end}) of its text; copy the words as they stand'


def _event_problems(event: Event, taxonomy: Taxonomy) -> Iterator[str]:
    fields = taxonomy.events.get(event.kind, {})
    yield from _unknown("council", set(event.councils), tuple(load_councils()))
    yield from _unknown(f"{event.kind} field", set(event.values) - ANY_KIND, tuple(fields))
    for name, value in event.values.items():
        allowed = fields.get(name, "text")
        if isinstance(allowed, tuple):
            yield from _unknown(f"{event.kind} {name}", {str(value)}, allowed)
        elif allowed == "number" and not isinstance(value, int | float):
            yield f'{event.kind} {name} is "{value}"; write a number'
    if event.date is not None and not DATE.fullmatch(event.date):
        yield f'the date "{event.date}" is not of a known form; write 2024-05-10, 2024-05, 2024, 2023-24 or 2024-spring'


def _unknown(what: str, said: set[str], known: Sequence[str]) -> Iterator[str]:
    for name in sorted(said - set(known)):
        near = process.extractOne(name, known)
        yield f'there is no {what} "{name}"' + (f'; did you mean "{near[0]}"?' if near else "")


def _spans(gold: GoldArticle) -> Iterator[Span]:
    said = gold.annotation
    yield from (span for topic in said.topics for span in topic.evidence)
    yield from (span for tag in said.councils for span in tag.spans)
    yield from (event.evidence for event in said.events)
    yield from (trap.span for trap in gold.traps)


def _whole_set_problems(found: Sequence[GoldArticle]) -> Iterator[str]:
    for repeated, times in Counter(gold.id for gold in found).items():
        if times > 1:
            yield f'the id "{repeated}" stands {times} times; give each record its own'
    for happening in sorted({gold.happening for gold in found}):
        sides = {gold.split for gold in found if gold.happening == happening}
        if len(sides) > 1:
            yield f'the happening "{happening}" is on both sides of the split ({", ".join(sorted(sides))}); move it to one'


def gold_from_json(raw: Json) -> GoldArticle:
    """One record from its JSON form; raises KeyError, TypeError or ValueError where it is not one."""
    for key in ("id", "happening", "split", "origin", "register", "published", "title", "text"):
        if not isinstance(raw[key], str):
            raise TypeError(f'"{key}" must be text')
    published = datetime.fromisoformat(raw["published"]).replace(tzinfo=UTC)
    article = Article(url="", id=raw["id"], title=raw["title"], text=raw["text"], published_at=published, language="en")
    traps = tuple(Trap(trap["kind"], span_from_json(trap)) for trap in raw["traps"])
    said = annotation_from_json(
        raw | {"relevance_score": float(raw["relevant"]), "tagger": {"version": "", "model": ""}}
    )
    return GoldArticle(raw["id"], raw["happening"], raw["split"], raw["origin"], raw["register"], article, said, traps)


def gold_to_json(gold: GoldArticle) -> Json:
    """The JSON form of a record."""
    said = annotation_to_json(gold.annotation)
    published = gold.article.published_at
    return {
        "id": gold.id,
        "happening": gold.happening,
        "split": gold.split,
        "origin": gold.origin,
        "register": gold.register,
        "published": published.date().isoformat() if published else None,
        "title": gold.article.title,
        "text": gold.article.text,
        "relevant": said["relevant"],
        "topics": said["topics"],
        "councils": said["councils"],
        "events": said["events"],
        "traps": [{"kind": trap.kind, **span_to_json(trap.span)} for trap in gold.traps],
    }
