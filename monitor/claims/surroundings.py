"""Words that tell what a number near them is about, whatever the topic: a session, sales, a fee.

The scorer sees how near each group stands; no rule reads them.
"""

from collections.abc import Mapping

from monitor.claims.english import MONTHS, phrases

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday")
YEARS = range(1900, 2041)  # a later one is rather a count: 2048 processors
_SMALL = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "few", "several")

SURROUNDINGS: Mapping[str, tuple[str, ...]] = {
    "session": (
        *_DAYS,
        *phrases("""
            session, on the day, in a day, in one day, one-day, single day, single-day, single
            session, that day, the day, today, yesterday, overnight, at the open, opening bell,
            premarket, pre-market, after hours, after-hours, extended trading, midday, lunchtime,
            early trade, early trading, late trading, in morning trade, this morning, afternoon,
            at the bell, at the close, closed, intraday, daily, next day, day before, day after
        """),
    ),
    "span": (
        *(f"in {month}" for month in MONTHS),
        *(f"since {month}" for month in MONTHS),
        *(f"{count} {unit}" for count in _SMALL for unit in ("days", "weeks", "months", "years",
          "quarters", "sessions")),
        *phrases("""
            week, weeks, month, months, quarter, quarters, year, years, fortnight, decade, ytd,
            year-to-date, weekly, monthly, annual*, yearly, quarterly, half-year, first half,
            second half, since the start, from its peak, from the peak, all-time high, 12-month,
            so far, ago, earlier, in a row, straight
        """),
        *map(str, YEARS),
    ),
    "sales": phrases("""
        revenue*, sales, profit*, earnings, margin*, income, turnover, deliver*, shipment*, output,
        production, growth, orders, bookings, guidance, ebitda, dividend*, buyback*, cash flow
    """),
    "funding": phrases("""
        raise*, raising, round, rounds, funding, venture, valued, valuation, investor*, backer*,
        loan*, debt, bond*, bonds, stake, stakes, acquisition*, merger, deal, deals, ipo, listing,
        grant*, subsid*, prize*, fine, fined, donat*, fund, funds, lawsuit*, damages
    """),
    "fee": phrases("""
        per, each, apiece, a month, a year, an hour, a head, a piece, per cent of, tokens, token,
        per million, subscription, tariff, tariffs, duty, levy, tax, salary, salaries, wage*, rent,
        price, prices, costs, charge, charges, fee, fees, bill, bonus
    """),
    "part": phrases("""
        including, includes, of which, of whom, of them, among them, another, further, others,
        the rest, remaining, some of, part of, only, alone, the other, of these, a first
    """),
    "other": phrases("""
        our, my, we, us, your, i, its own, his own, rival*, competitor*, peer*, successor, next
        model, next version, next one, another firm, another company, other companies
    """),
    "model": phrases("""
        model, models, chatbot*, app, apps, assistant, version, release*, launch*, open-source,
        weights, training, trained, train
    """),
}  # fmt: skip
