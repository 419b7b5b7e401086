"""What a page says of itself: titles, author, dates, language, whether it is free to read.

The feed's entry is believed first; these fill what it leaves out.
"""

import html
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo

from lxml.html import HtmlElement

LONDON = ZoneInfo("Europe/London")
EARLIEST_YEAR = 2005
MAX_CHARACTERS = 1000
MAX_JSON_CHARACTERS = 500_000
MAX_JSON_OBJECTS = 300

_ARTICLE_TYPES = frozenset((
    "Article", "NewsArticle", "BlogPosting", "Report", "ReportageNewsArticle", "AnalysisNewsArticle",
    "OpinionNewsArticle", "BackgroundNewsArticle", "LiveBlogPosting", "ScholarlyArticle", "TechArticle", "WebPage",
))  # fmt: skip
_PUBLISHED_KEYS = (
    "article:published_time", "datepublished", "article:published", "og:published_time", "parsely-pub-date", "pubdate",
    "publishdate", "dcterms.created", "dc.date.issued", "dcterms.issued", "dc.date", "date", "sailthru.date",
    "govuk:first-published-at",
)  # fmt: skip
_UPDATED_KEYS = (
    "article:modified_time", "datemodified", "og:updated_time", "last-modified", "dcterms.modified", "lastmod",
    "govuk:public-updated-at",
)  # fmt: skip
_AUTHOR_KEYS = ("author", "article:author", "parsely-author", "dc.creator", "byl", "sailthru.author", "twitter:creator")
_ENGLISH = frozenset((
    "the", "of", "and", "to", "in", "a", "that", "is", "for", "on", "was", "with", "as", "by", "has", "have", "are",
    "be", "it", "said", "at", "from", "this", "will", "not",
))  # fmt: skip
_ACCOUNTS = frozenset(("super user", "admin", "administrator", "webmaster", "guest", "editor"))
_WORD = re.compile(r"[^\W\d_]+")
_TAG = re.compile(r"<[a-zA-Z/!][^<>]{0,500}>")
_SUFFIX = re.compile(r"\s+(?:[|•»·]|[-–—](?=\s))\s*(?=[^|•»·]{2,60}$)")
_ELLIPSIS = re.compile(r"\s*(?:\.{3}|…|\[(?:…|\.{3})\])$")


@dataclass(frozen=True, slots=True)
class Facts:
    """What a page says of itself; None or empty where it does not say.

    `headlines` are its title as og:title, JSON-LD and h1 give it, the site's name cut off; `page_title` is what the
    title element says, which often holds more than the headline.
    """

    headlines: tuple[str, ...] = ()
    page_title: str = ""
    site: str | None = None
    author: str | None = None
    published_at: datetime | None = None
    updated_at: datetime | None = None
    language: str | None = None
    is_free: bool | None = None

    @property
    def titles(self) -> tuple[str, ...]:
        """Headlines and page title, without the empty ones."""
        return tuple(title for title in (*self.headlines, self.page_title) if title)


def read_facts(tree: HtmlElement, fetched_at: datetime) -> Facts:
    """What the meta elements, JSON-LD and marked elements of a page say; a date after `fetched_at` is refused."""
    metas = _metas(tree)
    data = _article_data(tree)
    site = metas.get("og:site_name")
    heading = next((_text(h) for h in tree.iter("h1") if _text(h)), "")
    page_title = next((_text(t) for t in tree.iter("title")), "")
    named = (metas.get("og:title"), _string(data.get("headline")), heading)
    return Facts(
        headlines=tuple(dict.fromkeys(title for raw in named if (title := without_site(clean_title(raw or ""), site)))),
        page_title=without_site(clean_title(page_title), site),
        site=site,
        author=_meta_author(metas) or _author(_names(data.get("author"))) or _marked_author(tree),
        published_at=_date(metas, _PUBLISHED_KEYS, data.get("datePublished"), fetched_at)
        or _marked_date(tree, fetched_at),
        updated_at=_date(metas, _UPDATED_KEYS, data.get("dateModified"), fetched_at),
        language=_language_tag(tree.get("lang")),
        is_free=None if "isAccessibleForFree" not in data else str(data["isAccessibleForFree"]).lower() != "false",
    )


def clean_title(raw: str) -> str:
    """A title as plain text on one line: tags out, entities resolved (twice at most, as feeds escape them)."""
    text = raw[:MAX_CHARACTERS]
    for _ in range(2):
        text = html.unescape(_TAG.sub(" ", text))
    return " ".join(_TAG.sub(" ", text).split())


def without_site(title: str, site: str | None) -> str:
    """A title without the site's name at its end; without a known name, what follows a bar is taken for it."""
    cut = _SUFFIX.search(title)
    if cut is None or cut.start() < 10:
        return title
    is_name = site is not None and same_words(title[cut.end() :], site)
    return title[: cut.start()] if is_name or title[cut.start() : cut.end()].strip() in "|•»·" else title


def better_title(entry_title: str, facts: Facts) -> str:
    """The entry's title, unless it is empty or the page's headline is the same one at greater length."""
    title = clean_title(entry_title)
    start = _words(_ELLIPSIS.sub("", title))
    for candidate in facts.headlines if start else facts.titles:
        words = _words(candidate)
        if not start or (words[: len(start)] == start and len(words) > len(start)):
            return candidate
    return title


def same_words(one: str, other: str) -> bool:
    """Whether two short texts are the same apart from case, space and punctuation."""
    return _words(one) == _words(other)


def language_of(text: str, declared: str | None) -> str | None:
    """The language of a text as a two-letter code: what the page declares where the words agree, else as detected."""
    words = _WORD.findall(text[:4000].lower())
    is_english = len(words) >= 20 and sum(word in _ENGLISH for word in words) >= 0.18 * len(words)
    if is_english:
        return "en"
    if declared not in (None, "en") or len(words) < 20:
        return declared
    import py3langid  # loads a model: only where the cheap test is in doubt

    return str(py3langid.classify(text[:4000])[0])


def parse_date(raw: str, fetched_at: datetime) -> datetime | None:
    """A moment written as in ISO 8601 or RFC 822, in UTC; London time if it names no zone; None if not believable."""
    text = raw.strip()[:60]
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        try:
            moment = parsedate_to_datetime(text)
        except (ValueError, TypeError, IndexError):
            return None
    if not EARLIEST_YEAR <= moment.year <= 9000:
        return None
    moment = (moment if moment.tzinfo else moment.replace(tzinfo=LONDON)).astimezone(UTC)
    is_known = fetched_at.year > 1  # a page made without a time of fetching sets no limit
    return None if is_known and moment > fetched_at else moment


def _metas(tree: HtmlElement) -> dict[str, str]:
    metas: dict[str, str] = {}
    for meta in tree.iter("meta"):
        key = meta.get("property") or meta.get("name") or meta.get("itemprop")
        content = (meta.get("content") or "").strip()
        if key and content:
            metas.setdefault(key.strip().lower()[:100], content[:MAX_CHARACTERS])
    return metas


def _article_data(tree: HtmlElement) -> Mapping[str, object]:
    """The JSON-LD object that describes an article, a page where there is none; empty where nothing can be read."""
    best: Mapping[str, object] = {}
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "") or not script.text or len(script.text) > MAX_JSON_CHARACTERS:
            continue
        try:
            loaded = json.loads(script.text, strict=False)
        except (ValueError, RecursionError):
            continue
        for found in _objects(loaded):
            if _is_article(found.get("@type")) and (not best or ("headline" in found and "headline" not in best)):
                best = found
    return best


def _objects(loaded: object) -> Iterator[dict[str, object]]:
    waiting = [loaded]
    for _ in range(MAX_JSON_OBJECTS):
        if not waiting:
            return
        value = waiting.pop(0)
        if isinstance(value, list):
            waiting.extend(value[:MAX_JSON_OBJECTS])
        elif isinstance(value, dict):
            yield value
            waiting.append(value.get("@graph"))


def _is_article(kinds: object) -> bool:
    named = kinds if isinstance(kinds, list) else [kinds]
    return any(isinstance(kind, str) and kind in _ARTICLE_TYPES for kind in named)


def _string(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _names(value: object) -> str | None:
    """The names in JSON-LD's author, which is a string, an object or a list of either."""
    people = value if isinstance(value, list) else [value]
    names = (_string(p.get("name")) if isinstance(p, dict) else _string(p) for p in people[:10])
    return ", ".join(name for name in names if name) or None


def _author(raw: str | None) -> str | None:
    """A name, or None for an address, an account or something too long to be a name."""
    name = re.sub(r"^by\s+", "", clean_title(raw or ""), flags=re.IGNORECASE)
    is_name = 0 < len(name) <= 120 and not name.startswith(("http", "@", "www.")) and name.lower() not in _ACCOUNTS
    return name if is_name else None


def _marked_author(tree: HtmlElement) -> str | None:
    for element in tree.iter("a", "span", "div", "p", "address"):
        if element.get("rel") == "author" or element.get("itemprop") == "author":
            return _author(_text(element))
    return None


def _marked_date(tree: HtmlElement, fetched_at: datetime) -> datetime | None:
    dates = (parse_date(time.get("datetime") or "", fetched_at) for time in tree.iter("time"))
    return next((date for date in dates if date), None)


def _date(metas: Mapping[str, str], keys: Iterable[str], stated: object, fetched_at: datetime) -> datetime | None:
    written = [metas[key] for key in keys if key in metas] + ([stated] if isinstance(stated, str) else [])
    return next((date for raw in written if (date := parse_date(raw, fetched_at))), None)


def _meta_author(metas: Mapping[str, str]) -> str | None:
    return next((name for key in _AUTHOR_KEYS if (name := _author(metas.get(key)))), None)


def _language_tag(raw: str | None) -> str | None:
    found = re.match(r"[a-zA-Z]{2,3}(?=[-_]|$)", (raw or "").strip())
    return found[0].lower() if found else None


def _text(element: HtmlElement) -> str:
    return " ".join("".join(element.itertext()).split())[:MAX_CHARACTERS]


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text.lower().replace("’", "'"))
