"""The state of a workspace as Prometheus reads it (text format 0.0.4), for a textfile collector."""

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from svwatch.config import Config
from svwatch.errors import ConfigError
from svwatch.records import Source
from svwatch.report import SourceState
from svwatch.store.records import SourceHealth
from svwatch.wiring import silent_since, store_of


@dataclass(frozen=True, slots=True)
class Metric:
    """One gauge: its name, what it says, and its values by label."""

    name: str
    meaning: str
    values: tuple[tuple[Mapping[str, str], float], ...]


def metrics(config: Config, now: datetime) -> str:
    """All gauges of a workspace; raises StoreError."""
    return "".join(_written(metric) for metric in _gauges(config, now))


def write_metrics(text: str, path: Path) -> None:
    """Put the gauges into a file in one step, so that a collector never reads half of it; raises ConfigError."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        draft.write_text(text, encoding="utf-8")
        draft.replace(path)
    except OSError as error:
        raise ConfigError(f"{path} cannot be written: {error.strerror}; name a folder you may write") from error


def _gauges(config: Config, now: datetime) -> Iterator[Metric]:
    store = store_of(config)
    known = {health.source_id: health for health in store.source_health(now)}
    asked = [(source, known[source.id]) for source in config.sources if source.enabled and source.id in known]
    yield from _of_sources(asked)
    silent = [(source.id, float(silent_since(source, store, now) is not None)) for source, _ in asked]
    yield _by_source("source_silent", "Whether a source has been silent for longer than it ever is", silent)
    counts = [({"kind": kind}, float(count)) for kind, count in store.counts().items()]
    yield Metric("stored", "Originals, copies, relevant originals and feed entries in the database", tuple(counts))
    if last := store.last_run():
        yield _single("last_run_start_seconds", "When the last run began", last.started_at.timestamp())
        outcomes = [({"outcome": str(outcome)}, float(count)) for outcome, count in last.outcomes.items()]
        yield Metric("last_run_entries", "Entries the last run met, by how they ended", tuple(outcomes))
        yield _single("last_run_failures", "Failures in the last run", len(last.failures))
        yield _single("model_missing", "Whether the last run had no model to tag with", last.model_problem is not None)
    if digest := store.last_digest():
        yield _single("last_digest_seconds", "Up to when the schedule's last digest reaches", digest.until.timestamp())


def _of_sources(asked: Iterable[tuple[Source, SourceHealth]]) -> Iterator[Metric]:
    rows = list(asked)
    up = [(source.id, float(health.state is not SourceState.FAILED)) for source, health in rows]
    yield _by_source("source_up", "Whether the feed could be read when it was last asked", up)
    failures = [(source.id, float(health.failures_in_a_row)) for source, health in rows]
    yield _by_source("source_failures_in_a_row", "How often in a row the feed could not be read", failures)
    read = [(source.id, health.read_at.timestamp()) for source, health in rows if health.read_at]
    yield _by_source("source_last_success_seconds", "When the feed was last read", read)
    entries = [(source.id, float(health.entries_last_week)) for source, health in rows]
    yield _by_source("source_entries_last_week", "Entries of the last seven days", entries)
    stopped = [(source.id, float(health.stopped is not None)) for source, health in rows]
    yield _by_source("source_stopped", "Whether svwatch has given the feed up until a person decides", stopped)


def _by_source(name: str, meaning: str, values: Iterable[tuple[str, float]]) -> Metric:
    return Metric(name, meaning, tuple(({"source": source_id}, value) for source_id, value in values))


def _single(name: str, meaning: str, value: float) -> Metric:
    return Metric(name, meaning, (({}, float(value)),))


def _written(metric: Metric) -> str:
    name = f"svwatch_{metric.name}"
    lines = [f"# HELP {name} {metric.meaning}.", f"# TYPE {name} gauge"]
    lines += [f"{name}{_labels(labels)} {value!r}" for labels, value in metric.values]
    return "\n".join(lines) + "\n"


def _labels(labels: Mapping[str, str]) -> str:
    pairs = ",".join(f'{key}="{_escaped(value)}"' for key, value in labels.items())
    return f"{{{pairs}}}" if pairs else ""


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
