"""What the invented press holds."""

from datetime import datetime, timedelta

import pytest

from svwatch.crawl.filters import matches
from svwatch.gazetteer import load_councils
from svwatch.records import Entry
from svwatch.sample.press import Edition, Press, PressArticle, load_press
from svwatch.taxonomy import load_taxonomy


def test_it_holds_at_least_150_articles_of_eight_kinds_of_site(press: Press) -> None:
    """Enough, and varied enough, to show what svwatch does."""
    assert len(press.articles) >= 150
    assert len({article.site.kind for article in press.articles}) >= 8


def test_articles_lie_within_the_21_days_before_today(press: Press) -> None:
    """No article is from the future, and each of the 21 days has some."""
    ages = [press.today - article.published_at for article in press.articles]
    assert min(ages) > timedelta(0)
    assert {age.total_seconds() // 86_400 for age in ages} >= set(range(20))
    assert max(ages) <= timedelta(days=21)


def test_times_move_with_today(press: Press) -> None:
    """The press of a week later is the same press, a week later."""
    later = load_press(press.today + timedelta(days=7))
    moved = [
        after.published_at - before.published_at for before, after in zip(press.articles, later.articles, strict=True)
    ]
    assert set(moved) == {timedelta(days=7)}


def test_a_day_without_a_zone_is_refused() -> None:
    """Times are aware everywhere."""
    with pytest.raises(ValueError, match="must be an aware time"):
        load_press(datetime(2026, 11, 22))


def test_each_site_names_each_page_once_in_an_edition(press: Press) -> None:
    """Two articles never share an address, and a site's feed window of 40 holds them all."""
    for site_id in press.sites:
        paths = [article.path for article in press.issue(site_id, Edition.FIRST)]
        assert len(paths) == len(set(paths)) <= 40


def test_marks_name_known_councils_and_topics(press: Press) -> None:
    """Every label is one the gazetteer or the taxonomy knows, and a subject is a council that is named."""
    for article in press.articles:
        said = article.gold.annotation
        assert {tag.slug for tag in said.councils} <= set(load_councils()), article.id
        assert {topic.id for topic in said.topics} <= set(load_taxonomy().topic_ids), article.id
        assert {event.kind for event in said.events} <= set(load_taxonomy().events), article.id
        assert said.relevant or not said.topics, article.id


def test_every_topic_and_event_kind_is_reported_somewhere(press: Press) -> None:
    """The demo has something to show under each heading."""
    said = [article.gold.annotation for article in press.articles]
    assert {topic.id for one in said for topic in one.topics} == set(load_taxonomy().topic_ids)
    assert {event.kind for one in said for event in one.events} == set(load_taxonomy().events)


def test_a_copy_follows_its_original_and_keeps_most_of_its_text(press: Press) -> None:
    """Copies are cut at the end or open differently, elsewhere and later."""
    copies = [article for article in press.articles if article.copy_of]
    assert len(copies) >= 10
    for copy in copies:
        original = press.find(copy.copy_of or "")
        assert copy.published_at > original.published_at, copy.id
        assert copy.site != original.site, copy.id
        assert set(copy.paragraphs[1:-1]) <= set(original.paragraphs), copy.id


@pytest.mark.parametrize(
    ("copy_id", "is_cut", "is_reworded"),
    [
        pytest.param("sb-k02", False, False, id="word for word"),
        pytest.param("sb-k01", True, False, id="cut at the end"),
        pytest.param("sb-k03", False, True, id="first sentence reworded"),
    ],
)
def test_how_a_copy_differs(press: Press, copy_id: str, is_cut: bool, is_reworded: bool) -> None:
    """One copy of each sort."""
    copy = press.find(copy_id).gold.article.text
    original = press.find(press.find(copy_id).copy_of or "").gold.article.text
    assert (copy[-40:] != original[-40:]) is is_cut
    assert (copy[:40] != original[:40]) is is_reworded


def test_a_correction_takes_the_place_of_the_first_version(press: Press) -> None:
    """Same address, another text, later."""
    corrections = [article for article in press.articles if article.correction_of]
    assert len(corrections) == 2
    for corrected in corrections:
        first = press.find(corrected.correction_of or "")
        assert corrected.path == first.path
        assert corrected.published_at == first.published_at
        assert corrected.updated_at is not None and corrected.updated_at > first.published_at
        assert corrected.paragraphs != first.paragraphs
        assert [press.is_shown(first, edition) for edition in Edition] == [True, False]
        assert [press.is_shown(corrected, edition) for edition in Edition] == [False, True]


def test_keyword_filters_let_every_relevant_article_pass(press: Press) -> None:
    """And they hold some others back, which is what they are for."""
    filtered = [article for article in press.articles if article.site.match]
    assert [article.id for article in filtered if article.gold.annotation.relevant and not _passes(article)] == []
    assert sum(not _passes(article) for article in filtered) >= 10


def _passes(article: PressArticle) -> bool:
    entry = Entry(article.site.id, article.path, article.title, summary=article.summary, tags=article.tags)
    return matches(entry, article.site.match)


def test_one_site_has_been_silent_for_twelve_days(press: Press) -> None:
    """`valley-observer` is expected to have at least three entries a week and has none that young."""
    newest = press.issue("valley-observer", Edition.FIRST)[0]
    assert press.today - newest.published_at >= timedelta(days=12)
    assert newest.site.expect[0] >= 3
