"""What a site's pages say besides the article: menus, adverts, teasers, prompts; none of it is article text."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import TypeAlias, cast

import yaml

from svwatch.sample.press import Press, PressArticle

Piece: TypeAlias = str | Sequence["Piece"] | Mapping[str, "Piece"]


def furniture(site_id: str, press: Press) -> list[str]:
    """Every line that a site's pages carry and no article of the press does.

    That is the fixed furniture (`load_furniture`), the captions, and the headlines and cut-short excerpts that stand as
    teasers on the pages of the site's other articles. Standfirsts are not in it: they are the newsroom's own summary.
    A label of up to three words that some article also says ("Education") is left out, as nobody could tell them apart.
    """
    articles = [article for article in press.articles if article.site.id == site_id]
    lines = dict.fromkeys([*_strings(load_furniture(site_id)), *_varying(articles)])
    texts = "\n".join(article.gold.article.text for article in press.articles)
    return [line for line in lines if len(line.split()) > 3 or line not in texts]


@cache
def load_furniture(site_id: str) -> Mapping[str, Piece]:
    """The fixed furniture of a site's pages, by the names its template calls it; empty for a site without pages."""
    path = files("svwatch.sample").joinpath("furniture", f"{site_id}.yaml")
    return cast("Mapping[str, Piece]", yaml.safe_load(path.read_text(encoding="utf-8"))) if path.is_file() else {}


def teasers(article: PressArticle, shown: Sequence[PressArticle]) -> list[PressArticle]:
    """The four articles that follow this one in its site's issue, from the top again after the last."""
    at = [other.path for other in shown].index(article.path)
    return [*shown[at + 1 :], *shown[:at]][:4]


def _varying(articles: Sequence[PressArticle]) -> Iterator[str]:
    for article in articles:
        yield from (article.title, article.excerpt, *article.captions)


def _strings(piece: Piece) -> Iterator[str]:
    if isinstance(piece, str):
        yield piece
    else:
        for part in piece.values() if isinstance(piece, Mapping) else piece:
            yield from _strings(part)
