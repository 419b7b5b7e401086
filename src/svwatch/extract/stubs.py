"""Tells a page that holds an article from one that does not: wall, challenge, error page, home page, empty shell."""

import re
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from svwatch.extract.facts import Facts
from svwatch.extract.phrases import CHALLENGES, CONSENT, ERROR_TITLES, PAYWALLS, SCRIPT_NEEDED, any_of
from svwatch.records import Entry, Page

MIN_WORDS = 60
TEASER_WORDS = 250
SCAN_CHARACTERS = 60_000

_CHALLENGE = any_of(CHALLENGES)
_GONE = any_of(ERROR_TITLES)
_CONSENT = any_of(CONSENT)
_PAYWALL = any_of(PAYWALLS)
_SCRIPT = any_of(SCRIPT_NEEDED)
_WORD = re.compile(r"[^\W_]{3,}")
_COMMON = frozenset((
    "the", "and", "for", "with", "from", "that", "this", "are", "was", "has", "have", "not", "but", "its", "his", "her",
    "you", "your", "our", "news", "home", "page", "latest",
))  # fmt: skip


def why_no_article(page: Page, entry: Entry, facts: Facts, text: str, shown: str) -> str | None:
    """Why a page is not the entry's article, as a plain reason; None where it may be.

    Args:
        page: what came back, with its final address.
        entry: what was asked for.
        facts: what the page says of itself.
        text: what extraction got out of the page. Walls are looked for only where it is short.
        shown: all the text the page shows (see `shown_text`); not needed where `text` has `TEASER_WORDS` words.
    """
    words = len(text.split())
    title = " / ".join(facts.titles)
    if page.status >= 400:
        return f"the site answered {page.status}"
    if is_root(page.url) and not is_root(entry.url):
        return "the link leads to the site's home page"
    if words < TEASER_WORDS and (reason := _wall(title, facts, text, shown)):
        return reason
    if not _shares_a_word(entry.title, facts.titles):
        return "the page is not the article: its title shares no word with the feed's"
    return None


def shown_text(tree: HtmlElement) -> str:
    """The page's text but for scripts and styles, cut at a limit."""
    parts: list[str] = []
    length = 0
    for element in tree.iter():
        hidden = element.tag in ("script", "style", "template")
        for part in (None if hidden else element.text, element.tail):
            if part and not part.isspace():
                parts.append(part)
                length += len(part)
        if length > SCAN_CHARACTERS:
            break
    return " ".join(" ".join(parts).split())


def is_root(url: str) -> bool:
    """Whether an address is a site's front page."""
    parts = urlsplit(url)
    return parts.path.strip("/").lower() in ("", "index.html", "index.php", "home") and not parts.query


def _wall(title: str, facts: Facts, text: str, shown: str) -> str | None:
    if _CHALLENGE.search(title):
        return "the site answered with a check for robots instead of the article"
    if _GONE.search(title):
        return "the page says that the article is not there"
    is_short = len(text.split()) < MIN_WORDS  # a longer one is real, though its page offers cookies and subscriptions
    offers = 0 if facts.is_free else len(_PAYWALL.findall(shown))
    if facts.is_free is False or offers >= (1 if is_short else 2):
        return "the article is for subscribers"
    if len(_CONSENT.findall(shown if is_short else text)) >= 2:
        return "the site shows a consent wall instead of the article"
    if is_short and _CHALLENGE.search(shown):
        return "the site answered with a check for robots instead of the article"
    return "the page needs JavaScript to show its text" if is_short and _SCRIPT.search(shown) else None


def _shares_a_word(entry_title: str, page_titles: tuple[str, ...]) -> bool:
    """True also where either side gives no word to compare."""
    wanted = _title_words(entry_title)
    given = frozenset[str]().union(*map(_title_words, page_titles))
    return not wanted or not given or bool(wanted & given)


def _title_words(title: str) -> frozenset[str]:
    return frozenset(_WORD.findall(title.lower().replace("'s", "").replace("’s", ""))) - _COMMON
