"""Blocks of a page that are not its article, by name and by shape, and what a source's own rules change."""

import pytest

from svwatch.extract.furniture import plain_lines, rule_problems
from svwatch.records import Rules

from .made import BODY, TITLE, html, read

TRAP = "Three more councils were refused safety valve money on Friday, ministers said."


@pytest.mark.parametrize(
    "block",
    [
        '<div class="related-posts"><p>{}</p></div>',
        '<section id="mostRead"><p>{}</p></section>',
        "<aside><p>{}</p></aside>",
        "<figure><img><figcaption>{}</figcaption></figure>",
        '<div class="c-article__caption">{}</div>',
        '<div class="newsletter-signup"><p>{}</p></div>',
        '<div class="jobs-widget jobs"><p>{}</p></div>',
        '<div class="cookie-consent"><p>{}</p></div>',
        '<div class="promo"><a href="/x">More</a><p>{}</p></div>',
        '<div class="card"><h3><a href="/x">Another story</a></h3><p>{}</p></div>',
        '<a href="/x"><div><h4>{}</h4><span>2 hours ago</span></div></a>',
        '<p><a href="/x">{}</a></p>',
        '<ul><li><a href="/x">{}</a></li><li><a href="/y">Another</a></li></ul>',
        '<div id="comments"><div class="comment-list"><p>{}</p></div></div>',
        "<form><p>{}</p></form>",
    ],
)
def test_block_that_is_not_the_article_goes(block: str) -> None:
    """A teaser about the safety valve must never earn a topic."""
    found = read(html(*BODY, around="{}" + block.format(TRAP)))
    assert found is not None and found.text.split("\n") == list(BODY)


@pytest.mark.parametrize(
    "wrapper",
    [
        '<div class="post type-post category-newsletter tag-related">{}</div>',
        '<form id="aspnetForm" class="sidebar-layout">{}</form>',
        '<div class="share-wrapper with-comments">{}</div>',
        '<div class="paywall">{}</div>',
        '<div class="commentary article-text">{}</div>',
    ],
)
def test_article_under_a_misleading_name_stays(wrapper: str) -> None:
    """A block that holds most of the page's paragraphs is not dropped for what it is called."""
    found = read(html(*BODY, around=wrapper))
    assert found is not None and found.text.split("\n") == list(BODY)


def test_headline_that_links_to_its_own_page_is_no_teaser() -> None:
    """Some sites link the headline; the article around it is not a card."""
    markup = html(*BODY[:3]).replace(f"<h1>{TITLE}</h1>", f'<h2><a href="#">{TITLE}</a></h2>')
    found = read(markup)
    assert found is not None and found.text.split("\n") == list(BODY[:3])


def test_articles_set_one_under_another_are_not_joined() -> None:
    """An endless page holds other whole articles; parts are joined only inside one."""
    after = (
        f'<article><h1>Another</h1><div class="body-text">{"<p>" + TRAP + "</p>"}<p>{TRAP} Again.</p></div></article>'
    )
    markup = html(*BODY, around='<div class="body-text">{}</div>').replace("</body>", f"{after}</body>")
    found = read(markup)
    assert found is not None and TRAP not in found.text


def test_rules_drop_what_they_select() -> None:
    """A selector of the source's own, whatever the block holds."""
    around = f'{{}}<div class="lead-in"><p>{TRAP}</p></div>'
    found = read(html(*BODY, around=around), rules=Rules(drop=("div.lead-in",)))
    assert found is not None and TRAP not in found.text


def test_rules_keep_what_would_go() -> None:
    """A selector may save a block that the general rules take for furniture."""
    around = '{}<div class="survey"><p>Half of those asked said they had waited more than a year for a plan.</p></div>'
    kept = read(html(*BODY, around=around), rules=Rules(keep=("div.survey",)))
    lost = read(html(*BODY, around=around))
    assert kept is not None and "Half of those" in kept.text
    assert lost is not None and "Half of those" not in lost.text


def test_bad_selector_is_named_with_its_remedy() -> None:
    """For the configuration to refuse, before a page is read."""
    assert rule_problems(Rules(drop=("div.related", "#jobs > li"), keep=("main",))) == []
    assert ['"div[" is not a CSS selector' in problem for problem in rule_problems(Rules(keep=("div[",)))] == [True]


def test_plain_lines_are_the_blocks_of_a_fragment() -> None:
    """Feed content as text: a block a line, without scripts."""
    markup = "<p>One &amp; two</p><ul><li>three</li></ul>four<br>five<script>six()</script>"
    assert plain_lines(markup) == ["One & two", "three", "four", "five"]
