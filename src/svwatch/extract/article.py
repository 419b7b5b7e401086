"""Page and entry -> Article: take the furniture out, extract, clean the lines, refuse what is no article."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

import trafilatura
from lxml.html import HtmlElement

from svwatch.extract.copies import containment
from svwatch.extract.facts import Facts, better_title, clean_title, language_of, read_facts
from svwatch.extract.furniture import drop_furniture, join_parts, paragraph_characters, plain_lines
from svwatch.extract.html import mended, parse, read_html
from svwatch.extract.lines import article_lines
from svwatch.extract.stubs import MIN_WORDS, TEASER_WORDS, shown_text, why_no_article
from svwatch.records import Article, Entry, Page, Rules

SAME_ARTICLE = 0.5
EXCERPT_WORDS = 250
# How a feed breaks its text off to make readers follow the link.
_CUT = re.compile(
    r"(?:\.{3}|…|\b(?:continue reading|read (?:more|on|the (?:full|rest))).{0,80})[\])\s→»>]*$", re.IGNORECASE
)
# Fast extraction is doubted where its text is this much shorter or longer than the page's own paragraphs.
DOUBTED_BELOW, DOUBTED_ABOVE = 0.7, 1.6
NOT_HTML = ("application/pdf", "application/zip", "application/msword", "application/vnd", "image/", "audio/", "video/")


def extract_article(page: Page, entry: Entry, rules: Rules) -> Article | None:
    """The article behind a feed's entry.

    Where the page is a stub (wall, challenge, error page, empty shell), or is shorter than the same text in the feed,
    the feed's text is taken. If that is not whole either, the article is a summary whose note says why.

    Returns:
        None where the page holds no text and gives no reason, or is not HTML.
    """
    if page.content_type.lower().startswith(NOT_HTML) or page.body.startswith(b"%PDF"):
        return None
    markup = read_html(page.body, page.charset)
    tree = parse(markup)
    if tree is None:
        return None
    facts = read_facts(tree, page.fetched_at)
    lines = body_lines(tree, facts, rules, entry.title, page.url)
    untouched = parse(markup) if _word_count(lines) < TEASER_WORDS else None
    shown = "" if untouched is None else shown_text(untouched)
    reason = why_no_article(page, entry, facts, "\n".join(lines), shown)
    return _chosen(entry, facts, lines if reason is None else [], _fed_text(entry, rules), reason)


def summary_article(entry: Entry, reason: str) -> Article:
    """What is kept of an entry whose page gave no article: the feed's summary, marked as one, and why."""
    lines = plain_lines(entry.summary) or plain_lines(entry.content_html or "")
    return _article(entry, Facts(), lines, note=reason)


def body_lines(tree: HtmlElement, facts: Facts, rules: Rules, entry_title: str = "", url: str = "") -> list[str]:
    """The paragraphs, headings and list items of a page's article, in order. Takes `tree` apart."""
    titles = (entry_title, *facts.titles)
    drop_furniture(tree, titles, rules)
    join_parts(tree)
    names = tuple(filter(None, (facts.site, (urlsplit(url).hostname or "").removeprefix("www.").partition(".")[0])))
    lines = [mended(line) for line in _extracted(tree).split("\n")]
    return article_lines(lines, (*titles, facts.author or ""), rules, names)


def _extracted(tree: HtmlElement) -> str:
    """Trafilatura's text: fast, and its slower default only where fast disagrees with the page's paragraphs."""
    expected = paragraph_characters(tree)
    text = trafilatura.extract(tree, fast=True, include_comments=False) or ""
    if DOUBTED_BELOW * expected <= len(text) <= DOUBTED_ABOVE * expected:
        return text
    return trafilatura.extract(tree, include_comments=False) or text


@dataclass(frozen=True, slots=True)
class _FedText:
    """What a feed holds of an article; `is_whole` unless it is an excerpt, or may be one."""

    lines: list[str]
    is_whole: bool

    @property
    def words(self) -> int:
        return _word_count(self.lines)


def _fed_text(entry: Entry, rules: Rules) -> _FedText:
    """The text in the entry's content; its summary where that is longer, which is whole only if it is very long."""
    content, summary = plain_lines(entry.content_html or ""), plain_lines(entry.summary)
    is_summary = _word_count(summary) > _word_count(content)
    lines = article_lines(summary if is_summary else content, (entry.title,), rules)
    enough = _word_count(lines) >= (EXCERPT_WORDS if is_summary else MIN_WORDS)
    ends = (lines[-1] if lines else "", clean_title((entry.summary if is_summary else entry.content_html or "")[-400:]))
    return _FedText(lines, enough and not any(map(_CUT.search, ends)))


def _chosen(entry: Entry, facts: Facts, lines: list[str], fed: _FedText, reason: str | None) -> Article | None:
    """Page text or feed text: the longer where one holds the other, the page's where they differ."""
    words = _word_count(lines)
    is_same = containment("\n".join(lines), "\n".join(fed.lines)) >= SAME_ARTICLE
    if fed.is_whole and fed.words > words and (is_same or words < MIN_WORDS):
        return _article(entry, facts, fed.lines)
    if words >= MIN_WORDS or (is_same and words >= fed.words):  # short, but so is the text in the feed
        return _article(entry, facts, lines)
    if reason is None and words == fed.words == 0:
        return None
    silent = "the page holds only a few words" if words else "the page holds no article text"
    return _article(entry, facts, fed.lines or lines, note=reason or silent)


def _article(entry: Entry, facts: Facts, lines: Sequence[str], note: str | None = None) -> Article:
    text = "\n".join(lines)
    return Article(
        url=entry.url,
        title=better_title(entry.title, facts),
        text=text,
        source_id=entry.source_id,
        author=entry.author or facts.author,
        published_at=entry.published_at or facts.published_at,
        updated_at=entry.updated_at or facts.updated_at,
        language=language_of(text, facts.language),
        is_summary=note is not None,
        note=note,
    )


def _word_count(lines: Sequence[str]) -> int:
    return sum(len(line.split()) for line in lines)
