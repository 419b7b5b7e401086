"""Removes from a page's tree what is not its article: by element, by class and id words, and by shape.

The rules are general; what is peculiar to one site goes into that source's `rules` in config/sources.yaml. Every walk
stops early, so that a hostile page costs time linear in its size.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from enum import Enum
from functools import lru_cache
from itertools import islice

from lxml.cssselect import CSSSelector, SelectorError
from lxml.html import HtmlElement

from svwatch.extract.html import parse, read_html
from svwatch.records import Rules

CARD_CHARACTERS = 500
LIST_ITEM_CHARACTERS = 200
LINK_LINE_CHARACTERS = 250
HEADLINE_CHARACTERS = 20
MAX_CARDS = 400
MAX_LINKS = 1000
MAX_BLOCK_CHARACTERS = 20_000
LINK_DENSITY = 0.6
CAPTION_CHARACTERS = 60
MIN_ARTICLE_CHARACTERS = 300
KEPT_SHARE = 0.4

_FURNITURE_TAGS = (
    "nav", "aside", "footer", "figure", "figcaption", "form", "button", "dialog", "iframe", "select", "template",
    "menu",
)  # fmt: skip
_BLOCK_TAGS = (
    "div", "section", "ul", "ol", "dl", "p", "li", "span", "h2", "h3", "h4", "header", "details", "blockquote",
)  # fmt: skip
_HEADINGS = ("h2", "h3", "h4", "h5", "h6")
_RUN_TAGS = ("li", "div", "section", "article", "dd")
_INLINE_TAGS = frozenset(("b", "strong", "em", "i", "span", "p", *_HEADINGS))
_ARTICLE_MARKS = ("h1", "main")
_LINE_TAGS = ("p", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "br", "tr", "section", "dt", "dd")

# Words of class and id that name furniture, matched at the start of a word ("relatedPosts", "c-related-links").
_WORDS = (
    # other articles
    "related", "recirc", "trending", "most-?(?:read|popular|viewed|shared)", "outbrain", "taboola", "up-?next",
    "you-?may", "more-(?:on|from|stor|news|like|articles|in)", "read-(?:more|next|also)", "also-?(?:read|like)",
    "next-?(?:article|post|story|up)", "inline-?(?:ad|promo|link)",
    # adverts and jobs
    "advert", "sponsor", "ad-(?:slot|unit|container|wrapper|label)", "adslot", "dfp", r"jobs(?:$|[\s_-])", "vacanc",
    # prompts
    "newsletter", "subscribe", "sign-?up", "shar(?:e|ing)(?![a-z])", "social(?![a-z])", "follow-us", "whatsapp",
    "donat", "petition", "call-?to-?action", "cta(?![a-z])", "feedback", "survey", "respond$", "disqus",
    r"comments?(?:$|[\s_-](?:list|area|form|section|box|count|wrapper|respond|title))",
    # the page's own workings
    "cookie", "consent", "gdpr", "popup", "pop-up", "modal", "toolbar", "toast", "skip-?(?:link|to|nav)",
    "breadcrumb", "screen-?reader", "visually-?hidden", "sr-only",
    # about the article
    "caption", "(?:photo|image|picture)-?credit", "credits?$", "read(?:ing)?-?time", "bio$", "about-?author",
    "published-dates", "change-?history", "contents-list", "devolved-nations", "faqs?(?![a-z])", "mailing-?list",
    "template-?letter", "letter-?(?:template|box)", "(?:press|media)-?(?:office|contact)",
    r"categor(?:y|ies)(?:$|\s)",
    "author-?(?:bio|box|info|card|profile)", "tag-?(?:list|cloud|links)", "tags$", "post-?tags",
)  # fmt: skip
# Words that name furniture only where the block leads somewhere else.
_LINKED_WORDS = (
    "recommend", "promo", "teaser", "banner", "carousel", "sidebar", "widget", "appeal", "spotlight", "aside",
    "highlights?$", r"(?<![_-])events(?![\w-])",
)  # fmt: skip
_START = r"(?:^|[\s_-]|(?<=[a-z])(?=[A-Z]))"
_NAMED = re.compile(_START + "(?i:(" + "|".join(_WORDS) + ")|" + "|".join(_LINKED_WORDS) + ")")
# WordPress writes a post's own tags and categories into the class of its article.
_POST_CLASSES = re.compile(r"\b(?:hentry|type-post|post-\d+)\b|\b(?:tag|category|term)-")


class _Kind(Enum):
    """What a class or id says of a block: nothing, furniture, or furniture where it holds a link."""

    NONE = 0
    SURE = 1
    LINKED = 2


_PART = re.compile(r"(?i)body|content|text|article|story|paragraph|section")
_NOT_PART = re.compile(r"(?i)comment|repl(?:y|ies)|respon|review|answer|forum|message|card|item-|list")


def drop_furniture(tree: HtmlElement, titles: Sequence[str], rules: Rules) -> None:
    """Take the furniture out of `tree`, in place.

    Args:
        tree: the page, as `html.parse` gives it.
        titles: the article's own headline, as entry and page give it; a heading that is one of them stays.
        rules: blocks that match `drop` go first, whatever they hold; those that match `keep` stay, with what is in
            and around them.
    """
    for element in _selected(tree, rules.drop):
        _drop(element)
    kept = _kept(tree, rules)
    limit = max(int(KEPT_SHARE * paragraph_characters(tree)), MIN_ARTICLE_CHARACTERS)
    gone: set[HtmlElement | None] = set()
    for element in list(_named_blocks(tree)):
        if element.getparent() in gone:  # went with the block around it; this spares chains of nested blocks
            gone.add(element)
        elif element not in kept and _is_small(element, limit):
            _drop(element)
            gone.add(element)
    own = frozenset(titles)
    for element in [*_cards(tree, own), *_teaser_runs(tree), *_link_lists(tree), *_link_lines(tree, own)]:
        if element not in kept:
            _drop(element)


def join_parts(tree: HtmlElement) -> None:
    """Put an article that is printed in several blocks of one class, with adverts between, into the first of them.

    Extraction reads only one such block. Blocks are joined only inside one `article` or `main`, so that whole
    articles set one under another stay apart.
    """
    parents: dict[HtmlElement, int] = {}
    for p in tree.iter("p"):
        parent = p.getparent()
        if parent is not None:
            parents[parent] = parents.get(parent, 0) + 1
    groups: dict[tuple[str, HtmlElement | None], list[HtmlElement]] = {}
    for parent, paragraphs in parents.items():
        name = parent.get("class") or ""
        if paragraphs >= 2 and _PART.search(name) and not _NOT_PART.search(name):
            whole = next(parent.iterancestors("article", "main"), None)
            groups.setdefault((name, whole), []).append(parent)
    for first, *others in groups.values():
        for other in others:
            first.extend(list(other))


def rule_problems(rules: Rules) -> list[str]:
    """What is wrong with the selectors of a source's rules, a sentence each; empty where all can be used."""
    problems: list[str] = []
    for selector in (*rules.drop, *rules.keep):
        try:
            CSSSelector(selector, translator="html")
        except SelectorError as error:
            problems.append(f'"{selector}" is not a CSS selector ({error}); write one such as "div.related" or "#jobs"')
    return problems


def plain_lines(markup: str) -> list[str]:
    """The text of a fragment of HTML, a block a line, without its furniture; plain text comes back as its lines."""
    if "<" not in markup and "&" not in markup:
        return markup.split("\n")
    tree = parse(read_html(f"<div>{markup}</div>".encode("utf-8", "ignore"), None))
    if tree is None:
        return []
    drop_furniture(tree, (), Rules())
    for element in tree.iter("script", "style"):
        element.text = None
    for element in tree.iter(*_LINE_TAGS):
        element.text = f"\n{element.text or ''}"
        element.tail = f"\n{element.tail or ''}"
    return [line for raw in tree.text_content().split("\n") if (line := " ".join(raw.split()))]


def paragraph_characters(tree: HtmlElement) -> int:
    """How many characters the paragraphs of a page hold that are longer than a caption and not mostly links."""
    total = 0
    for paragraph in tree.iter("p"):
        length = _length(paragraph, MAX_BLOCK_CHARACTERS)
        if length > CAPTION_CHARACTERS and _link_text(paragraph, MAX_BLOCK_CHARACTERS) < 0.5 * length:
            total += length
    return total


def text_of(element: HtmlElement, limit: int) -> str:
    """The text of an element with white space collapsed; reading stops soon after `limit` characters."""
    parts: list[str] = []
    length = 0
    for part in element.itertext():
        parts.append(part)
        length += len(part.strip())
        if length > limit:
            break
    return " ".join("".join(parts).split())


def _kept(tree: HtmlElement, rules: Rules) -> set[HtmlElement]:
    chosen = set(_selected(tree, rules.keep))
    inner = {inside for element in chosen for inside in element.iter()}
    return inner | {around for element in chosen for around in element.iterancestors()}


def _selected(tree: HtmlElement, selectors: Iterable[str]) -> Iterator[HtmlElement]:
    for selector in selectors:
        yield from CSSSelector(selector, translator="html")(tree)


def _drop(element: HtmlElement) -> None:
    """Remove an element, keeping the text that follows it."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is None:
            parent.text = f"{parent.text or ''} {element.tail}"
        else:
            before.tail = f"{before.tail or ''} {element.tail}"
    parent.remove(element)


def _named_blocks(tree: HtmlElement) -> Iterator[HtmlElement]:
    yield from tree.iter(*_FURNITURE_TAGS)
    for element in tree.iter(*_BLOCK_TAGS):
        name, identity = element.get("class"), element.get("id")
        is_named = (name and _names_furniture(element, name)) or (identity and _names_furniture(element, identity))
        if is_named or element.get("hidden") is not None:
            yield element


def _names_furniture(element: HtmlElement, name: str) -> bool:
    kind = _kind(name[:300])
    return kind is not _Kind.NONE and (kind is _Kind.SURE or element.find(".//a") is not None)


@lru_cache(maxsize=4096)
def _kind(name: str) -> _Kind:
    found = None if _POST_CLASSES.search(name) else _NAMED.search(name)
    if found is None:
        return _Kind.NONE
    return _Kind.SURE if found[1] else _Kind.LINKED


def _is_small(element: HtmlElement, limit: int) -> bool:
    """Whether a block holds too little of the page's text to be the article under a misleading name."""
    if next(element.iter(*_ARTICLE_MARKS), None) is not None:
        return False
    length = _length(element, MAX_BLOCK_CHARACTERS)
    return length <= limit or _link_text(element, LINK_LINE_CHARACTERS) > LINK_DENSITY * length


def _link_text(element: HtmlElement, limit: int) -> int:
    return sum(_length(a, limit) for a in islice(element.iter("a"), MAX_LINKS))


def _length(element: HtmlElement, limit: int) -> int:
    """About how many characters an element shows; counting stops soon after `limit`."""
    length = 0
    for part in element.itertext():
        length += len(part.strip())
        if length > limit:
            break
    return length


def _is_linked_whole(element: HtmlElement, limit: int) -> bool:
    length = _length(element, limit)
    return 0 < length <= limit and _link_text(element, limit) >= 0.9 * length - 2


def _cards(tree: HtmlElement, titles: frozenset[str]) -> Iterator[HtmlElement]:
    """Teasers: the small block around a heading that is one link as a whole."""
    headings = [h for h in tree.iter(*_HEADINGS) if h.find(".//a") is not None or _inside_link(h)]
    own = None if next(tree.iter("h1"), None) is not None else next(tree.iter(*_HEADINGS), None)
    for heading in headings[:MAX_CARDS]:
        linked = _inside_link(heading) or _is_linked_whole(heading, LINK_LINE_CHARACTERS)
        if linked and heading is not own and text_of(heading, LINK_LINE_CHARACTERS) not in titles:
            yield _card_of(heading)


def _inside_link(element: HtmlElement) -> bool:
    return any(ancestor.tag == "a" for _, ancestor in zip(range(2), element.iterancestors(), strict=False))


def _card_of(heading: HtmlElement) -> HtmlElement:
    card = heading
    for ancestor in heading.iterancestors():
        if ancestor.tag in ("body", "main") or _length(ancestor, CARD_CHARACTERS) > CARD_CHARACTERS:
            break
        if next(ancestor.iter(*_ARTICLE_MARKS), None) is not None:
            break
        card = ancestor
    return card


def _teaser_runs(tree: HtmlElement) -> Iterator[HtmlElement]:
    """Two or more like blocks in a row that each open with a linked headline, whatever follows it."""
    for block in tree.iter(*_RUN_TAGS):
        near = (block.getprevious(), block.getnext())
        likes = [other for other in near if other is not None and _is_like(block, other)]
        if likes and _opens_with_headline(block) and any(map(_opens_with_headline, likes)):
            yield block


def _is_like(one: HtmlElement, other: HtmlElement) -> bool:
    return bool(one.tag == other.tag and one.get("class") == other.get("class"))


def _opens_with_headline(block: HtmlElement) -> bool:
    if len(block) == 0 or (block.text or "").strip() or (block[0].tail or "").strip():
        return False
    first = block[0]
    linked = first.tag == "a" or (first.tag in _INLINE_TAGS and _is_linked_whole(first, LINK_LINE_CHARACTERS))
    is_headline = linked and _length(first, HEADLINE_CHARACTERS) >= HEADLINE_CHARACTERS
    return is_headline and _length(block, CARD_CHARACTERS) <= CARD_CHARACTERS


def _link_lists(tree: HtmlElement) -> Iterator[HtmlElement]:
    """Lists each of whose items is a link."""
    for listing in tree.iter("ul", "ol"):
        items = [item for item in listing if item.tag == "li"]
        if len(items) >= 2 and all(_is_linked_whole(item, LIST_ITEM_CHARACTERS) for item in items[:40]):
            yield listing


def _link_lines(tree: HtmlElement, titles: frozenset[str]) -> Iterator[HtmlElement]:
    """Paragraphs and headings that are one link and nothing else."""
    for line in tree.iter("p", *_HEADINGS):
        is_link = line.find(".//a") is not None and _is_linked_whole(line, LINK_LINE_CHARACTERS)
        if is_link and text_of(line, LINK_LINE_CHARACTERS) not in titles:
            yield line
