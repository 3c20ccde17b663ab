"""Compile marked-up texts to labelled articles: ``.venv/bin/python contrib/label_texts.py``.

Reads tests/data/claims/articles_c*.txt and writes articles_c.jsonl beside them. An article begins
with ``=== id | style | outlet | published_at | path`` and ``# title``; its text carries marks:

- ``{{nearly $600 billion|loss|near 600b|a: Analysts/traders|?|~h}}``: a label, here of
  nvidia.market_cap_loss, attributed to "Analysts" (or, also accepted, "traders"), optional,
  "hedged" accepted as well (``~a: Name``: with a speaker of its own).
- ``{{$9 billion|!loss|another company}}``: a number that is not this claim (``!*``: of none).

Keys are the short names of KEYS, or ``org%`` for ORG.share_move_pct. A value is a number with k, m,
b or t after it, a bound before it (``near``, ``~``, ``>``, ``>=``, ``<``, ``^`` for up to, or
``low..high``) and a unit behind it where the claim's own does not fit. Modalities: a, h, p,
d (doubted), n (denied), s (asserted, the default). No speaker is the outlet's own voice.
"""

import json
import re
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent.parent / "tests" / "data" / "claims"
MARK = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)
FIGURE = r"(-?\d+(?:\.\d+)?)([kmbt]?)"
VALUE = re.compile(rf"(near |~|>=|>|<|\^)?{FIGURE}(?:\.\.{FIGURE})?(?: ([A-Z]{{3}}))?")
BOUNDS = {"near ": "near", "~": "approx", ">": "gt", ">=": "ge", "<": "lt", "^": "upto"}
SCALE = {"": 1, "k": 10**3, "m": 10**6, "b": 10**9, "t": 10**12}
MODALITIES = {
    "s": "asserted",
    "a": "attributed",
    "h": "hedged",
    "p": "predicted",
    "d": "doubted",
    "n": "denied",
}
KEYS = {
    "loss": ("nvidia.market_cap_loss", "USD"),
    "gain": ("nvidia.market_cap_gain", "USD"),
    "prev": ("nvidia.previous_record_loss", "USD"),
    "cap": ("nvidia.market_cap", "USD"),
    "close": ("nvidia.close_price", "USD"),
    "sector": ("us.sector_loss_total", "USD"),
    "nasdaq": ("nasdaq.move_pct", "percent"),
    "cost": ("deepseek.training_cost", "USD"),
    "gpus": ("deepseek.gpu_count.training", "count"),
    "stock": ("deepseek.gpu_stock", "count"),
    "params": ("deepseek.parameters", "count"),
    "saving": ("deepseek.cost_saving_pct", "percent"),
    "heads": ("deepseek.headcount", "count"),
    "loads": ("deepseek.app_downloads", "count"),
    "rank": ("deepseek.app_rank", "rank"),
    "born": ("deepseek.founded", "year"),
    "seed": ("deepseek.founding_investment", "CNY"),
    "months": ("deepseek.training_duration_months", "months"),
    "fund": ("highflyer.founded", "year"),
    "gpt4": ("openai.gpt4_training_cost", "USD"),
    "stargate": ("stargate.investment", "USD"),
    "first": ("stargate.initial_investment", "USD"),
    "capex": ("bigtech.ai_capex", "USD"),
}


def claim_of(key: str) -> tuple[str, str]:
    """The claim and its usual unit."""
    return (f"{key[:-1]}.share_move_pct", "percent") if key.endswith("%") else KEYS[key]


def limits(bound: str, value: float) -> tuple[float | None, float | None]:
    """Low and high of a value; a bound speaks of magnitude, so a fall is mirrored."""
    size = abs(value)
    low, high = {
        "eq": (size, size),
        "near": (round(size * 0.95, 6), size),
        "approx": (round(size * 0.9, 6), round(size * 1.1, 6)),
        "gt": (size, None),
        "ge": (size, None),
        "lt": (None, size),
        "upto": (None, size),
    }[bound]
    if value >= 0:
        return low, high
    return (None if high is None else -high), (None if low is None else -low)


def scaled(figure: str, suffix: str) -> float:
    """The number as float, or as int where it has no fraction."""
    number = round(float(figure) * SCALE[suffix], 6)
    return int(number) if number.is_integer() else number


def quantity(text: str, unit: str) -> dict[str, Any]:
    """Value, low, high, bound and unit of a value as it is marked."""
    found = VALUE.fullmatch(text)
    if not found:
        raise ValueError(f"no value: {text}")
    sign, figure, suffix, other, other_suffix, currency = found.groups()
    value: float | None = scaled(figure, suffix)
    bound = BOUNDS[sign] if sign else "eq"
    if other:
        low, high = sorted((scaled(figure, suffix or other_suffix), scaled(other, other_suffix)))
        return quantity_row(None, low, high, "range", currency or unit)
    return quantity_row(value, *limits(bound, value or 0), bound, currency or unit)


def quantity_row(*fields: Any) -> dict[str, Any]:
    """The five fields of a quantity by name."""
    return dict(zip(("value", "low", "high", "bound", "unit"), fields, strict=True))


def label(quote: str, start: int, key: str, value: str, *rest: str) -> dict[str, Any]:
    """One label; raises KeyError or ValueError on an unknown word."""
    claim, unit = claim_of(key)
    row = {"claim": claim, **quantity(value, unit), "modality": "asserted", "speaker": None}
    row |= {"quote": quote, "start": start, "end": start + len(quote)}
    others: list[str] = []
    for part in rest:
        word, _, names = part.partition(": ")
        if word == "?":
            row["optional"] = True
        elif word.startswith("~"):
            row.setdefault("modality_alt", []).append(MODALITIES[word[1:]])
            others += names.split("/") if names else []
        else:
            row["modality"] = MODALITIES[word]
            row["speaker"], *more = names.split("/") if names else [None]
            others += more
    return row | ({"speaker_alt": others} if others else {})


def negative(quote: str, start: int, key: str, why: str = "") -> dict[str, Any]:
    """One number that belongs to no claim, or not to the one it looks like."""
    claim = "*" if key == "!*" else claim_of(key[1:])[0]
    return {"quote": quote, "start": start, "not_claim": claim, "why": why}


def article(block: str) -> dict[str, Any]:
    """One article from its head, title and marked text."""
    head, title, marked = block.split("\n", 2)
    identity, style, outlet, published_at, path = (part.strip() for part in head.split("|"))
    site = re.sub(r"[^a-z0-9]+", "-", outlet.lower()).strip("-")
    row = {"id": identity, "style": style, "url": f"https://www.{site}.example/{path}"}
    row |= {"outlet": outlet, "published_at": published_at, "title": title.removeprefix("# ")}
    text, done, labels, negatives = "", 0, [], []
    marked = marked.strip()
    for mark in MARK.finditer(marked):
        text += marked[done : mark.start()]
        quote, key, *rest = mark[1].split("|")
        if key.startswith("!"):
            negatives.append(negative(quote, len(text), key, *rest))
        else:
            labels.append(label(quote, len(text), key, *rest))
        text, done = text + quote, mark.end()
    return row | {"text": text + marked[done:], "labels": labels, "negatives": negatives}


def compiled(folder: Path) -> str:
    """All marked articles of a folder as JSON lines, in the order of their files and places."""
    blocks: list[str] = []
    for path in sorted(folder.glob("articles_c*.txt")):
        blocks += re.split(r"^=== ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    return "".join(json.dumps(article(block), ensure_ascii=False) + "\n" for block in blocks)


def main() -> None:
    """Write the compiled set beside its sources."""
    (FOLDER / "articles_c.jsonl").write_text(compiled(FOLDER), encoding="utf-8")


if __name__ == "__main__":
    main()
