"""Train the scorer of claims and write monitor/claims/trained.py.

    python contrib/train_claims.py [--check] [FILE.jsonl ...]

FILE: labelled texts; without any, those of tests/data/claims. ``--check`` writes nothing: it
trains on all texts but some, judges those, and prints precision, recall and F1 (leave-texts-out).
Needs scikit-learn (dependency group "bench"); OMP_NUM_THREADS=1 makes it several times faster, for
the trees are small. The same files give the same weights.
"""

import argparse
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

from monitor.claims import context, features
from monitor.claims.candidates import Candidate
from monitor.claims.deciding import choose
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
FOLDS = 8
EXAMPLE = 2.0  # weight of an example in the rules: sparser than texts, and surely meant
PUBLISHED = "2025-01-28T12:00:00+00:00"  # of the examples
INNER = 5  # folds from which the second opinion learns how the first one errs
THRESHOLD = 0.55  # of texts left out: F1 is flat from 0.4 to 0.55, and precision grows
PARAMETERS = {
    "max_iter": 120,
    "learning_rate": 0.07,
    "max_leaf_nodes": 16,
    "min_samples_leaf": 12,
    "l2_regularization": 5.0,
    "max_features": 0.5,
    "random_state": 0,
    "early_stopping": False,
}
DIGITS = 5


@dataclass
class Text:
    """A labelled text with its candidates."""

    id: str
    labels: list[dict[str, Any]]
    candidates: list[Candidate]
    spans: list[tuple[int, int]]  # of the candidates, in the text as given
    rows: np.ndarray
    right: np.ndarray
    weights: np.ndarray  # 0 where a label is optional


def read(path: Path, looker: Looker) -> list[Text]:
    """The texts of a file."""
    lines = path.read_text("utf-8").splitlines()
    weight = WEIGHTS.get(path.name, 1.0)
    return [_text(json.loads(line), looker, weight) for line in lines if line.strip()]


def _text(item: dict[str, Any], looker: Looker, weight: float) -> Text:
    published_at = datetime.fromisoformat(item["published_at"])
    document = take_text_apart(item["text"], looker.vocabulary, looker.cast, published_at)
    candidates = looker.look(document, item["title"])[0]
    raw = document.repaired.raw
    spans = [(raw(one.figure.start), raw(one.figure.end)) for one in candidates]
    right, weights = [], []
    for one, span in zip(candidates, spans, strict=True):
        here = [g for g in item["labels"] if g["claim"] == one.key and _meet(g, span)]
        right.append(any(_same(g, one.figure.quantity) for g in here))
        weights.append(0.0 if any(g.get("optional") for g in here) else weight)
    rows = np.array([one.features for one in candidates]).reshape(-1, len(features.NAMES))
    return Text(
        item["id"],
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
            one = _text(item, looker, EXAMPLE)
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


def _meet(label: dict[str, Any], span: tuple[int, int]) -> bool:
    return min(label["end"], span[1]) > max(label["start"], span[0])


def _same(label: dict[str, Any], quantity: Quantity) -> bool:
    """Whether a number has the size that is labelled; its sign is not the scorer's matter."""
    if label["value"] is not None and quantity.value is not None:
        return _close(label["value"], quantity.value)
    wanted = sorted(abs(label[end]) for end in ("low", "high") if label[end] is not None)
    given = sorted(abs(end) for end in (quantity.low, quantity.high) if end is not None)
    return len(wanted) == len(given) > 0 and all(map(_close, wanted, given))


def _close(one: Any, other: Any) -> bool:
    return bool(abs(abs(float(one)) - abs(float(other))) <= TOLERANCE * max(abs(float(one)), 1e-12))


def fit(texts: Sequence[Text], rows: Sequence[np.ndarray]) -> HistGradientBoostingClassifier:
    """Trees over the rows of the texts."""
    model = HistGradientBoostingClassifier(**PARAMETERS)
    table = np.vstack(list(rows))
    right = np.concatenate([text.right for text in texts])
    weights = np.concatenate([text.weights for text in texts])
    return model.fit(table, right, sample_weight=weights)


def opinions(model: HistGradientBoostingClassifier, rows: np.ndarray) -> np.ndarray:
    """The probability of each row."""
    return model.predict_proba(rows)[:, 1] if len(rows) else np.zeros(0)


def fold_of(text: Text, folds: int, salt: str) -> int:
    """In which fold a text is, whatever the order of the files."""
    return int(sha256(f"{salt}{text.id}".encode()).hexdigest(), 16) % folds


def widened(text: Text, first: np.ndarray) -> np.ndarray:
    """The rows of a text with their context by a first opinion."""
    around = context.context(text.candidates, first.tolist())
    return np.hstack([text.rows, np.array(around).reshape(len(first), len(context.NAMES))])


def train(
    texts: Sequence[Text],
) -> tuple[HistGradientBoostingClassifier, HistGradientBoostingClassifier]:
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
    judged: list[tuple[Text, np.ndarray]] = []
    for fold in range(FOLDS):
        rest = [one for one in texts if fold_of(one, FOLDS, "outer") != fold]
        first, second = train(rest)
        for one in texts:
            if fold_of(one, FOLDS, "outer") == fold:
                rows = widened(one, opinions(first, one.rows))
                judged.append((one, opinions(second, rows)))
    judged = [pair for pair in judged if pair[0].labels]
    fresh = [pair for pair in judged if pair[0].weights.max(initial=0.0) > READ]
    for name, several in (("all", judged), ("not read before", fresh)):
        for threshold in (0.3, 0.4, 0.5, THRESHOLD, 0.6, 0.7):
            right, wrong, missed = _counts(several, threshold)
            precision, recall = right / max(1, right + wrong), right / max(1, right + missed)
            f1 = 2 * right / max(1, 2 * right + wrong + missed)
            print(f"{name} {threshold}: P {precision:.3f} R {recall:.3f} F1 {f1:.3f}")


def _counts(judged: Iterable[tuple[Text, np.ndarray]], threshold: float) -> tuple[int, int, int]:
    right = wrong = missed = 0
    for text, likely in judged:
        chosen = choose(text.candidates, list(likely), [threshold] * len(likely))
        kept = [at for at in chosen if text.weights[at] and text.candidates[at].sign]
        hits = {
            (g["claim"], g["start"])
            for at in kept
            if text.right[at]
            for g in text.labels
            if g["claim"] == text.candidates[at].key and _meet(g, text.spans[at])
        }
        right += len(hits)
        wrong += sum(not text.right[at] for at in kept)
        missed += sum(not g.get("optional") for g in text.labels) - len(hits)
    return right, wrong, missed


def stored(model: HistGradientBoostingClassifier) -> dict[str, Any]:
    """The trees as plain numbers."""
    trees = []
    for (predictor,) in model._predictors:
        nodes = predictor.nodes
        leaf = nodes["is_leaf"].astype(bool)
        trees.append(
            {
                "feature": np.where(leaf, -1, nodes["feature_idx"]).tolist(),
                "threshold": [round(float(one), DIGITS) for one in nodes["num_threshold"]],
                "left": nodes["left"].tolist(),
                "right": nodes["right"].tolist(),
                "value": [round(float(one), DIGITS) for one in nodes["value"]],
            }
        )
    return {"base": round(float(model._baseline_prediction.item()), DIGITS), "trees": trees}


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
