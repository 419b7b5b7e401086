"""The sentences of the digest that every form of it shares, so that page, mail and text say the same."""

from svwatch.publish.digest import Digest, DigestHealth
from svwatch.publish.event_dates import event_date_in_words
from svwatch.publish.events import DigestEvent
from svwatch.publish.lines import DigestArticle
from svwatch.publish.words import counted, date_in_words, listed, moment_in_words, pounds_in_words

HEADLINE_ONLY = "We could not read these in full, so we have not sorted them. They may not be about SEND."
UNTAGGED = (
    "The part of svwatch that sorts articles is not working, so nobody has checked what these are about. "
    "They will be sorted once it is mended. If you run svwatch, type: svwatch doctor"
)
NOT_A_LINK = "its address is not one we link to"
OLDER = "These came out more than a week ago, but we only found them now."
HOW_TO_READ = (
    "A computer reads the news for us and sorts it. It can be wrong. Please read the article before you act on it.",
    "Each article is listed once, under the council it is most about. Words in quotation marks come from the article.",
    "SEND means special educational needs and disabilities.",
    "A deficit deal is a promise: the council stops its overspend, and the government helps to pay off its debt.",
    "Safety Valve is one kind of deficit deal.",
)


def opening(digest: Digest) -> str:
    """What the issue holds, in a sentence; on a quiet day that there is nothing, or that nobody can tell."""
    since = f"since {moment_in_words(digest.since)}"
    if digest.is_quiet:
        return _nothing(digest, since)
    n_articles = digest.n_articles + digest.n_left_out
    events = counted(len(digest.events) + digest.n_events_left_out, "new event")
    articles = counted(n_articles, "article")
    return f"{events} and {articles} {since}." if digest.events else f"{articles} {since}."


def _nothing(digest: Digest, since: str) -> str:
    if digest.health.n_sources and not digest.health.n_read:
        return f"We could not read any source {since}, so we cannot say if there is news."
    if digest.untagged:
        return f"{counted(len(digest.untagged), 'article')} found {since}, but not yet sorted."
    if digest.headline_only:
        return f"Nothing new that we could read in full {since}."
    return f"Nothing new about SEND {since}."


def left_out(digest: Digest) -> str | None:
    """That the issue is shortened; None where it is whole."""
    if not digest.n_left_out:
        return None
    return f"Only the first {counted(digest.n_listed, 'article')} of {digest.n_listed + digest.n_left_out:,} are here."


def see_all(digest: Digest) -> str:
    """The words of the link to the whole issue."""
    return f"See all {digest.n_listed + digest.n_left_out:,}"


def sources_read(health: DigestHealth) -> str:
    """How many sources were read and how many failed: ``96 of 100 sources read, 4 failed.``."""
    if not health.n_sources:
        return "No sources are switched on."
    failed = f", {len(health.failed)} failed" if health.failed else ""
    return f"{health.n_read} of {counted(health.n_sources, 'source')} read{failed}."


def counts(digest: Digest) -> str:
    """What was read, for the foot of the issue; on a quiet day the sources are counted on top instead."""
    sources = "" if digest.is_quiet else sources_read(digest.health)
    return " ".join(filter(None, (sources, off_topic(digest))))


def off_topic(digest: Digest) -> str | None:
    """How many articles were read and not listed; None for none."""
    n = digest.n_off_topic
    return f"We also read {counted(n, 'article')} that {'was' if n == 1 else 'were'} not about SEND." if n else None


def event_facts(event: DigestEvent) -> str:
    """Date, sum and details of an event on one line: ``May 2024 · £17.7 million · over 9 years``."""
    date = None if event.date is None else event_date_in_words(event.date)
    amount = None if event.amount_pounds is None else pounds_in_words(event.amount_pounds)
    return " · ".join(filter(None, (date, amount, *event.details)))


def article_date(article: DigestArticle) -> str:
    """The day it was published, or that the source does not say and when we found it."""
    if article.published_at is not None:
        return date_in_words(article.published_at)
    return f"no date given, found on {date_in_words(article.first_seen_at)}"


def remarks(article: DigestArticle) -> str:
    """What is to be said after the date: that the text has changed, that the box on top quotes it; else nothing."""
    changed = ", changed since an earlier issue" if article.is_changed else ""
    return changed + (", quoted above" if article.is_quoted_above else "")


def other_councils(article: DigestArticle, heading: str) -> str:
    """The councils of an article that its heading does not name, as a list; empty for none."""
    return listed([name for name in article.councils if name != heading])


def older(digest: Digest) -> str:
    """Why older articles are listed, and how many are not."""
    return (
        f"{OLDER} {counted(digest.n_older_left_out, 'more', 'more')} not listed." if digest.n_older_left_out else OLDER
    )


def joint(position: int, article: DigestArticle) -> str:
    """What follows the copy at a position, counted from 1, in the list of an article's copies."""
    if position < len(article.copies):
        return ", "
    return f" and {counted(article.n_copies_left_out, 'other')}" if article.n_copies_left_out else ""
