"""What the pages and feeds of the press look like to a reader of HTML."""

import re

import pytest
from lxml import html

from svwatch.sample.furniture import furniture, load_furniture
from svwatch.sample.press import Edition, Press, PressArticle
from svwatch.sample.render import curly, render_page, shouted, spaced
from svwatch.sample.sites import SITES

SITES_WITH_PAGES = [site_id for site_id in SITES if load_furniture(site_id)]
_PLAIN = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "\N{NO-BREAK SPACE}": " "})


def _plain(text: str) -> str:
    return " ".join(text.translate(_PLAIN).split())


def _texts(article: PressArticle, press: Press, edition: Edition = Edition.FIRST) -> list[str]:
    """The text nodes of an article's page that a reader could see, and its images' descriptions, in order."""
    page = render_page(article, press, "http://press.test", edition).decode(article.site.encoding)
    found = html.fromstring(page.split("<head>")[0] + page.split("</head>")[1]).xpath(
        "//text()[not(parent::script)]|//@alt"
    )
    return [plain for plain in map(_plain, found) if plain]


@pytest.mark.parametrize("site_id", SITES_WITH_PAGES)
def test_a_page_carries_its_whole_article(press: Press, site_id: str) -> None:
    """Headline and every paragraph, whatever the site does to quotation marks, capitals and spaces."""
    for article in press.issue(site_id, Edition.FIRST):
        texts = [text.lower() for text in _texts(article, press)]
        wanted = [_plain(part).lower() for part in (article.title, *article.paragraphs)]
        assert [part for part in wanted if part not in texts] == [], article.id


@pytest.mark.parametrize("site_id", SITES_WITH_PAGES)
def test_every_line_of_furniture_is_on_the_sites_pages(press: Press, site_id: str) -> None:
    """Tests that look for furniture in extracted text look for what is really there."""
    pages = [_texts(article, press, edition) for edition in Edition for article in press.issue(site_id, edition)]
    shown = "\n".join(text for page in pages for text in page)
    assert [line for line in furniture(site_id, press) if _plain(line) not in shown] == []


@pytest.mark.parametrize("site_id", SITES_WITH_PAGES)
def test_every_sentence_on_a_page_is_the_articles_or_listed_furniture(press: Press, site_id: str) -> None:
    """No template has words of its own that the list of furniture does not know."""
    lines = {_plain(line) for line in furniture(site_id, press)}
    for article in press.issue(site_id, Edition.FIRST):
        own = _plain(" ".join((article.title, *article.paragraphs, article.standfirst or "", article.byline))).lower()
        strange = [text for text in _texts(article, press) if len(text.split()) > 3 and text.lower() not in own]
        assert [text for text in strange if not any(line in text or text in line for line in lines)] == [], article.id


@pytest.mark.parametrize("site_id", SITES_WITH_PAGES)
def test_no_line_of_furniture_stands_in_an_article(press: Press, site_id: str) -> None:
    """So one of them in an extracted text is always the extraction's fault."""
    texts = [article.gold.article.text for article in press.articles]
    assert [line for line in furniture(site_id, press) if any(line in text for text in texts)] == []


def test_furniture_names_councils_and_topics_that_the_articles_beside_it_do_not(press: Press) -> None:
    """A teaser that got through would cost a wrong tag, so a test would notice."""
    everything = " ".join(line for site_id in SITES_WITH_PAGES for line in furniture(site_id, press))
    named = re.findall(
        r"safety valve|Ofsted|High Court|petition|deficit|payments|cuts|Haringey|Salford|Medway", everything
    )
    assert len(set(named)) == 10
    assert min(len(furniture(site_id, press)) for site_id in SITES_WITH_PAGES) >= 15


def test_one_site_writes_other_bytes_than_it_declares(press: Press) -> None:
    """The legal site says ISO-8859-1 and sends the quotation marks of Windows."""
    page = render_page(press.find("sa-l01"), press, "http://press.test", Edition.FIRST)
    assert b"charset=iso-8859-1" in page
    assert b"\x92" in page


@pytest.mark.parametrize("article_id", ["sa-t01", "sb-f01"])
def test_sloppy_sites_leave_paragraphs_open_and_write_entities(press: Press, article_id: str) -> None:
    """Two sites are written as by hand."""
    page = render_page(press.find(article_id), press, "http://press.test", Edition.FIRST).decode("ascii")
    assert page.count("<p>") > page.count("</p>")
    assert "&#163;" in page and "&#160;" in page


def test_a_standfirst_is_printed_twice_by_the_weekly(press: Press) -> None:
    """Once as standfirst, once as the first paragraph in bold."""
    article = press.find("sa-c01")
    assert _texts(article, press).count(article.standfirst or "") == 2


@pytest.mark.parametrize(
    ("change", "text", "changed"),
    [
        pytest.param(
            curly, "\"It's ours,\" she said ('no').", "“It’s ours,” she said (‘no’).", id="typographer's quotes"
        ),
        pytest.param(shouted, "Children's services are good.", "CHILDREN'S SERVICES are good.", id="capitals to open"),
        pytest.param(spaced, "£5 million in 2024 or so.", "£5\xa0million in 2024\xa0or so.", id="no-break spaces"),
    ],
)
def test_what_sites_do_to_their_text(change: object, text: str, changed: str) -> None:
    """Each of the three ways in which a page's words differ from the article's."""
    assert callable(change)
    assert change(text) == changed
