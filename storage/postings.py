"""Postings: which texts share a key, on disk for the most and in memory for the newest.

Written one by one, the 50 keys of a text fall on 50 pages of a large table. So new texts stay in
the table of fingerprints alone, from where every process reads their keys into memory; once there
are enough of them, their postings are merged into the table in the order of the keys, so that a
page is written once for many of them.
"""

import struct
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from monitor.stories.group import NEWEST
from storage.engine import Database
from storage.statements import run, sql

KEY_BYTES, NUMBER_BYTES = 6, 4
# Texts that wait to be merged: a share of all, so that the pages written for each stay as many,
# within bounds, of which the upper one takes 25 MB of memory. benchmarks/stories_store.py.
FEWEST, SHARE, MOST = 1_024, 16, 32_768
SLICE = 20_000  # keys written in one transaction: a tenth of a second
FRESH = 1_024  # texts whose keys are kept in a dictionary, before they are sorted into the arrays

Numbers = npt.NDArray[np.int64]
Row = tuple[int, bytes]  # number of a fingerprint, its packed keys

_STATE = "SELECT merged_to, merging_to, next_key FROM posting_merge"
# The state, and beside it the fingerprints that are later than the last one seen.
_LATER = sql(
    "SELECT m.merged_to, f.fingerprint_id, f.keys FROM posting_merge m "
    "LEFT JOIN (SELECT fingerprint_id, keys FROM fingerprint WHERE fingerprint_id > ? "
    "ORDER BY fingerprint_id LIMIT ?) f ON TRUE"
)
_FOUND = sql("SELECT key, fingerprints FROM posting WHERE key IN ({numbers})")
_WAITING = sql(
    "SELECT fingerprint_id, keys FROM fingerprint "
    "WHERE fingerprint_id > ? AND fingerprint_id <= ? ORDER BY fingerprint_id"
)
# What is joined in SQLite is text until told otherwise; the bytes stay the same.
_NEWEST = "CAST(excluded.fingerprints || posting.fingerprints AS {bytes})"
_JOIN = (
    f"ON CONFLICT (key) DO UPDATE SET fingerprints = substr({_NEWEST}, 1, {NEWEST * NUMBER_BYTES})"
)
_PUT = {
    "sqlite": f"INSERT INTO posting (key, fingerprints) VALUES (?, ?) {_JOIN.format(bytes='blob')}",
    "postgresql": "INSERT INTO posting (key, fingerprints) SELECT * FROM "
    f"unnest(CAST(%s AS bigint[]), CAST(%s AS bytea[])) {_JOIN.format(bytes='bytea')}",
}
# PostgreSQL keeps the plan of a statement until it learns that the tables have grown: read from end
# to end, as is best while they are empty, the look-up of one text cost 4 ms among 3,000.
_COUNT = "ANALYZE posting, fingerprint, story_member, article, version"


def pack(keys: Sequence[int]) -> bytes:
    """Keys as the table holds them."""
    return np.array(keys, ">u8").view(np.uint8).reshape(-1, 8)[:, 8 - KEY_BYTES :].tobytes()


def unpack(packed: bytes) -> Numbers:
    """The keys of one row, or of several joined."""
    wide = np.zeros((len(packed) // KEY_BYTES, 8), np.uint8)
    wide[:, 8 - KEY_BYTES :] = np.frombuffer(packed, np.uint8).reshape(-1, KEY_BYTES)
    return wide.reshape(-1).view(">u8").astype(np.int64)


@dataclass(slots=True)
class _Sorted:
    """Postings by key; the numbers of one key ascend."""

    keys: Numbers
    numbers: Numbers

    @classmethod
    def of(cls, rows: Sequence[Row]) -> "_Sorted":
        keys = unpack(b"".join(row[1] for row in rows))
        counts = [len(row[1]) // KEY_BYTES for row in rows]
        numbers = np.repeat(np.array([row[0] for row in rows], np.int64), counts)
        order = np.argsort(keys, kind="stable")
        return cls(keys[order], numbers[order])

    def joined(self, newer: "_Sorted") -> "_Sorted":
        places = np.searchsorted(self.keys, newer.keys, "right")
        return _Sorted(
            np.insert(self.keys, places, newer.keys), np.insert(self.numbers, places, newer.numbers)
        )

    def find(self, keys: Numbers) -> Iterator[tuple[int, list[int]]]:
        """Of each key that is there, its newest numbers."""
        if not len(self.keys):
            return
        starts = np.searchsorted(self.keys, keys)
        there = self.keys[np.minimum(starts, len(self.keys) - 1)] == keys
        ends = np.searchsorted(self.keys, keys[there], "right").tolist()
        for key, start, end in zip(keys[there].tolist(), starts[there].tolist(), ends, strict=True):
            yield key, self.numbers[max(start, end - NEWEST) : end].tolist()

    def rows(self, start: int, most: int) -> tuple[list[int], list[bytes]]:
        """Up to so many keys from position ``start`` on, and the packed numbers of each."""
        bounds = np.flatnonzero(np.diff(self.keys[start:], prepend=-1)) + start
        ends = np.append(bounds[1:], len(self.keys))[:most]
        bounds = bounds[:most]
        newest_first = self.numbers[start : ends[-1]][::-1].astype(">u4").tobytes()
        last = int(ends[-1])
        packed = [
            newest_first[NUMBER_BYTES * (last - end) : NUMBER_BYTES * (last - begin)]
            for begin, end in zip(bounds.tolist(), ends.tolist(), strict=True)
        ]
        return self.keys[bounds].tolist(), packed


def _nothing() -> _Sorted:
    return _Sorted(np.zeros(0, np.int64), np.zeros(0, np.int64))


class Recent:
    """The postings that are not merged yet, read from the fingerprints as they come."""

    def __init__(self) -> None:
        self._begin(0)

    def _begin(self, merged_to: int) -> None:
        self._merged_to = self._seen = merged_to
        self._sorted = _nothing()
        self._fresh: list[Row] = []
        # Most keys are of one text: a list for each took a tenth of the time of placing a text.
        self._last: dict[int, int] = {}
        self._before: defaultdict[int, list[int]] = defaultdict(list)

    def refresh(self, connection: Connection) -> None:
        """Catch up with what this and other processes have stored since."""
        while True:
            rows = run(connection, _LATER, self._seen, MOST)
            if rows[0][0] != self._merged_to:
                self._begin(rows[0][0])
            elif rows[0][1] is None:
                return
            else:
                self._add([(number, packed) for _, number, packed in rows])
                if len(rows) < MOST:
                    return

    def _add(self, rows: Sequence[Row]) -> None:
        self._seen = rows[-1][0]
        self._fresh += rows
        if len(self._fresh) >= FRESH:
            self._sorted = self._sorted.joined(_Sorted.of(self._fresh))
            self._fresh.clear()
            self._last.clear()
            self._before.clear()
            return
        for number, packed in rows:
            keys = unpack(packed).tolist()
            for key in self._last.keys() & keys:
                self._before[key].append(self._last[key])
            self._last |= dict.fromkeys(keys, number)

    def find(self, keys: Sequence[int]) -> dict[int, list[int]]:
        """Of each key that is there, its newest numbers."""
        found = dict(self._sorted.find(np.array(keys, np.int64)))
        for key in self._last.keys() & keys:
            fresh = [*self._before.get(key, ()), self._last[key]]
            found[key] = (found.get(key, []) + fresh)[-NEWEST:]
        return found


def find(connection: Connection, recent: Recent, keys: Sequence[int]) -> dict[int, list[int]]:
    """Of each key that any text has, the numbers of the NEWEST fingerprints with it."""
    recent.refresh(connection)
    found = recent.find(keys)
    for key, packed in run(connection, _FOUND, keys):
        numbers = list(struct.unpack(f">{len(packed) // NUMBER_BYTES}I", packed))
        if key in found:  # while a merge is under way, both have some
            numbers = sorted({*numbers, *found[key]}, reverse=True)[:NEWEST]
        found[key] = numbers
    return found


@dataclass(frozen=True, slots=True)
class _Merge:
    merged_to: int
    merging_to: int
    next_key: int


def merge(database: Database) -> int:
    """Merge the postings of new texts into the table, if they are enough; how many texts.

    In short transactions; one that was cut short is taken up where it stopped.
    """
    merged = 0
    while (plan := database.write(_plan)) is not None:
        rows = database.read(_rows, plan)
        merged += len(rows)
        if rows:
            _write(database, _Sorted.of(rows), plan)
        database.write(_finish)
    return merged


def _plan(connection: Connection) -> _Merge | None:
    merged_to, merging_to, next_key = connection.exec_driver_sql(_STATE).one()
    if merging_to is not None:
        return _Merge(merged_to, merging_to, next_key)
    due = min(max(FEWEST, merged_to // SHARE), MOST)
    last = connection.execute(
        sa.text(
            "SELECT fingerprint_id FROM fingerprint WHERE fingerprint_id > :after "
            "ORDER BY fingerprint_id LIMIT 1 OFFSET :more"
        ),
        {"after": merged_to, "more": due - 1},
    ).scalar()
    if last is None:
        return None
    connection.execute(
        sa.text("UPDATE posting_merge SET merging_to = :last, next_key = 0"), {"last": last}
    )
    return _Merge(merged_to, last, 0)


def _rows(connection: Connection, plan: _Merge) -> Sequence[Row]:
    return run(connection, _WAITING, plan.merged_to, plan.merging_to)


def _write(database: Database, postings: _Sorted, plan: _Merge) -> None:
    start = int(np.searchsorted(postings.keys, plan.next_key))
    while start < len(postings.keys):
        keys, packed = postings.rows(start, SLICE)
        database.write(_put, keys, packed)
        start = int(np.searchsorted(postings.keys, keys[-1], "right"))


def _put(connection: Connection, keys: list[int], packed: list[bytes]) -> None:
    statement = _PUT[connection.dialect.name]
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(statement, list(zip(keys, packed, strict=True)))
    else:
        connection.exec_driver_sql(statement, (keys, packed))
    connection.execute(sa.text("UPDATE posting_merge SET next_key = :next"), {"next": keys[-1] + 1})


def _finish(connection: Connection) -> None:
    connection.execute(
        sa.text("UPDATE posting_merge SET merged_to = merging_to, merging_to = NULL, next_key = 0")
    )
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(_COUNT)
