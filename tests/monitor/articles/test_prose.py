"""Sentences that read like a husk stay, amid the text and at its end."""

import tomllib
from pathlib import Path

import pytest

from tests.monitor.articles.conftest import PARAGRAPHS, make_html, make_page

SENTENCES = tomllib.loads(
    (Path(__file__).parents[2] / "data" / "articles" / "prose.toml").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("end", [False, True], ids=["amid", "end"])
@pytest.mark.parametrize("language", SENTENCES)
def test_a_sentence_that_reads_like_a_husk_stays(cleaner, language, end):
    lost = []
    for sentence in SENTENCES[language]:
        parts = (*PARAGRAPHS, sentence) if end else (*PARAGRAPHS[:2], sentence, *PARAGRAPHS[2:])
        article = cleaner.clean(make_page(make_html(*parts)))
        if article.outcome != "stored" or sentence not in article.text:
            lost.append(sentence)
    assert lost == []
