"""The model of config/boilerplate.toml: words that mark what is no article text."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from monitor.rules.base import Strict

Phrase = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)]
Language = Annotated[str, StringConstraints(pattern="^[a-z]{2}$")]
Kind = Literal[
    "ad",
    "app",
    "agency",
    "bio",
    "byline",
    "caption",
    "comments",
    "contact",
    "copyright",
    "dateline",
    "disclosure",
    "embed",
    "login",
    "newsletter",
    "notice",
    "player",
    "promo",
    "related",
    "share",
    "sources",
    "support",
    "toc",
]


Zone = Literal[
    "ad",
    "bio",
    "caption",
    "comments",
    "copyright",
    "dateline",
    "embed",
    "infobox",
    "newsletter",
    "promo",
    "related",
    "share",
    "toc",
]


class Marker(Strict):
    """Phrases that make the line they stand in residue of one kind.

    ``match``: where the phrase stands in the line; "whole": it is the line, figures and
    punctuation aside. A longer line than ``most_words`` is left alone. ``needs``: "link", the line
    is mostly a link; "label", that, or it does not end as a sentence does; "end", no long paragraph
    follows. ``opens``: teasers that follow go with it.
    In a phrase ``*`` stands for up to 40 characters; case and kind of quotation mark do not count.
    """

    kind: Kind
    match: Literal["whole", "starts", "ends", "contains"]
    most_words: int = Field(default=40, ge=1, le=400)
    needs: Literal["", "link", "label", "end"] = ""
    opens: bool = False
    words: dict[Language, tuple[Phrase, ...]]


class Verdict(Strict):
    """Phrases in title, headline or text that make a page no article.

    ``match``: "whole", the phrase is all of a title or of a part of it between dashes or bars.
    """

    outcome: Literal["soft_404", "consent_wall", "blocked_by_site", "paywalled", "no_text"]
    where: Literal["title", "text"]
    match: Literal["whole", "contains"] = "contains"
    most_words: int = Field(default=250, ge=1, le=2000)
    words: dict[Language, tuple[Phrase, ...]]


class Consent(Strict):
    """What a consent wall is told by: its subject, how it addresses the reader, its buttons."""

    words: dict[Language, tuple[Phrase, ...]]
    reader: dict[Language, tuple[Phrase, ...]]
    buttons: dict[Language, tuple[Phrase, ...]]


class Boilerplate(Strict):
    """Everything in config/boilerplate.toml."""

    markers: tuple[Marker, ...]
    verdicts: tuple[Verdict, ...]
    consent: Consent
    agencies: tuple[Phrase, ...]
    jobs: dict[Language, tuple[Phrase, ...]]
    told: dict[Language, tuple[Phrase, ...]]
    faq: dict[Language, tuple[Phrase, ...]]
    zones: dict[Zone, tuple[Phrase, ...]]
    by: dict[Language, tuple[Phrase, ...]]
    time: dict[Language, tuple[Phrase, ...]]
