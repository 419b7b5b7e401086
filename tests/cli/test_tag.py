"""`svwatch tag`: text, HTML and JSON Lines in, councils, topics and events out; no database and no network."""

import json
from pathlib import Path
from typing import Any

import pytest

from svwatch.records import Role
from svwatch.taxonomy import load_taxonomy

from .commands import call, start
from .conftest import DEAL, PAGE, TEXT

TITLED = f"Bury signs a deal\n\n{TEXT}\n"
ODD = {
    "plain": DEAL,
    "empty": "",
    "white space": " \n\t ",
    "emoji and a flag of many parts": "😀 " + DEAL + " 🏴󠁧󠁢󠁥󠁮󠁧󠁿",
    "no-break space and hyphen": "Bury\u00a0council\u00a0has signed a safety\u2011valve agreement.",
    "byte order mark and thin spaces": "\ufeff" + DEAL.replace(" ", "\u2009"),
    "combining accents": DEAL.replace("e", "e\u0301"),
    "invisible signs": "Bury council\u200b has\u00ad signed a safety valve agreement\u202e.",
    "every kind of line break": DEAL.replace(". ", ".\r\n\r\n") + "\u2028" + DEAL,
    "control characters": "\x00\x01\x1b[31m" + DEAL + "\x9b",
    "compatibility forms": "ﬁ ﬂ ½ ① Ⅳ ＢＵＲＹ council signed a safety valve agreement in ２０２４.",
    "half a surrogate pair": "Bury council \ud800 has signed a safety valve agreement.",
    "other scripts": "بري 伯里 " + DEAL + " Београд",
    "dots": "." * 5000,
}


def line(**keys: object) -> bytes:
    return json.dumps(keys).encode() + b"\n"


def tagged(*lines: bytes) -> list[Any]:
    """What `tag` makes of these lines, all of which it must read."""
    ended = call("tag", "--format", "jsonl", stdin=b"".join(lines))
    assert (ended.code, ended.err) == (0, "")
    return ended.json


def test_files_are_read_by_their_endings_in_the_order_given(tmp_path: Path) -> None:
    (tmp_path / "b.jsonl").write_bytes(line(id="1", title="Bury signs a deal", text=TEXT) + line(id=2, text="Rain."))
    (tmp_path / "c.html").write_text(PAGE.format(title="Bury signs a deal", text=TEXT), encoding="utf-8")
    (tmp_path / "a.txt").write_text(TITLED, encoding="utf-8")
    files = [tmp_path / name for name in ("b.jsonl", "c.html", "a.txt")]
    ended = call("tag", "--json", *files)
    assert (ended.code, ended.err) == (0, "")
    assert [article["id"] for article in ended.json] == ["1", "2", *map(str, files[1:])]
    assert [article["title"] for article in ended.json] == ["Bury signs a deal", "", *["Bury signs a deal"] * 2]
    assert [article["relevant"] for article in ended.json] == [True, False, True, True]
    assert {article["text"] for article in ended.json} == {TEXT, "Rain."}


@pytest.mark.parametrize(
    ("form", "content"),
    [
        pytest.param("auto", TITLED.encode(), id="text"),
        pytest.param("html", PAGE.format(title="Bury signs a deal", text=TEXT).encode(), id="HTML"),
        pytest.param("jsonl", line(title="Bury signs a deal", text=TEXT), id="JSON Lines"),
    ],
)
def test_standard_input_is_read_in_the_form_that_is_named(form: str, content: bytes) -> None:
    (article,) = call("tag", "--json", "--format", form, stdin=content).json
    assert article["title"] == "Bury signs a deal"
    assert [(tag["slug"], tag["role"]) for tag in article["councils"]] == [("bury", "subject")]


def test_for_a_person_it_says_councils_topics_and_events_with_their_words() -> None:
    ended = call("tag", stdin=TITLED.encode())
    assert ended.out.startswith("Bury signs a deal\n  about SEND (score ")
    assert '  council  Bury (bury), subject: "Bury' in ended.out
    assert "  topic    Deficit agreement (score " in ended.out
    assert "  event    agreement bury; date not stated; state signed, amount 20000000" in ended.out
    assert "why:" not in ended.out


def test_explain_says_why_each_tag_was_given() -> None:
    lines = call("tag", "--explain", stdin=TITLED.encode()).out.splitlines()
    for number, shown in enumerate(lines):
        if shown.startswith(("  council", "  topic")):
            assert lines[number + 1].startswith("           why: ")


def test_json_lines_in_give_json_lines_out(tmp_path: Path) -> None:
    """Without being asked, so that the output of one command is the input of the next."""
    (tmp_path / "a.jsonl").write_bytes(line(id="1", text=DEAL))
    first = call("tag", tmp_path / "a.jsonl").out
    assert call("tag", "--format", "jsonl", stdin=first.encode()).out == first


def test_what_cannot_be_read_is_named_and_the_rest_is_tagged(tmp_path: Path) -> None:
    """Each with its line, on a line of standard error of its own."""
    (tmp_path / "a.jsonl").write_bytes(line(id="1", text=DEAL) + b"\n{\n" + line(id="4", text=DEAL))
    ended = call("tag", "--json", "missing.txt", tmp_path / "a.jsonl", "-", stdin=b"\xff")
    assert (ended.code, [article["id"] for article in ended.json]) == (4, ["1", "4"])
    assert [said.split(" (")[0] for said in ended.err.splitlines()] == [
        "svwatch: missing.txt cannot be read: No such file or directory; check the name and its permissions",
        f"svwatch: {tmp_path}/a.jsonl, line 3: this is not JSON",
        "svwatch: standard input: this is not UTF-8 text",
    ]


@pytest.mark.parametrize("stdin", [b"", b"\xff\xfe"])
def test_where_nothing_could_be_read_it_ends_with_4_too(stdin: bytes) -> None:
    """As the help says: one answer to bad input, whether it was all of the input or one file of many."""
    ended = call("tag", stdin=stdin)
    assert (ended.code, ended.out) == (4, "") and ended.err.startswith("svwatch: standard input: ")


def test_no_lines_in_give_no_lines_out() -> None:
    assert tagged() == []


def test_the_json_is_of_the_public_form() -> None:
    (article,) = tagged(line(id="a1", title="Bury signs", text=TEXT, published="2026-11-20", url="https://x.example/a"))
    assert list(article) == [
        *("id", "url", "title", "published", "text"),
        *("relevant", "relevance_score", "topics", "councils", "events", "tagger", "copies"),
    ]
    assert (article["id"], article["url"], article["published"]) == (
        "a1",
        "https://x.example/a",
        "2026-11-20T00:00:00+00:00",
    )
    assert set(article["tagger"]) == {"version", "model"} and article["copies"] == []
    assert [(event["kind"], event["state"], event["amount"]) for event in article["events"]] == [
        ("agreement", "signed", 20_000_000)
    ]


@pytest.fixture(scope="module")
def odd() -> list[Any]:
    """What is made of the odd texts, in their order."""
    return tagged(*(line(id=name, title="Bury: " + text[:40], text=text) for name, text in ODD.items()))


@pytest.mark.parametrize("name", ODD)
def test_any_text_is_answered_and_offsets_are_slices(odd: list[Any], name: str) -> None:
    (article,) = (article for article in odd if article["id"] == name)
    assert 0 <= article["relevance_score"] <= 1
    spans = [span for tag in article["councils"] for span in tag["spans"]]
    spans += [span for topic in article["topics"] for span in topic["evidence"]]
    spans += [event["evidence"] for event in article["events"]]
    for span in spans:
        where = article["title" if span.get("in") == "title" else "text"]
        assert where[span["start"] : span["end"]] == span["text"] != ""
    assert {topic["id"] for topic in article["topics"]} <= set(load_taxonomy().topic_ids)
    assert {tag["role"] for tag in article["councils"]} <= set(Role)


def test_the_text_comes_back_as_it_was_given() -> None:
    """Only half a surrogate pair, which no text can hold, is replaced."""
    assert [article["text"] for article in tagged(line(text="a \U0001f600\t\r\n é"), line(text="\ud800"))] == [
        "a \U0001f600\t\r\n é",
        "\ufffd",
    ]


def test_s43_escapes_are_shown_and_not_obeyed() -> None:
    """Nor does a line break in a title make a line of its own."""
    hostile = line(id="1", title="Bury\nWRONG \x1b]0;x\x07\x9b2J\u202e", text=DEAL)
    text, in_json = call("tag", "--format", "jsonl", stdin=hostile).out, call("tag", stdin=b"\x1b[31m" + DEAL.encode())
    assert all(sign.isprintable() for sign in text.replace("\n", "").replace("\u202e", ""))
    assert "\x1b" not in in_json.out + in_json.err


@pytest.mark.parametrize("workspace", ["here", "missing/folder"])
def test_it_needs_no_workspace_and_leaves_nothing_behind(tmp_path: Path, workspace: str) -> None:
    """In an empty folder, with an empty environment, in a process of its own."""
    process = start("-w", workspace, "tag", "--json", cwd=tmp_path)
    out, err = process.communicate(TITLED.encode())
    assert (process.returncode, err) == (0, b"")
    assert json.loads(out)["councils"][0]["slug"] == "bury"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("count", [3, 300])
def test_a_reader_that_leaves_early_is_no_error(tmp_path: Path, count: int) -> None:
    """As `head` does; whether or not the output fits into what the pipe and Python hold back."""
    (tmp_path / "a.jsonl").write_bytes(line(id="1", text=TEXT) * count)
    process = start("tag", tmp_path / "a.jsonl", cwd=tmp_path)
    assert process.stdout is not None and process.stderr is not None
    process.stdout.close()
    assert process.stderr.read() == b""
    assert process.wait() == 0
    process.stderr.close()
