"""Digests as files in a real folder."""

from datetime import timedelta
from pathlib import Path

import pytest
from lxml import html

from svwatch.errors import ConfigError
from svwatch.publish.digest import Digest
from svwatch.publish.render import read_json
from svwatch.publish.write import write_digest

from .invented import SINCE, UNTIL, build, rich_digest


def digest_of(days_later: int) -> Digest:
    shift = timedelta(days=days_later)
    return build([], since=SINCE + shift, until=UNTIL + shift, now=UNTIL + shift)


def test_an_issue_is_written_in_every_form(tmp_path: Path) -> None:
    """A folder for its day, the latest beside it, and the archive page; nothing else is left behind."""
    write_digest(rich_digest(), tmp_path)
    found = sorted(str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path.is_file())
    endings = ("html", "json", "md", "txt")
    assert found == [
        *(f"2026-05-15/digest.{ending}" for ending in endings),
        "index.html",
        *(f"latest.{ending}" for ending in endings),
    ]


def test_the_answer_names_the_files(tmp_path: Path) -> None:
    """So that a command can print where the digest is."""
    files = write_digest(rich_digest(), tmp_path)
    assert files.html == tmp_path / "2026-05-15" / "digest.html"
    assert read_json(files.json.read_text(encoding="utf-8")) == rich_digest()
    assert files.html.read_bytes() == (tmp_path / "latest.html").read_bytes()


def test_an_issue_of_the_same_day_is_replaced(tmp_path: Path) -> None:
    """The day's last run is what stands."""
    write_digest(rich_digest(), tmp_path)
    files = write_digest(digest_of(0), tmp_path)
    assert "Nothing new" in files.text.read_text(encoding="utf-8")


def test_an_older_issue_written_later_is_not_the_latest(tmp_path: Path) -> None:
    """Catching up on a missed day leaves today's on top."""
    write_digest(digest_of(1), tmp_path)
    write_digest(digest_of(0), tmp_path)
    assert "Saturday 16 May 2026" in (tmp_path / "latest.txt").read_text(encoding="utf-8")


def test_the_archive_lists_every_issue_newest_first(tmp_path: Path) -> None:
    """Each with its subject line; links are relative, so that the folder can be moved."""
    for days_later in (0, 2, 1):
        files = write_digest(digest_of(days_later), tmp_path)
    page = html.fromstring(files.index.read_text(encoding="utf-8"))
    assert page.xpath("//li//a/@href") == [f"2026-05-{day}/digest.html" for day in (17, 16, 15)]
    assert "Nothing new about SEND, 17 May" in page.text_content()


def test_a_damaged_issue_does_not_spoil_the_archive(tmp_path: Path) -> None:
    """It is listed, with what to do."""
    write_digest(digest_of(0), tmp_path).json.write_bytes(b"\xff{")
    index = write_digest(digest_of(1), tmp_path).index
    assert "This issue cannot be read" in index.read_text(encoding="utf-8")


def test_other_folders_are_not_issues(tmp_path: Path) -> None:
    """A reader may keep things there."""
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "digest.json").write_text("{}")
    assert "notes" not in write_digest(digest_of(0), tmp_path).index.read_text(encoding="utf-8")


def test_a_folder_that_cannot_be_written_is_told_with_the_remedy(tmp_path: Path) -> None:
    """The operator can mend it."""
    (tmp_path / "output").write_text("a file, not a folder")
    with pytest.raises(ConfigError, match=r"cannot be written .*output in config/settings\.yaml"):
        write_digest(digest_of(0), tmp_path / "output")


def test_a_write_that_fails_leaves_the_old_file_whole(tmp_path: Path) -> None:
    """And no half-written one beside it."""
    files = write_digest(rich_digest(), tmp_path)
    before = files.html.read_bytes()
    (tmp_path / "latest.txt").unlink()
    (tmp_path / "latest.txt").mkdir()
    with pytest.raises(ConfigError):
        write_digest(rich_digest(), tmp_path)
    assert files.html.read_bytes() == before
    assert list(tmp_path.rglob("*.tmp")) == []
