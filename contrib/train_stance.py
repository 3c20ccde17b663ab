"""Train the weights of modality and write monitor/claims/stance_weights.py.

    python contrib/train_stance.py [--check]

Reads the labelled texts of tests/data/claims. A label's number is taken for its claim whatever the
scorer thinks of it, so that only modality is judged. ``--check`` writes nothing: each file of
texts, and a third of the first six, whose author is one, is judged by weights trained on the
others, beside what the rules alone make of it. Needs scikit-learn (dependency group "bench"). The
same files give the same weights.
"""

import argparse
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from monitor.claims.candidates import Candidate
from monitor.claims.document import Document, take_text_apart
from monitor.claims.figures import Figure
from monitor.claims.looking import Looker
from monitor.claims.speakers import Speakers, is_fact
from monitor.claims.stance import ALWAYS, OUTCOMES, Weights, features
from monitor.claims.verdicts import Take, Verdict
from monitor.claims.voices import AGAINST, circumstances, ruled
from monitor.rules.base import parse
from monitor.rules.claims import ClaimRules
from monitor.rules.entities import Entities

ROOT = Path(__file__).parents[1]
TEXTS = ROOT / "tests" / "data" / "claims"
FILES = 6  # files of texts in which a feature has to hold, so that no author's habit counts
STRENGTH = 0.2  # scikit-learn's C; from 0.1 to 0.4 texts left out are read alike
ONE_AUTHOR = 6  # articles_c1 to articles_c6 have one author
DIGITS = 2


@dataclass(frozen=True)
class Case:
    """A labelled number."""

    file: str
    label: Mapping[str, Any]
    names: set[str]
    ruled: str  # its modality by the rules alone
    is_named: bool  # whether it has a speaker
    is_owned: bool  # whether it is known whose number it is


def cases(looker: Looker) -> Iterator[Case]:
    """The labelled numbers of all texts."""
    files = dict(_file_of())
    for path in sorted(TEXTS.glob("articles_*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            item = json.loads(line)
            yield from _of_text(item, files.get(item["id"], path.stem), looker)


def _file_of() -> Iterator[tuple[str, str]]:
    for path in TEXTS.glob("articles_c*.txt"):
        for line in path.read_text("utf-8").splitlines():
            if line.startswith("=== "):
                yield line[4:].split("|")[0].strip(), path.stem


def _of_text(item: Mapping[str, Any], file: str, looker: Looker) -> Iterator[Case]:
    published_at = datetime.fromisoformat(item["published_at"])
    document = take_text_apart(item["text"], looker.vocabulary, looker.cast, published_at)
    labelled = list(_labelled(item, document, looker))
    if not labelled:
        return
    takes = [take for _, take in labelled]
    english = looker.vocabulary.english
    speakers = Speakers(document, looker.cast, english)
    voices = ruled(document, takes, speakers, english)
    known = circumstances(document, takes, voices, speakers)
    for (label, take), voice, one in zip(labelled, voices, known, strict=True):
        names = features(take, english, one)
        owned = bool(speakers.owner(take)) and not is_fact(take)
        yield Case(file, label, names, voice.modality, voice.speaker is not None, owned)


def _labelled(
    item: Mapping[str, Any], document: Document, looker: Looker
) -> Iterator[tuple[Mapping[str, Any], Take]]:
    """The required labels with their numbers, by place."""
    candidates = looker.look(document, item["title"])[0]
    for label in sorted(item["labels"], key=lambda one: int(one["start"])):
        if label.get("optional"):
            continue
        take = next(_proposed(label, candidates, document), None)
        take = take or next(_unproposed(label, document, looker), None)
        if take is not None:
            yield label, take


def _proposed(
    label: Mapping[str, Any], candidates: Sequence[Candidate], document: Document
) -> Iterator[Take]:
    """The number of a label as the candidate that it should be."""
    for one in candidates:
        if one.key == label["claim"] and _meets(label, one.figure, document):
            verdict = Verdict(one.tracked, True, "", 1.0, (one.key,), one.owner, one.sign or 1)
            yield Take(one.scene.sentence, one.figure, verdict)


def _unproposed(label: Mapping[str, Any], document: Document, looker: Looker) -> Iterator[Take]:
    """The number of a label that no rule would offer to its claim: "six million, my foot"."""
    key = label["claim"]
    names = (key, f"{{org}}.{key.partition('.')[2]}")
    tracked = next(one for one in looker.vocabulary.claims if one.claim.key in names)
    for sentence in document.sentences:
        for figure in sentence.figures:
            if _meets(label, figure, document):
                yield Take(sentence, figure, Verdict(tracked, True, "", 1.0, (key,)))


def _meets(label: Mapping[str, Any], figure: Figure, document: Document) -> bool:
    raw = document.repaired.raw
    return min(label["end"], raw(figure.end)) > max(int(label["start"]), raw(figure.start))


def fit(several: Sequence[Case]) -> dict[str, tuple[float, ...]]:
    """The weights of each feature, in the order of OUTCOMES."""
    files: dict[str, set[str]] = {}
    for one in several:
        for name in one.names:
            files.setdefault(name, set()).add(one.file)
    kept = {name for name, where in files.items() if len(where) >= FILES}
    table = DictVectorizer()
    rows = table.fit_transform([dict.fromkeys(sorted(one.names & kept), 1) for one in several])
    model = LogisticRegression(C=STRENGTH, max_iter=300)
    model.fit(rows, [one.label["modality"] for one in several])
    if tuple(model.classes_) != OUTCOMES:
        raise ValueError(f"the texts show {model.classes_}, not {OUTCOMES}")
    names = table.get_feature_names_out()
    columns = zip(names, model.coef_.T, strict=True)
    return {ALWAYS: _rounded(model.intercept_), **{name: _rounded(row) for name, row in columns}}


def _rounded(row: Iterable[float]) -> tuple[float, ...]:
    return tuple(round(float(one), DIGITS) for one in row)


def weighed(case: Case, weights: Weights) -> str:
    """The modality of a number by the weights."""
    told = weights.of(case.names)
    if told in AGAINST and case.ruled in AGAINST:
        return case.ruled
    if told == "attributed" and not case.is_named and not case.is_owned:
        told = None
    return told or ("attributed" if case.is_named else "asserted")


def check(several: Sequence[Case]) -> None:
    """Print what rules and weights reach on files left out."""
    groups = {one.file: _author(one.file) for one in several}
    found: list[tuple[Case, str]] = []
    for group in sorted(set(groups.values())):
        weights = Weights(fit([one for one in several if groups[one.file] != group]))
        here = [(one, weighed(one, weights)) for one in several if groups[one.file] == group]
        print(f"{group}: rules {_told((one, one.ruled) for one, _ in here)}")
        print(f"{group}: weights {_told(here)}")
        found.extend(here)
    print(f"all: rules {_told((one, one.ruled) for one, _ in found)}")
    print(f"all: weights {_told(found)}")


def _author(file: str) -> str:
    number = file.removeprefix("articles_c")
    one_author = number.isdigit() and int(number) <= ONE_AUTHOR
    return f"first author, {int(number) % 3}" if one_author else file


def _told(pairs: Iterable[tuple[Case, str]]) -> str:
    several = list(pairs)
    right = sum(told in _readings(one) for one, told in several)
    against = [told in AGAINST for one, told in several if one.label["modality"] in AGAINST]
    others = [told in AGAINST for one, told in several if _readings(one).isdisjoint(AGAINST)]
    return (
        f"{right / max(1, len(several)):.3f} of {len(several)}, doubted or denied"
        f" {sum(against)} of {len(against)}, taken for it {sum(others)} of {len(others)}"
    )


def _readings(case: Case) -> set[str]:
    return {case.label["modality"], *case.label.get("modality_alt", ())}


def write(stored: Mapping[str, Sequence[float]], path: Path) -> None:
    """Write the weights as a module, a feature a line."""
    lines = [f"    {json.dumps(name)}: {tuple(row)}," for name, row in sorted(stored.items())]
    path.write_text(
        '"""Weights of modality, written by contrib/train_stance.py; never edited."""\n\n'
        f"# {', '.join(OUTCOMES)}\n"
        "STORED: dict[str, tuple[float, ...]] = {\n" + "\n".join(lines) + "\n}\n",
        "utf-8",
    )


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    claims = (ROOT / "config" / "claims.toml").read_text("utf-8")
    entities = (ROOT / "config" / "entities.toml").read_text("utf-8")
    rules = parse(ClaimRules, claims, "claims.toml")
    several = list(cases(Looker(rules, parse(Entities, entities, "entities.toml"))))
    if options.check:
        check(several)
    else:
        write(fit(several), ROOT / "monitor" / "claims" / "stance_weights.py")


if __name__ == "__main__":
    main()
