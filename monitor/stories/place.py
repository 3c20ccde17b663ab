"""To which story a text belongs, with the reason: a relation and its evidence, never a score."""

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain

import numpy as np

from monitor.stories.compare import SIGNS, Comparison, compare
from monitor.stories.relation import Decision, decide, decide_form
from monitor.stories.words import Words, words
from monitor.types import LINKED, MERGED, Membership, StoryText
from monitor.urls import site

ALGORITHM = "stories 1"  # raised with every change that may decide otherwise
MIN_WORDS = 16  # below it headlines of one form ("X revenue $N vs $M expected") can't be told apart
COMPARED = 5  # candidates compared word by word
COMPARED_FORMS = 3  # where they are all of one form; a copy comes first, by its figures
MIN_PASSAGES = 5  # shared by texts worth comparing: a sentence, or a few turns of phrase
PER_STORY = 2  # of them of one story
COMMON_STORIES = 3  # that hold a passage: then it is boilerplate or a form
SAME_SITE = 0.5  # that a story of the same site counts more: two of them are enough
OWN_SHARE = 0.28  # of the words outside common passages, from which the whole texts may speak
NEARLY_EXACT = 0.9  # of both texts
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
    home = site(url) if url else ""
    pairs = []
    for candidate in candidates:
        theirs = words(candidate.text)
        if np.array_equal(mine.hashes, theirs.hashes):
            evidence = {"words": len(mine), "reason": "the same words"}
            return Membership(candidate.story_id, "exact", candidate.key, evidence, ALGORITHM)
        apart = _apart(published_at, candidate.published_at)
        is_same_site = bool(home) and site(candidate.key) == home
        passages = mine.passages & theirs.passages
        pairs.append(_Pair(candidate, mine, theirs, passages, apart, is_same_site))
    common = _common(pairs)
    if common and len(mine.without(common)) < MIN_WORDS:
        return _place_form(_best_pairs(pairs, frozenset()))
    found = _place(_best_pairs(pairs, common), common)
    if not common or found.relation in MERGED:
        return found
    return _nearly_exact(_best_pairs(pairs, frozenset())) or found


def _apart(one: datetime | None, other: datetime | None) -> timedelta | None:
    return None if one is None or other is None else abs(one - other)


def _common(pairs: Sequence[_Pair]) -> frozenset[int]:
    """The passages of mine that several stories hold."""
    held: defaultdict[str, set[int]] = defaultdict(set)
    near = set()  # stories of the same site
    for pair in pairs:
        held[pair.candidate.story_id] |= pair.passages
        if pair.is_same_site:
            near.add(pair.candidate.story_id)
    if len(held) + SAME_SITE * len(near) < COMMON_STORIES:
        return frozenset()
    # The story that holds most is the one that the text may belong to: what no other one holds
    # need not be counted.
    most = max(held, key=lambda story: len(held[story]))
    count = Counter(chain.from_iterable(held[story] for story in held if story != most))
    extra = Counter(chain.from_iterable(held[story] for story in near))
    return frozenset(
        passage
        for passage, stories in count.items()
        if stories + (passage in held[most]) + SAME_SITE * extra[passage] >= COMMON_STORIES
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
        member = _related(pair, common)
        if member.relation == "contains":
            fuller = (_related(other, common) for other in pairs if _is_fuller(other, pair))
            member = next((m for m in fuller if m.relation not in MERGED), member)
        found.append(member)
        if member.relation in MERGED:
            return member
    return min(found, key=_weight, default=_NOTHING)


def _is_fuller(pair: _Pair, excerpt: _Pair) -> bool:
    """Whether ``excerpt`` is but a teaser in its story: who has its words may lack the others."""
    same_story = pair.candidate.story_id == excerpt.candidate.story_id
    return same_story and len(pair.theirs) >= FULLER * len(excerpt.theirs)


def _related(pair: _Pair, common: frozenset[int]) -> Membership:
    mine, theirs = pair.mine.without(common), pair.theirs.without(common)
    facts = compare(mine, theirs)
    found = _membership(pair, facts, decide(facts, pair.apart))
    if found.relation in MERGED or mine is pair.mine or facts.mine.share < OWN_SHARE:
        return found
    # Without its common passages a text may be too torn to be known again; where the rest has
    # words in common too, the whole texts are asked.
    whole = compare(pair.mine, pair.theirs)
    again = _membership(pair, whole, decide(whole, pair.apart))
    return again if again.relation in MERGED else found


def _nearly_exact(pairs: Sequence[_Pair]) -> Membership | None:
    """The membership of a text that differs from another one in hardly a word.

    Its passages may be common only because copies of it started stories of their own.
    """
    for pair in pairs[:1]:
        facts = compare(pair.mine, pair.theirs)
        if min(facts.mine.share, facts.theirs.share) >= NEARLY_EXACT:
            found = _membership(pair, facts, decide_form(facts))
            return found if found.relation in MERGED else None
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
