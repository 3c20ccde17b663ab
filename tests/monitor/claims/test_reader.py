"""Texts in, observations out: owners, lists, bounds, moves, repeats, corrections."""

import pickle
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from monitor.claims import Reader, to_json

TUESDAY = datetime(2025, 1, 28, 21, 0, tzinfo=UTC)


def read(reader: Reader, text: str) -> dict[str, list[object]]:
    found: dict[str, list[object]] = {}
    for one in reader.observe(text, TUESDAY):
        found.setdefault(one.claim, []).append(one.value)
    return found


@pytest.mark.parametrize(
    ("text", "claim", "values"),
    [
        pytest.param(
            "Vistra and Constellation, down 20% and 18%, led the losers.",
            "constellation.share_move_pct",
            [-18],
            id="respective-without-the-word",
        ),
        pytest.param(
            "Microsoft and Alphabet fell 2.1% and 4.2% respectively.",
            "alphabet.share_move_pct",
            [Decimal("-4.2")],
            id="respectively",
        ),
        pytest.param(
            "Nvidia and Broadcom each lost 17%.",
            "broadcom.share_move_pct",
            [-17],
            id="shared-by-two",
        ),
        pytest.param(
            "On Monday Broadcom slid 8.6%, Furukawa Electric 11.9% and SoftBank Group 8.3%.",
            "softbank.share_move_pct",
            [Decimal("-8.3")],
            id="list-with-strangers",
        ),
        pytest.param(
            "SK Hynix, the main supplier of memory to Nvidia, closed down 9.9% on Friday.",
            "sk_hynix.share_move_pct",
            [Decimal("-9.9")],
            id="named-inside-an-apposition",
        ),
        pytest.param(
            "Nvidia, which rival AMD has long chased, closed 17% lower.",
            "nvidia.share_move_pct",
            [-17],
            id="aside-owns-nothing",
        ),
        pytest.param(
            "On Monday AVGO fell 17.4%, MRVL 19.1% and TSM 13.3%.",
            "tsmc.share_move_pct",
            [Decimal("-13.3")],
            id="tickers",
        ),
        pytest.param(
            "Nvidia shares lost 17%, Alibaba shares rose 6%.",
            "nvidia.share_move_pct",
            [-17],
            id="chinese-rival-owns-its-move",
        ),
        pytest.param(
            "Shares in the world's most valuable chipmaker fell 17% on Monday.",
            "nvidia.share_move_pct",
            [-17],
            id="of-the-world",
        ),
        pytest.param(
            "Nvidia fell 17 percent on Monday, Oracle 14, Dell 9 and Arm 10.",
            "oracle.share_move_pct",
            [-14],
            id="one-percent-sign",
        ),
        pytest.param(
            "Nvidia fell sharply. The chip giant's shares ended 16.9% lower.",
            "nvidia.share_move_pct",
            [Decimal("-16.9")],
            id="nominal",
        ),
        pytest.param(
            "$589 billion. That is what Nvidia lost in one day.",
            "nvidia.market_cap_loss",
            [589 * 10**9],
            id="number-before-its-sentence",
        ),
        pytest.param(
            "DeepSeek knocked more than half a trillion dollars off Nvidia's market value.",
            "nvidia.market_cap_loss",
            [500 * 10**9],
            id="knocked-off",
        ),
        pytest.param(
            "DeepSeek says that V3 cost $5.6 million to train. The $5.6 million is real, he added.",
            "deepseek.training_cost",
            [5_600_000, 5_600_000],
            id="said-again",
        ),
        pytest.param(
            "Firm | Move\nNvidia | -17.0% | x\nMeta | +1.9% | y",
            "meta.share_move_pct",
            [Decimal("1.9")],
            id="table-rows",
        ),
        pytest.param(
            "It cost DeepSeek five point six million dollars to train V3.",
            "deepseek.training_cost",
            [5_600_000],
            id="spoken",
        ),
    ],
)
def test_values(reader: Reader, text: str, claim: str, values: list[object]) -> None:
    assert read(reader, text).get(claim) == values


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Infineon shares dropped 4.5% and Nvidia did not trade.", id="stranger"),
        pytest.param("Nvidia has gained 171% in 2024.", id="a-year"),
        pytest.param("Nvidia shares are up 3% this week.", id="a-week"),
        pytest.param("Nvidia reported a 78% increase in revenue.", id="revenue"),
        pytest.param(
            "Les actions de Nvidia ont perdu 17% et le titre recule encore de beaucoup dans "
            "les premiers échanges après une journée très difficile pour les valeurs.",
            id="french",
        ),
    ],
)
def test_nothing(reader: Reader, text: str) -> None:
    assert not [key for key in read(reader, text) if key.endswith("share_move_pct")]


@pytest.mark.parametrize(
    ("text", "low", "high", "bound"),
    [
        ("Nvidia slipped a little over 2% on Monday.", None, -2, "gt"),
        ("Nvidia fell by as much as 18% on Monday.", -18, None, "upto"),
        ("Nvidia was indicated 10% to 11% lower before the bell.", -11, -10, "range"),
    ],
    ids=["over", "as-much-as", "range"],
)
def test_bounds_of_a_fall_speak_of_its_size(
    reader: Reader, text: str, low: int | None, high: int | None, bound: str
) -> None:
    (one,) = [one for one in reader.observe(text) if one.claim == "nvidia.share_move_pct"]
    assert one.bound == bound
    assert {one.low, one.high} == {low, high}


def test_second_currency_is_an_alternate(reader: Reader) -> None:
    (one,) = reader.observe("DeepSeek spent $5.6 million (€5.2 million) on training V3.")
    assert [alternate.unit for alternate in one.alternates] == ["EUR"]


def test_unlikely_value_is_kept_and_flagged(reader: Reader) -> None:
    (one,) = reader.observe("Training V3 cost DeepSeek $5.6 billion.")
    assert (one.value, one.flags) == (Decimal(5_600_000_000), ("suspect",))


def test_qualifiers_and_day(reader: Reader) -> None:
    text = "On Monday Nvidia closed 17% lower."
    (one,) = [o for o in reader.observe(text, TUESDAY) if o.claim == "nvidia.share_move_pct"]
    assert dict(one.qualifiers) == {"session": "close"}
    assert (one.about_start, one.about_end) == ("2025-01-27", "2025-01-27")


def test_the_day_of_an_event_to_come_is_not_that_of_a_move(reader: Reader) -> None:
    told = reader.observe("Nvidia reports on 26 February. Vistra tumbled 28%.", TUESDAY)
    assert [(one.claim, one.about_start) for one in told] == [("vistra.share_move_pct", None)]


def test_model_of_a_cost(reader: Reader) -> None:
    (one,) = reader.observe("DeepSeek trained V3 for $5.6 million.")
    assert one.qualifiers == {"model": "V3"}


def test_keys_of_the_json(reader: Reader) -> None:
    (one,) = reader.observe("DeepSeek trained V3 for $5.6 million.")
    assert list(to_json(one)) == [
        "claim",
        "qualifiers",
        "value",
        "low",
        "high",
        "bound",
        "unit",
        "about_start",
        "about_end",
        "modality",
        "speaker",
        "quote",
        "start",
        "end",
        "alternates",
        "flags",
    ]
    assert to_json(one)["value"] == 5_600_000


def test_headline_beside_the_text_is_context_only(reader: Reader) -> None:
    text = "The training run cost $5.6 million."
    assert reader.observe(text, headline="Inside Mistral") == ()
    (one,) = reader.observe(text, headline="Inside DeepSeek's $4 million lab")
    assert one.value == 5_600_000


def test_reader_survives_pickling(reader: Reader) -> None:
    assert pickle.loads(pickle.dumps(reader)).version == reader.version


def test_version_follows_the_rules(reader: Reader) -> None:
    fewer = reader.rules.model_copy(update={"claim": reader.rules.claim[:1]})
    assert Reader(fewer, reader.entities).version != reader.version
    assert Reader(reader.rules, reader.entities).version == reader.version


@pytest.mark.parametrize(
    ("text", "claim", "value"),
    [
        ("Founded by Liang Wenfeng, DeepSeek is small.", "deepseek.founder", "Liang Wenfeng"),
        ("DeepSeek is owned by the hedge fund High-Flyer.", "deepseek.parent_fund", "High-Flyer"),
        ("DeepSeek, based in Hangzhou, is small.", "deepseek.headquarters", "Hangzhou"),
        ("DeepSeek trained V3 on Nvidia H800 chips.", "deepseek.gpu_model.training", "H800"),
        ("Shares in Nvidia and Meta plunged on Monday.", "meta.share_direction", "down"),
        ("DeepSeek was hit by a cyberattack on Monday.", "deepseek.cyberattack", True),
        ("DeepSeek released its R1 model on January 20.", "deepseek.r1_release_date", "2025-01-20"),
        ("It was the largest one-day loss ever for Nvidia.", "nvidia.loss_is_record", True),
    ],
    ids=lambda value: str(value)[:30],
)
def test_facts(reader: Reader, text: str, claim: str, value: object) -> None:
    assert value in read(reader, text).get(claim, [])
