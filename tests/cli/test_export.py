"""`svwatch export`, `search`, `digest` and `sources list` over what a run has stored."""

import csv
import io
from datetime import UTC, datetime, timedelta

import pytest

from svwatch.cli.reading import _csv_row

from .commands import call
from .conftest import HOSTILE, TEXT, Watched

TOMORROW = f"{datetime.now(UTC) + timedelta(days=2):%Y-%m-%d}"
LAST_WEEK = f"{datetime.now(UTC) - timedelta(days=7):%Y-%m-%d}"


def test_json_lines_are_of_the_public_form(watched: Watched) -> None:
    first, second = call("-w", watched.workspace, "export").json
    assert (first["url"], first["source"], first["title"]) == (f"{watched.base}/a", "gazette", "Bury signs a deal")
    assert first["text"].startswith(TEXT[:100]) and first["relevant"] is True and first["copies"] == []
    assert [tag["slug"] for tag in first["councils"]] == ["bury"]
    assert second["url"] == f"{watched.base}/b"
    for span in [span for tag in first["councils"] for span in tag["spans"]]:
        assert first[span.get("in", "text")][span["start"] : span["end"]] == span["text"]


@pytest.mark.parametrize(
    ("words", "count"),
    [
        pytest.param("--council bury", 2, id="a council"),
        pytest.param("--council Bury --council Kent", 2, id="either of two"),
        pytest.param("--council kent", 0, id="another council"),
        pytest.param("--topic agreement", 2, id="a topic"),
        pytest.param("--topic judicial_review", 0, id="another topic"),
        pytest.param(f"--since {LAST_WEEK} --until {TOMORROW}", 2, id="this week"),
        pytest.param(f"--since {TOMORROW}", 0, id="the future"),
        pytest.param(f"--until {LAST_WEEK}", 0, id="the past"),
        pytest.param("--all", 2, id="off topic as well"),
    ],
)
def test_what_is_asked_for_is_written(watched: Watched, words: str, count: int) -> None:
    ended = call("-w", watched.workspace, "export", *words.split())
    assert (ended.code, len(ended.json), ended.err) == (0, count, "")


def test_csv_has_one_row_an_article(watched: Watched) -> None:
    ended = call("-w", watched.workspace, "export", "--format", "csv")
    heads, first, second = csv.reader(io.StringIO(ended.out))
    assert heads == ["url", "source", "published", "title", "councils", "subjects", "topics", "events", "copies"]
    row = dict(zip(heads, first, strict=True))
    assert (row["title"], row["councils"], row["subjects"]) == ("Bury signs a deal", "bury", "bury")
    assert "agreement" in row["topics"].split() and "agreement" in row["events"].split()
    assert second[3].startswith("'=Bury") and HOSTILE[0] == "="


@pytest.mark.parametrize(
    "cell",
    ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1", " =1", "'=1", '"=1', "\u00a0=1", "＝1", "＋1", "－1", "＠x", " '\"-1"],
)
def test_s33_a_cell_that_starts_a_formula_is_made_inert(cell: str) -> None:
    ((made,),) = csv.reader([_csv_row((cell,))])
    assert made.startswith("'")


@pytest.mark.parametrize("cell", ["2024-05-10", "1", "a=1", "Bury, Kent", 'a "quoted" word', "", "£5"])
def test_s33_any_other_cell_is_left_as_it_is(cell: str) -> None:
    ((made,),) = csv.reader([_csv_row((cell,))])
    assert made == cell


def test_s33_a_cell_stays_on_one_line_and_shows_its_control_characters() -> None:
    assert _csv_row(("a\r\nb\x1b[2J\u202e",)) == "a b\\u001b[2J\\u202e"


def test_search_finds_articles_that_hold_every_word(watched: Watched) -> None:
    ended = call("-w", watched.workspace, "search", "signs deal")
    assert ended.out.splitlines()[1] == f"            {watched.base}/a" and ended.out.count("\n") == 2
    assert [found["title"] for found in call("-w", watched.workspace, "search", "signs", "--json").json] == [
        "Bury signs a deal"
    ]


def test_search_says_that_nothing_was_found(watched: Watched) -> None:
    ended = call("-w", watched.workspace, "search", 'moonbeam" OR *')
    assert (ended.code, ended.out, ended.err) == (0, "", "nothing found; try fewer words\n")


def test_the_digest_of_another_day_is_empty_and_says_so(watched: Watched) -> None:
    ended = call("-w", watched.workspace, "digest", "--day", "2020-02-02", "--print")
    assert ended.code == 0 and "Bury" not in ended.out
    assert (watched.workspace / "output" / "2020-02-02" / "digest.html").is_file()


def test_sources_are_listed_with_how_they_did(watched: Watched) -> None:
    assert call("-w", watched.workspace, "sources", "list").out.splitlines()[1] == "gazette  read   1h     Gazette"
    (row,) = call("-w", watched.workspace, "sources", "list", "--json").json
    assert (row["id"], row["state"], row["enabled"], row["every_seconds"]) == ("gazette", "read", True, 3600)
