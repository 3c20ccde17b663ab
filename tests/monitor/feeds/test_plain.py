"""Plain text from the markup in titles and summaries."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.feeds.plain import from_html, from_text

LIMIT = 60


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("Deep<b>Seek</b> falls", "DeepSeek falls"),
        ("<p>One.</p><p>Two.</p>", "One. Two."),
        ("One<br/>two", "One two"),
        ("A &amp; B &lt;C&gt; &#8220;D&#x201D; &nbsp; E", "A & B <C> “D” E"),
        ("5 < 6 and 7 > 6", "5 < 6 and 7 > 6"),
        ("Text<script>alert(1)</script> goes on", "Text goes on"),
        ("Text<STYLE a=1>p {}</style\n> goes on", "Text goes on"),
        ("Text<script>never closed", "Text"),
        ("Text<!-- > hidden --> goes on", "Text goes on"),
        ("Text<!-- never closed", "Text"),
        ("Text<img src='x", "Text"),
        ("safe<iframe src=x/> description", "safe description"),
        ("<![CDATA[Text]]> left", "left"),
        ("\u202egpj.exe", "gpj.exe"),
        (" \n ", None),
        ("<p></p>", None),
        ("a\0b\x08c\ud800d\ufffee\x85f", "abcde f"),
        ("x" * 100, "x" * 59 + "…"),
        ("<b>" * 100 + "x" * 60, "x" * 60),
    ],
)
def test_from_html(markup: str, expected: str | None) -> None:
    assert from_html(markup, LIMIT) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("The <blink> tag &amp; I", "The <blink> tag &amp; I"), ("a\u00a0\t b", "a b"), ("", None)],
)
def test_from_text(text: str, expected: str | None) -> None:
    assert from_text(text, LIMIT) == expected


@given(st.text() | st.text(st.sampled_from("<>!-/&;# abpscript\"'=\0\ud800")))
def test_every_text_is_clean_and_bounded(markup: str) -> None:
    for text in (from_html(markup, LIMIT), from_text(markup, LIMIT)):
        if text is not None:
            assert 0 < len(text) <= LIMIT
            assert text == " ".join(text.split())
            text.encode()


@pytest.mark.parametrize("piece", ["<a '", '<a "', "<!--", "<script>", "<", "&", "<!", "<a ", "&#"])
def test_time_grows_with_the_text_only(piece: str) -> None:
    assert len(from_html(piece * 200_000, LIMIT) or "") <= LIMIT
