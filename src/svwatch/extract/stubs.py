"""Tells a page that holds an article from one that does not: wall, challenge, error page, home page, empty shell."""

import re
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from svwatch.extract.facts import Facts
from svwatch.records import Entry, Page

MIN_WORDS = 60
TEASER_WORDS = 250
SCAN_CHARACTERS = 60_000

_CHALLENGE = re.compile(
    r"just a moment|attention required|checking your browser|verify(?:ing)? (?:that )?you are (?:a )?human|are you a robot|ddos protection"
    r"|access (?:to this page has been )?denied|security check|request (?:blocked|unsuccessful)|please (?:complete|verify).{0,30}captcha",
    re.IGNORECASE,
)
_GONE = re.compile(r"(?:page|article|content) (?:not|no longer|cannot be) (?:found|available|exists?)|^(?:error )?404\b|\b404 error|page unavailable", re.IGNORECASE)
_CONSENT = re.compile(
    r"(?:we|our (?:\d+ )?partners|us and our).{0,80}(?:cookies|personal data)|consent or pay|accept all|reject (?:all|and)|manage (?:your )?(?:preferences|choices)"
    r"|before you continue|legitimate interest|your privacy (?:choices|matters)|pay to reject",
    re.IGNORECASE,
)
_PAYWALL = re.compile(
    r"subscribe (?:now |today )?(?:to|and|for).{0,30}(?:read|continu|access|unlock|full)|(?:to|and) (?:continue|keep|finish) reading|already (?:a subscriber|subscribed|a member|registered)"
    r"|(?:article|content|story|page) is (?:only |exclusively )?(?:for|available to|reserved for|restricted to) (?:our |registered |paying )?(?:subscribers|members|users)"
    r"|(?:log|sign) in (?:or (?:subscribe|register|join) )?to (?:read|continue|view|access)|(?:register|join)(?: for free| now| free)? to (?:read|continue|view|access|unlock)"
    r"|you(?:'|’)ve (?:reached|read|used).{0,40}(?:free|limit)|remaining free articles?|subscriber[- ]only|premium (?:content|article)|unlock this article",
    re.IGNORECASE,
)
_SCRIPT = re.compile(r"(?:enable|turn on|requires?|needs?|without) javascript|javascript (?:is|to be|must be) (?:disabled|enabled|required|turned off)", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]{3,}")
_COMMON = frozenset(["the", "and", "for", "with", "from", "that", "this", "are", "was", "has", "have", "not", "but", "its", "his", "her", "you", "your", "our", "news", "home", "page", "latest"])


def why_no_article(page: Page, entry: Entry, facts: Facts, words: int, shown: str) -> str | None:
    """Why a page is not the entry's article, as a plain reason; None where it may be.

    Args:
        words: how many words extraction got out of the page. Walls are looked for only where they are few.
        shown: all the text the page shows (see `shown_text`); not needed from `TEASER_WORDS` words on.
    """
    title = " ".join(facts.titles[:3])
    if page.status >= 400:
        return f"the site answered {page.status}"
    if is_root(page.url) and not is_root(entry.url):
        return "the link leads to the site's home page"
    if words < TEASER_WORDS and (reason := _wall(title, facts, shown, words)):
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


def _wall(title: str, facts: Facts, shown: str, words: int) -> str | None:
    if _CHALLENGE.search(title):
        return "the site answered with a check for robots instead of the article"
    if _GONE.search(title):
        return "the page says that the article is not there"
    if facts.is_free is False or _PAYWALL.search(shown):
        return "the article is for subscribers"
    if words >= MIN_WORDS and len(_CONSENT.findall(shown)) < 4:
        return None
    if words < MIN_WORDS and _CHALLENGE.search(shown):
        return "the site answered with a check for robots instead of the article"
    if len(_CONSENT.findall(shown)) >= 2:
        return "the site shows a consent wall instead of the article"
    return "the page needs JavaScript to show its text" if words < MIN_WORDS and _SCRIPT.search(shown) else None


def _shares_a_word(entry_title: str, page_titles: tuple[str, ...]) -> bool:
    """True also where either side gives no word to compare."""
    wanted = _title_words(entry_title)
    given = frozenset[str]().union(*map(_title_words, page_titles))
    return not wanted or not given or bool(wanted & given)


def _title_words(title: str) -> frozenset[str]:
    return frozenset(_WORD.findall(title.lower().replace("'s", "").replace("’s", ""))) - _COMMON
