"""Reports of one form with other facts are never merged: market closes, earnings, rates."""

import random
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest

from monitor.stories import Grouper
from monitor.types import LINKED, MERGED

COUNT = 60  # texts of each form
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
FIRMS = (
    *("Abelard Foods", "Brightwater", "Corvane Systems", "Dunmore Steel", "Elkhart Paper"),
    *("Fennimore Bank", "Garrick", "Halden Marine", "Ilverton", "Jessop Mills", "Kestrel Air"),
    *(
        "Lomax Energy",
        "Marrow Glass",
        "Northlight",
        "Ossory Chemicals",
        "Pellingham",
        "Quarrington",
    ),
    *("Redfern Motors", "Sallow Timber", "Tremaine Data"),
)


class Facts:
    """A seeded source of the facts of one report."""

    def __init__(self, seed: int) -> None:
        self._dice = random.Random(seed)

    def __call__(self, low: float, high: float, places: int = 2) -> str:
        return f"{self._dice.uniform(low, high):,.{places}f}"

    def of(self, *choices: str) -> str:
        return self._dice.choice(choices)


def close_of_trading(n: int, fact: Facts) -> str:
    return (
        f"The Harbour 40 index ended {WEEKDAYS[n % 5]}'s session at {fact(4000, 9000)} points, "
        f"{fact.of('up', 'down')} {fact(0, 3)} percent on the day. Turnover came to {fact(1, 9)} "
        f"billion crowns against a monthly mean of {fact(1, 9)} billion. Of the forty members "
        f"{fact(1, 39, 0)} rose and {fact(1, 39, 0)} fell. {fact.of(*FIRMS)} led the winners with "
        f"a gain of {fact(3, 9)} percent, while {fact.of(*FIRMS)} lost {fact(3, 9)} percent. The "
        f"broader Coast All-Share moved to {fact(900, 2000)} and the volatility gauge to "
        f"{fact(10, 40)}."
    )


def quarter(n: int, fact: Facts) -> str:
    firm = FIRMS[n % len(FIRMS)]
    return (
        f"{firm} reported quarterly earnings of ${fact(0, 4)} per share, against an analysts' "
        f"forecast of ${fact(0, 4)} per share. A year ago it had posted ${fact(0, 4)} per share. "
        f"Revenue for the quarter came in at ${fact(100, 900, 0)} million, compared with "
        f"${fact(100, 900, 0)} million in the same period of last year. Over the last four "
        f"quarters {firm} has beaten the forecast {fact.of('once', 'twice', 'three times')}. "
        f"Its shares have moved {fact(-30, 30)} percent since January, the market {fact(2, 9)}."
    )


def quarter_of_one_firm(n: int, fact: Facts) -> str:
    return quarter(0, fact)


def wire_results(n: int, fact: Facts) -> str:
    return (
        f"{FIRMS[n % len(FIRMS)]} third quarter. Shr {fact(1, 90, 0)} cts vs {fact(1, 90, 0)} cts. "
        f"Net {fact(1, 99, 1)} mln vs {fact(1, 99, 1)} mln. Revs {fact(100, 900, 1)} mln vs "
        f"{fact(100, 900, 1)} mln. Nine mths shr {fact(1, 90, 0)} cts vs {fact(1, 90, 0)} cts. "
        f"Note: results include a gain of {fact(1, 9, 1)} mln from the sale of a unit."
    )


def dull_day(n: int, fact: Facts) -> str:
    """Few figures in much standing prose, as in a weekly letter of a bank."""
    return (
        f"Government bonds were little changed on {WEEKDAYS[n % 5]} as dealers waited for the "
        f"central bank. The ten-year yield stood at {fact(1, 5)} percent in late business. Traders "
        f"said that few orders had come in and that most funds had closed their books for the "
        f"month. The treasury has announced no sale for the coming days, and what it sold before "
        f"was placed without trouble. Money stayed cheap, with overnight loans offered at "
        f"{fact(0, 4)} percent, and banks had {fact(10, 90, 1)} billion crowns more with the "
        f"central bank than they need. The crown was quoted at {fact(0, 2, 4)} to the dollar, "
        f"where it has been for weeks. A dealer at a large bank called the day as quiet as any in "
        f"the year, and expected no more of the next one."
    )


def german_close(n: int, fact: Facts) -> str:
    day = ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag")[n % 5]
    return (
        f"Der Küstenindex hat den Handel am {day} bei {fact(4000, 9000)} Punkten beendet, das "
        f"waren {fact(0, 3)} Prozent {fact.of('mehr', 'weniger')} als am Vortag. Umgesetzt wurden "
        f"Aktien für {fact(1, 9)} Milliarden Kronen. An der Spitze standen Papiere von "
        f"{fact.of(*FIRMS)} mit plus {fact(2, 9)} Prozent, am Ende {fact.of(*FIRMS)} mit minus "
        f"{fact(2, 9)} Prozent. Der Rohölpreis lag am Abend bei {fact(50, 90)} Dollar."
    )


def chinese_close(n: int, fact: Facts) -> str:
    return (
        f"海港指数今日收盘报{fact(3000, 5000)}点，{fact.of('上涨', '下跌')}{fact(0, 3)}%，成交额"
        f"{fact(1000, 9000, 0)}亿元。创新板指数报{fact(1000, 3000)}点，"
        f"成交额{fact(1000, 9000, 0)}亿元。个股方面，{fact(100, 3000, 0)}只股票上涨，"
        f"{fact(100, 3000, 0)}只下跌，{fact(10, 99, 0)}只涨停。"
        f"外资全天净买入{fact(1, 90)}亿元，两融余额为{fact(9000, 19000, 0)}亿元。"
    )


def coin(n: int, fact: Facts) -> str:
    return (
        f"Ottercoin traded at ${fact(100, 900)} on {WEEKDAYS[n % 5]} morning, {fact(0, 9)} percent "
        f"{fact.of('above', 'below')} its price of a day before, while the value of all "
        f"ottercoins came to ${fact(10, 90, 1)} billion."
    )


TOWNS = ("Abbot's Ford", "Brackwater", "Calder Bay", "Dunholm", "Easting", "Fairmile", "Gorsey")
PEOPLE = ("Ada Marsh", "Ben Ostler", "Cora Pike", "Dan Quill", "Eve Rowan", "Finn Sedge")


def weather(n: int, fact: Facts) -> str:
    return (
        f"{TOWNS[n % 7]} can expect {fact.of('a dry', 'a wet', 'a mild', 'a windy')} "
        f"{WEEKDAYS[n % 5]} with highs of {fact(5, 30, 0)} degrees, the weather office said. "
        f"Winds from the {fact.of('north', 'south', 'west', 'east')} will reach {fact(10, 90, 0)} "
        f"kilometres an hour on the coast. The chance of rain is {fact(0, 100, 0)} percent. The "
        f"night will be {fact.of('clear', 'cloudy', 'foggy')} with lows of {fact(-5, 15, 0)} "
        f"degrees, and the sun will set at {fact(4, 9, 0)}:{fact(10, 59, 0)} p.m."
    )


def match(n: int, fact: Facts) -> str:
    home, away = TOWNS[n % 7], TOWNS[(n + 1 + n % 5) % 7]
    return (
        f"{home} beat {away} {fact(3, 5, 0)}-{fact(0, 2, 0)} at home on {WEEKDAYS[n % 5]} evening "
        f"in front of {fact(900, 40000, 0)} spectators. {fact.of(*PEOPLE)} opened the score in "
        f"minute {fact(2, 40, 0)}, and {fact.of(*PEOPLE)} added a second one from the spot before "
        f"the break. The visitors had {fact(30, 70, 0)} percent of the ball but few chances. "
        f"{home} are now in place {fact(1, 18, 0)} with {fact(10, 60, 0)} points; {away} stay "
        f"in place {fact(1, 18, 0)}. Next week {home} travel to {TOWNS[(n + 3) % 7]}."
    )


def obituary(n: int, fact: Facts) -> str:
    person = f"{PEOPLE[n % 6].split()[0]} {FIRMS[n % 20].split()[0]}"
    return (
        f"{person}, {fact(60, 99, 0)}, of {TOWNS[n % 7]} passed away peacefully on March "
        f"{n % 28 + 1} at {fact.of('home', 'the county hospital', 'the hospice')}, surrounded by "
        f"family. Born in {TOWNS[(n + 2) % 7]} in {fact(1925, 1960, 0).replace(',', '')}, "
        f"{person.split()[0]} worked for {fact.of(*FIRMS)} for {fact(10, 45, 0)} years and was a "
        f"faithful member of the congregation. Left to mourn are {fact(1, 6, 0)} children and "
        f"{fact(0, 14, 0)} grandchildren. Visitation is from {fact(1, 6, 0)} p.m. at Harlan and "
        f"Sons; in place of flowers the family asks for gifts to the lifeboat."
    )


def profit(n: int, fact: Facts) -> str:
    firm = FIRMS[n % len(FIRMS)]
    return (
        f"Shares of {firm} {fact.of('rose', 'fell')} {fact(1, 12)}% in late trading on "
        f"{WEEKDAYS[n % 5]} after the company posted results for the {fact.of('first', 'second')} "
        f"quarter. Adjusted earnings were {fact(1, 9)} dollars per share on sales of "
        f"{fact(1, 90, 1)} billion; analysts polled by Factline had looked for {fact(1, 9)} and "
        f"{fact(1, 90, 1)} billion. For the year {firm} now expects sales between {fact(1, 90, 1)} "
        f"and {fact(91, 99, 1)} billion. Operating margin came to {fact(3, 30, 1)}%."
    )


def spanish_lottery(n: int, fact: Facts) -> str:
    dia = ("lunes", "martes", "miércoles", "jueves", "viernes")[n % 5]
    return (
        f"La combinación ganadora del sorteo de este {dia} está formada por los números "
        f"{fact(1, 49, 0)}, {fact(1, 49, 0)}, {fact(1, 49, 0)}, {fact(1, 49, 0)} y "
        f"{fact(1, 49, 0)}; el complementario es el {fact(1, 49, 0)} y el reintegro, el "
        f"{fact(0, 9, 0)}. La recaudación ha ascendido a {fact(1, 9, 1)} millones de "
        f"euros. Un acertante de primera categoría, sellado en "
        f"{fact.of('Cádiz', 'León', 'Vigo', 'Elche')}, cobrará "
        f"{fact(100, 999, 0)} mil euros. El próximo sorteo se celebrará pasado mañana."
    )


FORMS: tuple[Callable[[int, Facts], str], ...] = (
    close_of_trading,
    quarter,
    quarter_of_one_firm,
    wire_results,
    dull_day,
    german_close,
    chinese_close,
    coin,
    weather,
    match,
    obituary,
    profit,
    spanish_lottery,
)
LOOSE = (match, obituary, profit)  # so many choices of words that few look alike: unrelated


def reports(
    form: Callable[[int, Facts], str], count: int = COUNT
) -> Iterator[tuple[str, datetime]]:
    start = datetime(2025, 1, 6, 18, tzinfo=UTC)
    for n in range(count):
        yield form(n, Facts(seed=n)), start + timedelta(days=n)


@pytest.mark.parametrize("is_dated", [True, False], ids=["dated", "undated"])
@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.__name__)
def test_reports_of_one_form_are_never_merged(
    form: Callable[[int, Facts], str], is_dated: bool
) -> None:
    grouper = Grouper()
    placed = [
        grouper.place(str(n), text, at if is_dated else None)
        for n, (text, at) in enumerate(reports(form))
    ]
    assert [(n, m.of, dict(m.evidence)) for n, m in enumerate(placed) if m.relation in MERGED] == []
    assert sum(m.relation in LINKED for m in placed) <= COUNT * 0.05
    if form not in LOOSE:
        assert sum(m.relation == "template" for m in placed) >= COUNT * 0.9


def test_a_copy_of_a_report_joins_its_original_among_others_of_the_form() -> None:
    grouper = Grouper()
    texts = [text for text, _ in reports(close_of_trading)]
    for n, text in enumerate(texts):
        grouper.place(str(n), text)
    for n in (0, 17, COUNT - 1):
        found = grouper.place(f"copy of {n}", texts[n].replace("billion", "bn") + " Read more")
        assert (found.story_id, found.relation in MERGED) == (str(n), True)
