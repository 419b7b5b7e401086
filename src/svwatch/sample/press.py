"""The invented articles -> a press whose newest article is hours old, whatever day it is asked for.

Articles are marked as gold is (`svwatch.learn.markup`), with headers of their own beside the usual ones: ``site``;
``day`` and ``hour`` (hour ``h`` of the 24 that end ``day`` days before today); ``byline``, ``standfirst``, ``kicker``,
``captions`` and ``tags`` (parted by ``|``; no tags means the kicker); ``copy_of`` (an id: the text is that article's,
less its last ``cut`` sentences, its first sentence replaced by ``reword``); ``edited`` (an id: a corrected version of
that article, at the same address).
"""

import hashlib
import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from importlib.resources import files

from svwatch.learn.gold import GoldArticle
from svwatch.learn.markup import MarkedArticle, gold_article, read_marked
from svwatch.sample.sites import SITES, Site

Lines = list[tuple[int, str]]


class Edition(StrEnum):
    """What the press serves: articles as first published, or with the corrected versions in place of the first."""

    FIRST = "first"
    CORRECTED = "corrected"


@dataclass(frozen=True, slots=True)
class PressArticle:
    """One version of an article as its site publishes it; `gold` holds its words and what a person would tag in them.

    `copy_of` and `correction_of` are ids of other articles. `updated_at` is None for a first version.
    """

    site: Site
    path: str
    gold: GoldArticle
    published_at: datetime
    byline: str
    updated_at: datetime | None = None
    kicker: str | None = None
    standfirst: str | None = None
    captions: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    copy_of: str | None = None
    correction_of: str | None = None

    @property
    def id(self) -> str:
        """The article's id in the marked files."""
        return self.gold.id

    @property
    def title(self) -> str:
        """The headline."""
        return self.gold.article.title

    @property
    def paragraphs(self) -> list[str]:
        """The text, paragraph by paragraph."""
        return self.gold.article.text.split("\n")

    @property
    def excerpt(self) -> str:
        """The opening words, cut short as teasers are; it stands in no article's text."""
        words = self.paragraphs[0].split()
        return " ".join(words[: min(16, len(words) - 1)]) + "..."

    @property
    def summary(self) -> str:
        """What a feed says of it: the standfirst, or else the first paragraph."""
        return self.standfirst or self.paragraphs[0]


@dataclass(frozen=True, slots=True)
class Press:
    """All sites and every version of every article, in the order of the files."""

    today: datetime
    sites: Mapping[str, Site]
    articles: tuple[PressArticle, ...]

    def issue(self, site_id: str, edition: Edition) -> list[PressArticle]:
        """The articles a site shows in an edition, newest first."""
        shown = [article for article in self.articles if article.site.id == site_id and self.is_shown(article, edition)]
        return sorted(shown, key=lambda article: (article.published_at, article.id), reverse=True)

    def find(self, article_id: str) -> PressArticle:
        """The article with this id; raises KeyError where there is none."""
        return {article.id: article for article in self.articles}[article_id]

    def is_shown(self, article: PressArticle, edition: Edition) -> bool:
        """Whether this version of the article is the one an edition shows."""
        if edition == Edition.FIRST:
            return article.correction_of is None
        return all(other.correction_of != article.id for other in self.articles)


def load_press(today: datetime) -> Press:
    """The press as it stands at `today`, to the minute: every article appeared before it, the oldest 21 days ago.

    Raises:
        ValueError: `today` is not an aware time.
    """
    if today.tzinfo is None:
        raise ValueError(f"today must be an aware time, got {today!r}")
    today = today.replace(second=0, microsecond=0)
    marked = {article.id: article for article in _read_files()}
    return Press(today, SITES, tuple(_press_article(article, marked, today) for article in marked.values()))


def _read_files() -> Iterator[MarkedArticle]:
    folder = files("svwatch.sample").joinpath("articles")
    for path in sorted(folder.iterdir(), key=lambda path: path.name):
        yield from read_marked(path.read_text(encoding="utf-8").splitlines())


def _press_article(marked: MarkedArticle, every: Mapping[str, MarkedArticle], today: datetime) -> PressArticle:
    header = marked.header
    site = SITES[header["site"]]
    first = every[header["edited"]] if "edited" in header else marked
    published_at = _moment(first, today)
    return PressArticle(
        site=site,
        path=_path(site, first.id, _plain_title(first), published_at),
        gold=gold_article(_whole(marked, every, published_at), "sample"),
        published_at=published_at,
        updated_at=None if first is marked else _moment(marked, today),
        byline=header["byline"],
        kicker=header.get("kicker"),
        standfirst=header.get("standfirst"),
        captions=_listed(header.get("captions", "")),
        tags=_listed(header.get("tags", header.get("kicker", ""))),
        copy_of=header.get("copy_of"),
        correction_of=header.get("edited"),
    )


def _listed(value: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in value.split("|") if part.strip())


def _moment(marked: MarkedArticle, today: datetime) -> datetime:
    return today - timedelta(days=int(marked.header["day"]), hours=24 - int(marked.header["hour"]))


def _whole(marked: MarkedArticle, every: Mapping[str, MarkedArticle], published_at: datetime) -> MarkedArticle:
    """The article with its date and, for a copy, the other article's text."""
    header = marked.header | {"date": published_at.date().isoformat()}
    if "copy_of" not in header:
        return MarkedArticle(marked.id, header, marked.body)
    original = every[header["copy_of"]].body
    return MarkedArticle(marked.id, header, _copied(original, int(header.get("cut", "0")), header.get("reword")))


def _copied(original: Lines, cut: int, reword: str | None) -> Lines:
    """The lines of a copy: less the last `cut` sentences, the first one replaced by `reword`."""
    sentences = [at for at, (_, line) in enumerate(original) if line.strip() and not line.startswith("!")]
    kept = original[: sentences[-cut]] if cut else list(original)
    if reword:
        kept[sentences[0]] = (kept[sentences[0]][0], reword)
    return kept


def _plain_title(marked: MarkedArticle) -> str:
    return re.sub(r"\[\[[^|]*\|(.*?)\]\]|\{\{[^|]*\|(.*?)\}\}", r"\1\2", marked.header["title"])


def _path(site: Site, article_id: str, title: str, published_at: datetime) -> str:
    """The article's path, made as its site makes them: of words, dates and a number or code of its own."""
    words = re.findall(r"[A-Za-z0-9]+", title.replace("'", "").replace("’", ""))[:9]
    return site.address.format(
        slug="-".join(words).lower(),
        title_slug="-".join(words),
        number=10_000_000 + zlib.crc32(article_id.encode()) % 90_000_000,
        code="c" + hashlib.sha256(article_id.encode()).hexdigest()[:11],
        year=published_at.year,
        month=f"{published_at.month:02}",
        month_name=f"{published_at:%B}".lower(),
        day=f"{published_at.day:02}",
    )
