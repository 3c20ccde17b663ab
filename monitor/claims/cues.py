"""Words by which English doubts, denies, hedges or foretells, for the reading of modality.

Classes follow the annotation of factuality (Saurí and Pustejovsky 2009, FactBank) and of hedges
and their scope (Vincze et al. 2008, BioScope): who believes, what is counterfact, what is possible.
"""

from collections.abc import Mapping

from monitor.claims.english import phrases
from monitor.claims.lexicon import words_of

# Phrases, found with the claims' words in one pass; kept apart from the groups that features of the
# scorer count, so that a word added here moves no likelihood.
PHRASES: Mapping[str, tuple[str, ...]] = {
    "foretell": phrases("""
        expect, expects, expected, expecting, forecast, forecasts, forecasting, forecasted,
        predict, predicts, predicted, predicting, foresee*, foresaw, anticipat*, envisag*,
        envision*, projects, projected, projecting, projection*, pencil*, outlook, guidance,
        guides to, guided to, guiding, spending plans, spending plan, plan on, plans on, planning
        on, is to cost, due to double, due to reach, due to rise, due to grow, money is on, best
        guess for, estimate for 20*, estimates for 20*, consensus for, consensus has, consensus
        is, bets on, bet that, betting, sees ... rebounding, sees ... rising, sees ... falling,
        sees ... climbing, sees ... reaching, see ... rising, see ... falling, see ... dropping,
        see it, sees it, calling it, called up, called down, called higher, called lower, called
        to open, aims to, hopes to, intends to, wants to, likely to, bound to, poised to, on
        course for, on track for, heading for, headed for, earmark*, budget for, budgeted for,
        ambition*, target for, targets for, scenario, would be, raised its forecast, cut its
        forecast, raises ... forecast, raises ... estimate, trims ... estimate, trimmed ...
        estimate, raised ... estimate, cut ... estimate, lifted ... estimate, could see, might
        see, house view, indication has, plans for this year, plans for 20*, commit to, committed
        to spend,
        thinks ... drops, thinks ... falls, thinks ... rises, thinks ... reopens, thinks ...
        bounces, thinks ... rebounds, thinks ... climbs, thinks ... recovers, thinks ... gains,
        thinks ... loses, thinks ... ends, thinks ... halves, thinks ... doubles, thinks ... slides,
        think ... drops, think ... falls, think ... rises, think ... reopens, think ... bounces,
        think ... rebounds, think ... climbs, think ... recovers, think ... gains, think ... loses,
        think ... ends, think ... halves, think ... doubles, think ... slides, reckons ... drops,
        reckons ... falls, reckons ... rises, reckons ... reopens, reckons ... bounces, reckons ...
        rebounds, reckons ... climbs, reckons ... recovers, reckons ... gains, reckons ... loses,
        reckons ... ends, reckons ... halves, reckons ... doubles, reckons ... slides, believes ...
        drops, believes ... falls, believes ... rises, believes ... reopens, believes ... bounces,
        believes ... rebounds, believes ... climbs, believes ... recovers, believes ... gains,
        believes ... loses, believes ... ends, believes ... halves, believes ... doubles, believes
        ... slides, planned for 20*, planned for this year, outlays planned, carry through,
        pencilled in for
    """),
    "later": phrases("""
        by summer, by the summer, by spring, by the spring, by autumn, by the autumn, by fall, by
        the fall, by winter, by year-end, by year end, by the end of the year, by christmas, by
        easter, by xmas, by december, by june, by july, by march, before the year is out, before
        this year is out, next session, next week, next month, next quarter, next year, tomorrow,
        in the year ahead, within a year, within five years, within months, a year from now, in
        the session to come, in the coming, over the coming, in the years to come, over the next,
        in the next, by 2026, by 2027, by 2028, by 2029, by 2030, by 2035, over four years, by the
        weekend, by tonight, at the open tomorrow, end of the decade, before long, someday, one
        day soon, sooner or later, 25e, 26e
    """),
    "disbelief": phrases("""
        understat*, overstat*, obscur*, mask*, flatter*, gloss* over, leav* out, conceal*, hides,
        hid, strain* credulity, strains belief, beggar* belief, def* belief, smell test, hold
        water, holds water, raise* eyebrows, raised eyebrows, raising eyebrows, invit* suspicion,
        smell* of, stink*, falls apart, fell apart, scrutiny, asterisk, with caution, caveat*,
        pinch of salt, grain of salt, pinch of doubt, poke* holes, poking holes, pour* cold water,
        pouring cold water, cast* doubt, throw* doubt, rais* questions, raise questions, raised
        questions, call* into question, called into question, open to question, tak* issue, took
        issue, push* back, roll* their eyes, eye-roll*, cannot be right, can't be right, can not
        be right, can't be true, cannot be true, too good to be true, too low to be, too cheap to
        be, too small to be, far too low, far too small, hard to believe, difficult to believe,
        hard to credit, hard to swallow, hard to square, hard to reconcile, difficult to
        reconcile, beyond belief, not plausible, not credible, not realistic, not convincing, no
        way, not a chance, my foot, in your dreams, a stretch, wishful thinking, only a fraction,
        a mere fraction, tiny fraction, small fraction, the tip of, tip of an iceberg, headline
        number, so-called, much-quoted, oft-quoted, widely cited, oft-cited, much-cited, if you
        believe, if one believes, if believed, believe it or not, whether you believe, doubts
        over, doubts about, doubts as to, doubts that, question mark*, scepticism about,
        skepticism about, skeptical of, sceptical of, skeptical about, sceptical about, suspicious
        of, wary of, unconvinced by, disbelie*, is ... not the whole, not the full, not a full,
        not the real, not the true, not the total, isn't the whole, isn't the full, isn't the
        real, isn't the total, whole story, full story, full picture, whole picture, full cost,
        true cost, real cost, actual cost, real bill, true bill, real figure, true figure, real
        number, true number, actual figure, actual number, apples and oranges, apples to oranges,
        apples-to-oranges, accounting trick, sleight of hand, smoke and mirrors, pr exercise,
        publicity stunt, cherry- pick*, misrepresent*, misinterpret*, misunderst*, miscalculat*,
        miscount*, misquot*, one- sided, narrow definition, does not add up, do not add up, did
        not add up, don't add up, doesn't add up, cannot add up, nobody knows, no one knows, who
        knows, impossible to verify, impossible to check, cannot be checked, nothing to support,
        nothing to bear out, not borne out, no basis, without evidence, without proof, no sign of,
        sow* doubt, contrary to, canard, bandied, does not exist, doesn't exist, never existed,
        out of thin air, plucked from, no trace, no source, no record, no receipt, no audit,
        stripped of context, out of context, does not pass, doesn't pass, did not pass, a bad
        number, lying about, tall story, smells, a joke, laughable, eyewash, poured cold,
        half-truth, no such, trouble with, difficulty with, shred of proof, shred of evidence, bet
        on it, the full amount, on the wrong side of
    """),
    "rebuff": phrases("""
        no truth in, not a word of truth, nothing of the sort, no basis in fact, without foundation,
        without merit, not the case, isn't the case, wasn't the case, not so, not accurate, not
        right, isn't right, wasn't right, isn't true, wasn't true, aren't true, quite the opposite,
        opposite is true, far from it, pooh-pooh*, pour* scorn, shot down, shoot* down, shooting
        down, bat* away, batting away, swat* away, brush* aside, wav* away, waved off, laugh* off,
        scotch* the, quash*, discredit*, disprov*, disown*, repudiat*, disavow*, walk* back,
        rescind*, revok*, tak* back the, took back the, no longer vouch, cannot vouch, can't vouch,
        did not accept, didn't accept, does not accept, doesn't accept, never accepted, set the
        record straight, put the record straight, got wrong, gets wrong, not what happened, forged,
        forgery, forgeries, counterfeit, no longer have confidence, no longer has confidence
    """),
    "unease": phrases("""
        another zero, another two zeros, another two zeroes, add a zero, adds a zero, few zeros,
        missing a zero, zeros short, noughts short, zeroes short, off by a factor, out by a factor,
        by a factor of, wide of the mark, off the mark, on the high side, on the low side, on the
        higher side, on the lower side, like us to think, like us to believe, like you to think,
        like you to believe, have us believe, have you believe, have us think, have you think, want*
        us to believe, want* you to believe, want* us to think, want* you to think, ask* us to
        believe, expect* us to believe, expected to believe, supposed to believe, be astonished if,
        be astonished to, be surprised if, be amazed if, be shocked if, be stunned if, be staggered
        if, beg* to differ, begged to differ, begging to differ, at odds with, out of line with, not
        square with, doesn't square, sit* uneasily, sits uneasily, sat uneasily, jar* with, ring*
        hollow, rang hollow, rings hollow, ring* false, not ring true, doesn't ring true, fail* to
        convince, lack* credibility, strain* credibility, stretch* credulity, stretch* belief, def*
        logic, def* physics, def* arithmetic, makes no sense, make no sense, made no sense, not make
        sense, doesn't make sense, be retired, pull the other, come on, give me a break, do me a
        favour, do me a favor, must be joking, who believes, who would believe, who'd believe,
        anyone who believes, only a fool, gullible, fell for, taken in by, hoodwink*,
        bamboozl*, snake oil, voodoo, creative accounting, window dressing, window-dressing, cook*
        the books, massag*, fudge*, doctored, airbrush*, economical with, half the truth, partial
        truth, whole truth, wonder* how, wondered how, wondering how, wonder* aloud, asks if, asks
        whether, ask whether, asked how, asking how, demand* to know, demand* proof, demanded proof,
        want* proof, want* evidence, show me the, show us the, show your working, see the invoice,
        see the receipt*, uncorroborated, untested, untrustworthy, unreliable, not trust, don't
        trust, doesn't trust, distrust*, mistrust*,
        disagree with, disagrees with, disagreed with, not persuad*, hardly credible, barely
        credible, scarcely credible, hardly plausible, beggar* description, good luck with, is
        anyone's guess, be taken lightly, not be taken, treat* with caution, treated with caution,
        read with care, bears no relation, bear no relation, bore no relation, no relation to,
        nothing to do with, nowhere near, not even close, not close to, a far cry, light years from,
        miles from, doubling as, dressed up as, passed off as, passing off, masquerad*, apocryphal,
        told to believe, asked to believe, led to believe, no longer show, no longer use, no longer
        carry, no longer publish, no longer quote, no longer cite, no longer stand by, no longer
        print, taken it out, took it out, without its context, without context, purports to be,
        the idea that, the notion that, the suggestion that, the pretence that, the fantasy that,
        the theory that, difficulty ... with, trouble ... with, my ass, my arse, my backside,
        my eye, haircut the, haircuts the, want me to say, want us to say, never shown to, not
        shown to, urban legend, urban myth, tall tale, tall order, old wives, cock and bull
    """),
    "surmise": phrases("""
        may employ, may own, may hold, may possess, may be sitting, may control, may have, may
        number, might be sitting, might employ, might own, might hold, might have, might possess,
        could own, could hold, could possess, could be sitting, could have, would possess, would
        own, would hold, would employ, may well be, might well be, may be as, could be as, might be
        as, may be around, might be around, could be around, at a guess, it's heard, it is heard, we
        hear, we heard, i've heard, rumour mill, rumor mill, word is, word has it, as rumoured, as
        rumored, as is rumoured, as is rumored, depending on which, depending on who, depending on
        whom, depending on the, little bird, gossip, mooted, putative, a reported, the reported, is
        reported to, was reported to, are reported to, were reported to, widely reported, widely
        thought, widely assumed, widely estimated, widely put, guessed to, are guessed, is guessed,
        guesses range, guesses put, guesses run, estimates go, estimates run, estimates have,
        estimates differ, estimates of ... go, estimates of ... run, estimates of ... range, some
        put, some say, others say, others put, thought by many, believed by many, said by some, it's
        told, it is told, so i'm told, so we're told, i'm told, anecdotally, unsourced, presumed,
        is presumed, assumed to be, is assumed, are assumed, scuttlebutt, tittle-tattle, chatter,
        back-of-the-envelope, guesstimate*, as the rumour, as the rumor, rumour:, rumor:, one hears,
        i'd heard, he'd heard, she'd heard, they'd heard, had heard, whisper it, anything to go by
    """),
}

# Of a figure: it is not so.
FALSE = words_of("""
    false untrue wrong incorrect inaccurate erroneous mistaken fake bogus phoney phony fabricated
    invented fictitious fictional fiction fabrication invention baseless groundless unfounded
    nonsense rubbish bunk baloney hogwash poppycock claptrap hokum tosh garbage lie lies hoax myth
    legend fairy-tale tale canard calumny slander libel misprint typo error mistake mirage
    nonsensical impossible ludicrous preposterous absurd ridiculous laughable spurious made-up
    debunked discredited disproved disproven refuted nope false- untruth falsehood untruths
    falsehoods folklore concocted malarkey balderdash piffle drivel
""")
# Of a figure: it may well not be so, or says less than it seems to.
DOUBTFUL = words_of("""
    parading half-truth misleading implausible dubious questionable doubtful suspicious suspect
    incredible unbelievable fishy murky fanciful far-fetched unrealistic improbable unlikely
    exaggerated exaggeration inflated overstated understated overblown hyped hype incomplete partial
    selective cherry-picked unproven unsubstantiated unsupported contested disputed controversial
    contentious debatable moot shaky flimsy optimistic rosy theatre theater marketing propaganda
    spin stunt gimmick advertisement potemkin fantasy fantastical conjecture hearsay guesswork
    speculation apocryphal opaque meaningless useless irrelevant beside joke puzzling baffling
    strange odd bizarre curious sceptical skeptical scepticism skepticism doubt doubts disbelief
    mistrust distrust incredulous credulity unconvincing unpersuasive tendentious disingenuous
    deceptive simplistic aspiration nominal cosmetic decor lowball low-ball tip half-truth
""")
BELIEVES = words_of("""
    believe believes believed believing think thinks thought buy buys bought buying accept accepts
    accepted credit credits credited trust trusts trusted swallow swallows swallowed assume assumes
    assumed convinced persuaded vouch swear reckon reckons
""")
NEGATIVE = words_of("""
    not no never nobody none nothing neither nor hardly scarcely barely few cannot without nowhere
    isn't wasn't aren't weren't don't doesn't didn't can't couldn't won't wouldn't haven't hasn't
    hadn't shouldn't ain't
""")
NAMES_IT = words_of("""
    call calls called calling describe describes described describing label labels labelled labeled
    brand brands branded deem deems deemed dub dubs dubbed term terms termed consider considers
    considered regard regards regarded judge judges judged dismiss dismisses dismissed dismissing
    qualify qualifies qualified characterise characterises characterised characterize characterizes
    characterized denounce denounces denounced finds found rate rates rated
""")
COPULAS = words_of("""
    is was are were be been being 's looks look looked seems seem seemed sounds sound sounded
    remains remained isn't wasn't it's that's becomes became as
""")
FILLERS = words_of("""
    they he she say says said argue argues insist insists a an the " ' very highly simply plainly
    just flatly quite rather pure purely totally utterly clearly patently probably seriously deeply
    wildly grossly woefully at in about so too more less likely almost nearly not pretty downright
    demonstrably frankly , still also only really bit
""")
VERSIONS = words_of("""
    version headline chart graphic profile item box table caption map story article column report
    explainer piece page photo diagram quiz letter post tweet note quoted page
""")
ERRATA = words_of("""
    transposing transposition nought noughts decimal correction corrections clarification
    clarifications erratum errata misstated misstates misidentified misspelled incorrectly
    erroneously wrongly mistakenly error transposed misread misprint misprinted typo amended regret
    regrets apologise apologize mistake corrects corrected inaccurately
""")
# A whole verdict in a word: "... FALSE."
ANSWERS = words_of("no nope false untrue wrong incorrect fake misleading unproven unverified")
