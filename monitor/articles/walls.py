"""A captcha, a soft 404 or a consent wall in place of an article, told by its own words."""

import re
from collections.abc import Iterable, Iterator, Sequence

from monitor.articles.facts import ARTICLES, Facts, types
from monitor.articles.layout import Line
from monitor.articles.markers import Markers, count_words, plain
from monitor.text.sentences import sentences

Fate = tuple[str, str]  # a word of FATES and the reason

# Words; a page that says more than this beside a warning is an article that quotes it.
FEW_WORDS = 60
# Words, and characters where there are no words; a warning is short, a longer sentence that holds
# its words is about one.
WARNING, WARNING_LENGTH = 25, 60
# Characters, far above what MOST_WORDS take.
LONGEST_WALL = 8_000
# Share of the words in sentences on consent, addressed to the reader, that makes a page a wall;
# of a page that calls itself an article.
CONSENT_SHARE, CONSENT_ARTICLE_SHARE = 0.5, 0.8
# Words; no wall has more.
MOST_WORDS = 350
# Words; a line of running text, counted against a warning, and a sentence beside one.
_RUNNING, _BESIDE = 15, 6
_SEGMENT = re.compile(r"\s+[|\u2013\u2014\u00b7-]\s+|\s*\|\s*")
_QUOTED = re.compile(
    "\u201c[^\u201d]*\u201d|\u201e[^\u201c\u201d]*[\u201c\u201d]|\u00ab[^\u00bb]*\u00bb"
    '|\u300c[^\u300d]*\u300d|"[^"]*"'
)


def wall(
    facts: Facts, texts: Sequence[str], markers: Markers, labels: Sequence[str] = ()
) -> Fate | None:
    """A captcha, a soft 404 or a consent wall in place of an article; ``texts``: its lines.

    Only where hardly any running text stands beside the words that give it away. ``labels``:
    short lines elsewhere on the page, such as buttons.
    """
    if sum(len(text) for text in texts) > LONGEST_WALL:
        return None
    words = sum(count_words(plain(text)) for text in texts)
    if words > MOST_WORDS:
        return None
    titles = (facts.title or "", *facts.headings[:1])
    return (
        _titled(titles, words, markers)
        or _warned(texts, words, markers)
        or _asked(facts, texts, labels, markers)
    )


def _titled(titles: Iterable[str], words: int, markers: Markers) -> Fate | None:
    for title in titles:
        for part in (title, *_SEGMENT.split(title)):
            for verdict in markers.verdicts(plain(part)):
                if verdict.where == "title" and words <= verdict.most_words:
                    return verdict.outcome, f"title: {title[:80]}"
    return None


def _warned(texts: Iterable[str], words: int, markers: Markers) -> Fate | None:
    """What a short warning says, if next to nothing stands beside it."""
    outcome: str | None = None
    running = 0
    for text in texts:
        beside = 0
        found = None
        for sentence in _sentences(text):
            count = count_words(sentence)
            is_short = count <= WARNING or len(sentence) <= WARNING_LENGTH
            is_warning = is_short and not markers.is_told(sentence)
            hits = markers.verdicts(sentence) if is_warning else ()
            known = [v.outcome for v in hits if v.where == "text" and words <= v.most_words]
            known = [name for name in known if name in ("soft_404", "blocked_by_site")]
            found = found or next(iter(known), None)
            beside += count if not known and count >= _BESIDE else 0
        outcome = outcome or found
        running += beside if found or count_words(plain(text)) >= _RUNNING else 0
    return (outcome, "its text") if outcome and running <= FEW_WORDS else None


def _asked(
    facts: Facts, texts: Sequence[str], labels: Iterable[str], markers: Markers
) -> Fate | None:
    """Consent asked of the reader by most of the words, with a button or the phrase for it."""
    total = asking = 0
    for text in texts:
        for sentence in _sentences(_QUOTED.sub(" ", text)):
            words = count_words(sentence)
            total += words
            asking += words if markers.asks_consent(sentence) else 0
    is_article = any(types(node) & ARTICLES for node in facts.nodes)
    share = CONSENT_ARTICLE_SHARE if is_article else CONSENT_SHARE
    if not total or asking < share * total:
        return None
    proofs = [plain(text) for text in (*texts, *labels)]
    is_proved = any(markers.is_consent_button(text) for text in proofs) or any(
        verdict.outcome == "consent_wall" for text in proofs for verdict in markers.verdicts(text)
    )
    return ("consent_wall", "its text") if is_proved else None


def _sentences(text: str) -> Iterator[str]:
    return (plain(text[start:end]) for start, end in sentences(text))


def is_blocked(facts: Facts, lines: Iterable[Line], markers: Markers) -> bool:
    """Whether the page of an error status is a captcha or a check for robots."""
    found = wall(facts, [line.text for line in lines], markers)
    return found is not None and found[0] == "blocked_by_site"
