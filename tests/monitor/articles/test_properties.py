"""What holds for any bytes: an outcome, no exception, no word that the page did not hold."""

import json
import pickle
import random
import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monitor.articles import to_json, version_text
from monitor.types import FATES
from tests.monitor.articles.conftest import PARAGRAPHS, make_html, make_page

MUTANTS = 300
SCRAPS = (
    *(b"<", b">", b"</p>", b"<!--", b"]]>", b"\0", b"\xff\xfe", b"&#xD800;", b"&#0;", b"<p", b'"'),
    *(b"<script>", b"</body>", b"<svg>", b"<table><tr>", b"<a href='http://[", b"\xed\xa0\x80"),
    *(b"<br>" * 50, b"<div>" * 300, b"<b><i>" * 400, b"{" * 50, b"9" * 400, b"<![CDATA["),
    *(b"<base href='::'>", b"<meta charset=utf-7>", b"<h1>", b"<time datetime=x>", b"\x1b[31m"),
)
RICH = make_html(
    *PARAGRAPHS,
    '<blockquote class="twitter-tweet"><p>Nine days, and counting.</p></blockquote>',
    "<ul><li>One</li><li><a href='/2025/01/x'>Two and three and four</a></li></ul>",
    "<table><tr><th>Ships</th><td>41</td></tr></table>",
    head='<script type="application/ld+json">{"@type":"NewsArticle","author":[{"name":"Jo Li"}],'
    '"datePublished":"2025-01-27","headline":"Quiet"}</script><link rel=canonical href="/x">',
)


def check(article):
    assert article.outcome in FATES
    assert (article.outcome == "stored") == bool(article.text)
    json.dumps(to_json(article), ensure_ascii=False).encode()
    text, start, _ = version_text(article)
    assert text[start:] == article.text
    if article.outcome == "stored":
        kept = [block.text for block in article.blocks if block.rule is None]
        assert "\n\n".join(kept) == article.text
    else:
        assert article.facts["reason"]


def mutant(chance):
    html = bytearray(RICH.encode())
    for _ in range(chance.randint(1, 20)):
        at, size = chance.randrange(len(html) + 1), chance.randint(1, 200)
        kind = chance.randrange(4)
        if kind == 0:
            html[at : at + size] = b""
        elif kind == 1:
            html[at:at] = chance.choice(SCRAPS)
        elif kind == 2:
            html[at : at + 1] = bytes([chance.randrange(256)])
        else:
            html[at:at] = html[at : at + size]
    return bytes(html)


@pytest.mark.parametrize("seed", range(6))
def test_damaged_pages_have_an_outcome(cleaner, seed):
    chance = random.Random(seed)
    for _ in range(MUTANTS // 6):
        check(cleaner.clean(make_page(mutant(chance))))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_have_an_outcome(cleaner, body):
    check(cleaner.clean(make_page(body)))
    check(cleaner.clean(make_page(b"<html><body><p>" + body)))


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60
)
@given(st.lists(st.text(alphabet=st.characters(codec="utf-8"), max_size=120), max_size=6))
def test_no_word_appears_that_the_page_did_not_hold(cleaner, texts):
    import html as markup

    parts = [markup.escape(text) for text in texts]
    page = make_html(*PARAGRAPHS, *(f"<p>{part}</p>" for part in parts))
    article = cleaner.clean(make_page(page.encode("utf-8", "replace")))
    held = re.sub(r"\W+", "", "".join((*PARAGRAPHS, *texts))).casefold()
    for word in re.findall(r"[a-z]{4,}", article.text.casefold()):
        assert word in held or word in re.sub(r"\W+", "", page).casefold()


def test_cleaning_twice_is_cleaning_once(cleaner):
    once = cleaner.clean(make_page(RICH)).text
    again = cleaner.clean(make_page(make_html(*once.split("\n\n"))))
    assert again.text == once


def test_the_same_page_gives_the_same_article_again_and_again(cleaner):
    first = cleaner.clean(make_page(RICH))
    assert all(cleaner.clean(make_page(RICH)) == first for _ in range(6))


def test_a_cleaner_survives_pickling(cleaner):
    again = pickle.loads(pickle.dumps(cleaner))
    assert again.version == cleaner.version
    assert again.clean(make_page(RICH)) == cleaner.clean(make_page(RICH))
