"""To which story a text belongs, with the reason: a relation and its evidence, never a score."""

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain

import numpy as np

from monitor.stories.compare import SIGNS, Comparison, compare
from monitor.stories.relation import LEAD, Decision, decide, decide_form, is_edited
from monitor.stories.words import Words, words
from monitor.types import LINKED, MERGED, Membership, StoryText
from monitor.urls import site

ALGORITHM = "stories 3"  # raised with every change that may decide otherwise
MIN_WORDS = 16  # below it headlines of one form ("X revenue $N vs $M expected") can't be told apart
COMPARED = 5  # candidates compared word by word
COMPARED_FORMS = 3  # where they are all of one form; a copy comes first, by its figures
MIN_PASSAGES = 5  # shared by texts worth comparing: a sentence, or a few turns of phrase
PER_STORY = 2  # of them of one story
COMMON_STORIES = 3  # that hold a passage: then it is boilerplate or a form
SAME_SITE = 0.5  # that a story of the same site counts more: two of them are enough
OWN_SHARE = 0.28  # of the words outside common passages, from which the whole texts may speak
NEARLY_EXACT = 0.9  # of both texts
MIN_BODY = 40  # words besides the most common passages that are more than a line of a form
FOREIGN = 0.35  # of its passages: so much of a text belongs to other stories
HALF = 0.5  # of a text: what opens it and is as much is no item of a digest
SEVERAL = 1.5  # times what one other story has of a text: then it has items of several
FULLER = 1.5  # times the length of a member: then that one is an excerpt
MAX_FIGURES = 20  # changed figures in the evidence

_NOTHING = Membership(None, "first", algorithm=ALGORITHM)


@dataclass(frozen=True, slots=True)
class _Pair:
    """The text that is placed and one candidate."""

    candidate: StoryText
    mine: Words
    theirs: Words
    passages: frozenset[int]  # that both hold
    apart: timedelta | None  # between their publications; None: not known
    is_same_site: bool  # False where one of the addresses is not known


def place(
    text: str,
    candidates: Sequence[StoryText],
    published_at: datetime | None = None,
    url: str | None = None,
) -> Membership:
    """The story of ``text``, a body, among ``candidates``, best first, and why.

    ``story_id`` is None for a story of its own. Texts are compared without the passages that
    several of the candidates' stories hold. With ``url``, candidates whose keys are addresses of
    the same site count more towards that, and are not linked: an outlet that repeats itself says
    nothing about other outlets. Any strings will do; nothing is raised.
    """
    mine = words(text)
    if len(mine) < MIN_WORDS * (SIGNS if mine.unspaced else 1):
        return Membership(None, "none", None, {"words": len(mine)}, ALGORITHM)
    home = site(url) if url and candidates else ""
    pairs = []
    for candidate in candidates:
        theirs = words(candidate.text)
        if len(mine) == len(theirs) and np.array_equal(mine.hashes, theirs.hashes):
            evidence = {"words": len(mine), "reason": "the same words"}
            return Membership(candidate.story_id, "exact", candidate.key, evidence, ALGORITHM)
        apart = _apart(published_at, candidate.published_at)
        is_same_site = bool(home) and site(candidate.key) == home
        passages = mine.passages.intersection(theirs.shingles.tolist())
        pairs.append(_Pair(candidate, mine, theirs, passages, apart, is_same_site))
    common = _common(pairs)
    if common and len(mine.without(common)) < MIN_WORDS:
        return _place_body(pairs) or _place_form(_best_pairs(pairs, frozenset()))
    found = _place(_best_pairs(pairs, common), common)
    if not common or found.relation in MERGED:
        return found
    return _place_torn(_best_pairs(pairs, frozenset()), common) or found


def _apart(one: datetime | None, other: datetime | None) -> timedelta | None:
    return None if one is None or other is None else abs(one - other)


def _common(pairs: Sequence[_Pair], least: int = COMMON_STORIES) -> frozenset[int]:
    """The passages of mine that several stories hold."""
    held: defaultdict[str, set[int]] = defaultdict(set)
    near = set()  # stories of the same site
    for pair in pairs:
        held[pair.candidate.story_id] |= pair.passages
        if pair.is_same_site:
            near.add(pair.candidate.story_id)
    if len(held) + SAME_SITE * len(near) < least:
        return frozenset()
    # The story that holds most is the one that the text may belong to: what no other one holds
    # need not be counted.
    most = max(held, key=lambda story: len(held[story]))
    count = Counter(chain.from_iterable(held[story] for story in held if story != most))
    extra = Counter(chain.from_iterable(held[story] for story in near))
    return frozenset(
        passage
        for passage, stories in count.items()
        if stories + (passage in held[most]) + SAME_SITE * extra[passage] >= least
    )


def _best_pairs(pairs: Sequence[_Pair], common: frozenset[int]) -> list[_Pair]:
    """Those with most in common, few of each story, so that no story hides another."""
    taken: Counter[str] = Counter()
    best = []
    shared = [len(pair.passages - common) for pair in pairs]
    for number in sorted(range(len(pairs)), key=lambda n: -shared[n]):
        story = pairs[number].candidate.story_id
        taken[story] += 1
        if shared[number] >= MIN_PASSAGES and taken[story] <= PER_STORY:
            best.append(pairs[number])
    return best[:COMPARED]


def _place(pairs: Sequence[_Pair], common: frozenset[int]) -> Membership:
    """The first relation that merges, for the pairs come by what they share; else the best link."""
    found = []
    for pair in pairs:
        facts, member = _related(pair, common)
        if member.relation == "contains" and _is_part(pair, facts, pairs, common):
            member = _membership(pair, facts, Decision("partial", "much of it is of another story"))
        found.append(member)
        # An excerpt from the middle may open another text, and then is of that one.
        is_middle = member.relation == "excerpt" and facts.theirs.start > LEAD
        if member.relation in MERGED and not is_middle:
            return member
    return min(found, key=_weight, default=_NOTHING)


def _related(pair: _Pair, common: frozenset[int]) -> tuple[Comparison, Membership]:
    facts = compare(pair.mine.without(common), pair.theirs.without(common))
    return facts, _membership(pair, facts, decide(facts, pair.apart))


def _is_part(
    pair: _Pair, facts: Comparison, pairs: Sequence[_Pair], common: frozenset[int]
) -> bool:
    """Whether a text that holds all of another one is not of its story all the same.

    That one may be a mere teaser of a story whose body is not here, or follow after the body of
    another story, or be the first of several in a digest.
    """
    others = []
    for other in pairs:
        if other.candidate.story_id != pair.candidate.story_id:
            others.append(other)
        elif _is_teaser(pair.theirs, other.theirs) and (
            _related(other, common)[1].relation not in MERGED
        ):
            return True
    enough = FOREIGN * facts.mine.length
    foreign = [other.passages - pair.passages - common for other in others]
    if facts.mine.start > LEAD:
        return any(len(passages) >= enough for passages in foreign)
    return facts.mine.share < HALF and _is_digest(pair, others, foreign, enough)


def _is_digest(
    pair: _Pair, others: Sequence[_Pair], foreign: Sequence[frozenset[int]], enough: float
) -> bool:
    """Whether much of a text is of several other stories, or of one that holds this item too."""
    items = []
    for other, passages in zip(others, foreign, strict=True):
        if len(other.passages & pair.passages) < MIN_PASSAGES:
            items.append(passages)
        elif len(passages) >= enough:
            return True
    most = max(map(len, items), default=0)
    return len(frozenset().union(*items)) >= max(enough, SEVERAL * most)


def _is_teaser(text: Words, fuller: Words) -> bool:
    return len(fuller) >= FULLER * len(text) and compare(text, fuller).theirs.start <= LEAD


def _place_torn(pairs: Sequence[_Pair], common: frozenset[int]) -> Membership | None:
    """The membership of a text that can't be known again without its common passages.

    They may be common only because copies of it started stories of their own. So the whole texts
    speak where the rest has words in common too, or where there is hardly any rest.
    """
    for pair in pairs:
        whole = compare(pair.mine, pair.theirs)
        if not is_edited(whole):
            continue
        rest, _ = _related(pair, common)
        near = min(whole.mine.share, whole.theirs.share) >= NEARLY_EXACT
        found = _membership(pair, whole, decide_form(whole))
        if found.relation in MERGED and (near or rest.mine.share >= OWN_SHARE):
            return found
    return None


def _place_body(pairs: Sequence[_Pair]) -> Membership | None:
    """The membership of a text of common passages by those of them that are the least common.

    A wire story that three stories share a passage with may stand beside boilerplate that all of
    them hold. A report of a form has other figures and names in its rarer passages too.
    """
    common = _common(pairs, 2 * COMMON_STORIES)
    rest = pairs[0].mine.without(common)
    if not MIN_BODY <= len(rest) < len(pairs[0].mine):
        return None
    for pair in _best_pairs(pairs, common):
        facts, member = _related(pair, common)
        if member.relation in MERGED and not facts.changed and not facts.other_names:
            return member
    return None


def _place_form(pairs: Sequence[_Pair]) -> Membership:
    """The membership of a text that is nothing but common passages.

    What opens one or two stories is a wire story that they share; what opens more, or stands
    within them, is boilerplate.
    """
    found = [_membership_by(decide_form, pair) for pair in pairs[:COMPARED_FORMS]]
    opened = {member.story_id for member in found if member.relation == "excerpt"}
    if len(opened) >= COMMON_STORIES:
        found = [member for member in found if member.relation != "excerpt"]
    return min(found, key=_weight, default=_NOTHING)


def _weight(found: Membership) -> tuple[int, int]:
    """Merging before all others, then by the words it rests on."""
    return (
        0 if found.relation in MERGED else 1,
        -int(str(found.evidence.get("words", 0))),
    )


def _membership_by(rule: Callable[[Comparison], Decision], pair: _Pair) -> Membership:
    facts = compare(pair.mine, pair.theirs)
    return _membership(pair, facts, rule(facts))


def _membership(pair: _Pair, facts: Comparison, decision: Decision) -> Membership:
    if decision.relation == "first" or (pair.is_same_site and decision.relation in LINKED):
        return _NOTHING
    story = pair.candidate.story_id if decision.relation in MERGED else None
    evidence = _evidence(facts, decision)
    return Membership(story, decision.relation, pair.candidate.key, evidence, ALGORITHM)


def _evidence(facts: Comparison, decision: Decision) -> dict[str, object]:
    evidence: dict[str, object] = {
        "reason": decision.reason,
        "words": facts.shared,
        "of_mine": round(facts.mine.share, 3),
        "of_theirs": round(facts.theirs.share, 3),
        "longest_run": facts.longest_run,
    }
    if facts.changed:
        evidence["figures"] = facts.figures
        evidence["changed"] = len(facts.changed)
        evidence["changed_figures"] = [list(pair) for pair in facts.changed[:MAX_FIGURES]]
    return evidence
