"""Claims and English as one lexicon: every word list becomes a numbered group."""

from collections.abc import Sequence
from dataclasses import dataclass

from monitor.claims.actors import Cast
from monitor.claims.cues import PHRASES
from monitor.claims.english import GROUPS, SHARED
from monitor.claims.lexicon import GAP, Lexicon, Pattern
from monitor.claims.surroundings import SURROUNDINGS
from monitor.errors import ConfigError
from monitor.rules.claims import Claim, ClaimRules, Words

NONE = -1  # the group of an empty word list
_WHOSE = {
    *("key", "title", "subjects", "owners", "owned", "qualifiers", "values", "value_roles"),
    *("consensus", "examples", "counterexamples"),
}


@dataclass(frozen=True, slots=True)
class Tracked:
    """A claim with its word lists as groups."""

    claim: Claim
    look: int  # the same number for claims that differ only in whose the number is
    subjects: frozenset[str]
    roles: frozenset[str]
    say: int
    also: int
    hint: int
    counted: int
    rule_out: int
    rule_out_next: int
    rule_out_after: int
    qualifiers: tuple[tuple[str, str, int], ...]  # name, value, group
    values: tuple[tuple[str, int], ...]


class Vocabulary:
    """The lexicon, and the number of every group."""

    def __init__(self, rules: ClaimRules, cast: Cast) -> None:
        self._groups: list[tuple[Pattern, ...]] = []
        self._numbers: dict[tuple[Pattern, ...], int] = {}
        self._shared = {name: GROUPS[name] for name in SHARED} | dict(rules.words)
        known = {**GROUPS, **PHRASES, **SURROUNDINGS}
        self.english = {name: self.group(words) for name, words in known.items()}
        self.verbs = tuple(self.english[name] for name in ("say", "down", "up", "lose", "win"))
        self._looks: dict[str, int] = {}
        self.parties: dict[int, list[tuple[str, str]]] = {}
        for pattern, kind, key in cast.patterns:
            number = self.group((pattern,))
            self.parties.setdefault(number, []).append((kind, key))
            possessive = self.group((f"{pattern}'s",))
            self.parties.setdefault(possessive, []).append((kind, key))
        self.claims = tuple(self._track(claim, cast) for claim in rules.claim)
        self.lexicon = Lexicon(self._groups)

    def group(self, words: Words) -> int:
        """The number of the group of these words; NONE for an empty list."""
        if not words:
            return NONE
        patterns = tuple(dict.fromkeys(p for word in words for p in self._patterns(word)))
        if patterns not in self._numbers:
            self._numbers[patterns] = len(self._groups)
            self._groups.append(patterns)
        return self._numbers[patterns]

    def _patterns(self, word: str) -> list[Pattern]:
        if word.startswith("@") and " " not in word:
            return [p for one in self._named(word) for p in self._patterns(one)]
        parts = tuple(tuple(self._spelled(part)) for part in word.split(GAP))
        if len(parts) == 1:
            return [((one,),) for one in parts[0]]
        return [parts]

    def _spelled(self, part: str) -> list[str]:
        """A part with a group's name in it, once for every word of the group."""
        spelled = [""]
        for word in part.split(" "):
            choices = self._named(word) if word.startswith("@") else (word,)
            spelled = [f"{one} {choice}".strip() for one in spelled for choice in choices]
        return [one for one in spelled if GAP not in one]

    def _named(self, word: str) -> Sequence[str]:
        name = word[1:]
        if name not in self._shared:
            raise ConfigError(
                f"claims.toml: no word group {word}; known: {', '.join(sorted(self._shared))}"
            )
        return self._shared[name]

    def _track(self, claim: Claim, cast: Cast) -> Tracked:
        unknown = [key for key in claim.subjects if key not in cast.by_key]
        if unknown:
            raise ConfigError(
                f"claims.toml: entry {claim.key}: subjects: no entity {unknown[0]} in entities.toml"
            )
        roles = frozenset(claim.owners or (r for key in claim.subjects for r in cast.roles[key]))
        look = claim.model_dump_json(exclude=_WHOSE)
        return Tracked(
            claim=claim,
            look=self._looks.setdefault(look, len(self._looks)),
            subjects=frozenset(claim.subjects),
            roles=roles,
            say=self.group(claim.say),
            also=self.group(claim.also),
            hint=self.group(claim.hint),
            counted=self.group(claim.counted),
            rule_out=self.group(claim.rule_out),
            rule_out_next=self.group(claim.rule_out_next),
            rule_out_after=self.group(claim.rule_out_after),
            qualifiers=tuple(
                (name, value, self.group(words))
                for name, choices in claim.qualifiers.items()
                for value, words in choices.items()
            ),
            values=tuple((value, self.group(words)) for value, words in claim.values.items()),
        )
