"""Edits of sources.yaml leave every other line as a person wrote it."""

from pathlib import Path

import pytest

from svwatch.config import load_config
from svwatch.errors import ConfigError
from svwatch.watchlist import NewSource, add_sources, free_id, switch

from .press import lay

FILE = """# What is watched.

sources:

  # the first
  - id: one
    name: "One"   # readers see this
    url: "https://one.example/feed"  # high confidence
    match: ["=SEND", "a: b"]
    rules:
      end:
        - "id: two"

  # the second
  - name: Two
    id: "two"
    enabled: false   # for now
    reason: "asked to"
    url: https://two.example/feed
  - {id: three, name: Three, url: "https://three.example/feed"}
"""


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    return lay(tmp_path, FILE)


def text(workspace: Path) -> str:
    return (workspace / "config" / "sources.yaml").read_text(encoding="utf-8")


def test_a_source_is_added_at_the_end_and_nothing_else_changes(workspace: Path) -> None:
    name = 'Four: "the" #1 – ünï'
    config = add_sources(workspace, [NewSource("four", name, "https://four.example/feed", "local press")])
    assert (config.sources[-1].id, config.sources[-1].name, config.sources[-1].kind) == ("four", name, "local press")
    assert text(workspace).startswith(FILE)


@pytest.mark.parametrize("empty", ["sources: []\n", "sources: [ ]  # none yet\n"])
def test_a_source_can_be_added_to_an_empty_list(tmp_path: Path, empty: str) -> None:
    config = add_sources(lay(tmp_path, empty), [NewSource("four", "Four", "https://four.example/feed")])
    assert [source.id for source in config.sources] == ["four"]


def test_a_source_is_switched_off_with_its_reason(workspace: Path) -> None:
    config = switch(workspace, "one", reason='too busy: "later" #2')
    assert (config.sources[0].enabled, config.sources[0].reason) == (False, 'too busy: "later" #2')
    assert [line for line in FILE.split("\n") if line not in text(workspace)] == []


def test_a_source_is_switched_on_and_its_reason_goes(workspace: Path) -> None:
    config = switch(workspace, "two", reason=None)
    assert (config.sources[1].enabled, config.sources[1].reason) == (True, None)
    assert "# the second" in text(workspace)


def test_off_and_on_again_gives_the_same_file(workspace: Path) -> None:
    switch(workspace, "one", reason="for an hour")
    switch(workspace, "one", reason=None)
    assert text(workspace) == FILE


@pytest.mark.parametrize("source_id", ["three", "four"])
def test_a_row_written_in_another_way_is_left_to_a_person(workspace: Path, source_id: str) -> None:
    with pytest.raises(ConfigError, match="edit the file by hand"):
        switch(workspace, source_id, reason="off")
    assert text(workspace) == FILE


def test_a_change_that_would_make_the_file_wrong_is_taken_back(workspace: Path) -> None:
    with pytest.raises(ConfigError, match=r"(?s)left as it was.*is taken by sources\[0\]"):
        add_sources(workspace, [NewSource("one", "One again", "https://one.example/other")])
    assert text(workspace) == FILE


def test_a_file_that_means_something_else_after_the_change_is_put_back(tmp_path: Path) -> None:
    """The list's name stands before another key, so that a row at the end would belong to that one."""
    odd = "sources:\n  - id: one\n    name: One\n    url: https://one.example/feed\n    match:\n      - a\n    # end\n"
    workspace = lay(tmp_path, odd.replace("  - id", "- id").replace("    ", "  "))
    with pytest.raises(ConfigError):
        add_sources(workspace, [NewSource("two", "Two", "https://two.example/feed")])
    assert [source.id for source in load_config(workspace).sources] == ["one"]


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("Bury Times", "bury-times"),
        ("Children's News & Views", "childrens-news-views"),
        ("Ünï", "n"),
        ("???", "source"),
        ("One", "one-3"),
        ("x" * 90, "x" * 50),
    ],
)
def test_an_id_is_made_of_a_name_and_is_free(name: str, made: str) -> None:
    assert free_id(name, ["one", "one-2"]) == made


def test_S42_the_file_keeps_its_permissions(workspace: Path) -> None:
    path = workspace / "config" / "sources.yaml"
    path.chmod(0o600)
    switch(workspace, "one", reason="off")
    assert path.stat().st_mode & 0o777 == 0o600
