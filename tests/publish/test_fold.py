"""An issue shortened to fit a mail (U18)."""

from svwatch.publish.digest import Digest
from svwatch.publish.fold import fold_digest, keep_first
from svwatch.publish.render import render_html
from svwatch.publish.text import render_text

from .invented import build, busy_day, rich_digest
from .test_render import html_links, text_links

SEE_ALL = "https://watch.example/2026-05-15/digest.html"


def test_a_day_of_200_articles_fits_80_kilobytes() -> None:
    """As many as fit are kept, the rest is counted."""
    folded = fold_digest(build(busy_day()), see_all_url=SEE_ALL)
    assert 75_000 < len(render_html(folded).encode()) <= 80_000
    assert folded.n_listed + folded.n_left_out == 200


def test_see_all_stands_above_the_articles() -> None:
    """Where no mail reader cuts it off."""
    page = render_html(fold_digest(build(busy_day()), see_all_url=SEE_ALL))
    assert page.index("See all 200") < page.index("<main>")
    assert SEE_ALL in html_links(page)


def test_a_folded_page_and_its_text_carry_the_same_links() -> None:
    """Both are made from the same shortened issue."""
    folded = fold_digest(build(busy_day()), see_all_url=SEE_ALL)
    assert html_links(render_html(folded)) == text_links(render_text(folded))


def test_a_short_issue_is_left_alone() -> None:
    """Nothing to fold."""
    digest = rich_digest()
    assert fold_digest(digest, see_all_url=SEE_ALL) is digest


def test_the_most_important_articles_are_kept() -> None:
    """In reading order, whole sections first."""
    digest = rich_digest()
    kept = keep_first(digest, 4, SEE_ALL)
    assert [section.name for section in kept.sections] == [section.name for section in digest.sections[:3]]
    assert (kept.n_articles, kept.n_listed, kept.n_left_out) == (4, 4, digest.n_listed - 4)


def test_folding_measures_the_mail_that_will_be_sent() -> None:
    """Styles written into elements count as well."""

    def doubled(digest: Digest) -> str:
        return render_html(digest) * 2

    folded = fold_digest(build(busy_day()), see_all_url=None, render=doubled)
    assert len(doubled(folded).encode()) <= 80_000


def test_without_room_for_any_article_the_issue_still_says_how_many_there_are() -> None:
    """Nothing fits, nothing breaks."""
    folded = fold_digest(rich_digest(), see_all_url=SEE_ALL, max_bytes=1)
    assert (folded.n_listed, folded.n_left_out) == (0, rich_digest().n_listed)
