"""The subject line: the news first, the date last so that no two days are alike, in 60 characters."""

from collections.abc import Sequence
from datetime import date

from svwatch.publish.events import DigestEvent
from svwatch.publish.lines import DigestArticle
from svwatch.publish.words import MONTHS, counted, shortened

SUBJECT_LIMIT = 60


def subject_line(events: Sequence[DigestEvent], articles: Sequence[DigestArticle], *, otherwise: str, day: date) -> str:
    """What the issue of a day brings: its first event, else its first article, else the words of `otherwise`.

    `articles` are those listed by council and topic, most important first.
    """
    tail = f", {day.day} {MONTHS[day.month - 1][:3]}"
    news = _first_news(events, articles)
    if news is None:
        return shortened(otherwise, SUBJECT_LIMIT - len(tail)) + tail
    more = f" + {len(articles) - 1} more" if len(articles) > 1 else ""
    return shortened(news, SUBJECT_LIMIT - len(more) - len(tail)) + more + tail


def _first_news(events: Sequence[DigestEvent], articles: Sequence[DigestArticle]) -> str | None:
    if events:
        return f"{events[0].place}: {events[0].what}"
    if not articles:
        return None
    title, place = articles[0].title, articles[0].councils[:1]
    return title if not place or place[0].casefold() in title.casefold() else f"{place[0]}: {title}"


def quiet_subject(*, n_headlines: int, n_untagged: int, can_tell: bool) -> str:
    """The news of a day without sorted articles; `can_tell` is False where no source could be read."""
    if n_untagged:
        return f"{counted(n_untagged, 'article')} found, not yet sorted"
    if n_headlines:
        return f"{counted(n_headlines, 'headline')}, nothing more to read"
    return "Nothing new about SEND" if can_tell else "No source could be read"
