"""Placing texts: each relation on texts of our own."""

from monitor.stories import Grouper, group

WIRE = (
    "The harbour council of Port Elm voted on Tuesday to close the old ferry terminal and move its "
    "crews to the northern quay. Engineers had found cracks in two of the eleven pillars, and the "
    "insurer refused to renew its cover. Mayor Ines Calder said the last boat would leave at the "
    "end of March. Fishermen protested outside the hall, waving nets, because the northern quay "
    "has no cold store and lies an hour from the market by road."
)


def test_equal_words_in_another_layout_are_exact() -> None:
    grouper = Grouper()
    grouper.place("a", WIRE)
    found = grouper.place("b", WIRE.replace(". ", ".\n\n").upper())
    assert (found.relation, found.story_id, found.of) == ("exact", "a", "a")


def test_a_lead_alone_is_an_excerpt() -> None:
    grouper = Grouper()
    grouper.place("a", WIRE)
    found = grouper.place("b", WIRE[:260] + "... Read more")
    assert (found.relation, found.story_id) == ("excerpt", "a")


def test_too_little_text_is_none() -> None:
    assert Grouper().place("a", "Shares rise").relation == "none"


def test_ids_come_back_as_they_were_given() -> None:
    lines = list(group([{"id": 7, "text": WIRE}, {"id": 8, "text": WIRE}]))
    assert [(line["id"], line["of"]) for line in lines] == [(7, None), (8, 7)]
