"""The whole flow over the sample press: what is stored, what is said of it, and what a second and a third run change."""

import html
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from svwatch.report import Outcome
from svwatch.sample.expected import Expected
from svwatch.sample.press import Press
from svwatch.sample.server import PressServer

from .conftest import Row, Stored, Watched

BROKEN, QUIET = "north-star-bulletin", "valley-observer"
PLAIN = str.maketrans("’‘“”", "''\"\"")


def mismatches(watched: Watched, differ: Callable[[Expected, Row], object]) -> list[str]:
    """A line for each stored and tagged article of which something else was said than a person would."""
    lines = []
    for wanted, found in watched.pairs():
        difference = differ(wanted, found.said) if found.said else "never tagged"
        if difference:
            lines.append(f'{wanted.id} "{wanted.title}": {difference}')
    return lines


def f1(pairs: Iterable[tuple[frozenset[str], set[str]]]) -> float:
    """Of labels wanted and found, over all articles."""
    listed = list(pairs)
    right = sum(len(wanted & found) for wanted, found in listed)
    return 2 * right / sum(len(wanted) + len(found) for wanted, found in listed)


def slugs(said: Row, *roles: str) -> set[str]:
    return {tag["slug"] for tag in said["councils"] if not roles or tag["role"] in roles}


def test_every_entry_met_ends_in_one_outcome(first: Watched) -> None:
    assert sum(first.run["outcomes"].values()) == len(first.expected) == len(first.tables["store_entryrow"])
    assert set(first.run["outcomes"]) <= {
        *(Outcome.RELEVANT, Outcome.NOT_RELEVANT, Outcome.COPY, Outcome.FILTERED, Outcome.SUMMARY_ONLY)
    }


def test_a_run_that_one_source_fails_ends_with_4_and_names_it(first: Watched) -> None:
    assert (first.ended.code, first.run["exit_code"]) == (4, 4)
    assert [failure["source_id"] for failure in first.run["failures"]] == [BROKEN]
    assert "503 Service Unavailable" in first.run["failures"][0]["reason"]
    assert [source for source, state in first.run["sources"].items() if state == "failed"] == [BROKEN]


def test_what_the_filter_leaves_out_is_off_topic(first: Watched) -> None:
    left_out = [wanted for wanted in first.expected.values() if wanted.url not in first.articles]
    assert len(left_out) == first.run["outcomes"]["filtered"]
    assert [wanted.title for wanted in left_out if wanted.is_relevant] == []


def test_every_page_is_read_whole(first: Watched) -> None:
    assert [found.row["title"] for found in first.articles.values() if found.row["is_summary"]] == []


def test_no_article_about_send_is_taken_for_another(first: Watched) -> None:
    assert mismatches(first, lambda wanted, said: wanted.is_relevant and not said["relevant"]) == []


def test_few_articles_on_another_matter_are_taken_for_ones_about_send(first: Watched) -> None:
    """Today 8 of 35; the labels of the press are strict, and these are schools news and one petition."""
    assert len(mismatches(first, lambda wanted, said: not wanted.is_relevant and said["relevant"])) <= 8


def test_no_council_is_missed(first: Watched) -> None:
    assert mismatches(first, lambda wanted, said: sorted(wanted.councils - slugs(said))) == []


def test_councils_are_right_in_all_but_a_few_articles(first: Watched) -> None:
    """Today 8 of 171 carry one too many, each a place named where nothing is said of its council."""

    def differ(wanted: Expected, said: Row) -> str:
        extra, missing = slugs(said) - wanted.councils, wanted.councils - slugs(said)
        return f"extra {sorted(extra)}, missing {sorted(missing)}" if extra or missing else ""

    assert len(mismatches(first, differ)) <= 8


def test_subjects_and_topics_agree_with_a_person_nine_times_in_ten(first: Watched) -> None:
    pairs = [(wanted, found.said) for wanted, found in first.pairs() if found.said]
    assert f1((wanted.subjects, slugs(said, "subject")) for wanted, said in pairs) > 0.9
    assert f1((wanted.topics, {topic["id"] for topic in said["topics"]}) for wanted, said in pairs) > 0.9


def test_every_span_is_a_slice_of_what_is_stored(first: Watched) -> None:
    for found in first.articles.values():
        said = found.said or {"councils": [], "topics": [], "events": []}
        spans = [span for tag in said["councils"] for span in tag["spans"]]
        spans += [span for topic in said["topics"] for span in topic["evidence"]]
        spans += [event["evidence"] for event in said["events"]]
        for span in spans:
            assert found.row[span.get("in", "text")][span["start"] : span["end"]] == span["text"]


def test_every_copy_is_folded_under_its_original(first: Watched) -> None:
    """Where the original is stored: what a filter left out nobody can be folded under."""
    address = {found.row["id"]: url for url, found in first.articles.items()}
    wanted = {w.url: w.copy_of if w.copy_of in first.articles else None for w, _ in first.pairs()}
    found = {url: address.get(stored.row["copy_of_id"]) for url, stored in first.articles.items()}
    assert found == wanted
    assert sum(original is not None for original in found.values()) == first.run["outcomes"]["copy"] > 10


def test_no_furniture_reaches_an_article(first: Watched) -> None:
    found = [
        (wanted.id, line) for wanted, stored in first.pairs() for line in wanted.furniture if line in stored.row["text"]
    ]
    assert found == []


def test_titles_and_paragraphs_are_the_newsrooms(first: Watched, press: Press) -> None:
    """A standfirst may stand before them; some sites set opening words in capitals, or their own quotation marks."""

    def plain(text: str) -> list[str]:
        return [line.translate(PLAIN).casefold() for line in text.split("\n")]

    for wanted, stored in first.pairs():
        lines = plain(stored.row["text"])
        standfirst = plain(press.find(wanted.id).standfirst or "")
        assert (lines[1:] if lines[:1] == standfirst else lines) == plain(wanted.text), wanted.id
        assert stored.row["title"] == wanted.title


def test_times_are_those_of_the_press(first: Watched, press: Press) -> None:
    """The feed of a government site names only the last change."""
    for wanted, stored in first.pairs():
        assert datetime.fromisoformat(stored.row["dated_at"]).replace(tzinfo=UTC) == press.find(wanted.id).published_at


def test_the_digest_holds_what_is_about_send_and_new_today(first: Watched, press: Press) -> None:
    shown = html.unescape(first.digest)
    new = [
        wanted.url
        for wanted, stored in first.pairs()
        if wanted.is_relevant
        and wanted.copy_of is None
        and press.find(wanted.id).published_at > press.today - timedelta(days=1)
    ]
    assert len(new) > 3
    assert [url for url in new if url not in shown] == []


def test_the_digest_holds_nothing_that_was_found_off_topic(first: Watched) -> None:
    shown = html.unescape(first.digest)
    off_topic = [wanted for wanted, found in first.pairs() if found.said and not found.said["relevant"]]
    assert len(off_topic) > 20
    assert [wanted.title for wanted in off_topic if wanted.url in shown] == []


def test_the_digest_tells_of_the_source_that_failed_and_of_the_one_gone_quiet(first: Watched, press: Press) -> None:
    health = html.unescape(first.digest).partition("</main>")[2]
    assert press.sites[BROKEN].name in health and "503 Service Unavailable" in health
    assert press.sites[QUIET].name in health


def test_the_digest_is_written_in_every_form(first: Watched) -> None:
    day = Path(first.run["digest"]).parent
    assert {path.name for path in day.iterdir()} == {f"digest.{form}" for form in ("html", "json", "md", "txt")}
    assert {"index.html", "latest.html"} <= {path.name for path in day.parent.iterdir()}


def test_each_page_is_asked_for_once(first: Watched) -> None:
    assert {url: first.asked[url] for url in first.articles} == dict.fromkeys(first.articles, 1)


def test_a_second_run_asks_each_feed_once_and_no_page(again: Watched, server: PressServer) -> None:
    """Every feed answers that it has not changed, save the one that asked to be left alone for an hour."""
    feeds = {source.url.partition("?")[0] for source in server.sources() if source.id != BROKEN}
    pages = {url: times for url, times in again.asked.items() if not url.endswith("/robots.txt")}
    assert pages == dict.fromkeys(feeds, 1)
    assert {state for source, state in again.run["sources"].items() if source != BROKEN} == {"unchanged"}
    assert (again.run["outcomes"], again.ended.code) == ({}, 4)


def test_a_second_run_leaves_the_database_as_it_was(first: Watched, again: Watched) -> None:
    assert again.tables == first.tables


def test_an_article_that_was_corrected_becomes_another_version(again: Watched, corrected: Watched) -> None:
    changed = [w for w in corrected.expected.values() if again.expected.get(w.id) is None]
    assert corrected.run["outcomes"]["new version"] == len(changed) == 2
    assert corrected.articles.keys() == again.articles.keys()
    for wanted in changed:
        was, now = again.articles[wanted.url].row, corrected.articles[wanted.url].row
        assert (now["id"], now["version"], now["first_seen_at"]) == (was["id"], 2, was["first_seen_at"])
        (earlier,) = (v for v in corrected.tables["store_versionrow"] if v["article_id"] == now["id"])
        assert (earlier["text"], earlier["number"]) == (was["text"], 1) and now["text"] != was["text"]


def test_of_what_was_corrected_only_those_pages_are_asked_for(again: Watched, corrected: Watched) -> None:
    pages = {url for url in corrected.asked if url in corrected.articles}
    assert pages == {w.url for w in corrected.expected.values() if w.id not in again.expected}


def test_what_is_said_of_a_correction_is_said_of_its_new_text(again: Watched, corrected: Watched) -> None:
    for url, stored in corrected.articles.items():
        if stored.row["version"] == 2:
            check_evidence(stored)
            assert again.articles[url].said != stored.said


def check_evidence(stored: Stored) -> None:
    assert stored.said is not None
    for event in stored.said["events"]:
        assert event["evidence"]["text"] in stored.row["text"]
