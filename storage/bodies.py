"""Bytes of answers: packed, kept once, let go of."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

import sqlalchemy as sa
import zstandard
from sqlalchemy.engine import Connection

from storage.rows import chunks
from storage.schema import body, page

# Level 3 is Zstandard's own default: 5 times smaller news pages at a fraction of a millisecond.
LEVEL = 3


@dataclass(frozen=True, slots=True)
class Body:
    """Bytes ready to be stored; made before the transaction, which computes nothing."""

    sha256: bytes
    zstd: bytes
    size: int


def compress(content: bytes) -> Body:
    packed = zstandard.ZstdCompressor(level=LEVEL).compress(content)
    return Body(hashlib.sha256(content).digest(), packed, len(content))


def empty_pages(connection: Connection, page_ids: Iterable[int]) -> tuple[int, int]:
    """Let go of the bytes of these pages: how many pages had some, and how many bytes they took.

    Bytes that another page has too are kept.
    """
    pages = freed = 0
    for numbers in chunks(page_ids):
        held = sa.and_(page.c.page_id.in_(numbers), page.c.body_sha256.is_not(None))
        keys = set(connection.execute(sa.select(page.c.body_sha256).where(held)).scalars())
        pages += connection.execute(sa.update(page).where(held).values(body_sha256=None)).rowcount
        used = sa.select(page.c.page_id).where(page.c.body_sha256 == body.c.body_sha256)
        unused = sa.and_(body.c.body_sha256.in_(keys), sa.not_(used.exists()))
        size = sa.select(sa.func.coalesce(sa.func.sum(sa.func.length(body.c.zstd)), 0))
        freed += connection.execute(size.where(unused)).scalar_one()
        connection.execute(sa.delete(body).where(unused))
    return pages, freed
