"""The bundled newsroom: what each outlet shows on each day, as HTML and RSS."""

import html
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from importlib.resources import files

FIRST_DAY = datetime(2025, 1, 27, tzinfo=UTC)
DAYS = 3

# The clutter that real pages carry between their paragraphs.
CLUTTER: Mapping[str, str] = {
    "@ad": "<p>Advertisement</p>",
    "@instagram": (
        "<blockquote class='instagram-media'><p>View this post on Instagram</p>"
        "<p>A post shared by Blue Whale Fans (@bluewhalefans)</p></blockquote>"
    ),
    "@tweet": (
        "<blockquote class='twitter-tweet'><p>View this post on X</p>"
        "<p>&mdash; Desk Clown (@deskclown) January 27, 2025</p></blockquote>"
    ),
    "@related": (
        "<div class='related'><p>Related articles</p><ul>"
        "<li><a href='/more/1'>Ten gadgets for a warmer kitchen</a></li>"
        "<li><a href='/more/2'>What your commute says about you</a></li>"
        "<li><a href='/more/3'>The village that banned Mondays</a></li></ul></div>"
    ),
    "@newsletter": "<p>Sign up for our newsletter to get the best stories in your inbox.</p>",
    "@share": "<p>Share this article: Facebook | X | LinkedIn | Email</p>",
    "@stray": "<p>Advertisements</p>",
    "@comments": "<p>Join the conversation: 214 comments</p>",
}


@dataclass(frozen=True, slots=True)
class Edit:
    """A change made to a published article."""

    day: int
    replace: str
    by: str
    notice: str | None


@dataclass(frozen=True, slots=True)
class Piece:
    """One article of one outlet over all days."""

    outlet: str
    path: str
    day: int
    published_at: datetime
    headline: str
    authors: tuple[str, ...]
    standfirst: str | None
    paragraphs: tuple[str, ...]
    is_glued: bool
    gone_from_day: int  # a day after the last one: never
    edits: tuple[Edit, ...]


@dataclass(frozen=True, slots=True)
class Outlet:
    """One invented publisher."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class Newsroom:
    """All outlets and what they publish."""

    outlets: tuple[Outlet, ...]
    pieces: tuple[Piece, ...]

    def of(self, outlet: Outlet, day: int) -> list[Piece]:
        """What the outlet has published by then, newest first."""
        mine = [p for p in self.pieces if p.outlet == outlet.key and p.day <= day]
        return sorted(mine, key=lambda piece: piece.published_at, reverse=True)


def load() -> Newsroom:
    """The newsroom that came with the program."""
    text = files("monitor.demo").joinpath("newsroom.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    bodies = {entry["path"]: entry.get("body", "") for entry in data["article"]}
    return Newsroom(
        outlets=tuple(Outlet(entry["key"], entry["name"]) for entry in data["outlet"]),
        pieces=tuple(_piece(entry, bodies) for entry in data["article"]),
    )


def _piece(entry: Mapping[str, object], bodies: Mapping[str, str]) -> Piece:
    get = entry.get
    source = str(get("body") or bodies[str(get("copy_of"))])
    paragraphs = [part.strip() for part in source.split("\n\n") if part.strip()]
    if "first_paragraphs" in entry:
        paragraphs = paragraphs[: int(str(get("first_paragraphs")))]
    if "wire" in entry:
        paragraphs.append(f"({get('wire')})")
    clutter = get("clutter", [])
    assert isinstance(clutter, list)
    day = int(str(entry["day"]))
    authors, edits = get("authors", []), get("edit", [])
    assert isinstance(authors, list)
    assert isinstance(edits, list)
    return Piece(
        outlet=str(entry["outlet"]),
        path=str(entry["path"]),
        day=day,
        published_at=FIRST_DAY + timedelta(days=day - 1, hours=int(str(entry["hour"]))),
        headline=str(entry["headline"]),
        authors=tuple(authors),
        standfirst=str(entry["standfirst"]) if "standfirst" in entry else None,
        paragraphs=tuple([*paragraphs, *clutter]),
        is_glued=bool(get("glued", False)),
        gone_from_day=int(str(get("gone_from_day", DAYS + 1))),
        edits=tuple(Edit(e["day"], e["replace"], e["with"], e.get("notice")) for e in edits),
    )


def page(piece: Piece, outlet: Outlet, day: int) -> str:
    """The article's page as it stands on that day."""
    parts = [CLUTTER.get(text) or _paragraph(piece, text, day) for text in piece.paragraphs]
    notices = [e.notice for e in piece.edits if e.notice and e.day <= day]
    parts += [f"<p class='notice'>{html.escape(notice)}</p>" for notice in notices]
    byline = f"<p class='byline'>By {' and '.join(piece.authors)}</p>" if piece.authors else ""
    lead = f"<p class='standfirst'>{html.escape(piece.standfirst)}</p>" if piece.standfirst else ""
    title = html.escape(piece.headline)
    return (
        f"<!doctype html><html lang='en'><head><meta charset='utf-8'>"
        f"<title>{title} - {html.escape(outlet.name)}</title>"
        f"<meta property='article:published_time' content='{piece.published_at.isoformat()}'>"
        + "".join(f"<meta name='author' content='{html.escape(a)}'>" for a in piece.authors)
        + f"<link rel='canonical' href='{piece.path}'></head><body>"
        f"<nav><a href='/'>Home</a> <a href='/markets'>Markets</a> <a href='/life'>Life</a></nav>"
        f"<main><article><h1>{title}</h1>{lead}{byline}{''.join(parts)}</article></main>"
        f"<aside><h3>Most read</h3><ul>"
        f"<li><a href='/more/4'>Why cats sit on paper</a></li>"
        f"<li><a href='/more/5'>A bridge too short</a></li></ul></aside>"
        f"<footer>&copy; 2025 {html.escape(outlet.name)}. All rights reserved.</footer>"
        f"</body></html>"
    )


def _paragraph(piece: Piece, text: str, day: int) -> str:
    for edit in piece.edits:
        if edit.day <= day:
            text = text.replace(edit.replace, edit.by)
    if piece.is_glued:
        text = text.replace(". ", "")
    return f"<p>{html.escape(text)}</p>"


def feed(newsroom: Newsroom, outlet: Outlet, day: int, base: str) -> str:
    """The outlet's RSS feed on that day; ``base`` is its address without a slash at the end."""
    return (
        "<?xml version='1.0' encoding='utf-8'?><rss version='2.0'><channel>"
        f"<title>{html.escape(outlet.name)}</title><link>{base}/</link>"
        + "".join(_items(newsroom.of(outlet, day), base))
        + "</channel></rss>"
    )


def _items(pieces: list[Piece], base: str) -> Iterator[str]:
    for piece in pieces:
        yield (
            f"<item><title>{html.escape(piece.headline)}</title><link>{base}{piece.path}</link>"
            f"<guid isPermaLink='false'>{piece.outlet}{piece.path}</guid>"
            f"<pubDate>{format_datetime(piece.published_at)}</pubDate></item>"
        )
