"""Commands about sources: which there are, in and out of feed readers."""

import json
import re
import sys
import unicodedata
from argparse import Namespace
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from monitor import clock, settings
from monitor.cli.inputs import read_file
from monitor.cli.outputs import whole
from monitor.cli.show import clean, counted, table
from monitor.errors import UsageError
from monitor.feeds import Outline, outlines, read_outlines
from monitor.jobs import configured
from monitor.rules.base import parse
from monitor.rules.sources import Source, Sources
from monitor.rules.writing import entry
from monitor.urls import normalise, places, site

MAX_NAME = 50  # characters of a name made from a title


def list_sources(options: Namespace) -> int:
    """``monitor source list``: the configured sources."""
    sources = configured(settings.load().texts())
    fields = ("name", "outlet", "country", "language", "kind", "checked", "url")
    rows = [{field: str(getattr(one, field)) for field in fields} for one in sources]
    if options.json:
        print(json.dumps(rows, indent=2, ensure_ascii=False))
    else:
        print(table([fields, *([row[field] for field in fields] for row in rows)], indent=""))
    return 0


# --- out ----------------------------------------------------------------------------------------


def export_sources(options: Namespace) -> int:
    """``monitor source export``: the configured feeds as OPML."""
    sources = configured(settings.load().texts())
    feeds = [source for source in sources if source.kind == "feed"]
    written = outlines(map(_outlined, feeds), "Sources of the media-coverage monitor")
    if options.output:
        with whole(Path(options.output)) as given:
            given.write(written)
    else:
        sys.stdout.write(written.decode())
    left = len(sources) - len(feeds)
    if left:
        print(f"left out {left} sitemaps and listings: OPML lists feeds", file=sys.stderr)
    return 0


def _outlined(source: Source) -> Outline:
    home = source.documented or None
    return Outline(
        source.url, source.url, source.name, source.outlet, home, source.language or None
    )


# --- in -----------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Imported:
    added: list[Source] = field(default_factory=list)
    known: list[str] = field(default_factory=list)  # addresses
    skipped: list[str] = field(default_factory=list)  # addresses that nobody can ask for


def import_sources(options: Namespace) -> int:
    """``monitor source import``: the feeds of an OPML file that are not configured yet."""
    found = read_outlines(read_file(Path(options.file)))
    if not found:
        reason = "not an OPML file" if found is None else "there is no feed in it"
        raise UsageError(f"{options.file}: {reason}")
    file = settings.load().folder / "sources.toml"
    text = file.read_text(encoding="utf-8")
    imported = _new(found, parse(Sources, text, str(file)).source)
    if imported.added:
        title = f"# --- Imported from {clean(Path(options.file).name)}, {clock.now().date()} ---"
        entries = "\n".join(map(entry, imported.added))
        extended = f"{text.rstrip()}\n\n{title}\n\n{entries}"
        parse(Sources, extended, str(file))  # what is written can be read
        with whole(file) as written:
            written.write(extended.encode())
    if options.json:
        added = [source.name for source in imported.added]
        print(json.dumps({"added": added, "known": imported.known, "skipped": imported.skipped}))
    else:
        _print(imported, file)
    return 0


def _new(found: Iterable[Outline], sources: Iterable[Source]) -> _Imported:
    sources = tuple(sources)
    names = {source.name for source in sources}
    known = {normalise(source.url) for source in sources}
    imported = _Imported()
    for outline in found:
        # A brace in a reader's list is no place for a query.
        url = outline.url and outline.url.replace("{", "%7B")
        identity = url and normalise(url)
        if not url or not identity:
            imported.skipped.append(outline.raw)
        elif identity in known:
            imported.known.append(url)
        else:
            imported.added.append(_source(outline, url, names, sources))
            names.add(imported.added[-1].name)
            known.add(identity)
    return imported


def _source(outline: Outline, url: str, names: set[str], sources: tuple[Source, ...]) -> Source:
    """What the list does not tell, such as the country, is left empty."""
    home = outline.home or url
    place, around = site(home), places(home)
    language = (outline.language or "")[:2].lower()
    return Source(
        name=_name(outline.text, place, names),
        outlet=next((s.outlet for s in sources if s.site in around), outline.title),
        site=place,
        country="",
        language=language if re.fullmatch("[a-z]{2}", language) else "",
        url=url,
        documented=outline.home or "",
    )


def _name(title: str, place: str, names: set[str]) -> str:
    """A new name from the title, else from the site."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    found = re.sub("[^a-z0-9]+", "-", plain).strip("-") or re.sub("[^a-z0-9]+", "-", place)
    base = found[:MAX_NAME].strip("-") or "source"
    numbered = (f"{base}-{number}" for number in range(2, len(names) + 3))
    return next(name for name in (base, *numbered) if name not in names)


def _print(imported: _Imported, file: Path) -> None:
    for source in imported.added:
        print(clean(f"added    {source.name}  {source.url}"))
    for url in imported.skipped:
        print(clean(f"skipped  {url}: not an http or https address"), file=sys.stderr)
    added, known = counted(len(imported.added), "feed"), len(imported.known)
    print(f"{added} added to {file}, {known} known before, {len(imported.skipped)} skipped")
    if imported.added:
        print("Next: fill in outlet and country, then `monitor source test NAME`.")
