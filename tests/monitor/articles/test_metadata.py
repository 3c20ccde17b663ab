"""Headline, authors, dates, standfirst: which of the page's claims is believed."""

import json

import pytest

from tests.monitor.articles.conftest import HEADLINE, PARAGRAPHS, make_html, make_page


def linked_data(**fields):
    data = json.dumps({"@type": "NewsArticle", **fields})
    return f'<script type="application/ld+json">{data}</script>'


def meta(**fields):
    names = {name.replace("__", ":"): value for name, value in fields.items()}
    return "".join(f'<meta property="{n}" content="{v}">' for n, v in names.items())


def clean(cleaner, head="", parts=PARAGRAPHS, url="https://news.example/port", **options):
    return cleaner.clean(make_page(make_html(*parts, head=head, **options), url=url))


@pytest.mark.parametrize(
    "head, headline",
    [
        ("", HEADLINE),
        (meta(og__title=f"{HEADLINE} | Harbour Watch", og__site_name="Harbour Watch"), HEADLINE),
        (
            linked_data(headline="Cranes: a quiet month at the port"),
            "Cranes: a quiet month at the port",
        ),
        (
            linked_data(headline="Quiet &#8216;month&#8217; at the port"),
            "Quiet ‘month’ at the port",
        ),
        (
            meta(
                og__title="Strike: quiet month at the port",
                twitter__title="Strike: quiet month at the port",
            ),
            "Strike: quiet month at the port",
        ),
    ],
)
def test_the_headline(cleaner, head, headline):
    assert clean(cleaner, head).headline == headline


@pytest.mark.parametrize(
    "author, names",
    [
        ({"@type": "Person", "name": "Jo Reyes"}, ("Jo Reyes",)),
        ([{"name": "Jo Reyes"}, {"name": "Ann Li"}], ("Jo Reyes", "Ann Li")),
        ([[{"name": "Jo Reyes"}]], ("Jo Reyes",)),
        ("By Jo Reyes and Ann Li", ("Jo Reyes", "Ann Li")),
        ({"name": "Jo Reyes, PhD"}, ("Jo Reyes, PhD",)),
        ({"@type": "Organization", "name": "Harbour Watch"}, ("Mara Lindqvist",)),
        ({"name": {"x": [None]}}, ("Mara Lindqvist",)),
        (None, ("Mara Lindqvist",)),
    ],
)
def test_authors_are_people_before_houses(cleaner, author, names):
    head = linked_data(author=author) + meta(og__site_name="Harbour Watch")
    assert clean(cleaner, head).authors == names


def test_an_author_given_by_reference_is_looked_up(cleaner):
    graph = {
        "@graph": [
            {"@type": "NewsArticle", "author": {"@id": "#jo"}},
            {"@type": "Person", "@id": "#jo", "name": "Jo Reyes"},
        ]
    }
    head = f'<script type="application/ld+json">{json.dumps(graph)}</script>'
    assert clean(cleaner, head).authors == ("Jo Reyes",)


def test_a_byline_serves_where_the_head_names_nobody(cleaner):
    html = make_html("By Jo Reyes", *PARAGRAPHS).replace("Mara Lindqvist", "")
    assert cleaner.clean(make_page(html)).authors == ("Jo Reyes",)


@pytest.mark.parametrize(
    "head, published, source",
    [
        (
            linked_data(datePublished="2025-01-27T21:05:00-05:00"),
            "2025-01-27T21:05:00-05:00",
            "json-ld",
        ),
        (meta(article__published_time="2025-01-27"), "2025-01-27", "meta article:published_time"),
        ("<meta name=pubdate content='27 January 2025'>", "2025-01-27", "meta pubdate"),
        (linked_data(datePublished="0000-00-00"), None, None),
        (linked_data(datePublished="9999-12-31"), None, None),
        (linked_data(datePublished=1e300), None, None),
        (meta(article__published_time="1601-01-01T00:00:00Z"), None, None),
    ],
)
def test_the_date(cleaner, head, published, source):
    article = clean(cleaner, head)
    assert article.date_published == published
    assert article.facts.get("date_published") == source


def test_a_date_of_the_address_and_of_the_page_serve_last(cleaner):
    assert clean(cleaner, url="https://news.example/2025/01/26/port").date_published == "2025-01-26"
    assert clean(cleaner, parts=("26 January 2025", *PARAGRAPHS)).date_published == "2025-01-26"


def test_sources_that_disagree_are_told_with_their_raw_dates(cleaner):
    head = linked_data(datePublished="2023-01-27") + meta(article__published_time="2025-01-27")
    facts = clean(cleaner, head).facts
    assert facts["date_published_raw"] == "2023-01-27"
    assert facts["date_published_disagrees"] == "meta article:published_time: 2025-01-27"


def test_a_text_that_names_only_later_months_is_told(cleaner):
    text = "In January 2025 the cranes stood still, and in February 2025 they may do so again."
    facts = clean(cleaner, linked_data(datePublished="2023-01-27"), (*PARAGRAPHS, text)).facts
    assert facts["date_published_disagrees"] == "text: names only later months"


def test_an_address_of_another_site_is_a_fact_and_not_the_articles_own(cleaner):
    article = clean(cleaner, '<link rel="canonical" href="https://Wire.example/port?utm_source=x">')
    assert article.canonical_url is None
    assert article.facts["canonical_elsewhere"] == "https://wire.example/port"
    own = clean(cleaner, '<link rel="canonical" href="/port">')
    assert "canonical_elsewhere" not in own.facts


def test_modified_section_and_paywall_are_kept(cleaner):
    head = linked_data(
        dateModified="2025-01-28",
        articleSection="Trade",
        isAccessibleForFree=False,
        wordCount="103",
    )
    article = clean(cleaner, head, (*PARAGRAPHS, *(p.upper() for p in PARAGRAPHS)))
    assert article.date_modified == "2025-01-28"
    assert article.facts["section"] == "Trade"
    assert article.facts["paywall"] == "declared"


LEAD = "Nine days without a crane have cost the port of Nieuwmark a third of its trade."


@pytest.mark.parametrize(
    "head, parts, standfirst",
    [
        (meta(og__description=LEAD), PARAGRAPHS, LEAD),
        (meta(og__description=PARAGRAPHS[0][:70] + "..."), PARAGRAPHS, None),
        ("", PARAGRAPHS, None),
    ],
)
def test_the_standfirst_is_what_stands_apart_from_the_text(cleaner, head, parts, standfirst):
    article = clean(cleaner, head, parts)
    assert article.standfirst == standfirst
    assert article.text == "\n\n".join(PARAGRAPHS)


def test_a_cut_description_is_completed_from_the_page(cleaner):
    html = make_html(*PARAGRAPHS, head=meta(og__description=LEAD[:45] + "…"))
    html = html.replace("</h1>", f"</h1><header><div class=dek>{LEAD}</div></header>")
    article = cleaner.clean(make_page(html))
    assert article.standfirst == LEAD


@pytest.mark.parametrize(
    "link, canonical",
    [
        ("https://www.news.example/port?utm_source=x", "https://www.news.example/port"),
        ("/port", "https://news.example/port"),
        ("https://elsewhere.example/port", None),
        ("http://127.66.66.66:8702/secret", None),
        ("file:///etc/passwd", None),
        ("http://[", None),
    ],
)
def test_a_canonical_address_is_believed_only_on_the_same_site(cleaner, link, canonical):
    assert clean(cleaner, f"<link rel=canonical href='{link}'>").canonical_url == canonical


GERMAN = "Die Kräne stehen seit neun Tagen still, und niemand am Hafen weiß, wie lange noch. " * 4
CHINESE = "港口一月份处理的集装箱数量少于开港以来的任何一个月，运营商将其归咎于罢工。" * 4


@pytest.mark.parametrize(
    "text, declared, language",
    [(PARAGRAPHS, "de", "en"), ((GERMAN,), "en", "de"), ((CHINESE,), "en", "zh")],
)
def test_the_language_is_that_of_the_text(cleaner, text, declared, language):
    assert clean(cleaner, parts=text, lang=declared).in_language == language


@pytest.mark.parametrize(
    "data",
    [
        "[" * 100_000,
        '{"@type":"NewsArticle",',
        '{"@type":["x",{"y":1}],"headline":7}',
        "null",
        "\0",
        "1e999",
    ],
    ids=["deep", "cut", "odd", "null", "nul", "infinite"],
)
def test_broken_linked_data_does_not_matter(cleaner, data):
    article = clean(cleaner, f'<script type="application/ld+json">{data}</script>')
    assert article.headline == HEADLINE
    assert article.outcome == "stored"
