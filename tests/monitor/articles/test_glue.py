"""Lost sentence ends: what is taken apart, what never is, and the way back to the raw text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.text.glue import INSERTED, repair

# Two sure damages, so that the second tier is on.
PROVEN = "Sales fell in the springThe board met twiceHowever, nothing came of it. "


def raw_spans_hold(raw, repaired):
    """Every character of the repaired text that is not inserted stands at its raw offset."""
    places = {o + i * len(INSERTED) for i, o in enumerate(repaired.insertions)}
    inserted = places | {p + 1 for p in places}
    spaces = {c: " " for c in (0xA0, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000)}
    plain = raw.translate(spaces)
    return all(
        plain[repaired.raw(i)] == c for i, c in enumerate(repaired.text) if i not in inserted
    )


@pytest.mark.parametrize(
    "glued, apart",
    [
        ("It is unknown nowThis small firm grew.", "It is unknown now. This small firm grew."),
        ("shares fell sharplyHowever, some rose", "shares fell sharply. However, some rose"),
    ],
)
def test_a_lower_case_word_before_a_sentence_opener_is_always_split(glued, apart):
    assert repair(glued).text == apart


@pytest.mark.parametrize(
    "glued, apart",
    [
        ("as seen in the U.Stechnology sector", "as seen in the U.S. technology sector"),
        ("the tax of the U.SCensus Bureau", "the tax of the U.S. Census Bureau"),
        ("it opened at 10 a.mlocal time", "it opened at 10 a.m. local time"),
        ("it was founded in 2016The owners", "it was founded in 2016. The owners"),
        ("it rose by 5%The owners", "it rose by 5%. The owners"),
        ("the chief of that AIThe owners", "the chief of that AI. The owners"),
        ("paid a millionOperating costs rose", "paid a million. Operating costs rose"),
        ("met on Sept30 at noon", "met on Sept. 30 at noon"),
        ("asked SenTed Marlow", "asked Sen. Ted Marlow"),
        ("he said“They knew it”", "he said. “They knew it”"),
        ('"Fine," he said"They knew it"', '"Fine," he said. "They knew it"'),
    ],
)
def test_less_sure_damages_are_split_in_a_text_proven_damaged(glued, apart):
    assert repair(PROVEN + glued).text.endswith(apart)


@pytest.mark.parametrize(
    "text",
    [
        "DeepSeek, OpenAI and ChatGPT on an iPhone with CarPlay and genAI from SoFi",
        "the R1 model, an H100 and 3D prints",
        "MacNeil met McDonald and DiCaprio",
        "see https://example.org/TheEnd or mail jo@ExampleThe.org",
        "call list.indexOf(x) of the wikiHow page",
        "a FooBar here, a FooBar there",
        "an order of easyJet from eBay",
    ],
)
@pytest.mark.parametrize("before", ["", PROVEN], ids=["clean", "damaged"])
def test_names_and_code_stay_whole(text, before):
    assert repair(before + text).text.endswith(text)


def test_without_proof_the_less_sure_ones_stay():
    text = "In 2016The owners sold it. They left. " * 3
    assert repair(text).insertions == ()


def test_a_text_without_any_sentence_end_is_proven_by_likely_places():
    repaired = repair("The plan failedMinisters resigned at onceVoters wait")
    assert repaired.text == "The plan failed. Ministers resigned at once. Voters wait"


def test_odd_spaces_become_plain_ones_one_to_one():
    repaired = repair("about US$6 million　in all")
    assert repaired.text == "about US$6 million in all"
    assert repaired.raw(10) == 10


def test_places_lead_back_and_spans_know_whether_they_were_repaired():
    raw = "one two nowThis and that laterThen the end"
    repaired = repair(raw)
    assert repaired.text == "one two now. This and that later. Then the end"
    start = repaired.text.index("This")
    assert raw[repaired.raw(start) : repaired.raw(start + 4)] == "This"
    assert repaired.is_repaired(8, 15)
    assert not repaired.is_repaired(11, 15)
    assert not repaired.is_repaired(0, 11)
    assert repaired.raw(len(repaired.text)) == len(raw)


@given(st.text(alphabet=st.sampled_from('aeT.S U2%"”A m’\xa0')))
def test_every_place_leads_back(raw):
    assert raw_spans_hold(raw, repair(raw))


@given(st.lists(st.sampled_from(["nowThis", "U.Sis", "DeepSeek", "the", "end. ", "Sept6", " "])))
def test_only_sentence_ends_are_added(words):
    raw = " ".join(words)
    repaired = repair(raw)
    assert repaired.text.replace(" ", "").replace(".", "") == raw.replace(" ", "").replace(".", "")
    assert raw_spans_hold(raw, repaired)
