"""The wording of furniture, as patterns: labels, end markers, prompts, captions; and of pages that hold no article.

All are matched without regard to case, each alternative on its own. A pattern must be one that no sentence of an
article begins with (or is, for labels and end markers): "By using reserves, the council ..." and "Like more than 30
others, ..." have to stay. lines.py and stubs.py say how each table is applied.
"""

import re
from collections.abc import Iterable

_SITES = "twitter|x|facebook|instagram|linkedin|google news|bluesky|whatsapp|youtube|tiktok|threads"

LABELS = (
    # adverts
    r"advert(?:isement|s|ising)?(?: ?-? ?(?:continue reading below|feature))?",
    r"article (?:content|continues below)",
    r"ads? by .{1,30}",
    r"(?:hide|close|skip)(?: this)? ad(?:vert(?:isement)?)?",
    r"sponsored(?: (?:content|post|by .{1,40}))?",
    r"paid (?:post|content)|promoted",
    # ways on
    r"read (?:more|next|also)(?: (?:on|about)\b.{0,80})?",
    r"also read|more",
    r"(?:see|find out|learn|discover|explore) (?:more|further|also)",
    r"(?:continue|keep) reading",
    r"view (?:all|gallery|\d+ images?)|opens in (?:a )?new (?:window|tab)",
    r"jump to .{1,40}|back to top|skip to (?:main )?content",
    r"(?:watch|play)(?: the)? video|recommended videos?",
    # share, comment, sign up
    r"(?:share|save|print|copy link|email|tweet|reply|like|comments?|bookmark)",
    r"share (?:this|on|via|with)\b.{0,40}",
    r"(?:\d+|no|view|show|leave a|add a|post a|all|see) (?:new )?(?:comments?|repl(?:y|ies))(?: \(\d+\))?",
    r"(?:sign|log) (?:in|up|out)(?: (?:now|here|to .{1,30}))?",
    r"subscribe(?: (?:now|today|here))?|register(?: now)?|donate(?: now)?",
    rf"follow(?: us| me)?(?: on)?(?: (?:{_SITES})[, and]*)*",
    r"have your say|get in touch|contact us|join the conversation|thank you|sorry!?",
    r"download (?:our )?app|print (?:article|this page)|order reprints",
    # about the page
    r"published(?: on)?|(?:last )?updated|filed under|categories|tags?|topics?|related",
    r"exclusive|breaking(?: news)?|news|quick guide|about the author|this is a breaking.{1,40}",
    r"watch|listen|video|gallery|podcast|loading|popular|trending|home|menu|search|close|contents",
    r"\d{1,2}[ -]min(?:ute)?s? (?:read|watch)?|(?:reading|read) time:? .{1,20}",
    # pictures
    r"(?:image|photo|picture|video) ?(?:caption|source|copyright|credit)s?(?:,.{0,80})?",
    r"getty(?: images)?(?:/.{0,40})?|reuters|pa (?:media|wire)",
)

_KINDS = (
    r"news|stor(?:y|ies)|articles?|posts?|content|topics?|reading|links?|internet links|headlines|videos?|jobs|coverage"
    r"|items|pages|documents"
)
_OTHERS = r"(?:related|similar|recommended|latest|other|popular|more|further|featured|recent|top|trending)"
ENDS = (
    r"(?:don['’]t|do not) miss|in other news|elsewhere on .{1,40}|up next|what to read next",
    rf"{_OTHERS} (?:{_KINDS})(?: (?:in|on|from|for|about)\b.{{0,40}})?",
    r"more (?:on|from|like|in) .{1,60}",
    r"you (?:may|might) (?:also )?(?:like|enjoy|be interested in|have missed).{0,30}",
    r"recommended(?: for you)?",
    r"most (?:read|popular|viewed|shared|commented)(?: .{1,40})?",
    r"leave a (?:reply|comment).{0,60}",
    r"(?:post|add|join) (?:a|your|the) (?:comment|discussion|conversation)",
    r"(?:your )?(?:comments|thoughts|views) ?(?:\(\d+\))?",
    r"comments (?:are|have been) (?:now )?(?:closed|off|disabled).{0,40}",
    r"(?:media|press)(?: office)? (?:enquiries|queries|contacts?|office)(?: only)?",
    r"frequently asked questions|faqs?|.{0,40}\b(?:template|model) letter\b.{0,20}",
    r"read (?:these|our other) (?:posts|stories|articles)(?: next)?",
    r"about (?:this (?:site|website)|us)",
    r".{0,30}\bjobs (?:board|of the week)",
    r"explore (?:more|the topic|our)\b.{0,40}",
    r"is this page useful.{0,3}|report a problem with this page|updates to this page",
)

_DAY = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)\w*,?\.? )?(?:\d|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
_BY_MAIL = r"(?:newsletter|inbox|e-?mail|alerts?\b|headlines|straight to|delivered|subscri|\bapp\b)"
_SAID_OF_PIECE = r"(?:published|appeared|posted|produced by|sponsored|for your personal|reproduced|contains affiliate)"
PROMPTS = (
    # other pages
    r"read (?:more|next|also|the (?:full|original))\b(?: ?[:|>–—-]| (?:on|about|from|at|here)\b| ?[\"'‘“]|$)",
    r"(?:also read|see (?:also|more)|related|listen|watch|read|download|don['’]t miss|in pictures) ?[:|>–—]",
    r"more ?[:|>]",
    r"don['’]t miss (?:the|our|out|any)\b.{0,200}(?:stories|news|sign up)",
    r"also on \w+\.\w+|(?:click|tap) (?:here|on the|the link)",
    r"for more (?:stories|news|information|from|on)\b",
    r"tags? ?:|topics? ?:|categor(?:y|ies) ?:|#\w+(?: #\w+)*$",
    r"(?:posted|filed|tagged|published|categori[sz]ed) (?:in|under|by) ?:? [^.,]{1,60}$",
    rf"(?:last )?(?:updated|modified|(?:first )?published|posted) ?(?::|(?:on|at) )? ?{_DAY}[^.]{{0,40}}$",
    r"\d+ (?:comments?|shares?|views|likes|min(?:ute)?s? read)(?:$| ?[|·•])",
    # follow, subscribe, join
    rf"follow (?:us\b|@|our\b|.{{1,60}} on (?:{_SITES}|(?:our )?social)\b)|.{{0,60}} is (?:now )?on whatsapp\b",
    r"to get more .{0,60}\bsubscribe\b|this (?:article|story) is free to read\b",
    r"in this (?:article|guide),? (?:you(?:['’]ll| will)|we(?:['’]ll| will)) ",
    r"(?:subscribe|sign up|register|sign in|log in) (?:to|for|now|today|here|free|with)\b",
    r"(?:please )?(?:sign|log) (?:in|up|out) (?:to|or|and)\b",
    rf"get (?:the |our |all |more |your |access |breaking |involved ).{{0,250}}{_BY_MAIL}",
    r"get in touch (?:with|at|by)\b",
    r"(?:join|download|try|visit|check out|head to) (?:us|our)\b|like (?:us|our page) on",
    r"support (?:us\b|our (?:work|campaign|newsroom|reporting))",
    r"(?:join|become|be) (?:thousands of|more than \d.{0,40}(?:readers|subscribers|members))\b",
    r"(?:join|become|be) a (?:member|supporter|subscriber|patron)\b",
    r"(?:download|get|try) the .{1,40} app\b",
    r"stay (?:up to date|informed|connected|in the know)|keep up (?:to date )?with (?:the latest|all|our)",
    r"want (?:to (?:read|keep|stay|get)|more) .{0,60}(?:news|stories|updates|inbox|like this)",
    r"(?:listen|subscribe|download|available) (?:to .{1,60} )?(?:on|via|from) (?:apple|spotify|itunes|acast|youtube)",
    # write to us
    r"(?:have|got|do you have|have you got) (?:a|any|an) (?:story|tip|view|opinion|news|question|comment|experience)",
    r"have you been affected|(?:are|were) you affected|what do you think|would you like to comment",
    r"let us know|tell us|share your|have your say|join the (?:conversation|debate|discussion)",
    r"(?:like|enjoyed?|love) (?:this|what you) (?:article|story|post|read|reading)",
    r"if you (?:enjoyed|liked|have (?:a|any) (?:story|tip|question|view|information)|buy|click)\b",
    r"if you (?:would like|want) to (?:comment|contact|share|get|receive|subscribe|read more)\b",
    r"(?:you can )?(?:contact|e-?mail|reach|write to) .{1,90}(?:@|by e-?mail)",
    r"(?:email|contact|phone|tel|telephone|twitter|t|e) ?: ",
    # conditions, credits, rights
    rf"this (?:article|story|post|piece|content|copy) (?:was |is |has |been |first |originally )*{_SAID_OF_PIECE}",
    r"(?:first|originally) published (?:in|on|by|at)\b.{1,80}$",
    r"the post .{1,250} (?:appeared first|first appeared) on\b",
    r"\(?(?:additional )?(?:reporting|editing|written|words|photography) by\b.{1,120}$",
    r"(?:©|\(c\) )|copyright (?:©|\(c\)|\d{4}|.{0,40}all rights)|all rights reserved|reprints\b",
    r"(?:please )?(?:note|remember) that comments",
    r"(?:all )?comments (?:are|will be|must be) (?:moderated|reviewed|subject|checked)",
    r"you must (?:be (?:logged|signed|registered)|confirm|log|sign)|required fields",
    r"your (?:e-?mail|privacy|browser|subscription)\b|we (?:use|value) .{0,40}(?:cookies|privacy)",
    r"(?:this (?:site|website)|we) (?:is protected by|uses?) (?:recaptcha|cookies|akismet|affiliate)",
    r"by (?:signing up|clicking|subscribing|submitting|continuing|registering).{0,100}(?:agree|consent|accept|terms)",
    r"an? error (?:has )?occurred|there was an? error|(?:javascript|cookies) (?:is|are|must)\b",
    r"thanks?(?: you)? for (?:signing|subscribing|reading|registering|visiting|your support)",
    r"please (?:enable|turn on|log|sign in|read our|try again|check your|enter|share this|bookmark)",
    r"please (?:support us|consider (?:donating|supporting|sharing|making))",
    r"(?:support|help) (?:us|our|independent|quality|local)\b.{0,80}(?:journalis|donat|subscri|newsroom)",
    r"your (?:support|donation)\b.{0,80}(?:journalis|helps us|keeps? us)",
    r"(?:our )?(?:community )?(?:standards|guidelines|terms|privacy policy|comment policy) ?:",
    r"(?:sponsored|presented|brought to you) by\b|(?:vacanc(?:y|ies)|closing date|salary) ?:|(?:apply|book) now\b",
    r"we (?:may (?:earn|receive)|earn) .{0,40}commission|(?:buying|purchases?|when you (?:buy|purchase)) through",
)

_PICTURE = r"(?:pictured?|photos?|images?|photograph|graphic|illustration|video|credit|caption|image source)"
_AGENCY = (
    r"(?:getty images|shutterstock|istock|alamy|pa (?:wire|archive|media)|afp|unsplash|pixabay"
    r"|google (?:maps|street view)|adobe stock|freepik)"
)
CAPTIONS = (
    rf"{_PICTURE} ?(?:credits?|caption|by|courtesy(?: of)?|via|from)? ?(?::|©|/) ?\S",
    r"(?:file|library|stock) (?:photo|picture|image)\b.{0,80}$|(?:photo|picture|image)s? by [^.]{1,60}$",
    r"(?:pictured|l-r|from left|left to right|clockwise) ?(?:\((?:left|right|above|below|l-r)\))? ?[:,]",
    r"(?:above|below|left|right) ?:",
    r".{0,250}[(\[](?:image|photo|picture|pic|credit|getty|reuters|google|nq|©)[^)\]]{0,80}[)\]]\.?$",
    r".{0,250}\b(?:photo|image|picture|pic)s?(?: credit| courtesy)? ?: [^.!?\"”’]{1,50}$",
    rf".{{0,200}}{_AGENCY}(?: ?[/|].{{0,40}})?[)\].]?$",
)

CHALLENGES = (
    r"just a moment|attention required|checking your browser|verify(?:ing)? (?:that )?you are (?:a )?human",
    r"are you a robot|ddos protection|access (?:to this page has been )?denied|security check",
    r"request (?:blocked|unsuccessful)|please (?:complete|verify).{0,30}captcha",
)
ERROR_TITLES = (
    r"(?:page|article|content) (?:not|no longer|cannot be) (?:found|available|exists?)",
    r"^(?:error )?404\b|\b404 error|page unavailable",
)
CONSENT = (
    r"(?:we|our (?:\d+ )?partners|us and our).{0,80}(?:cookies|personal data)",
    r"consent or pay|pay to reject|accept all|reject (?:all|and)|manage (?:your )?(?:preferences|choices)",
    r"before you continue|legitimate interest|your privacy (?:choices|matters)",
)
_READERS = r"(?:registered |paying )?(?:subscribers|members|users)"
PAYWALLS = (
    r"subscribe (?:now |today )?(?:to|and|for).{0,30}(?:read|continu|access|unlock|full)",
    r"(?:to|and) (?:continue|keep|finish) reading|already (?:a subscriber|subscribed|a member|registered)",
    rf"(?:article|content|story|page) is (?:only |exclusively )?(?:for|available to|reserved for) (?:our )?{_READERS}",
    r"(?:log|sign) in (?:or (?:subscribe|register|join) )?to (?:read|continue|view|access)",
    r"(?:register|join)(?: for free| now| free)? to (?:read|continue|view|access|unlock)",
    r"you['’]ve (?:reached|read|used).{0,40}(?:free|limit)|remaining free articles?",
    r"subscriber[- ]only|premium (?:content|article)|unlock this article",
)
SCRIPT_NEEDED = (
    r"(?:enable|turn on|requires?|needs?|without) javascript",
    r"javascript (?:is|to be|must be) (?:disabled|enabled|required|turned off)",
)


def any_of(patterns: Iterable[str], before: str = "", after: str = "") -> re.Pattern[str]:
    """One expression that matches any of `patterns` between `before` and `after`, in any case."""
    return re.compile(f"{before}(?:{'|'.join(patterns)}){after}", re.IGNORECASE)
