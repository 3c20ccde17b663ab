"""CPU time of grouping a stream in memory: microseconds a document as the stream grows.

Synthetic articles of 300 words with the word frequencies of English (Zipf), seeded; one in ten is
an edited copy of one of the last thousand, one in ten begins with one of five pieces of
boilerplate. Prints one line for each size reached, with keys a document.

    .venv/bin/python benchmarks/stories_speed.py [DOCUMENTS]
"""

import random
import sys
from collections.abc import Iterator
from itertools import accumulate
from time import process_time

from monitor.stories import Grouper, fingerprint

WORDS, VOCABULARY, RECENT = 300, 50_000, 1_000
COPIES = BOILERPLATE = 0.1
STEPS = (1_000, 3_000, 10_000, 30_000, 100_000)


def articles(count: int) -> Iterator[str]:
    dice = random.Random(7)
    vocabulary = [f"{'Aabcdefg'[n % 8]}{n:x}q" for n in range(VOCABULARY)]
    weights = list(accumulate(1 / (rank + 2.7) for rank in range(VOCABULARY)))

    def text(words: int) -> list[str]:
        return dice.choices(vocabulary, cum_weights=weights, k=words)

    common = [" ".join(text(150)) for _ in range(5)]
    recent: list[list[str]] = []
    for _ in range(count):
        words = text(WORDS)
        if recent and dice.random() < COPIES:
            words = list(dice.choice(recent))
            words[dice.randrange(WORDS) : dice.randrange(WORDS)] = text(5)
        recent = [*recent[1 - RECENT :], words]
        yield (dice.choice(common) if dice.random() < BOILERPLATE else "") + " ".join(words)


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else STEPS[2]
    grouper, spent, done = Grouper(), 0.0, 0
    print(f"{'documents':>9} {'us/doc':>7} {'keys':>5}")
    batch: list[str] = []
    for number, text in enumerate(articles(count), 1):
        batch.append(text)
        if number not in STEPS and number != count:
            continue
        started = process_time()
        for offset, one in enumerate(batch):
            grouper.place(str(done + offset), one)
        spent = (process_time() - started) / len(batch) * 1e6
        keys = sum(len(fingerprint(one).keys) for one in batch[:100]) / len(batch[:100])
        print(f"{number:9,} {spent:7.0f} {keys:5.0f}", flush=True)
        done, batch = done + len(batch), []


if __name__ == "__main__":
    main()
