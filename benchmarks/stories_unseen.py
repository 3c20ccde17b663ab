"""Grouping of seeded copies of the labelled real pages, which no rule of the stories was made on.

Bodies of ../shared/data/pages (news of many outlets in several languages), each as it is and in
two of eleven kinds of copies, and two kinds of look-alikes, shuffled with the originals first.
Prints B-cubed figures and, by kind, the share right, wrong and linked. Bodies that share a passage
of 30 words are left out: the truth about them is not known.

    .venv/bin/python benchmarks/stories_unseen.py [SEED]
"""

import json
import random
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path

from stories import b_cubed

from monitor.stories import Grouper
from monitor.types import LINKED, MERGED

DATA = Path(__file__).parents[2] / "shared" / "data" / "pages" / "truth.jsonl"
LEAST, MOST = 120, 1_500  # words of a body
PASSAGE = 30  # words
COPIES = 2  # of each body
Dice = random.Random
Copy = Callable[[str, str, Dice], str]  # body, another body


def sentences(text: str) -> list[str]:
    return re.split(r"(?<=[.!?])\s+", text)


def edited(share: float) -> Copy:
    def edit(text: str, other: str, dice: Dice) -> str:
        spare = other.split()
        return " ".join(
            dice.choice(spare) if dice.random() < share else word for word in text.split()
        )

    return edit


def sentences_changed(text: str, other: str, dice: Dice) -> str:
    spare = sentences(other)
    kept = []
    for sentence in sentences(text):
        if dice.random() >= 0.3:
            kept.append(sentence)
        elif dice.random() < 0.5:
            kept.append(dice.choice(spare))
    return " ".join(kept)


def formatted(text: str, other: str, dice: Dice) -> str:
    return re.sub(r"\s+", lambda _: dice.choice([" ", "\n", "  "]), text).replace('"', "“")


def figures_moved(text: str, other: str, dice: Dice) -> str:
    def move(match: re.Match[str]) -> str:
        return str(int(match[0]) + dice.randint(1, 9)) if dice.random() < 0.3 else match[0]

    return re.sub(r"\d+", move, text)


def first_words(count: int) -> Copy:
    return lambda text, other, dice: " ".join(text.split()[:count])


BOILERPLATE = (
    "Sign up for our morning briefing and get the day's most important stories in your inbox. By "
    "signing up you accept our terms of use. Follow us for more, and send tips to our newsroom. "
    "All rights reserved; no part of this page may be printed again without our written consent."
)
KINDS: dict[str, Copy] = {
    "edit10": edited(0.1),
    "edit20": edited(0.2),
    "edit30": edited(0.3),
    "sent30": sentences_changed,
    "exact_fmt": formatted,
    "rev_numbers": figures_moved,
    "boiler": lambda text, other, dice: f"{BOILERPLATE} {text} {BOILERPLATE}",
    "trunc100": first_words(100),
    "trunc_boiler": lambda text, other, dice: f"{' '.join(text.split()[:100])} {BOILERPLATE}",
    "teaser40": first_words(40),
    "glue": lambda text, other, dice: text.replace(". ", "."),
}


def quotation(text: str, other: str, dice: Dice) -> str:
    """Another article that holds a sentence of this one as a quotation."""
    long = [one for one in sentences(text) if 12 <= len(one.split()) <= 40] or [text[:150]]
    own = sentences(other)
    return " ".join([*own[:3], f'"{dice.choice(long)}"', *own[3:]])


def documents(dice: Dice) -> list[tuple[str, str, str]]:
    """Text, group, kind; in order of arrival."""
    bodies = apart([json.loads(line)["body"] or "" for line in DATA.read_text().splitlines()])
    dice.shuffle(bodies)
    half = len(bodies) // 2
    own, spare = bodies[:half], bodies[half:]  # look-alikes are made of bodies that stand nowhere
    found = [(text, f"g{n}", "base") for n, text in enumerate(own)]
    late = []
    for number, text in enumerate(own):
        for kind in dice.sample(list(KINDS), COPIES):
            late.append((KINDS[kind](text, dice.choice(spare), dice), f"g{number}", kind))
        other = spare[number % len(spare)]
        kind = ("neg_quote", "neg_boil")[number % 2]
        made = quotation(text, other, dice) if number % 2 == 0 else f"{BOILERPLATE} {other}"
        late.append((made, f"n{number % len(spare)}", kind))
    dice.shuffle(late)
    return found + late


def apart(bodies: list[str]) -> list[str]:
    seen: set[str] = set()
    kept = []
    for body in bodies:
        words = body.split()
        passages = {" ".join(words[n : n + PASSAGE]) for n in range(len(words) - PASSAGE)}
        if LEAST <= len(words) <= MOST and not passages & seen:
            kept.append(body)
        seen |= passages
    return kept


def main() -> None:
    if not DATA.exists():
        sys.exit(f"needs {DATA}")
    texts = documents(random.Random(int(sys.argv[1]) if len(sys.argv) > 1 else 1))
    grouper = Grouper()
    placed = [grouper.place(str(n), text) for n, (text, _, _) in enumerate(texts)]
    groups, stories = [group for _, group, _ in texts], [found.story_id for found in placed]
    p, r, f = b_cubed(groups, stories)
    print(f"documents {len(texts)}  P {p:.4f}  R {r:.4f}  F1 {f:.4f}")
    members = defaultdict(list)
    for story, group in zip(stories, groups, strict=True):
        members[story].append(group)
    table: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for (_, group, kind), found in zip(texts, placed, strict=True):
        mates = Counter(members[found.story_id])
        table[kind].update(
            n=1,
            right=mates[group] > 1,
            wrong=len(mates) > 1 and found.relation in MERGED and groups[int(found.of)] != group,
            linked=found.relation in LINKED,
        )
    for kind, hits in sorted(table.items()):
        shares = "  ".join(f"{name} {hits[name] / hits['n']:.3f}" for name in ("right", "wrong"))
        print(f"{kind:13} {hits['n']:4}  {shares}  linked {hits['linked'] / hits['n']:.3f}")


if __name__ == "__main__":
    main()
