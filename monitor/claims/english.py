"""Words of English that the reading of claims rests on, whatever the topic.

Each group is named; a claim may use one as "@name". A star takes any ending.
"""

from collections.abc import Mapping

_ENDINGS = ("", "s", "es", "ed", "ing", "e", "y", "ies", "ied", "ying")


def phrases(text: str) -> tuple[str, ...]:
    """The phrases of a list; a star in front of a blank stands for the endings of a verb."""
    parts = [part.strip() for part in " ".join(text.split()).split(",") if part.strip()]
    return tuple(one for part in parts for one in _conjugated(part))


def _conjugated(phrase: str) -> tuple[str, ...]:
    stem, star, rest = phrase.partition("* ")
    if not star or rest.startswith("..."):
        return (phrase,)
    return tuple(f"{stem}{ending} {rest}" for ending in _ENDINGS)


MONTHS = phrases(
    "january, february, march, april, may, june, july, august, september, october, november,"
    "december"
)

GROUPS: Mapping[str, tuple[str, ...]] = {
    # --- moves of a price, a share, an index ---
    "down": phrases("""
        abandon*, yielded, ceded, cedes, ceding, conceded, let go, relinquish*, backtracked,
        receded, took a knock, took a tumble, in freefall, unwound, down, lower, fell, fall,
        falls, falling, fallen, drop, drops, dropped, dropping, decline*, declining, plung*,
        plummet*, tumbl*, slid, slide, slides, sliding, slip*, sank, sink, sinks, sinking, sunk,
        slump*, shed, sheds, shedding, lost, lose, loses, losing, loss, shrank, shrink*, shrunk,
        subtract*, snuff*, axed, losses, crash*, crater*, tank, tanks, tanked, tanking, dive,
        dived, dives, dove, nosediv*, weaker, weaken*, dip, dips, dipped, retreat*, eas*ed, eased,
        eases, easing, gave up, gave back, give up, giving up, gave way, give back, given up,
        giving back, in the red, minus, sell-off, selloff, off, hammered, battered, pummel*,
        pummeled, clobber*, collaps*, cut, trim*, contract*, reces*, sagg*, skid*, swoon*,
        tumble*, erod*, rout, knocked, docked, stripped, dragged down, decreas*, reduc*, red, hit,
        punish*, bruis*, wobbl*, thump*, whack*, hemorrhag*, haemorrhag*, surrender*, forfeit*,
        downside, backed off, descend*, descent, depreciat*, spiral*, pare, pared, paring, softer,
        worse, setback, in negative territory, underwater, plunge*, drubbing, beating, haircut,
        took a hit, toppled, buckl*, savag*, mauled, walloped, crumbl*, deflat*, nursing,
        correct*, bleed*, bled, wiped, wiping, wipe, wipes, evaporat*, eras*, erosion, vanish*,
        burn*, torched, chopped, sliced, slash*, lopped, shav*, shorn, poorer, downturn, trough,
        deeper, dumped, offload*, ended down
    """),
    "up": phrases("""
        won, pocketed, grabbed, took on, progressed, rallied, firming, up, higher, rose, rise,
        rises, rising, risen, gain, gains, gained, gaining, jump*, surg*, soar*, climb*, ralli*,
        rally*, rebound*, recover*, advanc*, add, adds, added, adding, leap*, leapt, vault*,
        spik*, increas*, plus, bounc*, ahead, firm, firmer, firmed, stronger, strengthen*,
        regain*, claw* back, recoup*, put on, shot up, shoot up, in the green, grew, grow, grows,
        growing, growth, appreciat*, popped, pop, rocket*, skyrocket*, edged up, ticked up, inched
        up, upside, lifted, boosted, better, retrac*, retak*, retook, picked up, perk*, bought
        back, won back, made up, making up, upward*, richer, snapp* back, sprang, spring back,
        revers* higher, buoy*
    """),
    # --- value lost or won ---
    "lose": phrases("""
        blown away, blew away, blown off, blew, disappear*, shrank, shrink*, shrunk, gone,
        lighter, sheared, hammered off, lost, lose, loses, losing, loss, losses, shed, sheds,
        shedding, wip*, eras*, evaporat*, vapori*, vaporis*, knock*, lopp*, surrender*, forfeit*,
        destroy*, destruct*, vanish*, incinerat*, torch*, obliterat*, annihilat*, burn* through,
        went up in smoke, goes up in smoke, gone up in smoke, up in smoke, slash*, slic* ... off,
        shav*, cut ... from, strip*, relieved of, robb*, docked, dissolv*, decreas*, drop*, fall,
        fell, falls, decline*, plung*, plummet*, tumbl*, slump*, slid*, collaps*, crash*, cost ...
        shareholders, cost ... holders, cost ... investors, cost the company, hemorrhag*,
        haemorrhag*, sank, sink*, took ... off, taken off, take off, taking ... off, tak* away,
        rout, wipeout, wipe-out, gave up, give up, giving up, poorer, swallow*, melt*, chopp*,
        carv*, bleed*, bled, suffer*, subtract*, zapp*, nuk*, sold off, sell-off, selloff,
        haircut, kiss* goodbye, waved goodbye, part* with, crater*, disintegrat*, parted with,
        written off, sliced from, scythed, scrub*, shaken off, took from, stood to lose, erosion,
        trimmed, pared, shaved from, peel*, hack*, axe*
    """),
    "win": phrases("""
        regain*, recoup*, recover*, claw*, won back, win back, winning back, add, added, adds,
        adding, gain*, climb*, rebound*, restor*, recaptur*, put back, bought back, rise, rose,
        rises, rising, increas*, grew, jump*, surg*, retriev*, reclaim*, brought back, made up,
        make up, making up, made back, retook, retak*, repair*, back on, returned, swell*, boost*,
        bounc*, tack* on, pil* on, took back, rally, rallied, earned back, scooped back, refill*,
        replenish*
    """),
    "value": phrases("""
        market value, market cap*, stock market value, valuation*, market worth, capitali?ation,
        capitalisation*, capitalization*, shareholder value, market-cap*, market-value, stock
        value, equity value, shareholder wealth, in value, of value, its value, mcap
    """),
    "close": phrases("""
        close, closed, closes, closing, finish*, end, ended, ends, ending, settl*, final bell,
        closing bell, by the close, at the close, last, wound up, curtain fell, bell tolled, end
        of the day, end of the session, signed off, price, stock price, share price, a share, per
        share, to, at
    """),
    "shares": phrases("""
        share, shares, stock, stocks, share price, stock price, adrs, american depositary
        receipts, depositary receipts, titles, paper, equity, ticker, securities, counter
    """),
    # --- spans of time longer than a session ---
    "longer_span": (
        *phrases("""
        in one week, one week, in two weeks, two weeks, past week, last week, in a fortnight, past
        few days, year to date, year-to-date, ytd, so far this year, this year, for the year, on
        the year, over the year, in the past year, past year, past two years, past five years,
        last year, over the past, in the past, in the last, over the last, past month, this month,
        for the month, on the month, on the week, for the week, over the week, this week, in a
        week, in the week, weekly, monthly, annual*, yearly, quarterly, year-on-year, year on
        year, from a year earlier, from a year ago, year earlier, a year ago, since the start,
        since the beginning, since its, two days, three days, four days, five days, two sessions,
        three sessions, five sessions, two-day, three-day, four-day, five-day, two-week, month,
        months, in two days, over two days, since christmas, since then, since its ipo, since the
        launch, since the election, in a month, in a year, week's, the year, from january's, from
        its peak, from its record, from its high, from its all-time high, below its peak, below
        its high, below its record, below the record, off its high, off its peak, off its highs,
        from the peak, from their peak, below its all-time high, from a peak, from the high, from
        its low, from april's, from the trough, trough, past fortnight, over a fortnight, decade,
        over five years, five years, past 12 months, 12-month, 12 months, twelve months, 52-week,
        past six months, six months, since inauguration, record high of
    """),
        *(f"since {month}" for month in MONTHS),
        *(f"since {day}" for day in ("monday", "tuesday", "wednesday", "thursday", "friday")),
    ),
    "superlative": phrases("""
        biggest, largest, worst, steepest, sharpest, best, record, most, first, lowest, highest,
        heaviest, deepest, greatest
    """),
    # --- modality ---
    "predict": phrases("""
        they plan, we plan, it plans, also plan, companies plan, who plan, will, would, 'll,
        shall, going to, expect*, projected, projection*, projecting, plans, planned, planning,
        set to, poised to, aim, aims, aimed, intend*, anticipat*, could, on track to, on course
        to, about to, prospect of, target of, pledg*, promis*, vow*, commit to, pencil*, budget
        for, hope to, hopes to, seek to, seeks to, slated, earmark*, envisag*, envision*,
        foresee*, potentially, may yet, might, headed for, heading for, heads for, in the
        pipeline, want to, wants to, to be spent, to be invested, would-be, if it holds, if that
        holds, if the losses hold, if the loss holds, if sustained, to invest, to spend, to pour,
        to build, estimates for, projects that, predicts, predicted, predict, forecasts,
        forecasting, is forecast, guided to, guiding to, plan to, foresees, to recoup, attainable,
        achievable, in line to, is scheduled to
    """),
    "future": phrases("""
        next year, over the next, in the coming, coming years, by the end of the decade, in the
        next, by next year, for next year, by 2026, by 2027, by 2028, by 2029, by 2030, over four
        years, over the coming
    """),
    "erratum": phrases("""
        editing error, in error, misstat*, correction*, clarification*, clarifies, incorrectly,
        wrongly, mistakenly, correct figure, should have, an earlier version, a report, a report
        on, an article, the article, the same article, a column, the column, a story, our story, a
        graphic, the graphic, the table, a table, an explainer, a headline, we said, we reported,
        we wrote, transposed, misprint, typo, listed as, given as, gave the
    """),
    "amends": phrases("""
        the correct figure, correct figure is, correct figure was, correct number, it was, it is,
        should have been, should have said, should have read, should read, in fact, the right
        figure, the actual figure, that should, was in fact, is in fact, was, is, rather than
    """),
    "by_owner": phrases("""
        own word, at their word, at its word, by their own account, their own account, own
        calculation, own calculations, by its own account, by its own reckoning, by its own
        admission, by its own count, own
        account, own figure, own figures, own estimate, own telling, claimed, stated,
        stated at,
        self-declared, self-reported, professed, officially, official figure, advertised,
        published figure, published estimate, disclosed, acknowledged, admits to, admitted to,
        owns up to, own up to, declared, vaunted, touted, much-touted, boasted of
    """),
    "sure_hedge": phrases("""
        if ... is right, if ... is true, if ... is accurate, if ... is correct, if ... are right,
        if ... holds up, if ... to be believed, if ... can be believed, if ... believe it,
        reportedly, allegedly, supposedly, purportedly, is said to, are said to, was said to, said
        to have, said to be, rumour*, rumor*, is believed, are believed, was believed, believed
        to, thought to have, is thought, are thought, widely believed, understood to, supposed to,
        we are told, unconfirmed, reputedly, speculat*, is alleged, are alleged, apparently,
        hearsay, it is said, so it is said, tipped to, unverified
    """),
    "hedge": phrases("""
        reportedly, allegedly, supposedly, apparently, purportedly, ostensibly, is said, are said,
        was said, were said, thought to, rumour*, rumor*, speculat*, estimated, is estimated, was
        estimated, understood to, perhaps, maybe, unconfirmed, unverified, supposed to, presumed,
        presumably, it is reported, reported to, reputed, reputedly, seemingly, hearsay, we are
        told, they say, some say, people say, i'm told, i hear, may have, might have, could have,
        is alleged, are alleged, alleged, reports suggest, if reports, if the reports, possibly,
        by some accounts, by most accounts, by all accounts, some estimates, estimates suggest,
        estimates put, estimates range, estimates vary, grapevine, likely, probably, tipped,
        sources suggest, if confirmed, if true, if accurate, so the story goes, legend has it, as
        the story goes, is claimed, is believed, are believed, was believed, believed to, is
        thought, are thought, widely believed, guesswork, is rumoured, rumour has it, word is
        that, whispers, talk of, unconfirmed reports, said to have, said to be, so it is said, it
        is said, or so
    """),
    "doubt": phrases("""
        raises an eyebrow, conjecture, hearsay, add* up to nonsense, not add up, doesn't add up,
        no evidence, no proof, not be confirmed, couldn't be confirmed, cannot confirm, can't
        confirm, can't independently, cannot independently, at best, fraud, fraudulent, lied about,
        not believable, unbelievable, unproven, haven't audited, not audited, don't think, doesn't
        think, do not think, does not think, not convinced, not persuaded, unconvincing, hasn't
        been answered, not been answered, incomplete picture, half the story, part of the story,
        unclear, not clear, open question, a fantasy, fanciful, nobody ... believes, no one ...
        believes, nobody ... believe, few ... believe, remains to be seen, hotly debated, taken at
        face value, at face value, asked ... whether, asks ... whether, asked ... if, wondered ...
        whether, wonders whether, wondered whether, wonder whether, wonder if, nobody ... audited,
        no one ... audited, nobody ... verified, never ... verified, not ... verified, cannot ...
        verified, nobody ... checked, doubted ... whether, take ... with a grain, take ... with a
        pinch, not ... the whole, doubt, doubts, doubted, doubtful, doubting, dubious, dubiously,
        sceptic*, skeptic*, questions, questioned, questioning, questionable, mislead*,
        incomplete, implausibl*, credulity, unlikely, suspicio*, unconvinced, can't be, cannot be,
        hard to believe, hard to square, hard to swallow, beggars belief, too good to be true,
        far-fetched, unrealistic, overambitious, over-ambitious, overly ambitious, exaggerat*,
        overstat*, understat*, meaningless, at most, tip of the iceberg, pinch of salt, grain of
        salt, not the whole story, not the full, excludes, excluded, exclude, excluding, leaves
        out, omits, omit, omitting, left out, leave out, so-called, selective, cherry-pick*, wary,
        disbelie*, raised eyebrows, raises eyebrows, eyebrows, not credible, incredulous,
        incredib*, theatre, theater, fairy tale, fairytale, nonsense, baloney, bunk, nobody
        serious, no one serious, not buying, don't buy, doesn't buy, do not buy, does not buy,
        didn't buy, nobody believe*, don't believe, doesn't believe, do not believe, does not
        believe, not believe, never believed, unaudited, unproven, not verified, cannot be
        verified, could not be verified, can't verify, couldn't verify, unverifiable, nobody
        knows, no one knows, legit, cast doubt, casts doubt, take issue, misread*, misunderst*,
        misinterpret*, misquot*, puzzl*, disingenuous, apples to oranges, apples and oranges,
        apples with oranges, not comparable, not the cost, not the real, not the true, not the
        total, true cost, real cost, actual cost, far higher, much higher, well above, tells you
        nothing, tells us nothing, not the whole, not include, doesn't include, does not include,
        did not include, didn't include, not count, doesn't count, ignores, ignore, ignoring,
        marketing, propaganda, stunt, red herring, myth, laugh*, absurd, ridiculous, ludicrous,
        preposterous, joke, unsubstantiated, unsupported, not plausible, quibbl*, scoff*, sniff*,
        fishy, headline number, headline figure, deceptive*, flattering, rosy, massaged, fudg*,
        caveat*, asterisk, optimistic, low-ball*, lowball*, asked whether, asks whether, asking
        whether, asking if, asked if, ask if, question whether, questions whether, is it credible,
        can it really, really cost, really be, was it really, too low, implausible, hard to
        credit, can hardly, hardly believe, not the whole picture, incredulity, widely doubted,
        raises questions, raise questions, cannot possibly, can't possibly, misses, tip of an
        iceberg, nobody believed, no one believed, under-report*, underreport*, far from the
    """),
    "deny": phrases("""
        calumny, slander, libel, concocted, phoney, phony, pure invention, flatly wrong, plain
        wrong, simply wrong, just wrong, dead wrong,
        denied, denies, deny, denying, denial, false, falsely, untrue, not true, wrongly,
        incorrect, incorrectly, inaccurate, erroneous*, in error, mistake*, mistakenly, misstat*,
        misreport*, misquot*, reject*, refut*, rebut*, disput*, debunk*, dismiss*, no truth, is
        not what, did not cost, didn't cost, not what it cost, never cost, fabricat*, made-up,
        invented, retract*, withdr*, editing error, transposed, typo, fiction, bogus, fake,
        baseless, hoax, a lie, lying, contradict*, is wrong, was wrong, are wrong, got it wrong,
        is not the cost, not correct, is not what it, was not the cost, did not spend, didn't
        spend, not the price
    """),
    "no_doubt": phrases("""
        no doubt, beyond doubt, without doubt, without a doubt, undoubtedly, no reason to doubt,
        little doubt, not doubt, don't doubt, do not doubt, doesn't doubt, does not doubt, beyond
        question, no question, never doubted, not in doubt, unquestionabl*, without question,
        beyond dispute, undisputed, indisput*, not disput*, does not dispute, do not dispute,
        doesn't dispute, don't dispute, nobody disputes, no one disputes, no reason to question,
        doubters, not question, don't question, not contested, uncontested, is real, is genuine,
        was genuine, was real, not wrong, isn't wrong, not false, did not deny, does not deny,
        doesn't deny, has not denied, not exaggerat*, no exaggeration, not made up
    """),
    # --- who says it ---
    "say": phrases("""
        talked of, talks of, talking of, speak of, speaks of, spoke of, arrived at, arrives at,
        lists, listed, repeats, repeated, deems, deemed, computes, computed, tots up, assumes,
        assumed, in the opinion, testify, opines, opined, guesses, supposes, supposed, attests to,
        doubt, question, dispute, scoff, marvel, swear, affirms, affirmed, affirm, affirming,
        assures, assured, indicates, indicated, pretends, advances, evokes, estimates, judged,
        judges, reacted, summarised, summarized, put ... at, puts ... at, putting ... at, pegs ...
        at, pegged ... at, said, says, say, saying, told, tells, tell, telling, claims, claimed,
        claim, claiming, according to, estimated, estimate, reckons, reckoned, reckon, argues,
        argued, argue, arguing, wrote, writes, write, writing, noted, notes, note, noting, added,
        adds, stated, states, stating, reported, reports, report, announced, announces,
        announcing, insisted, insists, insist, maintained, maintains, contends, contended,
        asserts, asserted, assert, alleges, alleged, allege, suggests, suggested, suggest,
        disclosed, discloses, disclosing, revealed, reveals, reveal, acknowledged, acknowledges,
        admitted, admits, confirmed, confirms, confirm, calculates, calculated, calculate, puts,
        putting, pegs, pegged, believes, believed, believe, thinks, thought, think, thinking,
        boasted, boasts, boast, boasting, explained, explains, remarked, remarks, observed,
        observes, commented, comments, pointed out, points out, point out, pointing out, warned,
        warns, warn, cautioned, cautions, tweeted, posted, posts, publishes, published, declared,
        declares, declare, counted, counts, tallied, tallies, shows, showed, show, shown, found,
        finds, quoted, quotes, cited, cites, citing, quipped, joked, concedes, conceded, recalled,
        recalls, testified, testifies, expects, expected, forecasts, forecast, predicts,
        predicted, projects, projected, sees, describes, described, asks, asked, mentions,
        mentioned, stresses, stressed, emphasised, emphasized, advised, briefed, lamented,
        replied, replies, responded, responds, concluded, concludes, concluding, objected, joking,
        hinted, hints, implied, implies, guessed, guesses, speculated, speculates, denied, denies,
        disputes, disputed, rejected, rejects, questions, questioned, doubts, doubted, dismissed,
        dismisses, scoffed, countered, wondered, wonders, conceding, likes to say, let it be
        known, broke the news, testifying, attests, attested, contest*, in the words of, swears,
        casts doubt, cast doubt, in the view of, in the opinion of, in the eyes of, puts it at,
        put it at, put the, puts the, called, calls, predicting, takes issue, took issue, is
        sceptical, is skeptical, remains sceptical, remains skeptical, are sceptical, are
        skeptical, ventured, muses, mused, grumbled, complained, protested, writing in, as per,
        rated, scolded, ridiculed, mocked, sneered, snorted, retorted, offered, chimed in,
        pegging, recounted, recounts
    """),
}

# Which of them a claim may name with "@".
SHARED = ("down", "up", "lose", "win", "value", "close", "shares", "longer_span", "superlative")
