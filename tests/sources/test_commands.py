"""`svwatch sources` and what a run remembers of its feeds, over a press on loopback."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from svwatch.config import load_config
from svwatch.metrics import metrics
from svwatch.report import RunReport
from svwatch.wiring import is_news, run, store_of

from .press import TEXT, Answer, Press, call, lay

NOW = datetime(2026, 11, 2, 7, tzinfo=UTC)
HOUR = timedelta(hours=1)
HOME = '<html><head><link rel="alternate" type="application/rss+xml" href="{feed}"></head><body>Home</body></html>'


def watching(press: Press, *paths: str) -> str:
    rows = "".join(f"  - id: press{n}\n    name: Press\n    url: {press.url(path)}\n" for n, path in enumerate(paths))
    return f"sources:\n{rows}" if rows else "sources: []\n"


def passed(workspace: Path, at: datetime) -> RunReport:
    return run(load_config(workspace), at)


def stored(workspace: Path) -> list[tuple[str, str, str | None]]:
    """Title, text and note of every article."""
    store = store_of(load_config(workspace))
    found = [(row.article.title, row.article.text, row.article.note) for row in store.articles()]
    store.close()
    return found


# --- add, discover, check -----------------------------------------------------------------------


def test_a_feed_is_added_under_its_own_title(press: Press, tmp_path: Path) -> None:
    press.publish(1, 2)
    workspace = lay(tmp_path, watching(press))
    ended = call(workspace, "sources", "add", press.url("/feed"))
    assert (ended.code, ended.out.splitlines()[0][:39]) == (0, "added the-press: a feed of 2 entries, t")
    (source,) = load_config(workspace).sources
    assert (source.id, source.name, source.url) == ("the-press", "The Press", press.url("/feed"))


def test_a_web_page_is_not_added_but_the_feed_it_names_is_proposed(press: Press, tmp_path: Path) -> None:
    press.publish(1)
    press.answers["/"] = Answer(HOME.format(feed="/feed"))
    workspace = lay(tmp_path, watching(press))
    ended = call(workspace, "sources", "add", press.url("/"))
    assert ended.code == 2
    assert "answered a web page, not a feed" in ended.out
    assert f"to watch it: svwatch sources add {press.url('/feed')}" in ended.out
    assert load_config(workspace).sources == ()


def test_the_usual_places_are_tried_where_a_page_names_no_feed(press: Press, tmp_path: Path) -> None:
    press.publish(1)
    press.answers |= {"/": Answer("<html>Home</html>"), "/rss.xml": press.answers["/feed"]}
    del press.answers["/feed"]
    ended = call(lay(tmp_path, watching(press)), "sources", "discover", press.url("/"), "--json")
    assert [found["url"] for found in ended.json[0]["proposals"]] == [press.url("/rss.xml")]


def test_where_nothing_is_found_that_is_said(press: Press, tmp_path: Path) -> None:
    press.answers["/"] = Answer("<html>Home</html>")
    ended = call(lay(tmp_path, watching(press)), "sources", "discover", press.url("/"))
    assert (ended.code, "no feed was found from there either" in ended.out) == (4, True)


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "/etc/passwd",
        "http://example.org@127.0.0.1/",
        "http://127.0.0.1:80\\@example.com/",
        "gopher://a/",
    ],
)
def test_S6_S7_an_address_that_is_none_is_refused_before_anything_is_asked(tmp_path: Path, url: str) -> None:
    ended = call(lay(tmp_path, "sources: []\n"), "sources", "add", url)
    assert ended.code == 2
    assert "this address cannot be used" in ended.err


@pytest.mark.parametrize("command", ["add", "discover", "check"])
def test_S8_with_a_gate_that_refuses_all_no_command_reaches_a_server(
    press: Press, tmp_path: Path, command: str
) -> None:
    workspace = lay(tmp_path, watching(press, "/feed"), crawl={"allow_private_hosts": []})
    call(workspace, "sources", command, *([] if command == "check" else [press.url("/")]))
    assert press.asked == []


def test_S4_a_page_may_not_propose_a_feed_inside(press: Press, tmp_path: Path) -> None:
    press.answers["/"] = Answer(HOME.format(feed="http://169.254.169.254/feed"))
    ended = call(lay(tmp_path, watching(press)), "sources", "discover", press.url("/"))
    assert "to watch it" not in ended.out


def test_a_feed_that_is_watched_already_is_not_added_twice(press: Press, tmp_path: Path) -> None:
    press.publish(1)
    ended = call(lay(tmp_path, watching(press, "/feed")), "sources", "add", press.url("/feed"))
    assert (ended.code, "is watched already, as press0" in ended.err) == (2, True)


def test_check_says_in_plain_words_what_is_there(press: Press, tmp_path: Path) -> None:
    press.publish(1)
    press.answers["/old"] = Answer(status=301, headers={"Location": "/feed"})
    press.answers["/page"] = Answer("<html></html>")
    press.answers["/empty"] = Answer("<rss><channel/></rss>")
    ended = call(lay(tmp_path, watching(press, "/feed", "/old", "/page", "/empty", "/gone")), "sources", "check")
    well, moved, page, empty, gone = ended.out.splitlines()
    assert ended.code == 4
    assert well.startswith("well   press0: a feed of 1 entries, the newest ")
    assert f"it has moved for good to {press.url('/feed')}; put that into config/sources.yaml" in moved
    assert page.startswith("WRONG  press2: this address answered a web page")
    assert empty.startswith("WRONG  press3: a feed of 0 entries")
    assert gone.startswith("WRONG  press4: the site answered 404 Not Found")


def test_S43_what_a_feed_calls_itself_moves_no_cursor(press: Press, tmp_path: Path) -> None:
    press.publish(1)
    feed = press.answers["/feed"].body.replace("The Press", "The&#x9b;2J &#x202e;Press\n- id: x")
    press.answers["/feed"] = Answer(feed)
    workspace = lay(tmp_path, watching(press))
    ended = call(workspace, "sources", "add", press.url("/feed"))
    assert ended.code == 0
    assert "\x9b" not in ended.out
    assert len(load_config(workspace).sources) == 1


# --- on, off, import, export --------------------------------------------------------------------


def test_a_source_is_switched_off_and_on(press: Press, tmp_path: Path) -> None:
    workspace = lay(tmp_path, watching(press, "/feed"))
    assert call(workspace, "sources", "disable", "press0", "--reason", "too busy").code == 0
    assert load_config(workspace).sources[0].reason == "too busy"
    assert call(workspace, "sources", "enable", "press0").code == 0
    assert load_config(workspace).sources[0].enabled


@pytest.mark.parametrize("command", [("enable",), ("disable", "--reason", "x"), ("check",), ("history",)])
def test_a_source_that_is_none_is_told(press: Press, tmp_path: Path, command: tuple[str, ...]) -> None:
    ended = call(lay(tmp_path, watching(press)), "sources", *command, "nobody")
    assert (ended.code, 'there is no source "nobody"' in ended.err) == (2, True)


def test_a_list_goes_out_and_comes_in_switched_off(press: Press, tmp_path: Path) -> None:
    out = call(lay(tmp_path / "a", watching(press, "/feed", "/other")), "sources", "export").out
    (tmp_path / "list.opml").write_text(out, encoding="utf-8")
    workspace = lay(tmp_path / "b", watching(press, "/feed"))
    ended = call(workspace, "sources", "import", tmp_path / "list.opml")
    assert "1 added, 1 watched already, 0 left out" in ended.out
    assert [(source.url, source.enabled) for source in load_config(workspace).sources] == [
        (press.url("/feed"), True),
        (press.url("/other"), False),
    ]


def test_S18_an_archive_is_not_imported(press: Press, tmp_path: Path) -> None:
    (tmp_path / "list.zip").write_bytes(b"PK\x03\x04" + os.urandom(100))
    ended = call(lay(tmp_path / "w", watching(press)), "sources", "import", tmp_path / "list.zip")
    assert (ended.code, "this is an archive" in ended.err) == (2, True)


# --- what runs remember -------------------------------------------------------------------------


def test_R23_a_busy_server_is_left_alone_by_the_next_run_and_the_next_process_of_it(
    press: Press, tmp_path: Path
) -> None:
    press.answers["/feed"] = Answer(status=429, headers={"Retry-After": "7200"})
    press.answers["/other"] = Answer(status=429, headers={"Retry-After": "7200"})
    workspace, now = lay(tmp_path, watching(press, "/feed", "/other")), datetime.now(UTC)
    passed(workspace, now)
    before = len(press.asked)
    passed(workspace, now + HOUR)
    assert len(press.asked) == before
    history = call(workspace, "sources", "history", "press0").out
    assert "failed: the site answered 429 Too Many Requests" in history
    assert "asked again at " in history


def test_R30_a_feed_that_is_gone_is_given_up_told_and_taken_up_again_by_a_person(press: Press, tmp_path: Path) -> None:
    press.answers["/feed"] = Answer(status=410)
    workspace = lay(tmp_path, watching(press, "/feed"))
    assert "410 Gone" in passed(workspace, NOW).failures[0].reason
    passed(workspace, NOW + timedelta(days=99))
    assert press.asked.count("/feed") == 1
    assert "GIVEN UP" in call(workspace, "sources", "history", "press0").out
    call(workspace, "sources", "enable", "press0")
    passed(workspace, NOW + timedelta(days=99))
    assert press.asked.count("/feed") == 2


def test_R24_an_empty_feed_fails_the_third_time_and_its_articles_are_kept(press: Press, tmp_path: Path) -> None:
    press.publish(1)
    workspace = lay(tmp_path, watching(press, "/feed"))
    passed(workspace, NOW)
    press.answers["/feed"] = Answer("<rss><channel/></rss>")
    reports = [passed(workspace, NOW + n * 12 * HOUR) for n in (1, 2, 3)]
    assert [len(report.failures) for report in reports] == [0, 0, 1]
    assert "without entries 3 times in a row" in reports[2].failures[0].reason
    assert len(stored(workspace)) == 1


def test_R32_an_outage_of_our_own_is_one_warning_and_nothing_is_held_against_anyone(
    press: Press, tmp_path: Path
) -> None:
    rows = "".join(f"  - {{id: s{n}, name: S, url: 'http://127.0.0.1:{n}/'}}\n" for n in range(1, 5))
    workspace = lay(tmp_path, f"sources:\n{rows}")
    for n in range(12):
        report = passed(workspace, NOW + n * HOUR)
        assert [failure.reason[:34] for failure in report.failures] == ["no site at all could be reached; c"]
    store = store_of(load_config(workspace))
    assert {health.failures_in_a_row for health in store.source_health()} == {0}
    store.close()


def test_the_pace_of_a_feed_survives_a_restart(press: Press, tmp_path: Path) -> None:
    press.publish(1)
    press.answers["/feed"] = Answer(press.answers["/feed"].body, headers={"Cache-Control": "max-age=14400"})
    workspace = lay(tmp_path, watching(press, "/feed"))
    for hours in (0, 1, 3.9, 5):
        passed(workspace, NOW + hours * HOUR)
    assert press.asked.count("/feed") == 2


# --- what is not fetched, and what rolls on -----------------------------------------------------


def test_R35_of_a_page_that_reserves_text_mining_headline_and_link_are_kept(press: Press, tmp_path: Path) -> None:
    press.publish(1)
    page = press.answers["/news/1"]
    press.answers["/news/1"] = Answer(page.body, headers={"TDM-Reservation": "1"})
    workspace = lay(tmp_path, watching(press, "/feed"))
    passed(workspace, NOW)
    ((title, text, note),) = stored(workspace)
    assert (title, text) == ("Library roof number 1 to be mended", "")
    assert "reserves text and data mining" in (note or "")


def test_a_news_searchs_results_are_kept_as_links_and_never_fetched(press: Press, tmp_path: Path) -> None:
    item = (
        "<item><title>Bury signs a deal on deficits - Bury Times</title><pubDate>Mon, 02 Nov 2026 06:00:00 GMT</pubDate>"
        "<link>https://news.google.com/rss/articles/CBMi1?oc=5</link><description>Bury signs</description></item>"
    )
    press.answers["/feed"] = Answer(f"<rss><channel>{item}</channel></rss>")
    workspace = lay(tmp_path, watching(press, "/feed"))
    report = passed(workspace, NOW)
    ((title, _, note),) = stored(workspace)
    assert (title, report.failures) == ("Bury signs a deal on deficits", [])
    assert "found by a news search" in (note or "")


def test_a_live_page_is_one_article_whose_last_version_wins(press: Press, tmp_path: Path) -> None:
    def roll(minute: int) -> None:
        date = f"Mon, 02 Nov 2026 06:{minute:02}:00 GMT"
        item = f"<item><title>Budget day live</title><link>/live/c1</link><pubDate>{date}</pubDate></item>"
        press.answers["/feed"] = Answer(
            f"<rss><channel>{item.replace('</item>', f'<description>At {minute}</description></item>')}</channel></rss>"
        )
        said = f"<h1>Budget day live</h1><p>{TEXT * 6}</p><p>Minute {minute} of the budget debate in the chamber.</p>"
        press.answers["/live/c1"] = Answer(
            f"<html><head><title>Budget day live</title></head><body><article>{said}</article></body></html>"
        )

    workspace = lay(tmp_path, watching(press, "/feed"))
    for n in range(3):
        roll(n)
        passed(workspace, NOW + n * 12 * HOUR)
    ((_, text, _),) = stored(workspace)
    assert "Minute 2" in text


# --- gauges -------------------------------------------------------------------------------------


def test_gauges_tell_which_feed_is_down(press: Press, tmp_path: Path) -> None:
    press.publish(1, 2)
    workspace = lay(tmp_path, watching(press, "/feed", "/missing"))
    passed(workspace, NOW)
    lines = metrics(load_config(workspace), NOW + HOUR).splitlines()
    for line in (
        'svwatch_source_up{source="press0"} 1.0',
        'svwatch_source_up{source="press1"} 0.0',
        'svwatch_source_failures_in_a_row{source="press1"} 1.0',
        'svwatch_source_entries_last_week{source="press0"} 2.0',
        'svwatch_stored{kind="originals"} 2.0',
        "svwatch_last_run_failures 1.0",
    ):
        assert line in lines
    named = [line.split("{")[0].split(" ")[0] for line in lines if not line.startswith("#")]
    assert {line.split(" ")[2] for line in lines if line.startswith("# TYPE")} >= set(named)


def test_gauges_are_put_into_a_file_in_one_step(press: Press, tmp_path: Path) -> None:
    workspace = lay(tmp_path, watching(press, "/feed"))
    assert call(workspace, "metrics", "--output", tmp_path / "svwatch.prom").code == 0
    assert (tmp_path / "svwatch.prom").read_text(encoding="utf-8").startswith("# HELP svwatch_source_up ")
    assert call(workspace, "metrics", "--output", tmp_path / "no" / "where.prom").code == 2


def test_R34_back_numbers_of_a_feed_that_is_new_are_stored_but_are_no_news(press: Press, tmp_path: Path) -> None:
    press.publish(*range(1, 8), date="Thu, 01 Oct 2026 06:00:00 GMT")
    old = press.answers["/feed"].body
    press.publish(9)
    press.answers["/feed"] = Answer(press.answers["/feed"].body.replace("</channel>", old.partition("</title>")[2]))
    workspace = lay(tmp_path, watching(press, "/feed"))
    passed(workspace, NOW)
    store = store_of(load_config(workspace))
    rows = list(store.articles())
    store.close()
    assert len(rows) == 8
    assert [row.article.title for row in rows if is_news(row, NOW - 24 * HOUR)] == [
        "Library roof number 9 to be mended"
    ]
    assert len([row for row in rows if is_news(row, NOW - 900 * HOUR)]) == 8
