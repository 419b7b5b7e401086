"""The words that say which state a deficit agreement is in."""

from svwatch.tag.events.links import Rule, words

SCHEME = words(
    """safety[- ]valves?; bail-?outs?; bailed out; delivering better value; dbvs?; reform plans?; psv;
    very high deficit; rescue (?:deals?|schemes?|programmes?|packages?);
    deficit (?:deals?|agreements?|management plan); stability grant; recovery (?:deals?|plans?|agreements?);
    management plans?; intervention programmes?; enhanced monitoring"""
)
_DEAL = words(
    """safety[- ]valves?; bail-?outs?; deals?; agreements?; rescue; delivering better value; dbv; reform plans?;
    contracts?; recovery plans?; management plans?; programmes?; schemes?; pact; bargain; tranche; accord;
    signator(?:y|ies); package; cohort; round"""
)
_SURE_DEAL = words(
    """safety[- ]valves?; bail-?outs?; deals?; agreements?; delivering better value; dbv; application; rescue package;
    pact"""
)
_PLAN = words(
    """plans?; proposals?; bids?; applications?; requests?; version; draft; drafts; deals?; agreements?; programme;
    scheme; entry; safety valve; to join; submission; attempt; pitch; offer; blueprint"""
)
_CHANGED = (
    "(?:revised|new|rewritten|replacement|renegotiated|redrawn|updated|amended|fresh|second|reworked|altered|reset)"
)

# The first state that fits a clause wins, so the narrower ones stand first.
STATES = (
    Rule(
        "enhanced_monitoring",
        words(
            """enhanced monitoring;
            (?:tougher|closer|tighter|extra|intensive|special) (?:monitoring|supervision|oversight|scrutiny from|watch);
            (?:heightened|stepped-up|intensified|additional) (?:monitoring|supervision|oversight|scrutiny from);
            watch ?list; on watch; monitored more closely; watched more closely"""
        ),
        None,
    ),
    Rule(
        "scheme_closed",
        words(
            """closed; shut; shut down; wound (?:up|down); scrapped; axed; closing; closure; ended; ending; abolished;
            ditched; discontinued; brought to an end; drawn to a close; no longer taking; stopped taking; ceased;
            come to an end; no longer open; doors closed; winding (?:up|down); scrapping; phased out;
            run its course; folded"""
        ),
        words(
            """(?:the |this )?(?:scheme|programme|programmes|initiative); safety valve(?! deal| agreement);
            delivering better value; to entrants; to new(?:comers| entrants| applicants| councils)?"""
        ),
        before=40,
        after=30,
    ),
    Rule(
        "scheme_closed",
        words("no (?:more|new|further) (?:councils?|deals?|agreements?|entrants|authorit(?:y|ies))"),
        SCHEME,
        before=200,
        after=200,
        is_plain=True,
    ),
    Rule(
        "rejected",
        words(
            """turned down; reject(?:ed|s|ion); refus(?:ed|al); sent back; knocked back; rebuffed; declined; told no;
            thrown out; said no; turning down; turned away; unaffordable; did not get (?:it|them|in);
            requirements not met; vetoed; unsuccessful; turned it down; spurned; rebuff;
            not (?:been )?(?:accepted|approved|admitted); did not qualify; not eligible; ineligible; missed out;
            fell through; collapsed; snubbed; shot down; kicked out; binned; knock-?back; would not sign;
            thumbs down; not (?:been )?signed off; not good enough; fell short; have come to nothing;
            failed to (?:win|secure)"""
        ),
        _PLAN,
        before=140,
        after=80,
        is_plain=True,
    ),
    Rule(
        "renegotiating",
        words(
            """subject to (?:a )?review; under review; renegotiating; in (?:fresh |new )?talks; renegotiation;
            being (?:renegotiated|revised|rewritten|redrawn| reviewed|redrafted); negotiating; reopened; re-opened;
            back to the (?:table|drawing board); negotiating table; rethink; look again; reworking; hammering out;
            thrashing out; redrawing; revisit(?:ed|ing)?; new terms; redraft(?:ed|ing)?"""
        ),
        words("deals?; agreements?; plan; timetable; terms; payments?; safety valve; programme"),
        before=110,
        after=90,
        is_plain=True,
    ),
    Rule(
        "renegotiating",
        words("asked; asking; requested; wrote; applied; wants; seeking; asks; request; appealed; pleaded; sought"),
        words(
            "(?:stretch|extend|lengthen|longer|extra years?|more time|extension)(?:ed|ing)?; (?:extra|more|"
            "additional) years?; "
            f"{_CHANGED} (?:plan|deal|agreement|terms)"
        ),
        before=0,
        after=110,
    ),
    Rule(
        "extended",
        words(
            r"""extended; lengthened; stretched; stretch; stretches; extension; longer; more years?; extra years?;
            additional years?; adds (?:\w+ )years?; prolonged; will (?:each )?now have; more time; pushed back;
            put back; spread over; breathing space; relaxed; reprofiled; re-profiled; an extra; slipped;
            until \S+ rather; (?:given|granted|allowed|has|have) (?:until|\w+ (?:more )?years); moved from"""
        ),
        words(
            """deals?; agreements?; plan; terms; safety valve; contract; bail-?outs?; process; programme; same day;
            timetable; deadline; end date; target"""
        ),
        before=110,
        after=80,
        is_plain=True,
    ),
    Rule(
        "revised",
        words(
            """came into force; signed; agreed; accepted; approved; struck; published; reached; rewritten;
            renegotiated; redrawn; sent; submitted; gone to; replaced; now has"""
        ),
        words(rf"{_CHANGED}(?: \w+){{0,4}}? (?:deals?|agreements?|plan|terms|version|draft)"),
        before=60,
        after=80,
    ),
    Rule(
        "revised",
        words("rewritten; renegotiated; redrawn; revised; amended; reworked; redrafted; reset"),
        words("deals?; agreements?; terms; safety valve"),
        before=60,
        after=40,
        is_plain=True,
    ),
    Rule(
        "invited",
        words(
            """(?:been|were|was|being) (?:asked|invited|approached|selected|chosen|offered);
            offered a (?:place|spot|deal); invitation; invites; invited; approached; in line for; shortlisted;
            picked; selected; chosen"""
        ),
        words("join; take part; apply; scheme; programme; safety valve; delivering better value; dbv; talks; place"),
        before=40,
        after=90,
        is_plain=True,
    ),
    Rule(
        "applied",
        words(
            """applied; submitted; handed in; put in; sent off; sent in; posted; filed; went in; went off; lodged;
            put forward; asked to join; bid for; tabled; delivered; applying; drawn up and sent; asked for help;
            made a bid; turned in; asked to be; sought (?:help|entry|a place)"""
        ),
        words(
            """plans?; application; proposals?; bids?; (?:to )?join; version; attempt; scheme; programme;
            safety valve; reform plans?; submission"""
        ),
        before=60,
        after=70,
    ),
    Rule(
        "exited",
        words(
            """left; exited; exits; leaves; quit; quits; walked away; walks away; withdrew; withdrawn from; completed;
            graduated; hands back; handed back; pulled out; came out of; come out of;
            no longer (?:in|part of|a|under); emerged; bowed out; finished; tore up; torn up; reached the end of;
            expired; early exit; exit; freed from; discharged; leaving; exiting; quitting; out of the; signed off;
            free of; ended its; wound up its; finished its; no longer needs"""
        ),
        words("programme; scheme; deals?; agreements?; safety valve; it for; bail-?out"),
        before=0,
        after=60,
    ),
    Rule(
        "signed",
        words(
            r"""signed(?: up)?; signing; struck; agreed; agrees; agree; entered(?: into)?; secured; joined; accepted;
            reached; concluded; sealed; let into; landed; reach(?:ed)? terms;
            (?:taken|accepted) the (?:\w+ )?terms; put its name; shake hands; shook hands; clinched; has had;
            have had; take part; taking part; brokered; negotiated; finalised; inked; joining; entering;
            put pen to paper; taken up; admitted; brought into; enrolled; entry into; unveiled; taken on; have a;
            in place; signature; bound by; tied to; under the terms of; members? of; recruited; obtained;
            came to terms; come to terms; opted (?:in|for); bought into; went into; gone into; brought in;
            participants?; recipients?; beneficiar(?:y|ies); undertook; pledged; committed itself; tied itself;
            one of the (?:first|councils|\w+ councils); the first councils?; rescued; in exchange for; allowed into"""
        ),
        _DEAL,
        before=80,
        after=90,
    ),
    Rule(
        "signed",
        words(
            """signed(?: up)?; struck; joined; (?:took|taken|taking) part; put its name; shake hands; shook hands;
            bailed out"""
        ),
        _DEAL,
        before=80,
        after=90,
        is_plain=True,
    ),
    Rule(
        "signed",
        words(
            """awarded; approved; made; done; took; promised; was given; won; gets?; got; received; committed; share;
            is to pay; is to receive; became one of; has a; already has; part of; will receive; handed; granted;
            announced; runs; provides; dates? from; dating from"""
        ),
        _SURE_DEAL,
        before=60,
        after=60,
    ),
    Rule(
        "signed",
        words(
            """promised; in return; will receive; accepted; took; signed up; thrown a rope; to take; to receive;
            stands to (?:get|receive)"""
        ),
        words(r"£[\d.,]+\w*; million"),
        before=10,
        after=60,
    ),
    Rule(
        "signed",
        words("worth"),
        words("deals?; agreements?; bail-?outs?; contracts?; programme; packages?"),
        before=20,
        after=0,
    ),
    Rule(
        "signed",
        words(
            """bailed out; signator(?:y|ies); with (?:such )?(?:deals|agreements); have such (?:deals|agreements);
            safety valve (?:council|authority|borough|county)"""
        ),
        None,
    ),
)
