"""`svwatch run`: what it says, one at a time, interrupted and taken up again."""

import os
import signal
import time
from pathlib import Path

import pytest

from .commands import call, start
from .conftest import Site, Watched


def stored(workspace: Path) -> list[tuple[str, str]]:
    """Address and text of every article."""
    return [(article["url"], article["text"]) for article in call("-w", workspace, "export", "--all").json]


def test_it_says_what_it_did_and_where_the_digest_is(watched: Watched) -> None:
    day = max((watched.workspace / "output").glob("*-*-*"))
    assert watched.first.out.splitlines() == [
        "1 of 1 sources read, 2 entries met.",
        "      2 relevant: new, about SEND, tagged and stored",
        f"The digest: {day}/digest.html",
    ]
    assert "Bury signs a deal" in (day / "digest.html").read_text(encoding="utf-8")


def test_u27_json_tells_the_same_to_a_program(workspace: Path, site: Site) -> None:
    (said,) = call("-w", workspace, "run", "--json").json
    assert (said["exit_code"], said["sources"], said["failures"]) == (0, {"gazette": "read"}, [])
    assert said["outcomes"] == {"relevant": 1} and Path(said["digest"]).is_file()
    assert said["started"] < said["finished"] and said["model_problem"] is None


def test_a_second_run_at_once_asks_no_source_that_is_not_due(workspace: Path) -> None:
    assert call("-w", workspace, "run").out.startswith("1 of 1 sources read, 1 entries met.")
    assert call("-w", workspace, "run").out.startswith("0 of 0 sources read, 0 entries met.")


@pytest.mark.parametrize("words", [["--all"], ["--source", "gazette"]])
def test_sources_can_be_asked_before_they_are_due(workspace: Path, words: list[str]) -> None:
    call("-w", workspace, "run")
    assert call("-w", workspace, "run", *words).out.startswith("1 of 1 sources read")


def test_r22_a_feed_is_asked_with_the_validators_it_gave_and_304_is_counted_as_well(
    workspace: Path, site: Site
) -> None:
    call("-w", workspace, "run")
    (said,) = call("-w", workspace, "run", "--all", "--json").json
    first, second = site.validators
    assert first is None and second is not None
    assert (said["exit_code"], said["sources"], said["outcomes"]) == (0, {"gazette": "unchanged"}, {})


def test_u25_progress_is_shown_on_a_terminal(workspace: Path, site: Site) -> None:
    """On standard error alone; in a pipe there is none, as the other tests of this file see."""
    site.slow = frozenset({"/a"})
    ours, theirs = os.openpty()
    process = start("-w", workspace, "run", stderr=theirs)
    assert site.asked.wait(30)
    shown = b""
    while b"1 sources, 0 entries met, 0 failures" not in shown:
        shown += os.read(ours, 4096)
    site.go.set()
    out, _ = process.communicate()
    os.close(theirs)
    os.close(ours)
    assert out.startswith(b"1 of 1 sources read, 1 entries met.\n") and b"\x1b" not in out


def test_r16_of_two_runs_at_a_time_one_works_and_the_other_says_so(workspace: Path, site: Site) -> None:
    site.slow = frozenset({"/a"})
    first = start("-w", workspace, "run")
    assert site.asked.wait(30)
    second = call("-w", workspace, "run")
    assert (second.code, second.out) == (0, "")
    assert second.err.startswith("svwatch: already running since ") and f"(process {first.pid} on " in second.err
    site.go.set()
    out, err = first.communicate()
    assert (first.returncode, err) == (0, b"") and b"1 relevant" in out


def test_u29_ctrl_c_ends_with_130_in_a_second_and_the_next_run_carries_on(workspace: Path, site: Site) -> None:
    """A terminal sends it to the workers too; nothing but one line is shown."""
    site.titles |= {f"/{number}": f"Bury deal number {number}" for number in range(12)}
    site.slow = frozenset({"/11"})
    process = start("-w", workspace, "run")
    assert site.asked.wait(30)
    began = time.monotonic()
    os.killpg(process.pid, signal.SIGINT)
    out, err = process.communicate()
    assert time.monotonic() - began < 5  # a second on a machine with nothing else to do
    assert (process.returncode, out) == (130, b"")
    assert err == b"svwatch: stopped; run the same command again to carry on\n"
    site.go.set()
    ended = call("-w", workspace, "run")
    assert ended.code == 0 and "already running" not in ended.err
    assert sorted(stored(workspace)) == sorted(set(stored(workspace))) and len(stored(workspace)) == 13


def test_u29_ctrl_c_before_the_workers_are_up_shows_no_traceback(workspace: Path, site: Site) -> None:
    """They are busy importing just then."""
    site.slow = frozenset({"/feed"})
    process = start("-w", workspace, "run")
    assert site.asked.wait(30)
    os.killpg(process.pid, signal.SIGINT)
    _, err = process.communicate()
    assert (process.returncode, err) == (130, b"svwatch: stopped; run the same command again to carry on\n")


def test_s43_titles_that_carry_escapes_are_shown_on_one_line(watched: Watched) -> None:
    """In what commands say to a person; JSON escapes them in its own way."""
    for words in (["search", "deal"], ["export", "--format", "csv"], ["export"], ["digest", "--print"]):
        ended = call("-w", watched.workspace, *words)
        shown = (ended.out + ended.err).replace("\n", "")
        assert ended.code == 0 and "deal" in shown
        assert not any("\x00" <= sign < " " or "\x7f" <= sign <= "\x9f" for sign in shown), words
