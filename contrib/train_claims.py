"""Train the scorer of claims and write monitor/claims/trained.py.

    python contrib/train_claims.py [--check] [FILE.jsonl ...]

FILE: labelled texts; without any, those of tests/data/claims. ``--check`` writes nothing: it
trains on all texts but some, judges those, and prints precision, recall, F1 and how many of the
listed negatives were taken: once with texts left out by chance, once with all texts of an author
left out at a time, which is what a text by somebody new meets.
Needs scikit-learn (dependency group "bench"); OMP_NUM_THREADS=1 makes it several times faster, for
the trees are small. The same files give the same weights.
"""

import argparse
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import judging
import numpy as np
from judging import meet
from sklearn.ensemble import HistGradientBoostingClassifier

from monitor.claims import context, features
from monitor.claims.candidates import Candidate
from monitor.claims.document import take_text_apart
from monitor.claims.looking import Looker
from monitor.claims.matching import ORG
from monitor.claims.score import TOLERANCE
from monitor.rules.base import parse
from monitor.rules.claims import ClaimRules, Example
from monitor.rules.entities import Entities
from monitor.types import Quantity

ROOT = Path(__file__).parents[1]
TEXTS = ROOT / "tests" / "data" / "claims"
READ = 0.3  # weight of texts from which the word lists were written: they flatter the rules
WEIGHTS = {"articles_a.jsonl": READ}
HEAD = "=== "  # begins the line that heads a marked text
FIRST_FILES = (1, 7, 9, 20, 30, 40, 50)  # of each author, by their numbers
FOLDS = 8
EXAMPLE = 2.0  # weight of an example in the rules: sparser than texts, and surely meant
PUBLISHED = "2025-01-28T12:00:00+00:00"  # of the examples
INNER = 5  # folds from which the second opinion learns how the first one errs
THRESHOLD = 0.6  # of texts left out: F1 is nearly flat from 0.4 on, and precision grows
PARAMETERS = {
    "max_iter": 80,
    "learning_rate": 0.09,
    "max_leaf_nodes": 16,
    "min_samples_leaf": 12,
    "l2_regularization": 5.0,
    "max_features": 0.5,
    "early_stopping": False,
}
SEEDS = (0, 1)  # averaged, for a single one moves F1 by .01 by chance
DIGITS = 5

Forest = list[HistGradientBoostingClassifier]


@dataclass
class Text:
    """A labelled text with its candidates."""

    id: str
    file: str  # which holds it, by its name without ending
    words: int
    negatives: list[dict[str, Any]]
    labels: list[dict[str, Any]]
    candidates: list[Candidate]
    spans: list[tuple[int, int]]  # of the candidates, in the text as given
    rows: np.ndarray
    right: np.ndarray
    weights: np.ndarray  # 0 where a label is optional


def read(path: Path, looker: Looker) -> list[Text]:
    """The texts of a file, each with the marked file beside it that it was made from."""
    marked = {
        line[len(HEAD) :].partition("|")[0].strip(): source.stem
        for source in path.parent.glob(f"{path.stem}*.txt")
        for line in source.read_text("utf-8").splitlines()
        if line.startswith(HEAD)
    }
    items = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    weight = WEIGHTS.get(path.name, 1.0)
    return [_text(one, looker, weight, marked.get(one["id"], path.stem)) for one in items]


def _text(item: dict[str, Any], looker: Looker, weight: float, file: str) -> Text:
    published_at = datetime.fromisoformat(item["published_at"])
    document = take_text_apart(item["text"], looker.vocabulary, looker.cast, published_at)
    candidates = looker.look(document, item["title"])[0]
    raw = document.repaired.raw
    spans = [(raw(one.figure.start), raw(one.figure.end)) for one in candidates]
    right, weights = [], []
    for one, span in zip(candidates, spans, strict=True):
        here = [g for g in item["labels"] if g["claim"] == one.key and meet(g, span)]
        right.append(any(_same(g, one.figure.quantity) for g in here))
        weights.append(0.0 if any(g.get("optional") for g in here) else weight)
    rows = np.array([one.features for one in candidates]).reshape(-1, len(features.NAMES))
    return Text(
        item["id"],
        file,
        len(item["text"].split()),
        item.get("negatives", []),
        item["labels"],
        candidates,
        spans,
        rows,
        np.array(right, dtype=bool),
        np.array(weights),
    )


def examples(rules: ClaimRules, looker: Looker) -> list[Text]:
    """The examples of the claims as texts; what they leave open weighs nothing."""
    found = []
    for claim in rules.claim:
        shown = [(one.text, one) for one in claim.examples]
        for text, example in [*shown, *((one, None) for one in claim.counterexamples)]:
            item = {"id": text, "text": text, "title": "", "labels": [], "published_at": PUBLISHED}
            one = _text(item, looker, EXAMPLE, "")
            for at, candidate in enumerate(one.candidates):
                right = example is not None and _shown(candidate, claim.key, example)
                mine = candidate.tracked.claim.key == claim.key
                one.right[at] = right
                one.weights[at] = EXAMPLE if mine else 0.0
            if len(one.candidates):
                found.append(one)
    return found


def _shown(candidate: Candidate, key: str, example: Example) -> bool:
    """Whether the candidate is what an example says."""
    if candidate.key != (example.claim or key):
        return False
    label = {"value": example.value, "low": example.low, "high": example.high}
    return _same(label, candidate.figure.quantity)


def _known(texts: Sequence[Text]) -> Sequence[Text]:
    """The texts without the candidates of claims that nobody labelled."""
    labelled = {label["claim"] for text in texts for label in text.labels}
    for text in texts:
        for at, one in enumerate(text.candidates):
            if one.key not in labelled and ORG not in one.tracked.claim.key:
                text.weights[at] = 0.0
    return texts


def _same(label: dict[str, Any], quantity: Quantity) -> bool:
    """Whether a number has the size that is labelled; its sign is not the scorer's matter."""
    if label["value"] is not None and quantity.value is not None:
        return _close(label["value"], quantity.value)
    wanted = sorted(abs(label[end]) for end in ("low", "high") if label[end] is not None)
    given = sorted(abs(end) for end in (quantity.low, quantity.high) if end is not None)
    return len(wanted) == len(given) > 0 and all(map(_close, wanted, given))


def _close(one: Any, other: Any) -> bool:
    return bool(abs(abs(float(one)) - abs(float(other))) <= TOLERANCE * max(abs(float(one)), 1e-12))


def fit(texts: Sequence[Text], rows: Sequence[np.ndarray]) -> Forest:
    """Trees over the rows of the texts, once from every seed."""
    table = np.vstack(list(rows))
    right = np.concatenate([text.right for text in texts])
    weights = np.concatenate([text.weights for text in texts])
    return [
        HistGradientBoostingClassifier(**PARAMETERS, random_state=seed).fit(
            table, right, sample_weight=weights
        )
        for seed in SEEDS
    ]


def opinions(forest: Forest, rows: np.ndarray) -> np.ndarray:
    """The probability of each row, by the mean of the log odds."""
    if not len(rows):
        return np.zeros(0)
    odds = np.mean([model.decision_function(rows) for model in forest], axis=0)
    return 1 / (1 + np.exp(-odds))


def fold_of(text: Text, folds: int, salt: str) -> int:
    """In which fold a text is, whatever the order of the files."""
    return int(sha256(f"{salt}{text.id}".encode()).hexdigest(), 16) % folds


def widened(text: Text, first: np.ndarray) -> np.ndarray:
    """The rows of a text with their context by a first opinion."""
    around = context.context(text.candidates, first.tolist())
    return np.hstack([text.rows, np.array(around).reshape(len(first), len(context.NAMES))])


def train(texts: Sequence[Text]) -> tuple[Forest, Forest]:
    """The first and the second opinion. The second sees first ones given on unread texts."""
    unread: dict[str, np.ndarray] = {}
    for fold in range(INNER):
        rest = [one for one in texts if fold_of(one, INNER, "inner") != fold]
        model = fit(rest, [one.rows for one in rest])
        for one in texts:
            if fold_of(one, INNER, "inner") == fold:
                unread[one.id] = opinions(model, one.rows)
    first = fit(texts, [one.rows for one in texts])
    second = fit(texts, [widened(one, unread[one.id]) for one in texts])
    return first, second


def check(texts: Sequence[Text]) -> None:
    """Print what the scorer reaches on texts left out of its training."""
    judged = left_out(texts, lambda one: fold_of(one, FOLDS, "outer"))
    judging.show_thresholds("left out by chance", judged)
    judging.show_files("left out by chance", judged, THRESHOLD)
    judging.show_files("left out by author", left_out(texts, author), THRESHOLD)


def left_out(texts: Sequence[Text], fold: Callable[[Text], Any]) -> list[judging.Judged]:
    """Each labelled text with what trees say of it that saw no text of its fold."""
    judged = []
    for this in dict.fromkeys(fold(one) for one in texts if one.file):
        first, second = train([one for one in texts if not one.file or fold(one) != this])
        for one in texts:
            if one.file and fold(one) == this:
                judged.append((one, opinions(second, widened(one, opinions(first, one.rows)))))
    return judged


def author(text: Text) -> str:
    """Who wrote a text, as far as the number of its file tells: each had some in a row."""
    number = int("".join(filter(str.isdigit, text.file)) or 0)
    return text.file if not number else str(max(one for one in FIRST_FILES if one <= number))


def stored(forest: Forest) -> dict[str, Any]:
    """The trees as plain numbers; the leaves of several seeds share the weight."""
    trees = []
    for (predictor,) in (one for model in forest for one in model._predictors):
        nodes = predictor.nodes
        leaf = nodes["is_leaf"].astype(bool)
        trees.append(
            {
                "feature": np.where(leaf, -1, nodes["feature_idx"]).tolist(),
                "threshold": [round(float(one), DIGITS) for one in nodes["num_threshold"]],
                "left": nodes["left"].tolist(),
                "right": nodes["right"].tolist(),
                "value": [round(float(one) / len(forest), DIGITS) for one in nodes["value"]],
            }
        )
    base = np.mean([model._baseline_prediction.item() for model in forest])
    return {"base": round(float(base), DIGITS), "trees": trees}


def _claims(texts: Sequence[Text]) -> set[str]:
    """The claims of which the texts show a right number."""
    return {
        one.tracked.claim.key
        for text in texts
        for one, is_right in zip(text.candidates, text.right, strict=True)
        if is_right
    }


def write(texts: Sequence[Text], path: Path) -> None:
    """Train on all texts and write the weights as a module."""
    first, second = train(texts)
    whole = {
        "names": [*features.NAMES, *context.NAMES],
        "threshold": THRESHOLD,
        "claims": sorted(_claims(texts)),
        "first": stored(first),
        "second": stored(second),
    }
    numbers = json.dumps(whole, separators=(",", ":"))
    lines = [numbers[at : at + 96] for at in range(0, len(numbers), 96)]
    body = "\n".join(lines)
    path.write_text(
        '"""Weights of the scorer, written by contrib/train_claims.py; never edited."""\n\n'
        "import json\nfrom typing import Any\n\n"
        f'_STORED = """\n{body}\n"""\n\n'
        'MODEL: dict[str, Any] = json.loads(_STORED.replace("\\n", ""))\n',
        "utf-8",
    )


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("files", nargs="*", type=Path)
    options = parser.parse_args()
    claims = (ROOT / "config" / "claims.toml").read_text("utf-8")
    entities = (ROOT / "config" / "entities.toml").read_text("utf-8")
    rules = parse(ClaimRules, claims, "claims.toml")
    looker = Looker(rules, parse(Entities, entities, "entities.toml"))
    files = options.files or sorted(TEXTS.glob("*.jsonl"))
    texts = _known([text for file in files for text in read(file, looker)])
    texts = [*texts, *examples(rules, looker)]
    print(f"{len(texts)} texts, {sum(len(one.candidates) for one in texts)} candidates")
    if options.check:
        check(texts)
    else:
        write(texts, ROOT / "monitor" / "claims" / "trained.py")


if __name__ == "__main__":
    main()
