"""Whole saved pages, each with another publisher's furniture: the body comes through, nothing else does."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from svwatch.records import Article

from .made import GOLDEN, PAGES, entry, read

NAMES = sorted(path.stem for path in PAGES.glob("*.html") if (GOLDEN / f"{path.stem}.json").is_file())


@pytest.fixture(params=NAMES)
def saved(request: pytest.FixtureRequest) -> tuple[Article, dict[str, Any]]:
    """A saved page as extracted, and what a person reads in it."""
    golden = json.loads((GOLDEN / f"{request.param}.json").read_text("utf-8"))
    told = entry(golden["entry_title"], url=golden["url"], summary=golden["summary"])
    found = read((PAGES / f"{request.param}.html").read_bytes(), told, url=golden["url"])
    assert found is not None
    return found, golden


def test_text_is_exactly_the_body(saved: tuple[Article, dict[str, Any]]) -> None:
    """Every paragraph and heading of the article, in order, a line each, and not a line more."""
    found, golden = saved
    assert found.text.split("\n") == golden["lines"]
    assert not found.is_summary


def test_no_furniture_reaches_the_text(saved: tuple[Article, dict[str, Any]]) -> None:
    """What the page says around its article would earn tags the article has not earned."""
    found, golden = saved
    assert [words for words in golden["absent"] if words.lower() in found.text.lower()] == []


def test_facts_are_read(saved: tuple[Article, dict[str, Any]]) -> None:
    """Title, author and dates come from the page where the feed is silent; None where the page is too."""
    found, golden = saved
    assert (found.title, found.author, found.language) == (golden["title"], golden["author"], "en")
    assert (found.published_at, found.updated_at) == (moment(golden["published_at"]), moment(golden["updated_at"]))


def test_every_saved_page_has_its_golden_text() -> None:
    """At least a dozen kinds of publisher, and no page that no test reads."""
    pages = {Path(path).stem for path in PAGES.glob("*.html") if not path.stem.startswith("wall-")}
    assert pages >= set(NAMES) and len(NAMES) >= 12


def moment(written: str | None) -> datetime | None:
    """A golden date."""
    return None if written is None else datetime.fromisoformat(written)
