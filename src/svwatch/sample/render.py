"""One article -> the page its site would serve; one site -> its feed and its front page, as bytes."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from functools import cache
from zlib import crc32

from jinja2 import Environment, PackageLoader
from markupsafe import escape

from svwatch.sample.furniture import load_furniture, teasers
from svwatch.sample.press import Edition, Press, PressArticle
from svwatch.sample.sites import Site


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One article as its site's feed lists it; `guid` is None where the feed has none."""

    article: PressArticle
    title: str
    link: str
    guid: str | None


def render_page(article: PressArticle, press: Press, base: str, edition: Edition) -> bytes:
    """The article's page; `base` is the site's address without a closing slash."""
    page = _templates().get_template(f"{article.site.id}.html")
    html = page.render(
        article=article,
        site=article.site,
        base=base,
        url=base + article.path,
        number=_number(article),
        f=load_furniture(article.site.id),
        teasers=teasers(article, press.issue(article.site.id, edition)),
        original=press.find(article.copy_of or article.id),
    )
    return html.encode(article.site.encoding, errors="xmlcharrefreplace")


def render_home(site: Site, press: Press, edition: Edition) -> bytes:
    """The site's front page: its headlines, newest first, and where its feed is."""
    html = _templates().get_template("home.html").render(site=site, articles=press.issue(site.id, edition))
    return html.encode(site.encoding, errors="xmlcharrefreplace")


def render_feed(site: Site, press: Press, base: str, edition: Edition) -> bytes:
    """The site's feed, newest first, in the site's own way (`FeedStyle`)."""
    shown = press.issue(site.id, edition)
    document = _templates().get_template(f"{site.feed.form}.xml")
    xml = document.render(
        site=site,
        base=base,
        entries=[_feed_entry(article, base) for article in shown],
        updated_at=changed_at(shown, press, edition),
    )
    return xml.encode()


def changed_at(shown: Sequence[PressArticle], press: Press, edition: Edition) -> datetime:
    """When a site last changed: with its newest article, or, once corrections are out, today."""
    newest = max((article.published_at for article in shown), default=press.today)
    return press.today if edition == Edition.CORRECTED else newest


def _feed_entry(article: PressArticle, base: str) -> FeedEntry:
    style = article.site.feed
    address = base + article.path
    guids = {"address": address, "number": f"{base}/?p={_number(article)}", "fragment": f"{address}#0"}
    return FeedEntry(
        article=article,
        title=str(escape(article.title)) if style.has_titles_escaped_twice else article.title,
        link=("" if style.has_relative_links else base) + article.path + style.tracking,
        guid=guids.get(style.guids),
    )


def _number(article: PressArticle) -> int:
    return crc32(article.path.encode())


@cache
def _templates() -> Environment:
    environment = Environment(loader=PackageLoader("svwatch.sample"), autoescape=True, trim_blocks=True)
    environment.filters |= {"day": day, "rfc822": format_datetime, "curly": curly, "shouted": shouted, "spaced": spaced}
    return environment


def day(moment: datetime) -> str:
    """A date as papers print it: "3 May 2026"."""
    return f"{moment.day} {moment:%B %Y}"


def curly(text: str) -> str:
    """Typographer's quotation marks in place of straight ones."""
    opened = re.sub(r'(^|[\s(])"', r"\1“", re.sub(r"(^|[\s(“])'", r"\1‘", text))
    return opened.replace('"', "”").replace("'", "’")


def shouted(text: str) -> str:
    """The first two words in capitals, as some local papers open an article."""
    first, second, *rest = text.split(" ")
    return " ".join([first.upper(), second.upper(), *rest])


def spaced(text: str) -> str:
    """A no-break space after each number."""
    return re.sub(r"(?<=\d) (?=\w)", "\N{NO-BREAK SPACE}", text)
