"""Pages that are no article: each its outcome, and the articles that look like them."""

import pytest

from monitor.types import FATES
from tests.monitor.articles.conftest import HEADLINE, PARAGRAPHS, make_html, make_page

NOT_FREE = (
    '<script type="application/ld+json">'
    '{"@type":"NewsArticle","headline":"Quiet month at the port","isAccessibleForFree":"False"}'
    "</script>"
)
CONSENT = (
    "<html><head><title>Before you go on</title></head><body><div><h1>We value your privacy</h1>"
    "<p>We and our 311 partners store and access information on a device, such as cookies.</p>"
    "<button>Accept all</button></div></body></html>"
)
CAPTCHA = (
    "<html><head><title>Just a moment...</title></head><body><p>Checking your browser before you "
    "reach harbour.example.</p></body></html>"
)
LOST = (
    "<html><head><title>Page not found</title></head><body><h1>404</h1><p>Sorry, the page you are "
    "looking for has sailed. Try the search or one of our harbours.</p></body></html>"
)
SHELL = "<html><head><title>Port</title></head><body><div id=root></div><script>1</script></html>"
VIDEO = (
    '<html><head><title>Cranes from above</title><meta property="og:type" content="video.other">'
    '<script type="application/ld+json">{"@type":"VideoObject","name":"Cranes"}</script></head>'
    "<body><h1>Cranes from above</h1><p>A flight over the four basins.</p></body></html>"
)
FRONT = (
    "<html><head><title>Harbour Watch</title></head><body><main>"
    + "".join(
        f"<h2><a href='/2025/01/{n}'>Story number {n} of the port and its long quiet month</a></h2>"
        for n in range(12)
    )
    + "</main></body></html>"
)


@pytest.mark.parametrize(
    "body, outcome, reason",
    [
        (LOST, "soft_404", "title"),
        (LOST.replace("Page not found", "Seite nicht gefunden"), "soft_404", "title"),
        (LOST.replace("Page not found", "Página no encontrada"), "soft_404", "title"),
        (LOST.replace("Page not found", "ページが見つかりません"), "soft_404", "title"),
        (LOST.replace("Page not found", "Harbour"), "soft_404", "title"),
        (
            LOST.replace("Page not found", "Harbour").replace("404", "Sorry to say"),
            "soft_404",
            "text",
        ),
        (CONSENT, "consent_wall", "text"),
        (CAPTCHA, "blocked_by_site", "title"),
        (SHELL, "no_text", "script shell"),
        (VIDEO, "no_text", "video page"),
        (FRONT, "no_text", "section front"),
        (make_html(PARAGRAPHS[0], "Subscribe to continue reading."), "paywalled", "subscribe"),
        (make_html(PARAGRAPHS[0], head=NOT_FREE), "paywalled", "declared"),
        (make_html("Jetzt weiterlesen mit Hafen Plus", lang="de"), "paywalled", "subscribe"),
        ("%PDF-1.7 and so on", "not_html", "PDF"),
        ('<?xml version="1.0"?><rss version="2.0"><channel/></rss>', "not_html", "rss"),
        (b"\x89PNG\r\n\x1a\n", "not_html", "image"),
        (b"", "empty", "0 bytes"),
        (b" \0\n", "empty", "0 bytes"),
    ],
)
def test_a_page_that_is_no_article_has_its_outcome(cleaner, body, outcome, reason):
    article = cleaner.clean(make_page(body))
    assert article.outcome == outcome
    assert reason in article.facts["reason"]
    assert article.text == ""
    assert article.outcome in FATES


@pytest.mark.parametrize(
    "status, body, outcome",
    [
        (403, CAPTCHA, "blocked_by_site"),
        (503, CAPTCHA, "blocked_by_site"),
        (403, "x", "http_error"),
        (404, make_html(*PARAGRAPHS), "http_error"),
        (410, make_html(*PARAGRAPHS), "gone"),
        (500, make_html(*PARAGRAPHS), "http_error"),
        (206, make_html(*PARAGRAPHS), "http_error"),
        (304, "", "http_error"),
        (200, make_html(*PARAGRAPHS), "stored"),
    ],
)
def test_the_status_decides_unless_it_hides_a_captcha(cleaner, status, body, outcome):
    assert cleaner.clean(make_page(body, status)).outcome == outcome


@pytest.mark.parametrize(
    "parts",
    [
        (*PARAGRAPHS, "The banner reads “We value your privacy”, which nobody on the quay does."),
        ("<p>Already a subscriber? Log in</p>", *PARAGRAPHS),
        (*PARAGRAPHS, "A sailor's dog that was not found for a week is back, the mayor says."),
        (*PARAGRAPHS, "The site asks whether you are a robot before it shows the timetable."),
    ],
)
def test_articles_that_speak_of_walls_are_stored(cleaner, parts):
    assert cleaner.clean(make_page(make_html(*parts))).outcome == "stored"


def test_a_long_article_that_declares_itself_not_free_is_stored(cleaner):
    parts = (*PARAGRAPHS, *(p[::-1] for p in PARAGRAPHS))
    article = cleaner.clean(make_page(make_html(*parts, head=NOT_FREE)))
    assert article.outcome == "stored"
    assert article.facts["paywall"] == "declared"


def test_a_page_whose_address_nobody_gave_is_an_article(cleaner):
    assert cleaner.clean(make_page(make_html(*PARAGRAPHS), url="")).outcome == "stored"


def test_a_pdf_by_its_type_is_not_html(cleaner):
    page = make_page("words", content_type="application/pdf")
    assert cleaner.clean(page).outcome == "not_html"


def test_the_limits_of_elements_and_attributes(cleaner):
    many = make_page("<html><body>" + "<p>word</p>" * 60_000)
    wide = make_page("<html><body><p " + " ".join(f"a{i}=1" for i in range(9_000)) + ">x</p>")
    assert cleaner.clean(many).outcome == "too_large"
    assert cleaner.clean(wide).facts["reason"] == "a tag with 9000 attributes"


def test_what_is_no_article_still_has_its_headline(cleaner):
    assert cleaner.clean(make_page(make_html(head=NOT_FREE))).headline == HEADLINE
