"""A digest as plain text: for terminals, and for the first part of a mail."""

import textwrap
from collections.abc import Iterator, Sequence

from svwatch.publish import sentences as say
from svwatch.publish.digest import Digest, DigestSection
from svwatch.publish.events import DigestEvent
from svwatch.publish.lines import DigestArticle, DigestCopy
from svwatch.publish.words import counted, date_in_words, day_in_words

WIDTH = 76
INDENT = "  "


def render_text(digest: Digest) -> str:
    """The issue in lines of at most 76 characters, save that an address is never broken; same links as the HTML."""
    return "\n".join([*_top(digest), *_events(digest), *_articles(digest), *_bottom(digest)]).strip() + "\n"


def _top(digest: Digest) -> Iterator[str]:
    yield from (digest.title.upper(), day_in_words(digest.day), "", *_wrapped(say.opening(digest)))
    if digest.is_quiet:
        yield say.sources_read(digest.health)
    if digest.n_left_out:
        yield from _wrapped(say.left_out(digest))
        if digest.see_all_url:
            yield from (f"{say.see_all(digest)}:", digest.see_all_url)


def _events(digest: Digest) -> Iterator[str]:
    if digest.events:
        yield from _heading("What happened")
    for event in digest.events:
        yield from ("", *_event(event))
    if digest.n_events_left_out:
        yield from ("", f"{counted(digest.n_events_left_out, 'more event')} in the articles below.")


def _event(event: DigestEvent) -> Iterator[str]:
    yield from _wrapped(f"* {event.place}: {event.what}", hanging=True)
    yield from _indented(say.event_facts(event))
    if event.quote:
        yield from _indented(f"“{event.quote}”")
    yield from _indented(f"{event.article.publisher}: {event.article.title}")
    yield _address(event.article)
    for other in event.also:
        yield from _indented(f"Also told by {other.publisher}:")
        yield _address(other)


def _articles(digest: Digest) -> Iterator[str]:
    for section in digest.sections:
        yield from _section(section)
    yield from _listing("Not yet sorted", say.UNTAGGED, digest.untagged)
    yield from _listing("Headline only", say.HEADLINE_ONLY, digest.headline_only)
    yield from _listing("Older articles", say.older(digest), digest.older)


def _section(section: DigestSection) -> Iterator[str]:
    yield from _heading(section.name)
    for group in section.groups:
        if section.has_group_names:
            yield from ("", f"-- {group.name} --")
        for article in group.articles:
            yield from ("", *_line(article, section.name))


def _line(article: DigestArticle, heading: str) -> Iterator[str]:
    yield from _headline(article)
    if article.quote and not article.is_quoted_above:
        yield from _indented(f"“{article.quote}”")
    if article.topics:
        yield from _indented("Topics: " + ", ".join(article.topics))
    if others := say.other_councils(article, heading):
        yield from _indented(f"Councils named: {others}")
    yield _address(article)
    yield from _copies(article)
    if article.correct_url:
        yield f"{INDENT}Wrong tag? {article.correct_url}"


def _listing(title: str, intro: str, articles: Sequence[DigestArticle]) -> Iterator[str]:
    if articles:
        yield from (*_heading(title), *_wrapped(intro))
    for article in articles:
        yield from ("", *_headline(article), *_indented(article.note and f"Why: {article.note}"))
        yield from (_address(article), *_copies(article))


def _headline(article: DigestArticle) -> Iterator[str]:
    yield from _wrapped(f"* {article.title}", hanging=True)
    yield from _indented(f"{article.publisher}, {say.article_date(article)}{say.remarks(article)}")


def _copies(article: DigestArticle) -> Iterator[str]:
    for copy in article.copies:
        yield from _indented(f"Also in {copy.publisher}:")
        yield _address(copy)
    if article.n_copies_left_out:
        yield f"{INDENT}Also in {counted(article.n_copies_left_out, 'other')}."


def _bottom(digest: Digest) -> Iterator[str]:
    health = digest.health
    yield from ("", "-" * WIDTH, *_wrapped(say.counts(digest)))
    for failed in health.failed:
        yield from _wrapped(f"* Failed: {failed.name}: {failed.reason}", hanging=True)
    for quiet in health.quiet:
        yield from _wrapped(f"* Quiet: {quiet.name}: nothing since {date_in_words(quiet.since)}", hanging=True)
    yield from ("", *_wrapped(" ".join(say.HOW_TO_READ)))


def _heading(title: str) -> tuple[str, ...]:
    return "", "", title, "=" * min(len(title), WIDTH)


def _address(article: DigestArticle | DigestCopy) -> str:
    return INDENT + (article.url or f"({say.NOT_A_LINK}: {article.address or 'none'})")


def _indented(text: str | None) -> list[str]:
    return textwrap.wrap(text or "", WIDTH, initial_indent=INDENT, subsequent_indent=INDENT, break_on_hyphens=False)


def _wrapped(text: str | None, *, hanging: bool = False) -> list[str]:
    return textwrap.wrap(text or "", WIDTH, subsequent_indent=INDENT if hanging else "", break_on_hyphens=False)
