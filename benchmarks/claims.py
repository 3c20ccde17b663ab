"""Speed of reading claims: sentences per CPU second, many claims, hostile text.

    python benchmarks/claims.py [FILE.jsonl ...]    lines with "text" or "body"

Without files it reads the labelled articles and the news pages of ../shared/data.
"""

import json
import sys
from pathlib import Path
from time import process_time

from monitor.claims import Reader
from monitor.rules.base import parse
from monitor.rules.claims import ClaimRules
from monitor.rules.entities import Entities
from monitor.text.sentences import sentences

ROOT = Path(__file__).parents[1]
DATA = ROOT.parent / "shared" / "data"
MANY = 200
# What does not begin as English is not read, so that hostile texts stand behind some prose.
PROSE = "The chipmaker said on Monday that it was one of the largest in the world. " * 30
HOSTILE = {
    "prose, to compare": PROSE,
    "digits": "1234567890",
    "nested quotes": '\u201c"( Nvidia fell ',
    "one line": "Nvidia fell 17% and ",
    "companies in a row": "Corvane Holdings, Brandt Halvorsen and ",
    "a table": "Nvidia | 17% | $589 billion\n",
    "prices in a row": "17%, 5.2, $3 billion, ",
    "facts": "DeepSeek was founded by Liang Wenfeng. ",
}


def rules() -> tuple[ClaimRules, Entities]:
    """The shipped claims and entities."""
    claims = (ROOT / "config" / "claims.toml").read_text("utf-8")
    entities = (ROOT / "config" / "entities.toml").read_text("utf-8")
    return parse(ClaimRules, claims, "claims.toml"), parse(Entities, entities, "entities.toml")


def texts(path: Path) -> list[str]:
    """The texts of a file of JSON lines."""
    items = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    english = [item for item in items if item.get("lang", "en") == "en"]
    return [item.get("text") or item.get("body") or "" for item in english]


def timed(reader: Reader, several: list[str]) -> float:
    """CPU seconds for reading the texts, best of three."""
    best = float("inf")
    for _ in range(3):
        start = process_time()
        for text in several:
            reader.observe(text)
        best = min(best, process_time() - start)
    return best


def many(claims: ClaimRules, own_word: bool = False) -> ClaimRules:
    """The shipped claims with copies of them under other names, up to MANY: every one wants the
    numbers that the first wants. ``own_word``: each with one more word, so that no two are alike.
    """
    copies = list(claims.claim)
    for at in range(MANY - len(copies)):
        one = claims.claim[at % len(claims.claim)]
        say = (*one.say, f"word{at}") if own_word else one.say
        copies.append(one.model_copy(update={"key": f"{one.key}.copy{at}", "say": say}))
    return claims.model_copy(update={"claim": tuple(copies)})


def main() -> None:
    """Print one line a measurement."""
    claims, entities = rules()
    start = process_time()
    reader = Reader(claims, entities)
    print(f"compiling {len(claims.claim)} claims: {process_time() - start:.2f} s CPU")
    given = [Path(name) for name in sys.argv[1:]]
    for path in given or [DATA / "pages" / "truth.jsonl", DATA / "claims" / "articles_a.jsonl"]:
        if not path.exists():
            print(f"{path.name}: absent")
            continue
        several = texts(path)
        count = sum(len(sentences(text)) for text in several)
        cost = timed(reader, several)
        more = timed(Reader(many(claims), entities), several)
        unlike = timed(Reader(many(claims, own_word=True), entities), several)
        print(
            f"{path.name}: {count} sentences, {count / cost:,.0f} a CPU second; with {MANY} claims"
            f" {more / cost:.2f} x the time, with {MANY} unlike ones {unlike / cost:.2f} x"
        )
    for name, piece in HOSTILE.items():
        small, large = (
            timed(reader, [PROSE + piece * (size // len(piece))]) for size in (100_000, 1_000_000)
        )
        print(f"{name}: 100 kB {small:.2f} s, 1 MB {large:.2f} s ({large / small:.1f} x)")


if __name__ == "__main__":
    main()
