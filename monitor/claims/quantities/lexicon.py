"""The words of figures: numbers, magnitudes, currencies, units, hedges. Data, no rules."""

from decimal import Decimal

from monitor.types import Bound


def words(text: str) -> frozenset[str]:
    """The words of ``text``, one entry each."""
    return frozenset(text.split())


_IN_ORDER = """
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
    sixteen seventeen eighteen nineteen
"""


def numbered(text: str, start: int = 0) -> dict[str, int]:
    """The lines of ``text`` as numbers, counted from ``start``; a line may hold synonyms."""
    lines = text.strip().splitlines()
    return {word: number for number, line in enumerate(lines, start) for word in line.split()}


SMALL = numbered("\n".join(_IN_ORDER.split()))
TENS = {
    word: 10 * number
    for word, number in numbered(
        "twenty\nthirty\nforty\nfifty\nsixty\nseventy\neighty\nninety", 2
    ).items()
}
MAGNITUDES = {
    "hundred": 100,
    "thousand": 10**3,
    "million": 10**6,
    "billion": 10**9,
    "trillion": 10**12,
    "quadrillion": 10**15,
    "milliard": 10**9,
    "lakh": 10**5,
    "lac": 10**5,
    "crore": 10**7,
    "dozen": 12,
}
# Short forms, only after digits. Those of one letter touch the digits or stand beside money.
SHORT = {
    "k": 10**3,
    "m": 10**6,
    "mn": 10**6,
    "mln": 10**6,
    "mio": 10**6,
    "mil": 10**6,
    "mm": 10**6,
    "b": 10**9,
    "bn": 10**9,
    "bln": 10**9,
    "t": 10**12,
    "tn": 10**12,
    "tln": 10**12,
    "trn": 10**12,
    "trln": 10**12,
    "cr": 10**7,
    "millions": 10**6,
    "billions": 10**9,
    "trillions": 10**12,
    "lakhs": 10**5,
    "lacs": 10**5,
    "crores": 10**7,
}
NEED_MONEY = words(
    "mm mil cr"
)  # "5 mm", "5 mil" and "5 cr" are other things where no money is said
# "thousands" are two thousand or more, "tens of billions" ten to a hundred: the labelled data.
PLURALS = {"tens": 10, "dozens": 12, "scores": 20} | {
    f"{word}s": value for word, value in MAGNITUDES.items() if word not in {"lac", "dozen"}
}
FRACTIONS = {
    "half": Decimal("0.5"),
    "halves": Decimal("0.5"),
    "third": Decimal(1) / 3,
    "quarter": Decimal("0.25"),
    "fifth": Decimal("0.2"),
    "sixth": Decimal(1) / 6,
    "seventh": Decimal(1) / 7,
    "eighth": Decimal("0.125"),
    "ninth": Decimal(1) / 9,
    "tenth": Decimal("0.1"),
    "twelfth": Decimal(1) / 12,
    "twentieth": Decimal("0.05"),
    "thirtieth": Decimal(1) / 30,
    "fortieth": Decimal("0.025"),
    "fiftieth": Decimal("0.02"),
    "hundredth": Decimal("0.01"),
    "thousandth": Decimal("0.001"),
    "millionth": Decimal("0.000001"),
}
FRACTION_PLURALS = {f"{word}s": value for word, value in FRACTIONS.items() if word[-1] != "s"}
VULGAR = {"½": Decimal("0.5"), "¼": Decimal("0.25"), "¾": Decimal("0.75")}

# --- money --------------------------------------------------------------------------------------

SYMBOLS = {
    "$": "USD",
    "€": "EUR",
    "£": "GBP",
    "¥": "JPY",
    "￥": "CNY",
    "₹": "INR",
    "₩": "KRW",
    "₽": "RUB",
    "₺": "TRY",
    "₪": "ILS",
    "₫": "VND",
    "₴": "UAH",
    "₦": "NGN",
    "₱": "PHP",
    "฿": "THB",
}
# Letters that touch a currency sign: US$6 million, S$9, CN¥3.
SIGN_PREFIXES = {
    "us": "USD",
    "u.s.": "USD",
    "usd": "USD",
    "a": "AUD",
    "au": "AUD",
    "aud": "AUD",
    "s": "SGD",
    "sg": "SGD",
    "hk": "HKD",
    "c": "CAD",
    "ca": "CAD",
    "cad": "CAD",
    "can": "CAD",
    "nt": "TWD",
    "nz": "NZD",
    "r": "BRL",
    "mx": "MXN",
    "cn": "CNY",
    "rmb": "CNY",
    "jp": "JPY",
}
CODES = {
    code.lower(): code
    for code in words("""
        USD EUR GBP JPY CNY INR KRW CHF AUD CAD SGD HKD TWD NZD SEK NOK DKK PLN CZK HUF RUB TRY ILS
        AED SAR QAR KWD ZAR BRL MXN ARS CLP COP THB MYR IDR VND PHP PKR BDT LKR NGN KES EGP UAH
    """)
} | {"rmb": "CNY", "cnh": "CNY"}
# Words written before the amount beside the codes; "RM" and "kr" only in this spelling.
LEADING = {"rs": "INR", "rmb": "CNY", "RM": "MYR", "Rp": "IDR", "Fr": "CHF", "SFr": "CHF"}
DOLLARS = {
    "us": "USD",
    "u.s.": "USD",
    "american": "USD",
    "australian": "AUD",
    "canadian": "CAD",
    "singapore": "SGD",
    "kong": "HKD",
    "taiwan": "TWD",
    "taiwanese": "TWD",
    "zealand": "NZD",
}
NATIONS = words(
    "us u.s. american australian canadian singapore hong kong new taiwan taiwanese zealand chinese "
    "indian swiss korean south japanese british russian swedish danish norwegian turkish mexican "
    "brazilian israeli philippine thai polish saudi"
)
CURRENCY_WORDS = {
    "dollar": "USD",
    "dollars": "USD",
    "bucks": "USD",
    "euro": "EUR",
    "euros": "EUR",
    "pound": "GBP",
    "pounds": "GBP",
    "quid": "GBP",
    "sterling": "GBP",
    "yen": "JPY",
    "yuan": "CNY",
    "renminbi": "CNY",
    "rmb": "CNY",
    "rupee": "INR",
    "rupees": "INR",
    "won": "KRW",
    "franc": "CHF",
    "francs": "CHF",
    "ruble": "RUB",
    "rubles": "RUB",
    "rouble": "RUB",
    "roubles": "RUB",
    "kronor": "SEK",
    "kroner": "NOK",
    "zloty": "PLN",
    "zlotys": "PLN",
    "lira": "TRY",
    "shekel": "ILS",
    "shekels": "ILS",
    "dirham": "AED",
    "dirhams": "AED",
    "riyal": "SAR",
    "riyals": "SAR",
    "rand": "ZAR",
    "reais": "BRL",
    "baht": "THB",
    "ringgit": "MYR",
    "rupiah": "IDR",
    "dong": "VND",
    "hryvnia": "UAH",
    "naira": "NGN",
}
NATION_CURRENCY = {("danish", "kroner"): "DKK", ("norwegian", "kroner"): "NOK"}
# Money only beside a magnitude or a nation: "10 pounds" is a weight too, "4 won" a verb.
WEAK_CURRENCIES = words("pound pounds won rand dong lira")
HUNDREDTHS = {"cent": "USD", "cents": "USD", "pence": "GBP"}

# --- units --------------------------------------------------------------------------------------

PERCENT = words("% ％ percent pct pc p.c. percentage")
TIME = {
    "year": ("years", 1),
    "years": ("years", 1),
    "yr": ("years", 1),
    "yrs": ("years", 1),
    "month": ("months", 1),
    "months": ("months", 1),
    "decade": ("years", 10),
    "decades": ("years", 10),
    "week": ("weeks", 1),
    "weeks": ("weeks", 1),
    "day": ("days", 1),
    "days": ("days", 1),
    "hour": ("hours", 1),
    "hours": ("hours", 1),
    "minute": ("minutes", 1),
    "minutes": ("minutes", 1),
    "second": ("seconds", 1),
    "seconds": ("seconds", 1),
}
# "a month" is one month where it is measured: "about a month".
SINGULARS = words("year month week day decade hour minute percent percentage dollar euro")
DIRECT_TIME = words("years months")  # the durations that are units of their own
# "N times" counts events where one of these follows: "asked five times about".
TIMES_COUNTED = words(
    "about since in on a an per during over before last by from each every already between at to"
)
PLAIN_MULTIPLES = {
    "twice": 2,
    "thrice": 3,
    "double": 2,
    "triple": 3,
    "quadruple": 4,
    "twofold": 2,
    "threefold": 3,
    "fourfold": 4,
    "fivefold": 5,
    "sixfold": 6,
    "sevenfold": 7,
    "eightfold": 8,
    "ninefold": 9,
    "tenfold": 10,
    "twentyfold": 20,
    "hundredfold": 100,
    "thousandfold": 1000,
}

# --- hedges -------------------------------------------------------------------------------------

_HEDGES: dict[Bound, str] = {
    "near": """nearly; almost; close to; near; nearing; approaching; not quite; shy of; virtually;
        short of; closing in on; next to; close on; a fraction under; a fraction below;
        within a whisker of""",
    "approx": """about; around; roughly; approximately; approx; approx .; some; circa; ca .; c .;
        ~; ≈; in the region of; in the order of; on the order of; of the order of;
        in the ballpark of;
        in the neighborhood of; in the neighbourhood of; somewhere around; somewhere near;
        something like; more or less; broadly; give or take; to the tune of; in the vicinity of;
        just about""",
    "gt": """more than; over; above; greater than; higher than; larger than; bigger than;
        longer than; better than; in excess of; north of; exceeding; exceeds; exceeded; exceed;
        upwards of; upward of; passed; surpassed; surpassing; surpasses; surpass; topped; topping;
        crossed; crossing; beyond; past; broke through; broken through; >; older than""",
    "ge": """at least; no less than; no fewer than; not less than; not fewer than; a minimum of;
        minimum of; minimum; as little as; as few as; as low as; starting at; ≥; > =; not below;
        not under""",
    "lt": """less than; under; fewer than; below; lower than; smaller than; south of; beneath; <;
        shorter than; cheaper than; sub -""",
    "upto": "up to; as much as; as many as; as high as; as long as; as large as; upto",
    "le": """at most; at the most; no more than; not more than; no higher than; no longer than;
        a maximum of; maximum of; maximum; ≤; capped at; < =; no greater than;
        not exceed; not exceeding; not over; not above""",
}
_LITTLE = (
    "just; only just; a little; a bit; a shade; a touch; a whisker; slightly; marginally; "
    "fractionally; a hair; little; a tad"
)
_FAR = "well; far; way; much; comfortably; easily; significantly; considerably; substantially; even"
_JUST_BELOW = "under; below; short of; shy of; less than; lower than; fewer than"
_JUST_ABOVE = "over; above; more than; higher than; north of; past"


def _phrases(text: str) -> tuple[str, ...]:
    return tuple(" ".join(phrase.split()) for phrase in text.split(";"))


def _hedges() -> dict[str, Bound]:
    found: dict[str, Bound] = {}
    for bound, text in _HEDGES.items():
        found.update(dict.fromkeys(_phrases(text), bound))
    one_sided = [phrase for phrase, bound in found.items() if bound in {"gt", "lt"}]
    for adverb in _phrases(_FAR):
        found.update({f"{adverb} {phrase}": found[phrase] for phrase in one_sided})
    for adverb in _phrases(_LITTLE):
        found.update({f"{adverb} {phrase}": "near" for phrase in _phrases(_JUST_BELOW)})
        found.update({f"{adverb} {phrase}": "gt" for phrase in _phrases(_JUST_ABOVE)})
    for adverb in ("very", "pretty", "really"):
        found.update({f"{adverb} {phrase}": found[phrase] for phrase in ("nearly", "close to")})
    for phrase in ("about", "around", "roughly", "nearly", "almost", "approximately", "close to"):
        found[f"only {phrase}"] = found[f"just {phrase}"] = found[phrase]
    return found


# The words of a hedge before a figure -> its bound.
BEFORE = _hedges()
BEFORE_LAST = frozenset(key.split()[-1] for key in BEFORE)
LONGEST_HEDGE = max(len(key.split()) for key in BEFORE)
# Behind a figure.
AFTER: dict[str, Bound] = dict.fromkeys(
    ("or so", "or thereabouts", "give or take", "- odd", "- ish"), "approx"
)
AFTER |= dict.fromkeys(
    ("or more", "or higher", "or above", "or greater", "and up", "at least", "- plus", "plus", "+"),
    "ge",
)
AFTER |= dict.fromkeys(
    ("or less", "or fewer", "or below", "or lower", "or under", "at most", "at the most"), "le"
)
AFTER_FIRST = frozenset(key.split()[0] for key in AFTER)
