"""Model folders: what is loaded is what was saved, and nothing else is ever loaded or run."""

import hashlib
import io
import json
import os
import pickle
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from svwatch.errors import Exit, ModelError
from svwatch.tag.model import MEANING, PARTS, current_model, load_tagger, load_trained, save_model

FILES = [*(f"{part}.{kind}" for part in PARTS for kind in ("npy", "terms.json")), MEANING]
Change = Callable[[Path], None]


@pytest.fixture
def folder(live: Path, tmp_path: Path) -> Path:
    """A copy of the live model that a test may spoil."""
    return Path(shutil.copytree(live, tmp_path / "models" / "candidate"))


class Canary:
    """A pickle that leaves a file behind when something loads it."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[Callable[[str], int], tuple[str]]:
        return os.system, (f"touch '{self.path}'",)


def manifest_of(folder: Path) -> dict[str, Any]:
    manifest: dict[str, Any] = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    return manifest


def set_in_manifest(folder: Path, **values: object) -> None:
    (folder / "manifest.json").write_text(json.dumps(manifest_of(folder) | values), encoding="utf-8")


def approve(folder: Path, name: str) -> None:
    """Give an altered file a valid digest in the manifest, as one who can write the folder would."""
    files = manifest_of(folder)["files"] | {name: hashlib.sha256((folder / name).read_bytes()).hexdigest()}
    set_in_manifest(folder, files=files)


def flip_byte(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-9])


def npz_of(**arrays: np.ndarray) -> bytes:
    held = io.BytesIO()
    np.savez(held, **arrays)
    return held.getvalue()


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize(
    ("change", "cause"),
    [
        pytest.param(flip_byte, "is not the file its manifest names", id="one bit altered"),
        pytest.param(truncate, "is not the file its manifest names", id="truncated"),
        pytest.param(lambda path: path.write_bytes(b""), "is not the file its manifest names", id="emptied"),
        pytest.param(Path.unlink, "is missing", id="missing"),
    ],
)
def test_a_spoilt_file_is_refused_by_name_with_the_remedy(folder: Path, name: str, change: Change, cause: str) -> None:
    change(folder / name)
    with pytest.raises(ModelError) as refused:
        load_tagger(folder)
    assert f"{folder / name} {cause}" in str(refused.value)
    assert "restore the folder" in str(refused.value)


@pytest.mark.parametrize("name", [*FILES, "manifest.json"])
@pytest.mark.parametrize("is_approved", [False, True], ids=["as it comes", "with a valid digest"])
def test_a_pickle_under_another_name_is_refused_and_never_run(folder: Path, name: str, *, is_approved: bool) -> None:
    canary = folder.parent / "canary"
    (folder / name).write_bytes(pickle.dumps(Canary(canary)))
    if is_approved and name != "manifest.json":
        approve(folder, name)
    with pytest.raises(ModelError):
        load_tagger(folder)
    assert not canary.exists()


def test_the_canary_would_have_sung(tmp_path: Path) -> None:
    pickle.loads(pickle.dumps(Canary(tmp_path / "canary")))
    assert (tmp_path / "canary").exists()


def test_an_array_that_holds_a_pickle_is_refused_and_never_run(folder: Path) -> None:
    canary = folder.parent / "canary"
    np.save(folder / "councils.npy", np.array([[Canary(canary)]], dtype=object), allow_pickle=True)
    approve(folder, "councils.npy")
    with pytest.raises(ModelError, match=r"candidate cannot be read .*restore the folder"):
        load_tagger(folder)
    assert not canary.exists()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        pytest.param("councils.npy", b"", id="empty array file"),
        pytest.param("councils.npy", npz_of(a=np.zeros(3)), id="archive of arrays"),
        pytest.param("councils.npy", b"PK\x03\x04 no archive", id="broken archive"),
        pytest.param("councils.terms.json", b"[]", id="a list for an object"),
        pytest.param("councils.terms.json", b'{"labels": ["council"]}', id="no terms"),
        pytest.param("councils.terms.json", b'{"labels": ["council"], "terms": ["a"]}', id="too few terms"),
        pytest.param("councils.terms.json", b"\xff\xfe", id="not UTF-8"),
    ],
)
def test_a_file_of_another_form_is_refused_even_with_a_valid_digest(folder: Path, name: str, content: bytes) -> None:
    (folder / name).write_bytes(content)
    approve(folder, name)
    with pytest.raises(ModelError, match=r"candidate cannot be read .*restore the folder"):
        load_tagger(folder)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        pytest.param({"format": 999}, ["format 999", "train it anew"], id="another format"),
        pytest.param({"phrases": "0" * 64}, ["phrases.yaml has changed", "train it anew"], id="other phrases"),
        pytest.param({"vectors": "0" * 64}, ["word_vectors.npy has changed", "train it anew"], id="other word vectors"),
        pytest.param({"vectors": None}, ["lists other files", "restore the folder"], id="a file of no use"),
        pytest.param({"taxonomy": "0" * 64}, ["another taxonomy", "train it anew"], id="another taxonomy"),
        pytest.param({"files": {}}, ["lists other files", "restore the folder"], id="no files"),
        pytest.param({"files": {"../../x.npy": "0"}}, ["lists other files", "restore"], id="a path out of the folder"),
        pytest.param({"files": None}, ["restore the folder"], id="files are no mapping"),
        pytest.param({"files": sorted(FILES)}, ["restore the folder"], id="files without digests"),
        pytest.param({"mix": [[1.0]]}, ["cannot be read", "restore the folder"], id="a mix of another shape"),
        pytest.param({"thresholds": [0.5]}, ["restore the folder"], id="too few thresholds"),
        pytest.param({"council_threshold": "high"}, ["cannot be read", "restore"], id="a word for a threshold"),
        pytest.param({"council_threshold": None}, ["cannot be read", "restore"], id="no threshold"),
    ],
)
def test_a_manifest_that_does_not_fit_is_refused_with_the_remedy(
    folder: Path, values: dict[str, object], words: list[str]
) -> None:
    set_in_manifest(folder, **values)
    with pytest.raises(ModelError) as refused:
        load_tagger(folder)
    assert [word for word in [folder.name, *words] if word not in str(refused.value)] == []


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"{", id="cut short"),
        pytest.param(b"[1, 2]", id="a list"),
        pytest.param(b"{}", id="nothing in it"),
        pytest.param(b"\xff", id="not UTF-8"),
        pytest.param(b"[" * 100_000, id="nested without end"),
    ],
)
def test_what_is_not_a_manifest_is_refused_by_name(folder: Path, content: bytes) -> None:
    (folder / "manifest.json").write_bytes(content)
    with pytest.raises(ModelError, match=r"manifest\.json is not a model's manifest .*restore the folder"):
        load_trained(folder)


def test_a_folder_without_a_manifest_is_refused_by_name(folder: Path) -> None:
    (folder / "manifest.json").unlink()
    with pytest.raises(ModelError, match=r"manifest\.json cannot be read .*restore the folder"):
        load_trained(folder)


def test_a_refused_model_ends_in_exit_code_3(folder: Path) -> None:
    truncate(folder / "whole.npy")
    with pytest.raises(ModelError) as refused:
        load_tagger(folder)
    assert refused.value.exit_code is Exit.REFUSED


@pytest.mark.parametrize(
    ("content", "words"),
    [
        pytest.param(b"gone\n", ["CURRENT names gone", "put it back or name another"], id="a folder that is gone"),
        pytest.param(b"manifest.json\n", ["CURRENT names manifest.json", "put it back"], id="a file"),
        pytest.param(b"\n", ["CURRENT", "name"], id="empty"),
        pytest.param(b"\xff\xfe", ["CURRENT"], id="not text"),
    ],
)
def test_a_pointer_to_nowhere_is_refused_with_the_remedy(tmp_path: Path, content: bytes, words: list[str]) -> None:
    (tmp_path / "CURRENT").write_bytes(content)
    (tmp_path / "manifest.json").write_bytes(b"{}")
    with pytest.raises(ModelError) as refused:
        current_model([tmp_path])
    assert [word for word in words if word not in str(refused.value)] == []


def test_without_a_pointer_the_way_to_a_model_is_told(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"no model is named in .*CURRENT; train one with `svwatch train`"):
        current_model([tmp_path])


def test_the_first_folder_that_names_a_model_wins(tmp_path: Path) -> None:
    own, bundled = tmp_path / "own", tmp_path / "bundled"
    for folder in (own, bundled):
        (folder / "m").mkdir(parents=True)
    (bundled / "CURRENT").write_text("m\n")
    assert current_model([own, bundled]) == bundled / "m"
    (own / "CURRENT").write_text("m\n")
    assert current_model([own, bundled]) == own / "m"


def test_a_saved_model_is_the_same_bytes_as_the_one_loaded(live: Path, tmp_path: Path) -> None:
    save_model(load_trained(live), tmp_path / "again")
    names = sorted(path.name for path in (tmp_path / "again").iterdir())
    assert names == sorted([*FILES, "manifest.json"])
    assert [name for name in names if (tmp_path / "again" / name).read_bytes() != (live / name).read_bytes()] == []


def test_a_saved_model_gives_equal_scores(live: Path, tmp_path: Path) -> None:
    before = load_trained(live)
    save_model(before, tmp_path / "again")
    after = load_trained(tmp_path / "again")
    bag = {term: i + 1 for i, term in enumerate(list(before.topics.sentence.terms)[:50])}
    assert list(after.topics.sentence.scores(bag)) == list(before.topics.sentence.scores(bag))
    assert (after.council_threshold, after.trained_on) == (before.council_threshold, before.trained_on)
