"""Shortening an issue until its HTML is small enough for a mail (Gmail cuts a mail at 102 KB)."""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from svwatch.publish.digest import Digest, DigestGroup, DigestSection
from svwatch.publish.lines import DigestArticle
from svwatch.publish.render import render_html

MAIL_BYTES = 80_000


def fold_digest(
    digest: Digest,
    *,
    see_all_url: str | None,
    max_bytes: int = MAIL_BYTES,
    render: Callable[[Digest], str] = render_html,
) -> Digest:
    """The issue itself where its HTML is at most `max_bytes` long, else with as many of its first articles as fit.

    What is left out is counted, and `see_all_url` (the page of the whole issue) is linked near the top. A mail whose
    styles are written into its elements is longer than the page: then `render` is what makes that mail.
    """

    def size(shown: Digest) -> int:
        return len(render(shown).encode())

    if size(digest) <= max_bytes:
        return digest
    n_fitting = bisect_right(
        range(digest.n_listed), max_bytes, key=lambda kept: size(keep_first(digest, kept, see_all_url))
    )
    return keep_first(digest, max(n_fitting - 1, 0), see_all_url)


def keep_first(digest: Digest, kept: int, see_all_url: str | None) -> Digest:
    """The issue with its first `kept` articles in reading order; the events stay."""
    sections, kept_now = [], kept
    for section in digest.sections:
        shorter = _shorter(section, kept_now)
        kept_now -= len(shorter.articles)
        sections.append(shorter)
    lists: list[tuple[DigestArticle, ...]] = []
    for articles in (digest.untagged, digest.headline_only, digest.older):
        lists.append(articles[:kept_now])
        kept_now -= len(lists[-1])
    return replace(
        digest,
        sections=tuple(section for section in sections if section.groups),
        untagged=lists[0],
        headline_only=lists[1],
        older=lists[2],
        n_left_out=digest.n_left_out + max(digest.n_listed - kept, 0),
        see_all_url=see_all_url,
    )


def _shorter(section: DigestSection, kept: int) -> DigestSection:
    return replace(section, groups=tuple(_shorter_groups(section.groups, kept)))


def _shorter_groups(groups: Sequence[DigestGroup], kept: int) -> Iterator[DigestGroup]:
    for group in groups:
        if kept > 0:
            yield DigestGroup(group.name, group.articles[:kept])
        kept -= len(group.articles)
