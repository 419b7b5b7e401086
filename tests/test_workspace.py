"""Laying down a workspace."""

from pathlib import Path

import pytest

from cli.commands import call
from svwatch.config import load_config
from svwatch.errors import ConfigError
from svwatch.tag.model import current_model
from svwatch.workspace import carried, init_workspace, model_folders

MADE = ["config", "config/settings.yaml", "config/sources.yaml", "models", "output"]


def contents(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


def test_a_workspace_is_laid_down_from_what_the_package_carries(tmp_path: Path) -> None:
    made = init_workspace(tmp_path / "deep" / "ws")
    assert contents(tmp_path / "deep" / "ws") == MADE
    assert sorted(str(path.relative_to(tmp_path / "deep" / "ws")) for path in made) == MADE
    assert load_config(tmp_path / "deep" / "ws").sources == load_config(carried("config").parent).sources


def test_what_is_there_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "sources.yaml").write_text("sources: []\n")
    made = init_workspace(tmp_path)
    assert tmp_path / "config" / "sources.yaml" not in made and tmp_path / "output" in made
    assert (tmp_path / "config" / "sources.yaml").read_text() == "sources: []\n"
    assert init_workspace(tmp_path) == []


def test_init_twice_ends_with_0_and_says_that_nothing_was_changed(tmp_path: Path) -> None:
    first, second = (call("init", tmp_path / "ws") for _ in range(2))
    assert (first.code, second.code) == (0, 0)
    assert f"made {tmp_path}/ws/config/sources.yaml" in first.out
    assert second.out.startswith(f"{tmp_path}/ws is a workspace already; nothing was changed\n")
    assert f"svwatch --workspace {tmp_path}/ws run" in first.out


def test_a_place_that_cannot_be_a_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ConfigError, match=r"cannot be made into a workspace: .*; choose a folder you may write"):
        init_workspace(tmp_path / "file")


def test_a_workspace_without_models_uses_those_of_the_package(tmp_path: Path) -> None:
    init_workspace(tmp_path)
    assert current_model(model_folders(tmp_path)).parent == carried("models")


def test_a_model_of_its_own_comes_first(tmp_path: Path) -> None:
    (tmp_path / "models" / "mine").mkdir(parents=True)
    (tmp_path / "models" / "CURRENT").write_text("mine\n")
    assert current_model(model_folders(tmp_path)) == tmp_path / "models" / "mine"
