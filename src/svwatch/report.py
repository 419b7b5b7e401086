"""What a run did: one counted outcome for each entry met, one health line for each source, and every failure."""

import traceback
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from svwatch.errors import Exit, ModelError, SourceError, StoreError
from svwatch.records import Annotation, Article, Entry, Reading


class Outcome(StrEnum):
    """How an entry ended. Each entry met in a run ends in exactly one."""

    RELEVANT = "relevant"
    NOT_RELEVANT = "not relevant"
    COPY = "copy"
    NEW_VERSION = "new version"
    SUMMARY_ONLY = "summary only"
    UNTAGGED = "untagged"
    FILTERED = "filtered"
    KNOWN = "known"
    NOT_READ = "not read"
    FAILED = "failed"

    @classmethod
    def of(cls, article: Article, annotation: Annotation | None) -> "Outcome":
        """The outcome a new article has by what was read of it."""
        if article.is_summary:
            return cls.SUMMARY_ONLY
        if annotation is None:
            return cls.UNTAGGED
        return cls.RELEVANT if annotation.relevant else cls.NOT_RELEVANT


OUTCOME_MEANINGS: Mapping[Outcome, str] = {
    Outcome.RELEVANT: "new, about SEND, tagged and stored",
    Outcome.NOT_RELEVANT: "new, read, stored as off topic",
    Outcome.COPY: "the same text as an article already stored; folded under it",
    Outcome.NEW_VERSION: "an article already stored whose text has changed",
    Outcome.SUMMARY_ONLY: "the page gave no text; headline, link and the feed's summary are kept, not classified",
    Outcome.UNTAGGED: "stored without tags because no model could be loaded; tagged by the next run that has one",
    Outcome.FILTERED: "holds none of the source's filter words; not fetched",
    Outcome.KNOWN: "met before and unchanged",
    Outcome.NOT_READ: "the page was too slow, too large or broke the reader; headline and link are kept",
    Outcome.FAILED: "could not be fetched; tried again by a later run",
}


class SourceState(StrEnum):
    """How reading a source's feed ended."""

    READ = "read"
    UNCHANGED = "unchanged"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Ingested:
    """How reading one entry ended, and what is to be stored of it; `reason` says why it was not read."""

    entry: Entry
    outcome: Outcome
    reading: Reading | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Met:
    """Which entries of a source still need reading (new, changed, or left by an earlier run), and how many are known."""

    unfinished: Sequence[Entry]
    known: int


@dataclass(frozen=True, slots=True)
class Failure:
    """One thing that went wrong: with which source, at which address, and why, in a sentence.

    `trace` is the traceback where the fault is ours, else None.
    """

    source_id: str
    url: str
    reason: str
    trace: str | None = None


@dataclass(slots=True)
class RunReport:
    """Counts outcomes and gathers failures while a run goes on; mutable, owned by the run."""

    started: datetime
    finished: datetime | None = None
    outcomes: Counter[Outcome] = field(default_factory=Counter)
    sources: dict[str, SourceState] = field(default_factory=dict)
    failures: list[Failure] = field(default_factory=list)
    model_problem: str | None = None
    took_over: str | None = None

    def count(self, outcome: Outcome, times: int = 1) -> None:
        """Add `times` entries that ended in `outcome`."""
        self.outcomes[outcome] += times

    def fail(self, source_id: str, url: str, error: BaseException) -> None:
        """Record a failure; anything but a `SourceError` is our bug and keeps its traceback."""
        trace = None if isinstance(error, SourceError | ModelError) else "".join(traceback.format_exception(error))
        reason = str(error) if trace is None else f"svwatch made a mistake here: {type(error).__name__}: {error}"
        self.failures.append(Failure(source_id, url, reason, trace))

    @contextmanager
    def guard(self, source_id: str, url: str) -> Iterator[None]:
        """Let one source or entry fail without stopping the others; the only place that catches broadly."""
        try:
            yield
        except StoreError:
            raise
        except Exception as error:
            self.fail(source_id, url, error)

    def cut_off(self) -> None:
        """Put one failure in place of all that came of our own network being down; mistakes of ours stay."""
        reason = "no site at all could be reached; check this machine's network and DNS, nothing is held against them"
        self.failures[:] = [failure for failure in self.failures if failure.trace]
        self.failures.append(Failure("", "", reason))

    @property
    def met(self) -> int:
        """How many entries the run met."""
        return sum(self.outcomes.values())

    @property
    def failed_sources(self) -> list[str]:
        """Ids of the sources whose feed could not be read, sorted."""
        return sorted(source for source, state in self.sources.items() if state is SourceState.FAILED)

    @property
    def exit_code(self) -> Exit:
        """1 for a bug of ours, 3 where no model could be trusted, 4 where something failed, else 0."""
        if any(failure.trace for failure in self.failures):
            return Exit.BUG
        if self.model_problem:
            return Exit.REFUSED
        return Exit.PARTIAL if self.failures else Exit.DONE
