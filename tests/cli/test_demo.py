"""`svwatch demo` lays its workspace over nothing of value."""

from pathlib import Path

import pytest

from svwatch.cli.demo import lay_workspace
from svwatch.config import load_config
from svwatch.errors import ConfigError
from svwatch.records import Source

from .commands import call, start

SOURCES = [
    Source("gazette", "Gazette", "http://127.0.0.1:1/feed", match=("=SEND",), expect=(1, 20)),
    Source("herald", "Herald: the paper", "http://127.0.0.1:2/feed"),
]


def test_its_workspace_watches_the_press(tmp_path: Path) -> None:
    lay_workspace(tmp_path / "demo", tmp_path / "output", SOURCES)
    config = load_config(tmp_path / "demo")
    assert list(config.sources) == SOURCES
    assert config.output_path.resolve() == tmp_path / "output"
    assert config.settings.crawl.allow_private_hosts == ("127.0.0.1",)


def test_u32_it_ends_with_a_digest_and_says_what_to_do_next(tmp_path: Path) -> None:
    """In an empty folder, as `make demo` runs it."""
    process = start("demo", cwd=tmp_path)
    out, err = (written.decode() for written in process.communicate())
    assert process.returncode == 0 and "Traceback" not in err
    assert "188 articles" in out and "      2 new version: " in out
    (page,) = (tmp_path / "output").glob("*/digest.html")
    assert f"Read the digest:       {page.relative_to(tmp_path)}" in out
    assert [line.split(":")[0] for line in err.splitlines()[::2]] == ["  north-star-bulletin"] * 2
    (found, *_) = call("-w", tmp_path / "demo", "search", "transport", "--json").json
    assert found["relevant"]


def test_a_second_demo_starts_afresh(tmp_path: Path) -> None:
    for _ in range(2):
        lay_workspace(tmp_path, tmp_path / "output", SOURCES)
        assert not (tmp_path / "svwatch.db").exists()
        (tmp_path / "svwatch.db").touch()


@pytest.mark.parametrize("has_database", [True, False])
def test_a_workspace_that_no_demo_made_is_left_alone(tmp_path: Path, has_database: bool) -> None:
    call("init", tmp_path)
    if has_database:
        (tmp_path / "svwatch.db").write_text("years of work")
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    with pytest.raises(ConfigError, match="is a workspace, which a demo would overwrite; name another folder"):
        lay_workspace(tmp_path, tmp_path / "output", SOURCES)
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before
