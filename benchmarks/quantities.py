"""Quantities: sentences per CPU second, growth on hostile text, and two libraries beside it.

The texts are the labelled seeds and development articles where ../shared/data is present, else a
few paragraphs of this file. Of each reader: sentences per CPU second and, with the data, the share
of the 74 labelled quantities of which value and unit are right. Then CPU time on hostile texts of
100,000 and a million characters: ends with 1 where ten times the text takes over 12 times as long.
quantulum3 and recognizers-text-suite are measured where they can be imported, for example from a
folder that `pip install --target DIR quantulum3 recognizers-text-suite 'emoji<1.7'` made:

    PYTHONPATH=DIR .venv/bin/python benchmarks/quantities.py
"""

import gc
import importlib
import json
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from monitor.claims.quantities import mentions
from monitor.text.sentences import sentences

DATA = Path(__file__).parents[1].parent / "shared" / "data"
OWN_TEXT = """The maker of pumps lost nearly $2.4bn of its value on Friday, about 17 percent, more
than any firm of the region has lost in a day. It employs some 3,200 people at five sites. "We
expect 30 to 35 million euros next year," its head said, up from €28m, or roughly half of what
analysts had hoped for in March 2024. Its cheaper rival spent just 5.6 million dollars (about £4.5
million) on a pump that needs a tenth of the energy and is No. 1 on the list of 50,000 buyers.
"""
SMALL, LARGE = 100_000, 1_000_000  # characters of hostile text
MOST_GROWTH = 12.0  # times the CPU time for ten times the text (issue 7)
ROUNDS = 3
HOSTILE = {
    "one line of words": "word ",
    "digits": "1",
    "grouped digits": "1,234,",
    "numbers": "1 ",
    "nested brackets": "$1 (",
    "nested quotes": '"(',
    "number words": "two hundred and ",
    "ranges": "$5 to $6 to ",
    "lists": "5, ",
    "hedges": "just over ",
    "alternates": "$5 (€5, ",
    "dates": "Jan. 5, ",
}
UNIT_NAMES = {
    "percentage": "percent",
    "dollar": "USD",
    "united states dollar": "USD",
    "us dollar": "USD",
    "euro": "EUR",
    "chinese yuan": "CNY",
    "chinese renminbi": "CNY",
    "dimensionless": "count",
}
Found = tuple[int, int, float, str]  # start, end, value, unit
Reader = Callable[[str], list[Found]]
DURATIONS = {"years", "months"}


def ours(text: str) -> list[Found]:
    found = []
    for mention in mentions(text):
        for quantity in (mention.quantity, *mention.alternates):
            reach = 40 if mention.alternates else 0  # the bracket behind it
            unit = "count" if quantity.unit in DURATIONS else quantity.unit
            for value in {quantity.value, quantity.low, quantity.high} - {None}:
                found.append((mention.start, mention.end + reach, float(value), unit))
    return found


def quantulum() -> Reader:
    importlib.import_module("quantulum3.classifier").USE_CLF = False
    parser = importlib.import_module("quantulum3.parser")

    def read(text: str) -> list[Found]:
        return [
            (*q.span, q.value, UNIT_NAMES.get(q.unit.name, q.unit.name)) for q in parser.parse(text)
        ]

    return read


def recognizers() -> Reader:
    units = importlib.import_module("recognizers_number_with_unit")
    numbers = importlib.import_module("recognizers_number")

    def read(text: str) -> list[Found]:
        found: list[Found] = []
        for recognise, unit in (
            (units.recognize_currency, ""),
            (numbers.recognize_percentage, "percent"),
            (numbers.recognize_number, "count"),
        ):
            for hit in recognise(text, "en-us"):
                value = str((hit.resolution or {}).get("value") or "").rstrip("%")
                name = str((hit.resolution or {}).get("unit") or "").lower()
                if value and value != "None":
                    found.append(
                        (hit.start, hit.end + 1, float(value), unit or UNIT_NAMES.get(name, name))
                    )
        return found

    return read


def lines(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def texts() -> list[str]:
    if not DATA.is_dir():
        return [OWN_TEXT] * 20
    seeds = [path.read_bytes().decode("utf-8") for path in sorted((DATA / "seeds").glob("*.txt"))]
    return seeds + [article["text"] for article in lines(DATA / "claims" / "articles_a.jsonl")]


def cpu(work: Callable[[], object]) -> float:
    """CPU seconds of ``work``, the garbage collector off as in timeit."""
    gc.collect()
    gc.disable()
    try:
        started = time.process_time()
        work()
        return time.process_time() - started
    finally:
        gc.enable()


def least(work: Callable[[], object]) -> float:
    """The least of several runs: other work on the machine only ever adds."""
    first = cpu(work)
    return min(first, *(cpu(work) for _ in range(ROUNDS if first < 3 else 1)))


def right(read: Reader) -> str:
    if not DATA.is_dir():
        return "no labelled data"
    labels = lines(DATA / "claims" / "gold_quantities.jsonl")
    found = {}
    for name in {label["seed"] for label in labels}:
        found[name] = read((DATA / "seeds" / name).read_bytes().decode("utf-8"))
    hits = sum(any(same(f, label) for f in found[label["seed"]]) for label in labels)
    return f"{hits} of {len(labels)} labelled quantities right"


def same(found: Found, label: dict) -> bool:
    start, end, value, unit = found
    near = abs(value - label["low"]) <= 1e-9 * max(1.0, abs(label["low"]))
    return unit == label["unit"] and near and min(end, label["end"]) > max(start, label["start"])


def peers() -> Iterable[tuple[str, Reader]]:
    for name, make in (("quantulum3", quantulum), ("recognizers-text", recognizers)):
        try:
            yield name, make()
        except ImportError as error:
            print(f"{name:20} skipped: {error}")


def main() -> int:
    corpus = texts()
    count = sum(len(sentences(text)) for text in corpus)
    print(f"{len(corpus)} texts, {count} sentences, {sum(map(len, corpus))} characters")
    for name, read, rounds in [
        ("this reader", ours, ROUNDS),
        *((name, read, 1) for name, read in peers()),
    ]:
        work = (lambda: [mentions(t) for t in corpus]) if read is ours else None
        cost = min(cpu(work or (lambda r=read: [r(t) for t in corpus])) for _ in range(rounds))
        print(f"{name:20} {count / cost:9,.0f} sentences per CPU second; {right(read)}")
    worst = 0.0
    for name, piece in HOSTILE.items():
        small, large = (least(lambda t=(piece * n)[:n]: mentions(t)) for n in (SMALL, LARGE))
        worst = max(worst, large / small)
        print(f"{name:20} {small:7.3f} s, {large:7.3f} s: x{large / small:.1f}")
    print(f"ten times the text takes at most {worst:.1f} times as long")
    return int(worst > MOST_GROWTH)


if __name__ == "__main__":
    sys.exit(main())
