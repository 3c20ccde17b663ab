"""The vocabulary of attribution: verbs, nouns and phrases by which a text says who says what.

Verbs of speech, of writing, of thought and of denial as reporting verbs are listed in grammars of
English (Quirk et al. 1985, 16.31; Biber et al. 1999, 9.2.2) and in the attribution corpora PDTB and
PARC 3: a source, a cue, and what the cue covers.
"""

from monitor.claims.lexicon import words_of


def _forms(lemmas: str) -> frozenset[str]:
    """All forms of regular verbs: "claim, claims, claimed, claiming"."""
    found: set[str] = set()
    for lemma in lemmas.split():
        stem = lemma[:-1] if lemma.endswith("e") and not lemma.endswith("ee") else lemma
        hissing = lemma.endswith(("s", "sh", "ch", "x", "z"))
        past, third = f"{stem}ed", f"{lemma}es" if hissing else f"{lemma}s"
        if lemma.endswith("y") and lemma[-2] not in "aeo":
            past, third = f"{lemma[:-1]}ied", f"{lemma[:-1]}ies"
        found.update((lemma, third, past, f"{stem}ing"))
    return frozenset(found)


# Whatever is the subject of these, says something.
STRONG = _forms("""
    claim argue insist maintain contend assert allege state declare explain remark comment warn
    caution tweet retweet acknowledge confess reply respond retort recall testify quip joke lament
    complain opine reckon believe suspect guess wonder stress emphasise emphasize underline observe
    conclude confirm dispute reject dismiss scoff question doubt challenge rebut refute counter mock
    ridicule assure inform boast brag muse grumble protest sigh shout whisper murmur mutter gripe
    sniff shrug concur agree disagree object posit hypothesise hypothesize speculate conjecture
    surmise imagine suppose predict anticipate assume announce report disclose reveal mention quote
    cite deem denounce decry criticise criticize debunk slam blast deride pooh-pooh discount rubbish
    attest affirm reaffirm reiterate repeat intimate signal imply infer hint suggest propose advise
    brief notify demand volunteer exclaim sneer scold bemoan bristle marvel enthuse gush crow
    pronounce proclaim profess purport aver avow disclaim clarify elaborate expound hazard interject
    remind recount relate detail explain worry fear hope promise pledge apologise apologize gloat
    joke ponder theorise theorize rule certify blog thunder fume rage rail trust guesstimate
    extrapolate envisage allow telegraph text email e-mail message insinuate scream shriek bark
    growl drawl deadpan jest beam nod chuckle laugh groan whine plead urge recommend request preach
    philosophise contradict disbelieve distrust mistrust ascribe attribute credit cable
""") | words_of("""
    say says said saying tell tells told write writes wrote written writing think thinks thought
    thinking admit admits admitted admitting concede concedes conceded conceding deny denies denied
    denying add adds added adding swear swears swore vow vows vowed forecast forecasts forecasting
    understand understands understood hear hears heard know knows knew feel feels felt snap snaps
    snapped submit submits submitted refer refers referred conferred scoffed ask asks asked asking
    pooh-poohs pooh-poohed fires fired chips chipped says hold holds held quips put puts putting
    speak spoke speaks spoken sworn query queries queried vouch vouches vouched talk talks talked
    quoth ventures ventured
""")
# These are said of figures as often as by sources: they need somebody who can speak.
WEAK = words_of("""
    specify specifies specified itemize itemizes itemise itemises give gives gave has have had put
    puts putting add adds added adding expect expects expected expecting show shows showed shown
    showing see sees saw seeing count counts counted report reports reported estimate estimates
    estimated estimating project projects projected projecting forecast forecasts forecasting note
    notes noted noting list lists listed find finds found finding figure figures figured reveal
    reveals revealed disclose discloses disclosed announce announces announced post posts posted
    call calls called calling claim claims suggest suggests suggested question questions doubts
    doubt mention mentions mentioned claiming recall recalls recalled repeat repeats repeated refer
    refers referred signal signals signalled imply implies implied hold holds held detail details
    detailed fear fears hope hopes promise promises promised pledge pledges pledged calculate
    calculates calculated calculating compute computes computed compile compiles compiled track
    tracks tracked point value values valued price prices priced peg pegs pegged tally tallies
    tallied publish publishes published quote quotes quoted describe describes described label
    labels labelled labeled dub dubs dubbed term terms termed brand brands branded consider
    considers considered rate rates rated rank ranks ranked regard regards regarded assume assumes
    assumed discount discounts discounted challenge challenges challenged hear hears arrive arrives
    arrived arriving obtain obtains obtained work works worked accept accepts accepted quantify
    quantifies quantified measure measures measured feel feels felt spoke speaks points pointed
    understand understands understood dispute disputes state states stated argues document documents
    documented submit submits submitted brief confirm pencil pencils pencilled blast fires fired
    chips chipped foresee foresees foresaw envisage envisages envision envisions view views viewed
    judge judges judged treat treats offer offers offered quarrel quarrels bet bets gives think-tank
""")
# What follows the source is no statement of a figure with these: "Nvidia has 36,000 employees".
LOOSE = words_of("""
    give gives gave has have had points pointed hold holds held point value valued price prices
    priced add adds added adding put puts putting saw find finds found finding offer offers offered
    arrive arrives arrived arriving obtain obtains obtained work works worked
""")
# With these anything that is their subject says something, whatever its noun.
SPOKEN = words_of("""
    say says said saying tell tells told claim claims claimed argue argues argued insist insists
    insisted write writes wrote maintain maintains maintained contend contends contended declare
    declares declared allege alleges alleged assert asserts asserted deny denies denied mention
    mentions mentioned warn warns warned explain explains explained speak speaks spoke
""")
SHOWING = words_of("""
    show shows showed shown calculates calculated estimates counts counted lists listed
""")
AUXILIARIES = words_of("""
    keeps kept keep has have had also later then recently itself themselves himself herself since
    already earlier previously often now that would will been did do does not never publicly even
    still first once again further can't couldn't wouldn't isn't wasn't hasn't haven't hadn't can
    could may might must should is are was were be having just too only simply both each all always
    soon promptly yesterday today tomorrow monday tuesday wednesday thursday friday saturday sunday
    merely repeatedly wants don't doesn't didn't won't
""")
# What is said: "DeepSeek's published estimate", "a tally by UBS".
CONTENT = words_of("""
    judgment judgement understanding estimation estimate estimates claim claims figure figures paper
    papers report reports note notes analysis analyses calculation calculations data statement
    statements projection projections forecast forecasts survey surveys research study studies tally
    tallies count numbers accounts account disclosure disclosures filing filings post posts blog
    interview testimony assertion assertions records record view views opinion reckoning words word
    document documents announcement boast boasts release memo letter sum sums maths math arithmetic
    guess guesses telling version theory finding findings guidance target targets prediction
    predictions expectation expectations table statistics stats index tracker transcript tweet
    thread slide slides presentation promise promises contention argument belief conclusion hunch
    suspicion quote remark remarks comment comments bet consensus spreadsheet extrapolation scenario
    admission verdict
""")
# Words of a party itself: the paper of a lab is the lab.
OWN_PAPERS = words_of(
    "paper papers preprint whitepaper appendix footnote card pdf makers developers"
)
PAPERS = words_of("paper preprint whitepaper appendix supplement")
DOCUMENTS = words_of("""
    report paper note study information document analysis survey research data estimates estimate
    calculations figures post letter memo statement filing filings records statistics stats tally
    poll newsletter dispatch article story column review forecast tracker index account testimony
    release blog website site briefing bulletin communique
""")
FOR_OTHERS = words_of("""
    spokesman spokeswoman spokesperson spokespeople spokespersons representative representatives
    website statement filing filings press
""")
FIRMS = words_of("""
    company firm startup start-up lab group outfit business chipmaker corporation developer maker
    brokerage consultancy broker bank
""")
CROWDS = words_of("""
    analysts economists strategists experts investors traders researchers engineers officials
    executives managers consultants scientists academics critics sceptics skeptics observers sources
    insiders people lawyers lawmakers senators users developers dealers brokers fans employees
    staffers clients economists watchers commentators reporters journalists salespeople strategists
    quants
""")
PEOPLE = CROWDS | words_of("""
    legislator legislators ex-employee ex-employees newsroom newsrooms directory directories
    registries catalogue encyclopedia wiki register graduates insurers lenders unions bloggers
    tweeters owners boffins boffin bosses recruiter recruiters smuggler salesman colleagues intern
    alumni veteran listener listeners caller callers attendee attendees participant participants
    reviewer reviewers inquiry inquiries analyst economist strategist investor trader manager
    executive boss founder co-founder cofounder professor minister senator representative author
    researcher scientist engineer president secretary chairman chairwoman chief ceo cfo cto director
    partner consultant lawyer columnist journalist expert colleague officer head veteran billionaire
    commissioner congressman congresswoman spokesman spokeswoman spokesperson official insider
    source critic sceptic skeptic blogger historian adviser advisor economist regulator employee
    staffer developer broker banker friend reader client customer user uncle neighbour neighbor
    brother-in-law mother father dad wife husband guy man woman person someone somebody everyone
    everybody nobody none most many some others another one two three several few both rival rivals
    competitor backer backers judge attorney prosecutor witness adviser aide headhunter headhunters
    dealer reseller netizen netizens market consensus government ministry commission agency
    committee panel board court council union association institute university laboratory think-tank
    desk house media press newspaper newspapers outlet outlets magazine website site blog newsletter
    podcast channel report reports paper papers note notes study studies data records record filing
    filings statistics document documents letter memo registry complaint lawsuit suit table chart
    tracker trackers index survey poll wikipedia rumour rumours rumor rumors speculation gossip
    headlines posts accounts account plan authors makers maker team lab firm company startup
    start-up bank banks broker brokers brokerage consultancy group party parties plaintiff
    plaintiffs defendant defence defense prosecution state authorities administration embassy
    backers supporters doubters boosters specialists specialist institutions tipsters influencers
    pundits academics provider providers seller sellers hire partners customers issuers management
    shareholders shareholder vendors vendor funds fund hunters bulls bears moderator host presenter
    anchor deputy mayor governor watchdog tabloid sheet stockholder fact-checkers checker checkers
    firms companies bodies programmers programmer coder physicist mathematician ambassador attache
    envoy dissident accountant auditor auditors teacher lecturer student students intern nurse
    dentist driver entrepreneur entrepreneurs tycoon magnate delegate delegates planner member
    members mp mps peer peers resident residents guest guests woman women men scholar scholars lad
    lads kid kids son daughter brother sister cousin nephew niece grandmother grandfather mate mates
    chap bloke folk folks clerk sage sages prophet quant priest monk nun think-tanks programme
    broadcaster chorus crowd jury dean provost rector
""")
TITLES = words_of("""
    per rival competitor mr mrs ms miss dr prof professor mayor governor judge justice chairman
    chairwoman ceo cfo cto coo congressman congresswoman chancellor secretary president vice
    minister supervisor councillor councilor councilman councilwoman alderman sheriff coach pundit
    colonel major brigadier admiral sophomore freshman junior senior reporter correspondent editor
    lecturer representative rep sen senator general captain analyst economist strategist mep mp aide
    deputy commissioner engineer officer director founder co-founder cofounder trader investor
    banker boss chief head manager partner attorney lawyer counsel spokesman spokeswoman
    spokesperson researcher scientist columnist blogger author historian premier ambassador u.s us
    uk district executive pastor father sister brother uncle aunt king queen prince princess host
    moderator presenter anchor comrade citizen neighbor neighbour veteran billionaire former adviser
    advisor state treasurer inspector sergeant lieutenant nobel laureate magnate tycoon
""")
HOSTS = words_of("""
    host hosts reporter anchor presenter q question narrator interviewer announcer correspondent
    moderator editor
""")
DETERMINERS = words_of("""
    the a an its his her their our my your this that these those
""")
STARTERS = DETERMINERS | words_of("""
    one two three some many several few most another other both each every any all no
""")
PREPOSITIONS = words_of("""
    of in at from for with on to by about inside outside near behind among across over under within
""")
STOPS = words_of("""
    , . ; : ( ) " ? ! [ ] { } | / * • — – … but while whereas because if when where since though
    although so than that which whom whose said says say saying is are was were be been has have had
    will would can could may might must should do does did after before until unless despite as and
    or yet then however meanwhile still now indeed instead whether why how what
""")

VERBS = STRONG | WEAK
NOUNS = CONTENT | DOCUMENTS | PEOPLE | words_of("rival count counts points bets fans brands value")
