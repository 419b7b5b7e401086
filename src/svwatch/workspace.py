"""A workspace: the folder with config/, models/, output/ and the database; and what the package carries to lay one down."""

import shutil
from importlib.resources import files
from pathlib import Path

from svwatch.errors import ConfigError

_REPOSITORY = Path(__file__).parents[2]


def carried(name: str) -> Path:
    """The folder ``config`` or ``models`` that the installed package carries (a checkout's own, when run from one)."""
    inside = Path(str(files("svwatch.data"))) / name
    return inside if inside.is_dir() else _REPOSITORY / name


def model_folders(workspace: Path) -> list[Path]:
    """Where models are looked for: the workspace's own first, then those the package carries."""
    return [workspace / "models", carried("models")]


def init_workspace(folder: Path) -> list[Path]:
    """Lay down a workspace; what is there already is left as it is.

    Returns:
        The files and folders made.

    Raises:
        ConfigError: the folder cannot be written.
    """
    made: list[Path] = []
    try:
        for name in ("config", "models", "output"):
            if not (folder / name).is_dir():
                (folder / name).mkdir(parents=True)
                made.append(folder / name)
        for file in sorted(carried("config").glob("*.yaml")):
            if not (folder / "config" / file.name).exists():
                shutil.copyfile(file, folder / "config" / file.name)
                made.append(folder / "config" / file.name)
    except OSError as error:
        raise ConfigError(
            f"{folder} cannot be made into a workspace: {error.strerror}; choose a folder you may write"
        ) from error
    return made
