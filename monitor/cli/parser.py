"""The grammar of the command line. Kept apart from the commands, so that --help is cheap."""

import argparse
from typing import Any

from monitor import __version__

Parsers = Any  # argparse's type of add_subparsers() is private


def build() -> argparse.ArgumentParser:
    """The parser of all commands; ``options.run`` names the function as ``module:function``."""
    parser = argparse.ArgumentParser(
        prog="monitor",
        description="Collects news coverage, extracts the tracked claims with their exact quotes, "
        "and records how each claim changes.",
        epilog="Exit codes: 0 ok, 1 internal error, 2 usage or configuration, 3 some sources "
        "failed, 4 all failed, 5 another run is under way, 75 database busy, 130/143 stopped.",
    )
    parser.add_argument("--version", action="version", version=f"monitor {__version__}")
    volume = parser.add_mutually_exclusive_group()
    volume.add_argument("-v", "--verbose", action="store_const", const=1, dest="volume", default=0)
    volume.add_argument("-q", "--quiet", action="store_const", const=-1, dest="volume")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    _setting_up(commands)
    _collecting(commands)
    _sources(commands)
    _filters(commands)
    _reading(commands)
    _claims(commands)
    _database(commands)
    return parser


def _command(parsers: Parsers, name: str, run: str, text: str) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = parsers.add_parser(name, help=text, description=text)
    parser.set_defaults(run=run)
    return parser


def _group(parsers: Parsers, name: str, text: str) -> Parsers:
    return parsers.add_parser(name, help=text, description=text).add_subparsers(
        metavar="COMMAND", required=True
    )


def _json(parser: argparse.ArgumentParser, text: str = "print one JSON object") -> None:
    parser.add_argument("--json", action="store_true", help=text)


def _setting_up(commands: Parsers) -> None:
    _json(_command(commands, "demo", "demo:demo", "the whole path offline, on a bundled newsroom"))
    init = _command(commands, "init", "setup:init", "write a configuration to edit, and a database")
    init.add_argument("folder", nargs="?", default=".", metavar="DIR")
    _json(_command(commands, "doctor", "setup:doctor", "check configuration, database and system"))
    config = _group(commands, "config", "the configuration in use")
    _json(_command(config, "show", "setup:show_config", "every setting and where it comes from"))


def _collecting(commands: Parsers) -> None:
    crawl = _command(commands, "crawl", "collect:crawl", "fetch what is new and turn it to history")
    crawl.add_argument("--source", action="append", default=[], metavar="NAME")
    crawl.add_argument("--feed", action="append", default=[], metavar="URL")
    crawl.add_argument("--url", action="append", default=[], metavar="URL")
    crawl.add_argument(
        "--recheck", action="store_true", help="fetch every known article of these sources again"
    )
    crawl.add_argument("--max-time", type=_seconds, metavar="SECONDS")
    _json(crawl)
    _command(commands, "daemon", "collect:daemon", "crawl, recheck and record on a timetable")
    _json(_command(commands, "process", "collect:process", "read the pages not read yet"))
    files = _command(
        commands, "import", "collect:import_pages", "take in saved pages: HTML files, folders, WARC"
    )
    files.add_argument("paths", nargs="+", metavar="PATH")
    files.add_argument("--url", help="the address of one HTML file that names none")
    files.add_argument(
        "--fetched-at", metavar="T", help="when HTML was saved; else the file's time"
    )
    _json(files)
    again = _command(commands, "reprocess", "collect:reprocess", "read stored pages again")
    again.add_argument("--since", metavar="T", help="only what was fetched since then (ISO 8601)")
    again.add_argument(
        "--claims-only", action="store_true", help="read stored texts again with today's claims"
    )
    _json(again)


def _sources(commands: Parsers) -> None:
    source = _group(commands, "source", "where articles are announced")
    _json(_command(source, "list", "sources:list_sources", "the configured sources"))
    take = _command(
        source, "import", "sources:import_sources", "add the feeds of a feed reader's list (OPML)"
    )
    take.add_argument("file", metavar="FILE.opml")
    _json(take)
    give = _command(
        source, "export", "sources:export_sources", "the configured feeds as OPML, for feed readers"
    )
    give.add_argument("-o", "--output", metavar="FILE", help="standard output when absent")
    test = _command(
        source, "test", "trial:test", "poll it, read a few articles, keep nothing but the date"
    )
    test.add_argument(
        "url", nargs="?", metavar="NAME|URL", help="a source, a feed's address or a home page"
    )
    test.add_argument("--all", action="store_true", help="every configured source")
    _json(test)


def _filters(commands: Parsers) -> None:
    extract = _command(
        commands, "extract", "filters:extract", "HTML pages in, one article a line out"
    )
    extract.add_argument("files", nargs="+", metavar="FILE")
    extract.add_argument("--url", help="the address the page came from")
    _stream(extract)
    feed = _group(commands, "feed", "feeds and sitemaps")
    parse = _command(feed, "parse", "filters:parse_feeds", "feed bytes in, one feed a line out")
    parse.add_argument("files", nargs="+", metavar="FILE")
    parse.add_argument("--url", help="the address the feed came from")
    _stream(parse)
    stories = _group(commands, "stories", "near-copies")
    _stories(stories)
    group = _command(
        stories, "group", "filters:group", "texts in, the story of each out, in arrival order"
    )
    group.add_argument("files", nargs="+", metavar="FILE")
    _stream(group)


def _stories(stories: Parsers) -> None:
    show = _command(stories, "show", "stories:show", "the articles of a story, and why it is one")
    show.add_argument("story", metavar="ID", help="of a story, its beginning, or an article's URL")
    _json(show)
    merge = _command(stories, "merge", "stories:merge", "decide that stories are one, for good")
    merge.add_argument("story", metavar="ID", help="the story that stays")
    merge.add_argument("others", nargs="+", metavar="OTHER", help="stories that come into it")
    split = _command(stories, "split", "stories:split", "decide that articles are a story apart")
    split.add_argument("urls", nargs="+", metavar="URL", help="articles that leave their story")
    for parser in (merge, split):
        parser.add_argument("--why", metavar="TEXT", help="kept with the decision")
        parser.add_argument("--by", metavar="NAME", help="who decides; you, when absent")
        _json(parser)


def _stream(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--jsonl",
        action="store_true",
        help="the input carries JSON lines; needed for FILE -, not for *.jsonl",
    )
    _json(parser, "accepted for symmetry: the output is always JSON lines")


def _reading(commands: Parsers) -> None:
    explain = _command(commands, "explain", "articles:explain", "what became of a URL, and why")
    explain.add_argument("url", metavar="URL")
    _json(explain)
    diff = _command(commands, "diff", "texts:diff", "the versions of an article, side by side")
    diff.add_argument("url", metavar="URL")
    _json(diff)
    search = _command(commands, "search", "texts:search", "texts that hold all of these words")
    search.add_argument("words", nargs="+", metavar="WORD", help='"two words" together, begin*')
    search.add_argument("--limit", type=_count, default=20, metavar="N", help="newest first")
    _json(search)
    _json(_command(commands, "status", "views:status", "sources, runs and claims that moved"))
    export = _command(commands, "export", "export:export", "a public view as a file")
    export.add_argument("view", metavar="VIEW", help="a v1_ view, with or without the prefix")
    export.add_argument("--format", choices=("csv", "jsonl", "parquet", "jsonld"), default="csv")
    export.add_argument("--after", type=int, metavar="CURSOR", help="events above this cursor only")
    export.add_argument("-o", "--output", metavar="FILE", help="standard output when absent")


def _claims(commands: Parsers) -> None:
    claims = _group(commands, "claims", "the tracked claims")
    _json(_command(claims, "list", "history:list_claims", "the claims and what they hold"))
    extract = _command(
        claims, "extract", "filters:extract_claims", "text in, one observation a line out"
    )
    extract.add_argument("files", nargs="+", metavar="FILE")
    extract.add_argument("--published-at", metavar="T", help="ISO 8601; resolves 'Monday'")
    _stream(extract)
    _writing_claims(claims)
    show = _command(claims, "show", "standing:show_claim", "what the press says about one claim")
    show.add_argument("key", metavar="KEY")
    show.add_argument("--on", metavar="D", help="what the press said on that day")
    show.add_argument("--known-at", metavar="T", help="as the monitor knew it at that time")
    _json(show)
    history = _command(claims, "history", "history:claim_history", "how a claim changed")
    history.add_argument("key", metavar="KEY")
    _json(history)


def _writing_claims(claims: Parsers) -> None:
    _json(_command(claims, "lint", "claims:lint", "contradictions in claims.toml, with their line"))
    _json(_command(claims, "test", "claims:test", "read the examples of every claim as tests"))
    explain = _command(
        claims, "explain", "claims:explain", "every number of a text, and which rule took it or not"
    )
    explain.add_argument("files", nargs="+", metavar="FILE")
    explain.add_argument("--published-at", metavar="T", help="ISO 8601; resolves 'Monday'")
    suggest = _command(
        claims, "suggest", "claims:suggest", "numbers that keep coming back untaken, as drafts"
    )
    suggest.add_argument("files", nargs="+", metavar="FILE")
    suggest.add_argument("--limit", type=_count, default=20, metavar="N")
    for parser in (explain, suggest):
        parser.add_argument("--jsonl", action="store_true", help="the input carries JSON lines")
        _json(parser, "print one JSON object a line")
    score = _command(claims, "score", "claims:score", "precision, recall and F1 on labelled texts")
    score.add_argument("gold", metavar="GOLD", help="JSON lines with text and labels")
    _json(score)


def _database(commands: Parsers) -> None:
    database = _group(commands, "db", "the database")
    _command(database, "upgrade", "database:upgrade", "create it, or migrate it to this version")
    _json(_command(database, "check", "database:check", "test that its promises hold"))
    backup = _command(database, "backup", "database:backup", "write a consistent copy (SQLite)")
    backup.add_argument("file", nargs="?", metavar="FILE")
    prune = _command(database, "prune", "database:prune", "let go of pages past their time")
    prune.add_argument(
        "--days", type=_count, metavar="N", help="kept so long; else retention.page_days"
    )
    _json(prune)
    forget = _command(
        commands, "forget", "database:forget", "remove an article for good, as its publisher asks"
    )
    forget.add_argument("url", metavar="URL")
    forget.add_argument("--reason", metavar="TEXT", help="kept with the tombstone")
    _json(forget)


def _count(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 0 < int(text) <= 100_000:
        raise argparse.ArgumentTypeError(f"must be a whole number above 0, not {text!r}")
    return int(text)


def _seconds(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = 0.0
    if not 0 < value < float("inf"):
        raise argparse.ArgumentTypeError(f"must be a number of seconds above 0, not {text!r}")
    return value
