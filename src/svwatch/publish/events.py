"""The box on top: what happened, told once however many articles tell it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from svwatch.gazetteer import Council
from svwatch.publish.happenings import amount_of, is_same_event
from svwatch.publish.lines import DigestArticle, PlacedArticle
from svwatch.publish.phrases import event_details, what_happened
from svwatch.publish.words import one_line
from svwatch.records import Event

KINDS_BY_WEIGHT = ("judicial_review", "funds_withheld", "rating", "agreement", "funds_released", "deficit")
"""Which kinds come first; a kind not named here comes last."""

MOST_ALSO = 5
"""How many further articles the box names for one happening; all are listed below it anyway."""


@dataclass(frozen=True, slots=True)
class DigestEvent:
    """One happening. `what` is a short phrase; `councils` usual names, empty where the article names none.

    `date` is as stated, at its own precision (``2024-05``); `details` are short phrases. `article` tells it and, where
    `quote` is not None, is the one quoted; `also` are other articles of this digest that tell it.
    """

    kind: str
    what: str
    councils: tuple[str, ...]
    is_national: bool
    date: str | None
    amount_pounds: float | None
    details: tuple[str, ...]
    quote: str | None
    article: DigestArticle
    also: tuple[DigestArticle, ...] = ()

    @property
    def place(self) -> str:
        """The councils by name or, where there are none or many, what a reader may call them."""
        if not self.councils:
            return "Across England" if self.is_national else "Council not named"
        shown = self.councils if len(self.councils) <= 3 else (*self.councils[:2], f"{len(self.councils) - 2} more")
        return ", ".join(shown[:-1]) + " and " + shown[-1] if len(shown) > 1 else shown[0]


@dataclass(frozen=True, slots=True)
class _Report:
    """One article telling one event."""

    event: Event
    placed: PlacedArticle

    @property
    def is_quoted(self) -> bool:
        return self.placed.quoted == self.event.evidence


def gather_events(placed: Sequence[PlacedArticle], councils: Mapping[str, Council]) -> tuple[DigestEvent, ...]:
    """The new events of the articles, most important first; `placed` is in order of importance.

    An event is told only with the sentence that states it, and one sentence of an article may be quoted: so each article
    leads with the events of its quoted sentence, and its others stand only beside an article that quotes them.
    """
    reports = [_Report(event, article) for article in placed for event in article.events]
    happenings: list[list[_Report]] = []
    for report in sorted(reports, key=lambda report: not report.is_quoted):
        _join(happenings, report)
    happenings.sort(key=lambda reports: _weight(reports[0].event.kind))
    return tuple(_told(reports, councils) for reports in happenings)


def _join(happenings: list[list[_Report]], report: _Report) -> None:
    for reports in happenings:
        if is_same_event(reports[0].event, report.event):
            reports.append(report)
            return
    if report.is_quoted:
        happenings.append([report])


def _weight(kind: str) -> int:
    return KINDS_BY_WEIGHT.index(kind) if kind in KINDS_BY_WEIGHT else len(KINDS_BY_WEIGHT)


def _told(reports: Sequence[_Report], councils: Mapping[str, Council]) -> DigestEvent:
    """One happening in the words of the first article whose quoted sentence states it."""
    lead = reports[0]
    event = lead.event
    others = dict.fromkeys(report.placed.line for report in reports if report.placed is not lead.placed)
    return DigestEvent(
        kind=event.kind,
        what=what_happened(event),
        councils=tuple(councils[slug].name for slug in event.councils),
        is_national=bool(event.values.get("national")),
        date=event.date and one_line(event.date),
        amount_pounds=amount_of(event),
        details=event_details(event),
        quote=lead.placed.line.quote,
        article=lead.placed.line,
        also=tuple(others)[:MOST_ALSO],
    )
