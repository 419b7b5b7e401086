"""Every exit code of every command, as docs/exit-codes.md promises them."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

from svwatch.cli import app
from svwatch.tag.model import current_model
from svwatch.workspace import carried

from .commands import call, lay
from .conftest import Site, Watched

NOBODY = 65534
READS_CONFIGURATION = ["run", "sources list", "export", "search deal", "digest"]
READS_DATABASE = READS_CONFIGURATION
READS_MODEL = ["tag", "evaluate"]


def every_command(group: Any, *words: str) -> Iterator[str]:
    """Every command and group of commands, as it is written on the command line."""
    for name, command in group.commands.items():
        yield " ".join((*words, name))
        if hasattr(command, "commands"):
            yield from every_command(command, *words, name)


COMMANDS = list(every_command(typer.main.get_command(app)))


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_ends_with_0_on_standard_output(command: str) -> None:
    ended = call(*command.split(), "--help")
    assert (ended.code, ended.err) == (0, "") and ended.out.startswith("Usage: ")


@pytest.mark.parametrize("command", ["tag", "export", "search", "digest", "train", ""])
def test_help_shows_an_example(command: str) -> None:
    assert f"  svwatch {command}" in call(*command.split(), "-h").out


@pytest.mark.parametrize("command", ["", "sources", "gold"])
def test_u26_a_group_without_a_command_shows_its_help_and_ends_with_2(command: str) -> None:
    ended = call(*command.split())
    assert (ended.code, ended.out) == (2, "") and ended.err.startswith("Usage: ")


@pytest.mark.parametrize("command", [*COMMANDS, ""])
def test_u26_an_unknown_option_ends_with_2(command: str) -> None:
    ended = call(*command.split(), "--nonsense")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err == "svwatch: No such option: --nonsense; see svwatch --help\n"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        pytest.param("nonsense", "No such command 'nonsense'; see svwatch --help", id="unknown command"),
        pytest.param("init", "Missing", id="no folder"),
        pytest.param("search", "Missing", id="no words"),
        pytest.param("run --source", "Option '--source' requires an argument", id="no source"),
        pytest.param("export --format xml", "'xml' is not one of 'jsonl', 'csv'", id="unknown form"),
        pytest.param("export --since May", '"May" is not a date; write it as 2026-11-22', id="no date"),
        pytest.param("export --until 0001-01-01", "give a date between 1900 and 2200", id="the first day of all"),
        pytest.param("digest --day 9999-12-31", "give a date between 1900 and 2200", id="the last day of all"),
        pytest.param("digest --days 0", "greater than or equal to 1", id="no days"),
        pytest.param("export --council Burry", 'there is no council "Burry"; the nearest are "bury"', id="council"),
        pytest.param("export --topic moon", 'there is no topic "moon"; topics are rating, withheld', id="topic"),
        pytest.param("run --source moon", 'there is no source "moon"; `svwatch sources list` names them', id="source"),
        pytest.param("evaluate --split moon", 'there is no split "moon"; splits are train, dev, test', id="split"),
        pytest.param("evaluate --gold {tmp}/none", "holds no gold: name a folder", id="no gold"),
        pytest.param("gold check --gold {tmp}/none", "holds no gold: name a folder", id="no gold to check"),
        pytest.param("gold add {tmp}/none.txt", "none.txt cannot be read", id="no marked file"),
        pytest.param("train {tmp}", "is there already; name a new folder", id="a folder that is there"),
        pytest.param("init {tmp}/file/x", "cannot be made into a workspace: Not a directory; choose", id="a file"),
    ],
)
def test_u26_wrong_use_ends_with_2_and_says_what_is_right(
    watched: Watched, tmp_path: Path, words: str, said: str
) -> None:
    (tmp_path / "file").touch()
    ended = call("-w", watched.workspace, *(word.format(tmp=tmp_path) for word in words.split()))
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith("svwatch: ") and said in ended.err


@pytest.mark.parametrize("command", READS_CONFIGURATION)
@pytest.mark.parametrize(
    ("content", "said"), [(None, "svwatch init"), ("sources: [", "mend the YAML there"), ("a: 1", "has 2 problems")]
)
def test_u26_a_broken_configuration_ends_with_2(tmp_path: Path, command: str, content: str | None, said: str) -> None:
    if content is not None:
        (tmp_path / "config").mkdir()
        (tmp_path / "config" / "sources.yaml").write_text(content)
    ended = call("-w", tmp_path, *command.split())
    assert (ended.code, ended.out) == (2, "") and said in ended.err
    assert not (tmp_path / "svwatch.db").exists()


@pytest.fixture
def altered(workspace: Path) -> Path:
    """The workspace with a model of its own in which one byte has changed."""
    shutil.copytree(current_model([carried("models")]), workspace / "models" / "mine")
    (workspace / "models" / "CURRENT").write_text("mine\n")
    path = workspace / "models" / "mine" / "sentence.npy"
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)
    return workspace


@pytest.mark.parametrize("command", READS_MODEL)
def test_u26_an_altered_model_ends_with_3(altered: Path, command: str) -> None:
    ended = call("-w", altered, command, stdin=b"Bury council")
    assert (ended.code, ended.out) == (3, "")
    assert "sentence.npy is not the file its manifest names (SHA-256 differs); restore the folder" in ended.err


@pytest.mark.parametrize("command", READS_MODEL)
def test_u26_a_missing_model_ends_with_3(workspace: Path, command: str) -> None:
    (workspace / "models").mkdir()
    (workspace / "models" / "CURRENT").write_text("gone\n")
    ended = call("-w", workspace, command, stdin=b"Bury council")
    assert (ended.code, ended.out) == (3, "") and "CURRENT names gone, which is not there" in ended.err


def test_r41_a_run_without_a_model_stores_articles_untagged_and_the_next_with_one_tags_them(altered: Path) -> None:
    ended = call("-w", altered, "run")
    assert ended.code == 3
    assert "1 untagged: stored without tags" in ended.out and "Articles were stored without tags: " in ended.err
    (article,) = call("-w", altered, "export", "--all").json
    assert article["title"] == "Bury signs a deal" and "councils" not in article
    (altered / "models" / "CURRENT").unlink()
    assert call("-w", altered, "run").code == 0
    (article,) = call("-w", altered, "export").json
    assert article["councils"][0]["slug"] == "bury"


def test_u26_a_source_that_fails_ends_with_4_and_is_named(workspace: Path, site: Site) -> None:
    site.status = 500
    ended = call("-w", workspace, "run")
    assert ended.code == 4 and ended.out.startswith("0 of 1 sources read, 0 entries met.\n")
    assert "gazette: the site answered 500 Internal Server Error" in ended.err and site.source.url in ended.err
    assert "gazette  failed" in call("-w", workspace, "sources", "list").out


def test_u26_a_run_that_did_all_ends_with_0(watched: Watched) -> None:
    assert (watched.first.code, watched.first.err) == (0, "")
    assert watched.first.out.startswith("1 of 1 sources read, 2 entries met.\n")


@pytest.mark.parametrize("command", READS_DATABASE)
def test_u26_a_file_that_is_no_database_ends_with_5_in_one_line(workspace: Path, command: str) -> None:
    (workspace / "svwatch.db").write_text("Dear sir or madam, " * 100)
    ended = call("-w", workspace, *command.split())
    assert (ended.code, ended.out) == (5, "")
    assert ended.err.startswith(f"svwatch: {workspace}/svwatch.db is not a database; move it away")
    assert ended.err.count("\n") == 1


@pytest.fixture
def unwritable(site: Site) -> Iterator[Path]:
    """A workspace that this user may read and not write."""
    was = os.geteuid()
    with tempfile.TemporaryDirectory() as folder:
        workspace = lay(Path(folder), [site.source])
        workspace.chmod(0o555)
        if was == 0:
            os.seteuid(NOBODY)
        yield workspace
        os.seteuid(was)
        workspace.chmod(0o755)


@pytest.mark.parametrize("command", ["run", "export", "search deal", "digest"])
def test_r9_a_folder_that_may_only_be_read_ends_with_5_in_one_line(unwritable: Path, command: str) -> None:
    ended = call("-w", unwritable, *command.split())
    assert (ended.code, ended.out) == (5, "") and ended.err.count("\n") == 1
    assert f"this user may not write to {unwritable}; make the file and its folder writable" in ended.err


@pytest.mark.parametrize(
    "words",
    [
        pytest.param(["train", "{}/mine"], id="a model"),
        pytest.param(["demo", "--folder", "{}/demo"], id="a demo"),
        pytest.param(["init", "{}/ws"], id="a workspace"),
    ],
)
def test_r9_a_place_that_refuses_a_new_file_is_named_with_the_cause(unwritable: Path, words: list[str]) -> None:
    ended = call(*(word.format(unwritable) for word in words))
    assert (ended.code, ended.err.count("\n")) == (2, 1)
    assert ended.err.startswith(f"svwatch: {unwritable}/") and "Permission denied; c" in ended.err


def test_debug_shows_the_traceback_of_an_error(tmp_path: Path) -> None:
    ended = call("--debug", "-w", tmp_path, "run")
    assert ended.code == 2
    assert ended.err.startswith("Traceback") and ended.err.splitlines()[-1].startswith("svwatch: ")


def test_the_version_is_told() -> None:
    ended = call("--version")
    assert (ended.code, ended.err) == (0, "") and ended.out.startswith("svwatch 0.")
