"""The words that say which stage a judicial review has reached."""

from svwatch.tag.events.links import Rule, words

COURT = words(
    """judicial reviews?; high court; administrative court; court of appeal; supreme court; pre-action; ewhc; ewca;
    judge-led; letters? before (?:claim|action); legal (?:action|challenge|proceedings|bid|battle|case|fight);
    lawyers; solicitors?; judges?; claimants?;
    court (?:case|action|battle|challenge|challenges|fight|papers|ruling); to court; in court; mrs? justice"""
)
_CASE = words(
    """claims?; cases?; judicial reviews?; legal challenges?; challenges?; proceedings; legal action; court action;
    applications?; bids?; grounds?; actions?; high court; lawsuit; attempts?; papers; litigation; overturn;
    legal battle; legal fight; legal bid; appeals?(?= by| against|,| was| were| has); court fight; court battle;
    arguments?"""
)
RULER = words(
    """judges?; court; justice; hhj; lord; lady; ruling; ruled; judgment; judgement; deputy judge; kc; j; his honour;
    her honour"""
)
_PERMISSION = words(
    """(?:permission|leave)(?! to appeal); go-ahead; green light; one will; full hearing; full trial;
    substantive hearing; right to challenge; next stage"""
)
_ASSERTS = words(
    """rul(?:ed|es|ing); h[eo]lds?; held; found; finds; declared; declares; declaration; concluded; decided; judged;
    said; was; were; had; has; have; acted"""
)
UNLAWFUL = words(
    """unlawful(?:ly|ity)?; irrational(?:ly)?; illegal(?:ly)?; contrary to (?:statute|the law|law); broke the law;
    broken the law; acted outside; breached; in breach; ultra vires; failed in its dut(?:y|ies); had erred;
    erred in law; misdirected"""
)
_OF_THE_CLAIM = words(
    """claims?; judicial reviews?; proceedings; papers; legal challenges?; legal action; court action; a case; case;
    court papers"""
)

# The first stage that fits a clause wins, so the narrower ones stand first.
STAGES = (
    Rule(
        "permission_refused",
        words(r"refus\w+; den(?:y|ied); declined; not granted; not given; turned down"),
        _PERMISSION,
        before=60,
        after=60,
    ),
    Rule(
        "permission_refused",
        words(
            """not strong enough; unarguable; not arguable; no arguable; totally without merit; alternative remedy;
            no realistic prospect; no evidence of such; out of time; brought too late"""
        ),
        COURT,
        before=250,
        after=200,
        is_plain=True,
    ),
    Rule(
        "permission_granted",
        words("grant(?:ed|ing|s); given; gave; gives; won; wins?; secured; obtained; got; heard; gets"),
        _PERMISSION,
        before=60,
        after=50,
    ),
    Rule(
        "permission_granted",
        words(
            """arguable case; can (?:go ahead|proceed); may proceed; allowed to (?:proceed|go ahead|be heard);
            is arguable; are arguable; arguable; cleared the first hurdle; will now go to a full;
            deserves? a (?:full )?hearing"""
        ),
        COURT,
        before=200,
        after=200,
        is_plain=True,
    ),
    Rule(
        "appeal",
        words(
            r"""lodg\w+; fil(?:ed|ing); launch\w+; brought; bringing; submitted; taken; take; took; won; granted;
            given; will hear; hears; heard; asked; gone; go; heads?"""
        ),
        words(
            """court of appeal(?! (?:has|dismiss|reject|rul))|appeal court|higher court; supreme court; an appeal;
            its appeal; their appeal"""
        ),
        before=40,
        after=70,
    ),
    Rule(
        "appeal",
        words(
            """appeal(?:ed|ing) (?:against|to the (?:court|supreme)|the (?:ruling|judgment|decision)); has appealed;
            have appealed"""
        ),
        None,
    ),
    Rule(
        "settled",
        words(
            r"""consent order; settled; out[- ]of[- ]court; conced(?:ed|es); settlement; backed down; backs down;
            climbed down; climbdown; reached agreement; caved in; gave way; before it (?:reached|got to) court;
            door of the court; u-turn; agreed terms; offer to settle; without a judge having; without a hearing;
            compromis\w+"""
        ),
        _CASE,
        before=160,
        after=120,
        is_plain=True,
    ),
    Rule(
        "settled",
        words(
            "agreed to (?:reconsider|rethink|tear up|rewrite|withdraw|think again|look again|settle|quash|scrap|pay)"
        ),
        COURT,
        before=200,
        after=200,
        is_plain=True,
    ),
    Rule(
        "withdrawn",
        words(
            r"""withdr[ae]wn?; dropped; drops?; dropping; discontinu\w+; abandoned; ending the claim; called off;
            shelved; not (?:now )?(?:go ahead|proceed); pulled; not (?:be )?pursu\w+"""
        ),
        _CASE,
        before=70,
        after=45,
    ),
    Rule(
        "dismissed",
        words(
            """dismiss(?:ed|es|ing|al); threw out; thrown out; throws out; rejected; rejects; failed; fails; lost;
            loses; lose; struck out; unsuccessful; defeated; turned down; defeat"""
        ),
        _CASE,
        before=110,
        after=110,
        is_plain=True,
    ),
    Rule(
        "dismissed",
        words(
            r"""acted lawfully; did not act unlawfully; (?:was|were|is) lawful; not unlawful; lawfully;
            not acted unlawfully; not act unlawfully; had been lawful; no error of law;
            in (?:the council's|its) favour; ruled in favour of the (?:council|authority|county|borough|city);
            sided with the (?:council|authority|county|borough|city); successfully defended; saw off; fought off;
            within its (?:rights|powers); no merit; not made out; could not succeed;
            found for the (?:council|authority); backed the (?:council|authority); no breach; was not itself;
            did not require; ruled against (?:the )?(?:\w+ )?(?:famil\w+|parents?|mothers?|claimants?)"""
        ),
        RULER,
        before=250,
        after=160,
    ),
    Rule(
        "allowed",
        words(
            r"""allow(?:ed|s|ing); succeed(?:ed|s); successful; successfully; won; wins; win; upheld; upholds; victory;
            triumph\w*; vindicated; sided with (?:the )?(?:famil\w+|parents?|mothers?);
            backed (?:the )?(?:famil\w+|parents?|mothers?); found against;
            ruled against (?:the )?(?:council|authority|county|city|borough); legally flawed;
            should have consulted; told to think again;
            ruled in favour of (?:the )?(?:\w+ )?(?:famil\w+|parents?|mothers?|claimants?|boy|girl|child\w*)"""
        ),
        _CASE,
        before=60,
        after=60,
        is_plain=True,
    ),
    Rule(
        "allowed",
        words(
            """quash(?:ed|es); struck down; strikes down; set aside; (?:court|judge) (?:has )?overturned;
            persuaded the (?:high )?court"""
        ),
        None,
    ),
    Rule("allowed", UNLAWFUL, _ASSERTS, before=160, after=30),
    Rule(
        "hearing",
        words(
            """began; begins; begun; opened; opens; started; starts; took place; takes place; under way; underway;
            concluded; was held; ended; finished; continues; is taking place; lasted; adjourned"""
        ),
        words(
            """(?:rolled-up |full |final |substantive |two-day |three-day |court )?hearing; trial; judicial review;
            case"""
        ),
        before=60,
        after=40,
    ),
    Rule(
        "hearing",
        words(
            """were heard; was heard; being heard; been heard; reserved judgment;
            judgment (?:was|is|has been) reserved; has reserved; heard together; heard argument; heard arguments;
            reserved (?:her|his|its) (?:judgment|decision); in court (?:today|yesterday|this week); court was told;
            judge was told; before (?:mr|mrs|ms) justice"""
        ),
        words("judge; court; claims?; cases?; hearing; challenges?; judgment; justice"),
        before=120,
        after=80,
        is_plain=True,
    ),
    Rule(
        "hearing",
        words(
            """high court (?:hearing|judge|in [a-z]+) (?:heard|was told|has heard|is hearing);
            day (?:one|two|three) of the (?:hearing|case|judicial review); (?:is|are) hearing an?; heard in [a-z]+"""
        ),
        None,
    ),
    Rule(
        "threatened",
        words(
            r"""letters? before (?:claim|action); pre-action(?: protocol)?(?: letters?)?; threat\w*; formal letter;
            legal letter; to a judge; first (?:formal )?step; instructed (?:lawyers|solicitors);
            (?:will|would|could|may|might) (?:seek|take|face|go|sue|bring|launch); warned; warns;
            prepared to go to court; prepar\w+; consider(?:s|ed|ing); ready to; vowed;
            faces? (?:possible|potential); (?:lawyers|solicitors) (?:\w+ ){0,5}(?:have |has )?written; on notice;
            legal letters?; has \w+ (?:days|weeks) to; (?:end|ends|ending) up in court; mull\w*; explor\w+;
            intend\w*; plan(?:s|ning) to"""
        ),
        words(
            """judicial reviews?; legal (?:action|challenge|proceedings); high court; court; judge; before a claim;
            lawyers; solicitors?; claim; sue; letters? before (?:claim|action); pre-action"""
        ),
        before=150,
        after=110,
    ),
    Rule(
        "issued",
        words(
            """issu(?:ed|ing); lodged; filed; launched; launches; launching; brought; began; begun; started;
            commenced; mounted; tak(?:ing|en|es); took; sued; suing; sues; applied; applying; facing; faces;
            faced with; is seeking; are seeking; challenging; served; asked the; gone to; going to; being sued;
            turned to; legal papers"""
        ),
        words(
            """claims?; judicial reviews?; proceedings; papers; legal challenges?; legal action; court action;
            high court; administrative court; to court; (?:started|began|opened) a case; in court"""
        ),
        before=60,
        after=100,
    ),
    Rule(
        "issued",
        words("been issued; was issued; were issued; was lodged; been lodged; was filed; been filed; was brought"),
        _OF_THE_CLAIM,
        before=80,
        after=60,
        is_plain=True,
    ),
)
