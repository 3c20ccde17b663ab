"""Grouping of near-copies beside datasketch, rensa and TF-IDF, on the development set.

Every method gets the documents in order of arrival and puts each into the story of the earlier one
that it finds most similar, at its own best threshold (chosen on this very set; TF-IDF also knows
the word counts of all documents beforehand). Prints B-cubed figures and CPU microseconds a
document, of this process, best threshold only. Needs ../shared/data/stories and the group `bench`.
"""

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from time import process_time

import numpy as np
from datasketch import MinHash, MinHashLSH
from rensa import RMinHash, RMinHashLSH
from sklearn.feature_extraction.text import TfidfVectorizer

from monitor.stories import Grouper

DATA = Path(__file__).parents[2] / "shared" / "data" / "stories" / "dev.jsonl"
PERMUTATIONS, SHINGLE = 128, 4
JACCARD = (0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.7)
COSINE = (0.3, 0.4, 0.45, 0.5, 0.55, 0.6, 0.7, 0.8)
Best = tuple[int, float] | None  # the most similar earlier document, and how similar


def b_cubed(groups: Sequence[str], stories: Sequence[object]) -> tuple[float, float, float]:
    sizes, wholes = Counter(stories), Counter(groups)
    cells = Counter(zip(stories, groups, strict=True))
    pairs = list(zip(stories, groups, strict=True))
    precision = sum(cells[pair] / sizes[pair[0]] for pair in pairs) / len(pairs)
    recall = sum(cells[pair] / wholes[pair[1]] for pair in pairs) / len(pairs)
    return precision, recall, 2 * precision * recall / (precision + recall)


def attached(found: Iterable[Best], threshold: float) -> list[int]:
    """The story of each document: that of the most similar earlier one above the threshold."""
    stories: list[int] = []
    for number, best in enumerate(found):
        joins = best is not None and best[1] >= threshold
        stories.append(stories[best[0]] if joins and best else number)
    return stories


def shingles(text: str) -> list[str]:
    words = text.casefold().split()
    if len(words) < len(text) / 20:  # hardly any spaces: Chinese
        return [text[n : n + 6] for n in range(max(len(text) - 5, 1))]
    return [" ".join(words[n : n + SHINGLE]) for n in range(max(len(words) - SHINGLE + 1, 1))]


def by_monitor(texts: Sequence[str]) -> list[object]:
    grouper = Grouper()
    return [grouper.place(str(n), text).story_id for n, text in enumerate(texts)]


def by_datasketch(texts: Sequence[str], threshold: float) -> list[int]:
    index = MinHashLSH(threshold=threshold, num_perm=PERMUTATIONS)
    hashes: list[MinHash] = []

    def best(number: int, text: str) -> Best:
        mine = MinHash(num_perm=PERMUTATIONS)
        mine.update_batch([shingle.encode() for shingle in shingles(text)])
        near = [(mine.jaccard(hashes[n]), -n) for n in index.query(mine)]
        index.insert(number, mine)
        hashes.append(mine)
        return (-max(near)[1], max(near)[0]) if near else None

    return attached((best(n, text) for n, text in enumerate(texts)), threshold)


def by_rensa(texts: Sequence[str], threshold: float) -> list[int]:
    bands = next(b for b in (8, 16, 32, 64, 128) if (1 / b) ** (b / PERMUTATIONS) <= threshold)
    index = RMinHashLSH(threshold, PERMUTATIONS, bands)
    hashes: list[RMinHash] = []

    def best(number: int, text: str) -> Best:
        mine = RMinHash(num_perm=PERMUTATIONS, seed=1)
        mine.update(shingles(text))
        near = [(mine.jaccard(hashes[n]), -n) for n in index.query(mine)]
        index.insert(number, mine)
        hashes.append(mine)
        return (-max(near)[1], max(near)[0]) if near else None

    return attached((best(n, text) for n, text in enumerate(texts)), threshold)


def by_tf_idf(texts: Sequence[str], threshold: float) -> list[int]:
    vectors = TfidfVectorizer(sublinear_tf=True, token_pattern=r"(?u)\b\w+\b").fit_transform(texts)

    def best(number: int) -> Best:
        if not number:
            return None
        near = (vectors[:number] @ vectors[number].T).toarray().ravel()
        return int(np.argmax(near)), float(near.max())

    return attached(map(best, range(len(texts))), threshold)


Method = Callable[[Sequence[str], float], Sequence[object]]
METHODS: tuple[tuple[str, Method, tuple[float, ...]], ...] = (
    ("monitor", lambda texts, _: by_monitor(texts), (0.0,)),
    ("datasketch MinHash LSH", by_datasketch, JACCARD),
    ("rensa RMinHash LSH", by_rensa, JACCARD),
    ("TF-IDF cosine", by_tf_idf, COSINE),
)


def main() -> None:
    if not DATA.exists():
        sys.exit(f"needs {DATA}")
    documents = [json.loads(line) for line in DATA.read_text().splitlines()]
    texts = [document["text"] for document in documents]
    scored = [n for n, document in enumerate(documents) if document["kind"] != "splice50"]
    groups = [documents[n]["group"] for n in scored]
    print(f"{'method':24} {'at':>5} {'P':>7} {'R':>7} {'F1':>7} {'us/doc':>8}")
    for name, method, thresholds in METHODS:
        runs = []
        for threshold in thresholds:
            started = process_time()
            stories = method(texts, threshold)
            spent = (process_time() - started) / len(texts) * 1e6
            runs.append((*b_cubed(groups, [stories[n] for n in scored]), threshold, spent))
        p, r, f, threshold, spent = max(runs, key=lambda run: run[2])
        print(f"{name:24} {threshold:5.2f} {p:7.4f} {r:7.4f} {f:7.4f} {spent:8.0f}", flush=True)


if __name__ == "__main__":
    main()
