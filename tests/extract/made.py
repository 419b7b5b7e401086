"""Entries, pages and texts for the tests of extraction."""

from datetime import UTC, datetime
from pathlib import Path

from svwatch.extract.article import extract_article
from svwatch.records import Article, Entry, Page, Rules

PAGES = Path(__file__).parent.parent / "pages"
GOLDEN = Path(__file__).parent.parent / "golden"
FETCHED_AT = datetime(2026, 1, 1, tzinfo=UTC)
URL = "https://courier.example/news/12-plan"
TITLE = "Council backs plan for special school"

BODY = (
    "Councillors in Dunmere have backed a plan to build a special school for ninety children on the old cattle market.",
    "The school will take its first pupils in 2028 and should save the borough about two million pounds a year in fares.",
    "At present more than fifty families send a child across the county border every morning, some of them before seven.",
    "Ruth Amble, who speaks for a parents’ group, said the news had come too late for her son but not for her daughter.",
    "The land is owned by the council, and work is expected to begin next spring if ministers agree to pay the rest.",
)


def entry(title: str = TITLE, **fields: object) -> Entry:
    """An entry whose link is `URL`."""
    return Entry(**{"source_id": "courier", "url": URL, "title": title} | fields)  # type: ignore[arg-type]


def html(*paragraphs: str, title: str = TITLE, head: str = "", around: str = "{}") -> str:
    """A plain article page; `around` says what stands about its paragraphs."""
    body = around.format("".join(f"<p>{paragraph}</p>" for paragraph in paragraphs))
    start = f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>{head}</head>'
    return f"{start}<body><article><h1>{title}</h1>{body}</article></body></html>"


def read(
    markup: str | bytes, told: Entry | None = None, rules: Rules | None = None, **fields: object
) -> Article | None:
    """What extraction makes of a page."""
    body = markup.encode() if isinstance(markup, str) else markup
    page = Page(**{"url": URL, "body": body, "fetched_at": FETCHED_AT} | fields)  # type: ignore[arg-type]
    return extract_article(page, told or entry(), rules or Rules())


def article(text: str, title: str = TITLE) -> Article:
    """An article with this text."""
    return Article(URL, title, text)
