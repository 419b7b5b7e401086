"""Removes from extracted lines what is not the article: headline, labels, prompts, captions, credits, end matter.

A rule names wording that furniture uses and sentences of an article do not; each looks at one line. English only: in
another language a line stays.
"""

import re
from collections.abc import Sequence

from svwatch.records import Rules

HEAD_LINES = 6
PROMPT_CHARACTERS = 330
CAPTION_CHARACTERS = 300
TAIL_SHARE = 0.25
MARKER_CHARACTERS = 100

_PAPER = r"[A-Z][\w&'’-]+(?: (?:[A-Z&][\w&'’-]*|and|of|the|on)){0,5}"

# The whole line is a label: it names a part of the page.
_LABEL = re.compile(
    r"""(?:
    advert(?:isement|s|ising)?(?:\s*-?\s*(?:continue reading below|feature))? | article\ (?:content|continues\ below) | ads?\ by\ .{1,30}
    | (?:hide|close|skip)(?:\ this)?\ ad(?:vert(?:isement)?)? | sponsored(?:\ (?:content|post|by\ .{1,40}))? | paid\ (?:post|content) | promoted
    | read\ (?:more|next|also)(?:\ (?:on|about)\b.{0,80})? | also\ read | more | (?:see|find\ out|learn|discover|explore)\ (?:more|further|also)
    | (?:continue|keep)\ reading | (?:share|save|print|copy\ link|email|tweet|reply|like|comments?|bookmark)
    | share\ (?:this|on|via|with)\b.{0,40} | (?:\d+|no|view|show|leave\ a|add\ a|post\ a|all|see)\ (?:new\ )?(?:comments?|repl(?:y|ies))(?:\ \(\d+\))?
    | published(?:\ on)? | (?:last\ )?updated | (?:image|photo|picture|video)\ ?(?:caption|source|copyright|credit)s?(?:,.{0,80})?
    | getty(?:\ images)?(?:/.{0,40})? | reuters | pa\ (?:media|wire) | related | tags? | topics? | filed\ under | categories | exclusive | breaking(?:\ news)? | news
    | (?:watch|listen|video|gallery|podcast|loading|popular|trending|home|menu|search|close|contents|skip\ to\ (?:main\ )?content)
    | (?:watch|play)(?:\ the)?\ video | \d{1,2}[\ -]min(?:ute)?s?\ (?:read|watch)? | (?:reading|read)\ time:?\ .{1,20}
    | (?:sign|log)\ (?:in|up|out)(?:\ (?:now|here|to\ .{1,30}))? | subscribe(?:\ (?:now|today|here))? | register(?:\ now)? | donate(?:\ now)? | print\ (?:article|this\ page)
    | follow(?:\ us|\ me)?(?:\ on)?(?:\ (?:twitter|x|facebook|instagram|linkedin|google\ news|bluesky|whatsapp)[,\ and]*)* | back\ to\ top | view\ (?:all|gallery|\d+\ images?)
    | download\ (?:our\ )?app | have\ your\ say | get\ in\ touch | contact\ us | about\ the\ author | join\ the\ conversation | thank\ you | sorry!?
    | jump\ to\ .{1,40} | order\ reprints | recommended\ videos? | opens\ in\ (?:a\ )?new\ (?:window|tab) | quick\ guide | this\ is\ a\ breaking.{1,40}
    )[.:!…>»\s]*""",
    re.IGNORECASE | re.VERBOSE,
)

# The line starts a part of the page that comes after the article, or stands between its paragraphs.
_END = re.compile(
    r"""(?:
    (?:don['’]t|do\ not)\ miss | (?:related|similar|recommended|latest|other|popular|more|further|featured|recent|top|trending)\ (?:news|stor(?:y|ies)|articles?|posts?|content|topics?
        |reading|links?|internet\ links|headlines|videos?|jobs|coverage|items|pages|documents)(?:\ (?:in|on|from|for|about)\b.{0,40})?
    | more\ (?:on|from|like|in|about|by)\ .{1,60} | you\ (?:may|might)\ (?:also\ )?(?:like|enjoy|be\ interested\ in|have\ missed).{0,30} | recommended(?:\ for\ you)?
    | most\ (?:read|popular|viewed|shared|commented)(?:\ .{1,40})? | what\ to\ read\ next | in\ other\ news | elsewhere\ on\ .{1,40} | up\ next
    | leave\ a\ (?:reply|comment).{0,60} | (?:post|add|join)\ (?:a|your|the)\ (?:comment|discussion|conversation) | (?:your\ )?(?:comments|thoughts|views)\ ?(?:\(\d+\))?
    | notes?\ (?:to|for)\ editors? | (?:media|press)\ (?:enquiries|contacts?|office) | about\ (?:this\ (?:site|website)|us) | .{0,30}\bjobs\ (?:board|of\ the\ week)
    | explore\ (?:more|the\ topic|our)\b.{0,40} | is\ this\ page\ useful.{0,3} | report\ a\ problem\ with\ this\ page | updates\ to\ this\ page | something\ to\ consider
    | comments\ (?:are|have\ been)\ (?:now\ )?(?:closed|off|disabled).{0,40}
    )[.:!…>»\s]*""",
    re.IGNORECASE | re.VERBOSE,
)

# The line opens with words that address the reader, or lead to another page.
_PROMPT = re.compile(
    r"""(?:[-*•>→▶\s]*)(?:
    read\ (?:more|next|also|the\ (?:full|original))\b(?:\ ?[:|>–—-]|\ (?:on|about|from|at|here)\b|\ ?["'‘“]|$) | (?:also\ read|see\ (?:also|more)|more|related|listen|watch|read|download|don['’]t\ miss|in\ pictures)\ ?[:|>–—]
    | also\ on\ \w+\.\w+ | (?:click|tap)\ (?:here|on\ the|the\ link) | for\ more\ (?:stories|news|information|from|on)\b
    | follow\ (?:us\b|@|our\b|\w+\ on\ (?:twitter|x|facebook|instagram|linkedin)|.{1,60}\ on\ (?:twitter|facebook|instagram|x\b|linkedin|google\ news|whatsapp))
    | (?:subscribe|sign\ up|register|sign\ in|log\ in)\ (?:to|for|now|today|here|free|with)\b | (?:please\ )?(?:sign|log)\ (?:in|up|out)\ (?:to|or|and)\b
    | get\ (?:the\ (?:latest|day['’]s|top|best|biggest)|our|all\ the\ latest|more|access|breaking|in\ touch\ (?:with|at|by)|your|involved)\b.{0,250}(?:newsletter|inbox|e-?mail|alerts?|headlines|straight|delivered|subscri|app\b|news\b|us\b|@)
    | (?:join|download|try|visit|check\ out|head\ to|like|support|become|choose|add|make)\ (?:our|us|the\ .{1,40}\ app|thousands\ of|more\ than|a\ (?:member|supporter|subscriber|patron)|your\ free|more\ of)\b
    | (?:have|got|do\ you\ have|have\ you\ got)\ (?:you\ )?(?:a|any|an)\ (?:story|tip|view|opinion|news|question|comment|experience)
    | have\ you\ been\ affected | (?:are|were)\ you\ affected | what\ do\ you\ think | (?:let\ us\ know|tell\ us|share\ your|have\ your\ say|join\ the\ (?:conversation|debate|discussion)) | would\ you\ like\ to\ comment
    | (?:like|enjoyed?|love)\ (?:this|what) | if\ you\ (?:enjoyed|liked|have\ (?:a|any)\ (?:story|tip|question|view|information)|would\ like\ to\ (?:comment|contact|share|receive|subscribe)|buy|click|want\ to\ (?:get|contact|receive|read\ more))
    | (?:you\ can\ )?(?:contact|e-?mail|reach|write\ to)\ .{1,90}(?:@|\ at\ \S+\.\S+|on\ twitter|here|e-?mail)
    | (?:email|contact|phone|tel|telephone|twitter|t|e)\ ?:\ | want\ (?:more|to\ (?:read|keep|stay|get)) | stay\ (?:up\ to\ date|informed|connected|in\ the\ know) | keep\ up\ (?:to\ date\ )?with\ (?:the\ latest|all|our)
    | this\ (?:article|story|post|piece|content|copy)\ (?:was|is|has|first|originally|appeared|contains)\ (?:first\ |originally\ |been\ )*(?:published|appeared|posted|written|produced|sponsored|for\ your|provided|reproduced|available|affiliate|about|exclusive|only|free|sent|paid|part\ of)
    | (?:first|originally)\ published\ (?:in|on|by|at)\b | the\ post\ .{1,250}\ (?:appeared\ first|first\ appeared)\ on\b | (?:reporting|additional\ reporting|editing|written|words)\ by\b
    | (?:©|\(c\)\ |copyright\b|all\ rights\ reserved) | (?:please\ )?(?:note|remember)\ that\ comments | (?:all\ )?comments\ (?:are|will|must|on|with|have)\b | you\ must\ (?:be\ (?:logged|signed|registered|a)|confirm|log|sign|have)
    | your\ (?:e-?mail|support|donation|subscription|privacy|browser|personal\ data)\b | we\ (?:use|value|and\ our\ partners)\ .{0,40}(?:cookies|privacy|partners) | (?:by\ (?:signing|clicking|subscribing|continuing|submitting|providing|entering|using))\b
    | (?:this\ site|this\ website|our\ website|we)\ (?:is\ protected\ by|uses?)\ (?:recaptcha|cookies|akismet|affiliate) | required\ fields | an?\ error\ (?:has\ )?occurred | there\ was\ an?\ error | thanks?\ (?:you\ )?for\ (?:signing|subscribing|reading|registering|visiting|your\ (?:support|subscription))
    | please\ (?:enable|turn\ on|log|sign|read\ our|support|try\ again|check\ your|enter|consider\ (?:donating|supporting|sharing|making)|share\ this|bookmark|logout) | (?:javascript|cookies)\ (?:is|are|must)\b | (?:support|help)\ (?:us|our|independent|quality|local)\b.{0,80}(?:journalism|donat|support|member|fund|today|now)
    | (?:our\ )?(?:community\ )?(?:standards|guidelines|terms|privacy\ policy|comment\ policy)\ ?: | our\ standards | \#\w+(?:\ \#\w+)*$ | (?:listen|subscribe|download|available)\ (?:to\ .{1,60}\ )?(?:on|via|from|wherever)\ (?:apple|spotify|itunes|acast|youtube|all|you)
    | (?:sponsored|supported|presented|brought\ to\ you)\ by\b | (?:vacanc(?:y|ies)|jobs?|apply\ now|closing\ date|salary)\ ?: | (?:posted|filed|tagged|published|categori[sz]ed)\ (?:in|under|by)\ ?:?\ (?-i:[A-Z])[^.]{0,80}$
    | (?:last\ )?(?:updated|modified|published|posted|first\ published)\ ?(?::|(?:on|at)\ )?\ ?(?:(?:mon|tue|wed|thu|fri|sat|sun)\w*,?\.?\ )?(?:\d|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)
    | \d+\ (?:comments?|shares?|views|likes|min(?:ute)?s?\ read)\b | tags?\ ?: | topics?\ ?: | categor(?:y|ies)\ ?: | share\ this\ ?(?::|article|story|post|page) | (?:reprints|to\ order\ presentation) | we\ (?:may\ (?:earn|receive)|earn)\ .{0,40}commission | (?:buying|purchases?|when\ you\ (?:buy|purchase))\ through
    | (?:it['’]s|sign\ up,?\ it['’]s)\ (?:quick|free)\b | \(?leggi\ anche\b
    )""",
    re.IGNORECASE | re.VERBOSE,
)

# The line says what a picture shows or who took it.
_CAPTION = re.compile(
    r"""(?:
    (?:pictured?|photos?|images?|picture|photograph|graphic|illustration|video|credit|caption|image\ source|file\ (?:photo|picture|image)|library\ (?:image|picture))\ ?(?:credits?|caption|by|courtesy(?:\ of)?|via|from)?\ ?(?::|©|\ by\ |/)\s?\S
    | (?:pictured|l-r|from\ left|left\ to\ right|clockwise)\ ?(?:\((?:left|right|above|below|l-r)\))?\ ?[:,] | (?:above|below|left|right)\ ?:
    | .{0,250}[(\[](?:image|photo|picture|pic|credit|file|pa\b|getty|reuters|google|ldrs?|nq|supplied|source|©|stock|library)[^)\]]{0,80}[)\]]\.?$
    | .{0,250}\b(?:photo|image|picture|credit|pic)s?(?:\ (?:credit|courtesy))?\ ?:\ .{1,60}$
    | .{0,200}(?:getty\ images|shutterstock|istock|alamy|pa\ (?:wire|archive|media)|afp|unsplash|pixabay|google\ (?:maps|street\ view)|adobe\ stock|freepik)(?:\ ?[/|].{0,40})?[)\].]?$
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_BYLINE = re.compile(r"(?:by|words by|reporter:|author:)[: ]+[\w.'’-]+(?: (?:[A-Z][\w.'’-]*|and|&|,)){0,7}(?:[,|] .{1,50})?", re.IGNORECASE)
_DATE_LINE = re.compile(
    r"(?:published |updated |posted |on )*:? ?(?:\w{3,9}day,? )?(?:\d{1,2}(?:st|nd|rd|th)? \w{3,9},? \d{4}|\w{3,9} \d{1,2},? \d{4}|\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4})"
    r"(?:[,| at–-]*\d{1,2}[:.]\d{2}(?: ?[ap]m)?)?(?: ?(?:gmt|bst|utc))?",
    re.IGNORECASE,
)
_BIO = re.compile(
    rf"{_PAPER} (?:is|was|are|covers|writes|reports|has been|joined|works)\b.{{0,200}}\b(?:reporter|correspondent|editor|journalist|columnist|author|writer"
    r"|researcher|lecturer|professor|consultant|solicitor|partner|barrister|headteacher|director|freelance|chief executive|fellow)\b",
)
_SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]*$")
_WORD = re.compile(r"[^\W_]+")


def article_lines(
    lines: Sequence[str], headlines: Sequence[str], rules: Rules = Rules(), site_names: Sequence[str] = ()
) -> list[str]:
    """The lines that belong to the article, in order and each with white space collapsed.

    Args:
        lines: what extraction gave, a paragraph, heading or list item a line.
        headlines: what stands above the article (title as entry and page give it, author); a line that only
            repeats one is dropped.
        rules: the source's own; the text stops at a line that starts with one of `rules.end`.
        site_names: how the site calls itself; "<name>: ..." is how some papers open a caption.
    """
    texts = [" ".join(line.removeprefix("- ").split()) for line in lines]
    texts = _before(rules.end, [text for text in texts if text])
    titles = {key for key in map(_key, headlines) if key}
    texts = [text for i, text in enumerate(texts) if not _repeats_title(text, titles, i < HEAD_LINES)]
    names = {name for name in map(_squeezed, site_names) if len(name) >= 4}
    texts = _before_end([text for text in texts if not is_furniture(text) and not _opens_with(names, text)])
    return _without_bios(_once(texts))


def is_furniture(line: str) -> bool:
    """Whether a line, by itself, is a label, a prompt, a caption or credit, a byline or a date."""
    if _LABEL.fullmatch(line) or _BYLINE.fullmatch(line) or _DATE_LINE.fullmatch(line):
        return True
    if len(line) <= PROMPT_CHARACTERS and _PROMPT.match(line):
        return True
    return len(line) <= CAPTION_CHARACTERS and _CAPTION.match(line) is not None


def _opens_with(names: set[str], line: str) -> bool:
    """Whether a line is "<paper>:" with or without a caption after it."""
    name, colon, _ = line[:60].partition(":")
    return bool(colon) and len(line) <= CAPTION_CHARACTERS and _squeezed(name) in names


def _squeezed(name: str) -> str:
    return "".join(_WORD.findall(name.lower()))


def _key(text: str) -> str:
    return " ".join(_WORD.findall(text.lower()))


def _repeats_title(line: str, titles: set[str], is_head: bool) -> bool:
    """Whether a line is a title or, among the first lines, one cut or lengthened by a few words."""
    if not titles or len(line) > PROMPT_CHARACTERS:
        return False
    key = _key(line)
    if key in titles:
        return True
    return is_head and any(min(len(key), len(t)) > 0.7 * max(len(key), len(t)) and (key in t or t in key) for t in titles)


def _before(ends: Sequence[str], lines: list[str]) -> list[str]:
    markers = tuple(" ".join(end.lower().split()) for end in ends if end.strip())
    if not markers:
        return lines
    stop = next((i for i, line in enumerate(lines) if line.lower().startswith(markers)), len(lines))
    return lines[:stop]


def _before_end(lines: list[str]) -> list[str]:
    """Cut at the first end marker that has most of the text before it.

    A marker among the text goes with the headlines under it: all lines up to the next that is a sentence.
    """
    total = sum(map(len, lines))
    seen = 0
    in_teasers = False
    kept: list[str] = []
    for line in lines:
        seen += len(line)
        if len(line) <= MARKER_CHARACTERS and _END.fullmatch(line):
            if total - seen <= TAIL_SHARE * total:
                break
            in_teasers = True
        elif not in_teasers or _SENTENCE_END.search(line):
            in_teasers = False
            kept.append(line)
    return kept


def _once(lines: list[str]) -> list[str]:
    """Each long line once: a standfirst, caption or quotation that is printed again is dropped."""
    seen: set[str] = set()
    kept: list[str] = []
    for line in lines:
        key = _key(line)
        if len(key) > 30 and key in seen:
            continue
        seen.add(key)
        kept.append(line)
    return kept


def _without_bios(lines: list[str]) -> list[str]:
    """Take trailing lines about the writer, and a bare heading above nothing, off the end."""
    kept = list(lines)
    while len(kept) > 3 and (_BIO.match(kept[-1]) or _is_bare_heading(kept[-1], kept[-2])):
        kept.pop()
    return kept


def _is_bare_heading(line: str, before: str) -> bool:
    return len(line) < 60 and not _SENTENCE_END.search(line) and _SENTENCE_END.search(before) is not None
