"""What people who write claims run: lint, test, explain, suggest, score. Files in, nothing stored.

Findings, failed examples and a gold file that cannot be read exit with 2.
"""

import json
import sys
from argparse import Namespace
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING

from monitor.cli import show
from monitor.cli.inputs import Input, read, time_of
from monitor.errors import UsageError

if TYPE_CHECKING:
    from monitor.claims import Explained, Label, Reader, Score
    from monitor.settings import Configuration

MISTAKES = 2
AROUND = 30  # characters on either side of what is explained


def reader_of(configuration: "Configuration") -> "Reader":
    """The reader of the configured claims. Raises ConfigError."""
    from monitor.claims import Reader
    from monitor.rules.base import parse
    from monitor.rules.claims import ClaimRules
    from monitor.rules.entities import Entities

    return Reader(
        parse(ClaimRules, configuration.text("claims.toml"), "claims.toml"),
        parse(Entities, configuration.text("entities.toml"), "entities.toml"),
    )


def lint(options: Namespace) -> int:
    """``monitor claims lint``: contradictions in the claims, with their lines."""
    from monitor import settings
    from monitor.claims import lint as look

    configuration = settings.load()
    reader, text = reader_of(configuration), configuration.text("claims.toml")
    found = look(reader.rules, reader.entities, text)
    file = str(configuration.folder / "claims.toml")
    if options.json:
        _print({"file": file, "findings": [asdict(one) for one in found]})
    else:
        for one in found:
            print(show.clean(f"{file}:{one.line or 1}: {one.key}: {one.message}"))
        print(f"{show.counted(len(found), 'finding')} in {len(reader.rules.claim)} claims")
    return MISTAKES if found else 0


def test(options: Namespace) -> int:
    """``monitor claims test``: the examples of the claims, read as tests."""
    from monitor import settings
    from monitor.claims import line_of, try_examples

    configuration = settings.load()
    reader = reader_of(configuration)
    failures = try_examples(reader)
    file = str(configuration.folder / "claims.toml")
    text = configuration.text("claims.toml").splitlines()
    lines = [line_of(text, one.key, one.text) or 1 for one in failures]
    count = sum(len(one.examples) + len(one.counterexamples) for one in reader.rules.claim)
    if options.json:
        failed = [{**asdict(one), "line": line} for one, line in zip(failures, lines, strict=True)]
        _print({"file": file, "examples": count, "failures": failed})
    else:
        for one, line in zip(failures, lines, strict=True):
            got = "; ".join(one.got) or "nothing"
            told = (f"expected {one.expected},", f"got {got} in: {one.text}", *one.why)
            print(show.clean(f"{file}:{line}: {one.key}: {told[0]}"))
            for more in told[1:]:
                print(show.clean(f"    {more}"))
        print(f"{count - len(failures)} of {show.counted(count, 'example')} are read as they say")
    return MISTAKES if failures else 0


def explain(options: Namespace) -> int:
    """``monitor claims explain``: every number, and which rule took or refused it."""
    from monitor import settings

    reader = reader_of(settings.load())
    for item, published_at in _texts(options):
        headline = item.string("headline")
        found = reader.explain(item.text, published_at, headline)
        if options.json:
            for one in found:
                _print({**item.id, **_as_json(one)})
            continue
        print(show.clean(f"== {item.fields.get('id', item.name)}"))
        for one in found:
            _tell(one, item.text)
        if not found:
            print("no number is read in this text")
        for fact in reader.observe(item.text, published_at, headline):
            if isinstance(fact.value, str | bool):
                place = _place(item.text, fact.start, fact.end)
                print(show.clean(f"{fact.claim} is {fact.value}: {place}"))
    return 0


def _texts(options: Namespace) -> Iterator[tuple[Input, datetime | None]]:
    given = time_of(getattr(options, "published_at", None), "--published-at")
    for item in read(options.files, is_jsonl=options.jsonl, body_key="text"):
        if item.error:
            print(f"monitor: {item.name}: {item.error}", file=sys.stderr)
            continue
        yield item, time_of(item.fields.get("published_at"), item.name) or given


def _as_json(one: "Explained") -> dict[str, object]:
    figure = one.figure
    return {
        "quote": one.quote,
        "start": figure.start,
        "end": figure.end,
        "unit": figure.quantity.unit,
        "claims": [
            {**asdict(opinion), "likely": round(opinion.likely, 3)} for opinion in one.opinions
        ],
    }


def _tell(one: "Explained", text: str) -> None:
    figure = one.figure
    place = _place(text, figure.start, figure.end)
    print(show.clean(f"{one.quote}  [{figure.quantity.unit}] {place}"))
    rows = [
        ("taken" if o.taken else "no", f"{o.likely:.2f}", o.claim, f"{o.rule} | {o.why}")
        for o in one.opinions
    ]
    print(show.table(rows) or "  no claim can have it")


def _place(text: str, start: int, end: int) -> str:
    """Where a quote stands, with the words around it."""
    around = text[max(0, start - AROUND) : end + AROUND]
    return f"at {start}: ...{' '.join(around.split())}..."


def suggest(options: Namespace) -> int:
    """``monitor claims suggest``: numbers that keep coming back untaken, as drafts."""
    from monitor import settings
    from monitor.claims import suggest as propose

    reader = reader_of(settings.load())
    found = propose(reader, (item.text for item, _ in _texts(options)), options.limit)
    for one in found:
        if options.json:
            _print(asdict(one))
        else:
            quotes = ", ".join(one.quotes)
            print(show.clean(f"# {one.entity}, {one.unit}: {one.seen} times, such as {quotes}"))
            print(one.draft)
    if not found and not options.json:
        print("no number near a known party keeps coming back untaken")
    return 0


def score(options: Namespace) -> int:
    """``monitor claims score``: precision, recall and F1 on labelled texts."""
    from monitor import settings
    from monitor.claims import score as compare

    reader = reader_of(settings.load())
    articles = []
    for item, published_at in _gold(options):
        seen = reader.observe(item.text, published_at, item.string("title"))
        articles.append((_labels(item), seen))
    if not articles:
        raise UsageError(f"{options.gold}: no text in it")
    found = compare(articles)
    known = {key for claim in reader.rules.claim for key in claim.keys}
    for key in found:
        if key and key not in known:
            print(f"monitor: no claim {key} in claims.toml: its labels are missed", file=sys.stderr)
    if options.json:
        _print({key or "all": _figures(one) for key, one in found.items()})
        return 0
    rows = [_row(key or "ALL", one) for key, one in found.items()]
    heads = ("claim", "n", "P", "R", "F1", "R, 95 %", "bound", "modality", "speaker")
    print(show.table([heads, *rows[1:], rows[0]]))
    return 0


def _gold(options: Namespace) -> Iterator[tuple[Input, datetime | None]]:
    for item in read([options.gold], is_jsonl=True, body_key="text"):
        if item.error:
            raise UsageError(f"{item.name}: {item.error}")
        yield item, time_of(item.fields.get("published_at"), item.name)


def _labels(item: Input) -> "list[Label]":
    labels = item.fields.get("labels")
    if not isinstance(labels, list):
        raise UsageError(f'{item.name}: no list in "labels"')
    found: list[Label] = []
    for number, one in enumerate(labels, 1):
        try:
            found.append(_label(one, item.text))
        except ValueError as error:
            raise UsageError(f"{item.name}: label {number}: {error}") from error
    return found


def _label(one: object, text: str) -> "Label":
    """Raises ValueError saying what is wrong with it."""
    from monitor.claims import label_of

    if not isinstance(one, dict):
        raise ValueError(f"not an object: {one!r}")
    start, end, quote = one.get("start"), one.get("end"), one.get("quote")
    if start is None and end is None and isinstance(quote, str):
        if not quote or text.count(quote) != 1:
            raise ValueError(f"{quote!r} stands {text.count(quote)} times in the text: give start")
        start = text.index(quote)
    if end is None and isinstance(start, int) and isinstance(quote, str):
        end = start + len(quote)
    if not (isinstance(start, int) and isinstance(end, int) and 0 <= start < end <= len(text)):
        raise ValueError(
            f"no place in the text: give quote, or start and end ({start!r} to {end!r})"
        )
    if isinstance(quote, str) and text[start:end] != quote:
        raise ValueError(f"the text has {text[start:end]!r} at {start}, not {quote!r}")
    return label_of({**one, "start": start, "end": end})


def _figures(one: "Score") -> dict[str, object]:
    return {
        "labels": one.labels,
        "right": one.right,
        "wrong": one.wrong,
        "missed": one.missed,
        "precision": one.precision,
        "precision_interval": one.precision_interval,
        "recall": one.recall,
        "recall_interval": one.recall_interval,
        "f1": one.f1,
        "bound": one.bound,
        "modality": one.modality,
        "speaker": one.speaker,
    }


def _row(key: str, one: "Score") -> tuple[str, ...]:
    shares = [_share(value) for value in (one.precision, one.recall, one.f1)]
    between = " - ".join(f"{end:.2f}" for end in one.recall_interval)
    rest = [_share(value) for value in (one.bound, one.modality, one.speaker)]
    return (key, str(one.labels), *shares, between, *rest)


def _share(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"


def _print(answer: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(answer, ensure_ascii=False, default=str) + "\n")
