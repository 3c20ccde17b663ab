"""Decoding, deep pages, and text that the extractor loses."""

import codecs

import pytest

from monitor.articles.decode import decode
from tests.monitor.articles.conftest import PARAGRAPHS, make_html, make_page

CHINESE = (
    "英伟达市值一日蒸发近六千亿美元，创下单一公司单日损失的纪录，投资者担心人工智能支出过高。" * 3
)


@pytest.mark.parametrize("levels", [100, 245, 256, 300, 1_000, 2_000])
@pytest.mark.parametrize("tag", ["div", "b", "section"])
def test_a_deep_page_keeps_its_text(cleaner, levels, tag):
    body = make_html(*PARAGRAPHS)
    deep = body.replace("<article>", f"<{tag}>" * levels).replace(
        "</article>", f"</{tag}>" * levels
    )
    article = cleaner.clean(make_page(deep))
    assert article.outcome == "stored"
    for paragraph in PARAGRAPHS:
        assert paragraph in article.text


@pytest.mark.parametrize("levels", [20_000, 100_000])
@pytest.mark.parametrize("tag", ["div", "ul><li", "table><tr><td"])
def test_a_page_deeper_than_can_be_read_has_an_outcome(cleaner, levels, tag):
    deep = f"<html><body>{f'<{tag}>' * levels}<p>{PARAGRAPHS[0]}</p>"
    assert cleaner.clean(make_page(deep)).outcome == "no_text"


@pytest.mark.parametrize(
    "encoding, declared, header",
    [
        ("utf-8", "", None),
        ("gb18030", "<meta charset=gb2312>", "text/html; charset=utf-8"),
        ("gb18030", "", "text/html; charset=gbk"),
        ("gb18030", "", None),
        ("big5", "<meta charset=big5>", None),
        ("utf-16", "", None),
        ("utf-8", "<meta charset=x-unknown-9>", "text/html; charset=x-unknown-9"),
    ],
)
def test_the_encoding_is_found(cleaner, encoding, declared, header):
    text = (
        CHINESE
        if encoding != "big5"
        else "輝達市值一日蒸發近六千億美元，創下單一公司單日損失的紀錄。" * 5
    )
    html = make_html(text, head=declared, lang="zh").replace("<meta charset=utf-8>", "")
    headers = {"content_type": header} if header else {}
    article = cleaner.clean(make_page(html.encode(encoding), **headers))
    assert text in article.text


def test_decode_prefers_marks_then_valid_utf8_then_declarations():
    assert decode(codecs.BOM_UTF16_LE + "ab".encode("utf-16-le"), "text/html; charset=gbk") == "ab"
    assert decode("é".encode(), "text/html; charset=iso-8859-1") == "é"
    assert decode(b"\x93quoted\x94 words", "text/html; charset=iso-8859-1") == "“quoted” words"
    assert (
        decode(b"<meta charset=shift_jis>" + "港".encode("shift_jis"), None)
        == "<meta charset=shift_jis>港"
    )
    assert decode(b"words \xff\xfe\xfd", None) is None


def test_a_few_broken_bytes_do_not_change_the_encoding():
    body = b"<meta charset=utf-8>" + "naïve words ".encode() * 100 + b"\xff"
    assert decode(body, None) == body.decode("utf-8", "replace")


def test_lost_paragraphs_come_back_where_they_stood(cleaner):
    lost = "The harbour police counted the ships that waited outside: there were forty-one of them."
    parts = [f'<p class="text">{p}</p>' for p in PARAGRAPHS]
    teaser = f'<div class="wrapper hidden-print noprint"><p class="text">{lost}</p></div>'
    article = cleaner.clean(make_page(make_html(*parts[:2], teaser, *parts[2:])))
    assert article.text == "\n\n".join((*PARAGRAPHS[:2], lost, *PARAGRAPHS[2:]))


def test_comments_of_readers_do_not_come_in(cleaner):
    comments = "".join(
        f'<div class="comment"><p>Reader {n} thinks that the port should be closed.</p></div>'
        for n in range(60)
    )
    html = make_html(*PARAGRAPHS, after=f'<div id="comments" class="comments">{comments}</div>')
    assert cleaner.clean(make_page(html)).text == "\n\n".join(PARAGRAPHS)


def test_controls_nul_and_surrogates_are_not_in_the_text(cleaner):
    html = make_html("be\0fore \x08the&#xD800; &#1; wo\xadrd\u202e\u200b", *PARAGRAPHS)
    article = cleaner.clean(make_page(html.encode("utf-8", "surrogatepass")))
    assert not set(article.text) & set("\0\x01\x08\xad\u202e\u200b")
    article.text.encode()
