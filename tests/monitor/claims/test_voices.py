"""How surely a value is said, and by whom."""

import pytest

from monitor.claims import Reader
from monitor.claims.quotations import quoted

CASES = [
    ("DeepSeek spent $5.6 million on training.", "asserted", None),
    ("DeepSeek says it spent $5.6 million on training.", "attributed", "DeepSeek"),
    ("DeepSeek, which says it spent $5.6 million on V3, is small.", "attributed", "DeepSeek"),
    ("DeepSeek spent $5.6 million on V3, Henrik Dahl said.", "attributed", "Henrik Dahl"),
    (
        "Henrik Dahl, a manager at Nordlys, says DeepSeek has 160 employees.",
        "attributed",
        "Henrik Dahl",
    ),
    (
        "According to Appfigures, the DeepSeek app has 2.6 million downloads.",
        "attributed",
        "Appfigures",
    ),
    (
        "The DeepSeek app was downloaded 2.6 million times, Appfigures data showed.",
        "attributed",
        "Appfigures",
    ),
    ("Per Appfigures, the DeepSeek app has 2.6 million downloads.", "attributed", "Appfigures"),
    (
        "A spokesperson for Nvidia said DeepSeek used 2,048 H800 chips in training.",
        "attributed",
        "Nvidia",
    ),
    ("DeepSeek reportedly spent $5.6 million on training.", "hedged", None),
    ("DeepSeek is rumoured to own 50,000 H100s.", "hedged", None),
    ("The Stargate venture plans to invest $500 billion.", "predicted", None),
    ("Did DeepSeek train the model for $5.6 million?", "doubted", None),
    ("Many analysts doubt that DeepSeek spent only $5.6 million.", "doubted", "many analysts"),
    ("There is no doubt that DeepSeek spent $5.6 million on training.", "asserted", None),
    ("DeepSeek denied that it has 50,000 H100s.", "denied", "DeepSeek"),
    ("It is beyond doubt that Nvidia fell 17%.", "asserted", None),
]


@pytest.mark.parametrize(("text", "modality", "speaker"), CASES, ids=[c[0][:40] for c in CASES])
def test_voice(reader: Reader, text: str, modality: str, speaker: str | None) -> None:
    one = reader.observe(text)[0]
    assert (one.modality, one.speaker) == (modality, speaker)


def test_correction_takes_the_first_figure_back(reader: Reader) -> None:
    text = (
        "A report on Tuesday said that Broadcom had fallen 1.74 percent. It was 17.4 percent."
        " An editing error was to blame."
    )
    told = [
        (one.value is not None and abs(float(str(one.value))), one.modality)
        for one in reader.observe(text)
        if one.claim == "broadcom.share_move_pct"
    ]
    assert told == [(1.74, "denied"), (17.4, "asserted")]


def test_a_line_without_words_is_no_speaker(reader: Reader) -> None:
    (one,) = reader.observe("Nvidia shares fell 17% on Monday.\n____\nChips were sold everywhere.")
    assert (one.value, one.speaker) == (-17, None)


def test_quotation_goes_on_after_its_speaker(reader: Reader) -> None:
    text = (
        '"DeepSeek is real," said Henrik Dahl of Nordlys. "It has 50,000 H100 chips. They use'
        ' them well."'
    )
    (one,) = [one for one in reader.observe(text) if one.claim == "deepseek.gpu_stock"]
    assert (one.modality, one.speaker) == ("attributed", "Henrik Dahl")


UNTAGGED = [
    'Analyst Henrik Dahl does not buy it. "The $5.6 million they spent on the model is rent."',
    "Henrik Dahl, a manager, said by phone that DeepSeek spent $5.6 million on training.",
    '"DeepSeek trained it for $5.6 million," said Henrik Dahl of Great Lakes Trust.',
    'Judge Henrik Dahl was not persuaded. "Sellers say DeepSeek spent $5.6 million," he wrote.',
]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (  # "it" is what was quoted last, not whoever owns the figure
            "A memo says DeepSeek is large. It puts the lab's inventory at 22,000 H100 chips.",
            "memo",
        ),
        (  # whoever speaks inside a quotation is not "he" outside
            'Henrik Dahl, a manager, says: "If somebody tells you, ask." In March he said'
            " DeepSeek spent $5.6 million on training.",
            "Henrik Dahl",
        ),
        (
            "An ex-employee put DeepSeek's headcount at 150; Chinese media at 139.",
            "Chinese media",
        ),
        ("DeepSeek trained V3 well. The paper's $5.6 million was for one run.", "DeepSeek"),
        ("By one estimate, that of SemiAnalysis, DeepSeek owns 50,000 H100s.", "SemiAnalysis"),
        (  # what others know is told by whoever tells of it
            "The plaintiffs allege that executives knew DeepSeek spent $5.6 million on training.",
            "plaintiffs",
        ),
        (
            "He'd spoken to DeepSeek. Henrik Dahl queries whether it owns 50,000 H100s.",
            "Henrik Dahl",
        ),
        (
            "Analyst Henrik Dahl was cautious. He would treat as unproven the $5.6 million that"
            " DeepSeek's training cost.",
            "Henrik Dahl",
        ),
        (
            "Some experts say it is small. They say DeepSeek owns 50,000 H100 chips.",
            "some experts",
        ),
        (
            '"It is large," said one member, Thaddeus Orme. He said DeepSeek owns 50,000 H100s.',
            "Thaddeus Orme",
        ),
        (
            "Professor Ada Holm was quoted on Monday as saying DeepSeek owns 50,000 H100s.",
            "Ada Holm",
        ),
        ('A former High-Flyer trader: "DeepSeek owns 50,000 H100s."', "former High-Flyer trader"),
        ("SemiAnalysis has in the past said that DeepSeek owns 50,000 H100s.", "SemiAnalysis"),
        ("The supplier gave a figure of 18,000 H100 chips that DeepSeek owns.", "supplier"),
        ("A committee's report says DeepSeek owns 50,000 H100 chips.", "committee"),
        ("An engineer just back from Shenzhen said DeepSeek has 50,000 H100s.", "engineer"),
    ],
)
def test_who_is_meant(reader: Reader, text: str, speaker: str) -> None:
    assert reader.observe(text)[-1].speaker == speaker


def test_transcripts_say_who_speaks_in_bold(reader: Reader) -> None:
    text = (
        "**Dr. Holm.** Thank you, Senator.\n\n**Senator DAHL.** How many chips has DeepSeek?\n\n"
        "**Dr. Holm.** I have no number.\n\n**Senator DAHL.** I have 50,000 H100 chips here."
    )
    assert reader.observe(text)[-1].speaker == "Dahl"


def test_letters_are_by_who_signs_them(reader: Reader) -> None:
    text = (
        "Sir, - DeepSeek used 2,048 chips in training. I have read it. - HENRIK DAHL, Malmo.\n\n"
        "Sir, - DeepSeek spent $5.6 million on training. I doubt no word.\nDr Ada Holm, Lund"
    )
    assert [one.speaker for one in reader.observe(text)] == ["Henrik Dahl", "Ada Holm"]


@pytest.mark.parametrize("text", UNTAGGED)
def test_who_says_a_quotation(reader: Reader, text: str) -> None:
    (one,) = [one for one in reader.observe(text) if one.claim == "deepseek.training_cost"]
    assert one.speaker == "Henrik Dahl"


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("DeepSeek spent $5.6 million on training, one senior official said.", "senior official"),
        ("A report released on Monday says DeepSeek spent $5.6 million on training.", "report"),
        ("If, as the paper says, DeepSeek spent $5.6 million on training, ask why.", "DeepSeek"),
    ],
)
def test_sources_without_a_name_keep_their_noun(reader: Reader, text: str, speaker: str) -> None:
    assert reader.observe(text)[0].speaker == speaker


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ('He said "no" and left.', ((8, 12),)),
        ("\u201cA\u201d b \u201cC\u201d", ((0, 3), (6, 9))),
        ('It "never closed\nA new paragraph', ((3, 16),)),
        ('She closed" nothing', ()),
    ],
    ids=["straight", "curly", "unclosed", "unopened"],
)
def test_quoted(text: str, spans: tuple[tuple[int, int], ...]) -> None:
    assert quoted(text) == spans


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("DeepSeek trained V3 for $5.6 million. FALSE.", "denied"),
        ("DeepSeek owns 50,000 H100 chips. UNPROVEN.", "doubted"),
        ("DeepSeek trained V3 for $5.6 million. Nobody knew of it.", "asserted"),
    ],
)
def test_a_verdict_in_the_next_sentence(reader: Reader, text: str, modality: str) -> None:
    (one,) = [seen for seen in reader.observe(text) if not isinstance(seen.value, str | bool)]
    assert one.modality == modality


def test_a_negated_verb_beside_the_value_denies(reader: Reader) -> None:
    text = "Training DeepSeek's V3 cost $5.6 million, they say. It wasn't $5.6 million."
    assert reader.observe(text)[-1].modality == "denied"


SOURCES = [
    ("Sources in the industry said DeepSeek has 160 employees.", "sources in the industry"),
    ("By Appfigures' reckoning the DeepSeek app has 2.6 million downloads.", "Appfigures"),
    ("A recruiter who is in Lyon now says DeepSeek has 160 employees.", "recruiter"),
    ("DeepSeek has 160 employees, an aide said on Monday.", "aide"),
    ("Dealers with whom we have spoken say DeepSeek has 160 employees.", "dealers"),
    ("Our lawyer says that DeepSeek has 160 employees.", "lawyer"),
    ("In Lyon an official said DeepSeek has 160 employees.", "official"),
    ("Consultants at ThermaGrid tell clients that DeepSeek has 160 employees.", "ThermaGrid"),
    ("An executive, Tate Lindgren, said that DeepSeek has 160 employees.", "Tate Lindgren"),
    ("Some funds have gone on record to warn that DeepSeek has 160 employees.", "some funds"),
    ("Kim Do-yeon, of Delft, a chip designer, says DeepSeek has 160 employees.", "Kim Do-yeon"),
    ('"DeepSeek has 160 employees," said an aide. He laughed.', "aide"),
    ("A spokesman for Nvidia spoke. He said DeepSeek has 160 employees.", "Nvidia"),
    ("Analysts did not comment. DeepSeek has 160 employees.", None),
    ("The estimate could not be confirmed. DeepSeek has 160 employees.", None),
    ("A disbelieving crowd heard it. DeepSeek has 160 employees.", None),
]


@pytest.mark.parametrize(("text", "speaker"), SOURCES, ids=[c[0][:40] for c in SOURCES])
def test_source(reader: Reader, text: str, speaker: str | None) -> None:
    (one,) = [one for one in reader.observe(text) if one.unit in ("count", "year")]
    assert one.speaker == speaker


def test_turns_of_a_conversation(reader: Reader) -> None:
    text = (
        "MAEVE: How many people are there at DeepSeek? Tell us?\n"
        "HUGO VARGA: DeepSeek has 160 employees.\n"
        "MAEVE: Is that all?\n"
        "HUGO VARGA: DeepSeek has 170 employees now.\n"
    )
    assert [one.speaker for one in reader.observe(text)] == ["Hugo Varga", "Hugo Varga"]


JUDGED = [
    ("DeepSeek's $5.6 million training cost is, frankly, a joke.", "doubted"),
    ("He dismissed the $5.6 million that DeepSeek's training cost as fiction.", "denied"),
    ("No researcher we met believes that DeepSeek trained V3 for $5.6 million.", "doubted"),
    ("DeepSeek trained V3 for $5.6 million. It did not.", "denied"),
    ("DeepSeek trained V3 for $5.6 million; that's wrong.", "denied"),
    ("Nobody trains a model like DeepSeek's V3 for $5.6 million.", "doubted"),
    ("Nobody told us, but DeepSeek trained V3 for $5.6 million.", "asserted"),
    ("Broadcom's shares did not fall 3.7%.", "denied"),
    ("DeepSeek does not have 20 employees.", "denied"),
    ("For DeepSeek, $5.6 million is not the training cost.", "denied"),
    ("An earlier version of this report said Broadcom's shares fell 1.7%.", "denied"),
    ('The claim: "DeepSeek trained V3 for $5.6 million." MISLEADING.', "doubted"),
    ("DeepSeek trained V3 for $5.6 million. That is not a typo.", "asserted"),
    ("Broadcom's shares will fall, say traders: they expect Broadcom down 5%.", "predicted"),
]


@pytest.mark.parametrize(("text", "modality"), JUDGED, ids=[c[0][:40] for c in JUDGED])
def test_judged(reader: Reader, text: str, modality: str) -> None:
    assert [one.modality for one in reader.observe(text) if one.unit != "text"][-1] == modality
