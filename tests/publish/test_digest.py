"""What goes into an issue, where, and in which order."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from svwatch.publish.digest import Digest
from svwatch.publish.inputs import SourceHealth, SourcesHealth, StoredArticle, StoredCopy
from svwatch.publish.lines import DigestArticle, Rank, home_council
from svwatch.publish.sentences import counts, opening, sources_read
from svwatch.records import Annotation, CouncilTag, Role, Span

from .invented import FAILED, SINCE, UNTIL, build, event, health, rich_digest, said, sentence, stored, untagged_day


def titles(digest: Digest) -> dict[str, list[str]]:
    return {section.name: [article.title for article in section.articles] for section in digest.sections}


def only_line(article: StoredArticle) -> DigestArticle:
    (section,) = build([article]).sections
    return section.articles[0]


def test_articles_are_grouped_by_the_council_they_are_about() -> None:
    """Under the usual name, each once, with the other councils on its line."""
    digest = build(
        [
            stored("a", hours_ago=1, annotation=said(topics=["cuts"], about=["kent"], names=["medway"])),
            stored("b", hours_ago=2, annotation=said(topics=["cuts"], about=["medway"])),
            stored("c", hours_ago=3, annotation=said(topics=["cuts"], about=["kent"])),
        ]
    )
    assert titles(digest) == {"Kent": ["a", "c"], "Medway": ["b"]}
    assert digest.sections[0].articles[0].councils == ("Kent", "Medway")


@pytest.mark.parametrize(
    ("annotation", "home"),
    [
        pytest.param(said(topics=["cuts"]), None, id="no council"),
        pytest.param(said(about=["kent"], names=["bury"]), "kent", id="about one"),
        pytest.param(said(names=["bury"]), "bury", id="names one only"),
        pytest.param(said(names=["bury", "kent"]), None, id="names several, about none"),
        pytest.param(said(about=["bury", "kent", "york", "devon"]), None, id="about many"),
        pytest.param(said(about=["bury", "kent", "york"]), "bury", id="about a few"),
    ],
)
def test_each_article_has_one_home(annotation: Annotation, home: str | None) -> None:
    """A council where it is mostly about one, else the country."""
    tag = home_council(annotation)
    assert (tag and tag.slug) == home


def test_the_council_in_the_title_is_the_home_of_an_article_about_two() -> None:
    """The headline says whom it is about."""
    in_title = CouncilTag("york", Role.SUBJECT, (Span(0, 4, "York", in_title=True),))
    often = CouncilTag("bury", Role.SUBJECT, (sentence("Bury"),) * 5)
    assert home_council(Annotation(True, 0.9, councils=(often, in_title))) == in_title


def test_events_come_first_then_subjects_then_the_rest_newest_first() -> None:
    """Importance before time."""
    digest = build(
        [
            stored("named only", hours_ago=1, annotation=said(names=["york"])),
            stored("national", hours_ago=1, annotation=said(topics=["scrutiny"])),
            stored("subject, new", hours_ago=2, annotation=said(topics=["cuts"], about=["kent"])),
            stored("subject, old", hours_ago=9, annotation=said(topics=["cuts"], about=["surrey"])),
            stored("event", hours_ago=12, annotation=said(about=["bury"], events=[event("rating", "bury")])),
        ]
    )
    assert list(titles(digest)) == ["Bury", "Kent", "Surrey", "Across England", "York"]
    assert list(Rank) == [Rank.EVENT, Rank.SUBJECT, Rank.NATIONAL, Rank.MENTIONED]


def test_articles_of_one_leading_topic_lie_together() -> None:
    """The surest topic leads."""
    digest = build(
        [
            stored("a", hours_ago=1, annotation=said(topics=["cuts", "deficit"], about=["kent"])),
            stored("b", hours_ago=2, annotation=said(topics=["deficit"], about=["kent"])),
            stored("c", hours_ago=3, annotation=said(topics=["cuts"], about=["kent"])),
            stored("d", hours_ago=4, annotation=said(about=["kent"])),
        ]
    )
    groups = [(group.name, [article.title for article in group.articles]) for group in digest.sections[0].groups]
    assert groups == [("Cuts to support", ["a", "c"]), ("Deficit", ["b"]), ("Other SEND news", ["d"])]


def test_the_order_of_what_is_given_does_not_matter() -> None:
    """The same articles make the same issue."""
    articles = [stored(f"n{n}", hours_ago=5, annotation=said(about=["kent"])) for n in range(9)]
    assert build(articles) == build(articles[::-1])


def test_topics_are_named_in_display_order() -> None:
    """Whichever is surer."""
    line = only_line(stored("x", annotation=said(topics=["campaign", "rating"], about=["bury"])))
    assert line.topics == ("Inspection rating", "Campaign")


def test_copies_are_folded_under_one_line() -> None:
    """Named with their links; beyond five, counted."""
    copies = [StoredCopy("t", f"Paper {n}", f"https://p.example/{n}") for n in range(7)]
    line = only_line(stored("x", annotation=said(about=["bury"]), copies=copies))
    assert ([copy.publisher for copy in line.copies], line.n_copies_left_out) == ([f"Paper {n}" for n in range(5)], 2)


def test_the_quotation_is_short_and_not_the_headline() -> None:
    """At most 300 characters of the body, cut at a word."""
    in_title = Span(0, 5, "Title", in_title=True)
    annotation = said(topics=[("cuts", "word " * 100)], about=["bury"])
    (topic,) = annotation.topics
    annotation = replace(annotation, topics=(replace(topic, evidence=(in_title, *topic.evidence)),))
    quote = only_line(stored("x", annotation=annotation)).quote
    assert quote is not None
    assert len(quote) <= 300
    assert quote.endswith("word…")


def test_off_topic_articles_are_counted_and_not_listed() -> None:
    """The reader learns that they were read."""
    digest = build([stored("x", annotation=said(relevant=False)), stored("y", annotation=said(relevant=False))])
    assert (digest.n_listed, digest.n_off_topic) == (0, 2)
    assert "We also read 2 articles that were not about SEND." in counts(digest)


def test_headlines_alone_are_listed_apart_with_the_reason() -> None:
    """They carry no tags, because nobody read the text."""
    digest = build([stored("x", note="the page is behind a paywall")])
    assert [(line.title, line.note) for line in digest.headline_only] == [("x", "the page is behind a paywall")]


def test_untagged_articles_are_all_listed() -> None:
    """Where nothing can sort articles, none is dropped (R41)."""
    digest = build(untagged_day())
    assert (len(digest.untagged), len(digest.headline_only), len(digest.older)) == (12, 2, 1)
    assert opening(digest) == "12 articles found since 7am on Thursday 14 May 2026, but not yet sorted."


def test_old_articles_are_never_news() -> None:
    """A feed added with 500 back items: 20 listed apart, the rest counted (R34)."""
    old = [stored(f"n{n}", hours_ago=24 * 9 + n, annotation=said(about=["kent"])) for n in range(500)]
    digest = build(old)
    assert (digest.n_articles, len(digest.older), digest.n_older_left_out) == (0, 20, 480)


def test_every_article_is_news_where_age_does_not_matter() -> None:
    """For an issue on a time long past."""
    digest = build([stored("x", hours_ago=24 * 400, annotation=said(about=["kent"]))], old_after=None)
    assert (digest.n_articles, digest.older) == (1, ())


def test_a_date_in_the_future_is_capped_to_when_we_saw_it() -> None:
    """A wrong date cannot push an article to the top (R27)."""
    article = stored("x", annotation=said(about=["kent"]))
    future = replace(article, article=replace(article.article, published_at=UNTIL + timedelta(days=900)))
    assert only_line(future).published_at == article.first_seen_at


@pytest.mark.parametrize(
    ("sources", "words"),
    [
        pytest.param(health(96, *FAILED), "Nothing new about SEND since 7am on Thursday 14 May 2026.", id="some read"),
        pytest.param(
            health(0, *FAILED),
            "We could not read any source since 7am on Thursday 14 May 2026, so we cannot say if there is news.",
            id="none read",
        ),
    ],
)
def test_a_quiet_day_says_so(sources: SourcesHealth, words: str) -> None:
    """And never calls it quiet when nobody could look (U23)."""
    digest = build([], sources)
    assert digest.is_quiet
    assert opening(digest) == words


def test_failing_and_quiet_sources_are_named() -> None:
    """How many were read, which failed and why, and since when one is silent."""
    quiet = SourceHealth("Jungle", True, quiet_since=SINCE)
    found = build([], health(96, *FAILED, quiet=[quiet])).health
    assert sources_read(found) == "96 of 100 sources read, 4 failed."
    assert [(source.name, source.reason) for source in found.failed] == list(FAILED)
    assert [(source.name, source.since) for source in found.quiet] == [("Jungle", SINCE)]


def test_the_issue_is_of_the_last_day_it_covers() -> None:
    """Up to midnight in London is still the day before."""
    midnight = datetime(2026, 5, 14, 23, 0, tzinfo=UTC)
    assert build([], until=midnight).day == date(2026, 5, 14)


def test_a_period_that_ends_before_it_begins_is_refused() -> None:
    """Said at once, with both times."""
    with pytest.raises(ValueError, match="since < until"):
        build([], until=SINCE)


@pytest.mark.parametrize("annotation", [said(topics=["gossip"]), said(about=["atlantis"])])
def test_an_unknown_topic_or_council_is_refused(annotation: Annotation) -> None:
    """There is no default for a label that nobody knows."""
    with pytest.raises((KeyError, ValueError)):
        build([stored("x", annotation=annotation)])


def test_the_opening_counts_what_is_new() -> None:
    """Events and articles, and since when."""
    assert opening(rich_digest()) == "4 new events and 10 articles since 7am on Thursday 14 May 2026."
