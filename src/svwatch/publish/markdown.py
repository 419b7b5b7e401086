"""A digest as Markdown (CommonMark and GitHub's), with everything from outside escaped."""

import re
from collections.abc import Iterator, Sequence

from svwatch.publish import sentences as say
from svwatch.publish.digest import Digest, DigestSection
from svwatch.publish.events import DigestEvent
from svwatch.publish.lines import DigestArticle, DigestCopy
from svwatch.publish.words import counted, date_in_words, day_in_words

_MARKS = re.compile(r"([\\`*_{}\[\]<>()#|~&$!@^=])")
_BARE_LINK = re.compile(r"(?i)(?<=www)\.|:(?=//)|(?<=mailto):|(?<=xmpp):")


def render_markdown(digest: Digest) -> str:
    """The issue as Markdown; same links as the HTML."""
    blocks = [*_top(digest), *_events(digest), *_articles(digest), *_bottom(digest)]
    return "\n\n".join(blocks) + "\n"


def escaped(text: str) -> str:
    """Text that Markdown shows as it stands: no mark-up, no HTML, no address turned into a link.

    It must not begin a line: there, a dash or a number with a dot would still start a list.
    """
    return _BARE_LINK.sub(lambda match: "\\" + match[0], _MARKS.sub(r"\\\1", text))


def linked(text: str, url: str) -> str:
    """A Markdown link, for an address that `web_link` has passed."""
    return f"[{escaped(text)}](<{url.replace('&', '&amp;')}>)"


def _top(digest: Digest) -> Iterator[str]:
    yield f"# {escaped(digest.title)}"
    yield f"**{day_in_words(digest.day)}**"
    yield say.opening(digest)
    if digest.is_quiet:
        yield say.sources_read(digest.health)
    if digest.n_left_out:
        link = f" {linked(say.see_all(digest), digest.see_all_url)}" if digest.see_all_url else ""
        yield f"{say.left_out(digest)}{link}"


def _events(digest: Digest) -> Iterator[str]:
    if digest.events:
        yield "## What happened"
        yield "\n".join(_event(event) for event in digest.events)
    if digest.n_events_left_out:
        yield f"{counted(digest.n_events_left_out, 'more event')} in the articles below."


def _event(event: DigestEvent) -> str:
    also = ", ".join(_link(other, other.publisher) for other in event.also)
    return _bullet(
        f"**{escaped(event.place)}: {escaped(event.what)}**",
        escaped(say.event_facts(event)),
        event.quote and f"“{escaped(event.quote)}”",
        f"*{escaped(event.article.publisher)}*: {_link(event.article, event.article.title)}",
        also and f"Also told by {also}",
    )


def _articles(digest: Digest) -> Iterator[str]:
    for section in digest.sections:
        yield from _section(section)
    yield from _listing("Not yet sorted", say.UNTAGGED, digest.untagged)
    yield from _listing("Headline only", say.HEADLINE_ONLY, digest.headline_only)
    yield from _listing("Older articles", say.older(digest), digest.older)


def _section(section: DigestSection) -> Iterator[str]:
    yield f"## {escaped(section.name)}"
    for group in section.groups:
        if section.has_group_names:
            yield f"### {escaped(group.name)}"
        yield "\n".join(_line(article, section.name) for article in group.articles)


def _line(article: DigestArticle, heading: str) -> str:
    others = say.other_councils(article, heading)
    shown_quote = None if article.is_quoted_above else article.quote
    return _bullet(
        f"**{_link(article, article.title)}**",
        _meta(article),
        shown_quote and f"“{escaped(shown_quote)}”",
        article.topics and f"Topics: {escaped(', '.join(article.topics))}",
        others and f"Councils named: {escaped(others)}",
        _copies(article),
        article.correct_url and linked("Wrong tag?", article.correct_url),
    )


def _listing(title: str, intro: str, articles: Sequence[DigestArticle]) -> Iterator[str]:
    if articles:
        yield f"## {title}"
        yield intro
        yield "\n".join(_plain(article) for article in articles)


def _plain(article: DigestArticle) -> str:
    note = f". Why: {escaped(article.note)}" if article.note else ""
    return _bullet(_link(article, article.title), _meta(article) + note, _copies(article))


def _meta(article: DigestArticle) -> str:
    return f"*{escaped(article.publisher)}*, {say.article_date(article)}{say.remarks(article)}"


def _copies(article: DigestArticle) -> str | None:
    names = [_link(copy, copy.publisher) for copy in article.copies]
    if article.n_copies_left_out:
        names.append(counted(article.n_copies_left_out, "other"))
    return f"Also in {', '.join(names)}" if names else None


def _bottom(digest: Digest) -> Iterator[str]:
    yield "---"
    failed = [f"- Failed: {escaped(source.name)}: {escaped(source.reason)}" for source in digest.health.failed]
    quiet = [f"- Quiet: {escaped(s.name)}: nothing since {date_in_words(s.since)}" for s in digest.health.quiet]
    yield from filter(None, (say.counts(digest), "\n".join(failed + quiet)))
    yield " ".join(say.HOW_TO_READ)


def _bullet(first: str, *more: object) -> str:
    """A list entry of several lines; those that are empty are left out."""
    return "- " + "  \n  ".join(str(part) for part in (first, *more) if part)


def _link(article: DigestArticle | DigestCopy, text: str) -> str:
    if article.url:
        return linked(text, article.url)
    return f"{escaped(text)} ({say.NOT_A_LINK}: {escaped(article.address) or 'none'})"
