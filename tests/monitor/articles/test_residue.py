"""Each kind of residue: the husk goes, by its rule; the sentences around it stay whole."""

import tomllib
from pathlib import Path

import pytest

from tests.monitor.articles.conftest import PARAGRAPHS, make_html, make_page

CASES = tomllib.loads(
    (Path(__file__).parents[2] / "data" / "articles" / "residue.toml").read_text(encoding="utf-8")
)["case"]
KINDS = (
    "ad app agency bio byline caption comments contact copyright dateline disclosure embed login "
    "newsletter notice player promo related share sources support toc"
)
each_case = pytest.mark.parametrize(
    "case", CASES, ids=[f"{i}-{c['rule']}-{c['lang']}" for i, c in enumerate(CASES)]
)


def paragraphs_with(case):
    if case.get("start"):
        return (case["html"], *PARAGRAPHS)
    if case.get("end"):
        return (*PARAGRAPHS, case["html"])
    return (*PARAGRAPHS[:2], case["html"], *PARAGRAPHS[2:])


@each_case
def test_the_husk_goes_and_its_neighbours_stay(cleaner, case):
    article = cleaner.clean(make_page(make_html(*paragraphs_with(case))))
    assert article.text == "\n\n".join(PARAGRAPHS)
    assert {block.rule for block in article.blocks} & {case["rule"], "extractor"}


@each_case
def test_nothing_disappears_without_a_trace(cleaner, case):
    """What the body held is in the blocks, kept or removed."""
    article = cleaner.clean(make_page(make_html(*paragraphs_with(case))))
    kept = [block.text for block in article.blocks if block.rule is None]
    assert "\n\n".join(kept) == article.text
    assert all(block.kind == block.rule for block in article.blocks if block.rule)


def test_every_kind_of_the_rules_has_a_case():
    assert set(KINDS.split()) - {c["rule"] for c in CASES} <= {"promo"}


def test_every_kind_told_by_words_has_a_case_in_six_languages():
    missing = {
        kind: {"en", "de", "es", "fr", "zh", "ja"} - {c["lang"] for c in CASES if c["rule"] == kind}
        for kind in KINDS.split()
        if kind != "promo"
    }
    assert {kind: languages for kind, languages in missing.items() if languages} == {}


@pytest.mark.parametrize(
    "sentence",
    [
        "Readers share the view that the newsletters of the port say little about strikes.",
        "The advertisement on the crane, the union says, cost more than a night shift of drivers.",
        "Related companies of the operator, among them two tugs, were not on strike.",
        "She said she would read more about the rules before she decides whether to support them.",
        "Copyright law has nothing to do with it, the judge said, and closed the case for good.",
        "By March the port expects to be back at the level of the year before, the operator says.",
        "He wrote a correction to the minutes: the meeting had begun an hour later than they said.",
        "In der Anzeige der Gewerkschaft steht, dass die Kräne auch im Februar still stehen.",
    ],
)
def test_sentences_that_hold_marker_words_stay(cleaner, sentence):
    article = cleaner.clean(make_page(make_html(*PARAGRAPHS[:2], sentence, *PARAGRAPHS[2:])))
    assert sentence in article.text


def test_headings_of_the_text_stay(cleaner):
    parts = (*PARAGRAPHS[:2], "<h2>What the union wants</h2>", *PARAGRAPHS[2:])
    article = cleaner.clean(make_page(make_html(*parts)))
    assert "What the union wants" in article.text
    assert [b.text for b in article.blocks if b.kind == "heading"] == ["What the union wants"]


def test_the_headline_is_not_repeated_with_its_kicker(cleaner):
    html = make_html(*PARAGRAPHS).replace("<h1>", "<h1><span>Shipping</span> ")
    assert cleaner.clean(make_page(html)).text == "\n\n".join(PARAGRAPHS)


def test_questions_that_the_page_declares_are_typed(cleaner):
    data = (
        '<script type="application/ld+json">{"@type":"FAQPage","mainEntity":[{"@type":"Question",'
        '"name":"Who pays for the strike?","acceptedAnswer":{"@type":"Answer","text":"All."}}]}'
        "</script>"
    )
    asked, answered = "Who pays for the strike?", "In the end everyone who buys by sea."
    parts = (*PARAGRAPHS, f"<h2>{asked}</h2>", answered)
    article = cleaner.clean(make_page(make_html(*parts, head=data)))
    assert [b.text for b in article.blocks if b.kind == "faq"] == [asked, answered]


def test_an_embedded_post_is_kept_and_typed(cleaner):
    words = "Nine days without a crane, and counting, at our port."
    post = f'<blockquote class="twitter-tweet"><p>{words}</p></blockquote>'
    article = cleaner.clean(make_page(make_html(*PARAGRAPHS[:3], post, PARAGRAPHS[3])))
    assert words in [b.text for b in article.blocks if b.kind == "embed" and b.rule is None]


def test_a_block_learned_from_the_site_goes(cleaner):
    from monitor.articles import block_hash

    line = "Harbour Watch is read in four towns and two villages along the coast, every day."
    page = make_page(make_html(*PARAGRAPHS[:2], line, *PARAGRAPHS[2:]))
    assert line in cleaner.clean(page).text
    cleaned = cleaner.clean(page, frozenset({block_hash(line.upper())}))
    assert cleaned.text == "\n\n".join(PARAGRAPHS)
    assert "learned" in {block.rule for block in cleaned.blocks}


def test_a_notice_is_kept_apart_word_for_word(cleaner):
    notice = "Correction: An earlier version of this article gave the wrong number of cranes."
    article = cleaner.clean(make_page(make_html(*PARAGRAPHS, notice)))
    assert article.notice == notice


@pytest.mark.parametrize(
    "first, last, wire",
    [
        ("NIEUWMARK, Jan 27 (Reuters) - " + PARAGRAPHS[0], "", "Reuters"),
        ("AP - " + PARAGRAPHS[0], "", "AP"),
        (PARAGRAPHS[0], "With inputs from AFP", "AFP"),
        (PARAGRAPHS[0], "", None),
    ],
)
def test_the_agency_credited_is_named(cleaner, first, last, wire):
    parts = [p for p in (first, *PARAGRAPHS[1:], last) if p]
    assert cleaner.clean(make_page(make_html(*parts))).wire == wire


@pytest.mark.parametrize(
    "sentence",
    [
        "A post on the company's blog put the cost of the run at 5.6 million dollars on Monday.",
        "A tweet by the president sent the shares down another 3 percent within minutes.",
        "Posts from twelve employees described layoffs in two of the firm's laboratories.",
        "The loss was corrected to 589 billion dollars by the exchange after the close.",
        "Le bilan a été corrigé à 14 morts par la préfecture dans la soirée de lundi.",
        "Das Ergebnis wurde korrigiert und liegt nun bei 3 Milliarden Euro im Quartal.",
    ],
)
def test_a_sentence_that_begins_like_a_husk_is_kept(cleaner, sentence):
    html = make_html(*PARAGRAPHS[:2], f"<p>{sentence}</p>", *PARAGRAPHS[2:])
    assert sentence in cleaner.clean(make_page(html)).text
