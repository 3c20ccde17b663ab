"""docs/database.md, made from the schema: ``python -m storage.document``."""

import sys
from collections.abc import Iterable, Iterator
from typing import Any

import sqlalchemy as sa

from storage.columns import Exact, Json, Time, Value
from storage.schema import REVISION, metadata
from storage.views import VIEWS, View

_INTRODUCTION = f"""\
# The database

Made from the schema by `make docs`; schema revision {REVISION}.

One schema for SQLite and PostgreSQL. Read the `v1_*` views: they are the contract, and change only
by getting further columns. The tables below them are for people who work on the program, and may
change with any release (a database is migrated when a newer program opens it).

- Times are ISO 8601 text in UTC with a Z at the end on SQLite, of fixed width, so that their order
  as text is their order in time; `timestamptz` on PostgreSQL.
- Numbers in views are REAL on SQLite, `numeric` on PostgreSQL. In the tables they are exact text.
- Columns marked JSON hold JSON text with sorted keys.
- Offsets count characters from 0: `substr(text, char_start + 1, char_end - char_start) = quote`.
- Rows are not deleted when better ones take their place; views leave them out, except
  `v1_claim_history`, which holds every state there was.

What the press says about each claim now, with the counts of articles and of independent stories:

```sql
SELECT claim, period, low, point, high, unit, contested, articles, stories
FROM v1_claim_current ORDER BY claim;
```

What is new since the last event that you had; keep the highest `cursor`, and begin with 0:

```sql
SELECT cursor, recorded_at, kind, claim, quote, url FROM v1_events
WHERE cursor > 0 ORDER BY cursor;
```

Claims whose answer is a text, a date, true or false have it in `text_value` of their observations
and in `text_point` of their states; `value` and `point` hold 1 for true and 0 for false.

The words behind a claim, from the articles as they are now:

```sql
SELECT o.value, o.modality, o.speaker, o.quote, a.outlet, a.url
FROM v1_observations o JOIN v1_articles a ON a.current_version_id = o.version_id
WHERE o.claim = 'nvidia.market_cap_loss' AND a.state = 'live';
```

Two kinds of time meet in the tables. `version_span` says when a text could be read (`live_from`,
`live_to`) and when the monitor knew it (`recorded_at`, `end_recorded_at`); `observation` says when
its reading was known (`recorded_at`) and replaced (`superseded_at`). What the press said at `:on`,
as it was known at `:known`:

```sql
SELECT o.claim, o.value, o.quote
FROM observation o JOIN version_span s ON s.version_id = o.version_id
WHERE o.recorded_at <= :known AND (o.superseded_at IS NULL OR o.superseded_at > :known)
  AND s.recorded_at <= :known AND (s.superseded_at IS NULL OR s.superseded_at > :known)
  AND s.live_from <= :on
  AND (s.live_to IS NULL OR s.live_to > :on OR s.end_recorded_at > :known);
```
"""


def document() -> str:
    """The whole document as Markdown."""
    parts = [_INTRODUCTION, "## Views\n", *map(_view, VIEWS), "## Tables\n"]
    parts += map(_table, sorted(metadata.tables.values(), key=lambda table: table.name))
    return "\n".join(parts)


def _view(view: View) -> str:
    rows = ((name, note) for name, note in view.columns())
    return _section(view.name, view.comment, ("column", "holds"), rows)


def _table(table: sa.Table) -> str:
    rows = ((column.name, _kind(column), _note(column)) for column in table.columns)
    return _section(table.name, f"{table.comment}.", ("column", "type", "holds"), rows)


def _section(
    name: str, comment: str, head: tuple[str, ...], rows: Iterable[tuple[str, ...]]
) -> str:
    lines = [f"### {name}", "", comment[0].upper() + comment[1:], ""]
    return "\n".join([*lines, *_lines(head, rows), ""])


def _lines(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"|{'---|' * len(head)}"
    for first, *others in rows:
        cells = [f"`{first}`", *(cell.replace("|", "\\|") for cell in others)]
        yield f"| {' | '.join(cells)} |"


_WORDS: dict[type[Any], str] = {Time: "time", Json: "JSON", Exact: "number", Value: "JSON scalar"}


def _kind(column: sa.Column[Any]) -> str:
    word = _WORDS.get(type(column.type)) or str(column.type).lower()
    return word if column.nullable or column.primary_key else f"{word}, not null"


def _note(column: sa.Column[Any]) -> str:
    target = next(iter(column.foreign_keys), None)
    return f"{column.comment}{f' ({target.target_fullname})' if target else ''}"


if __name__ == "__main__":
    sys.stdout.write(document())
