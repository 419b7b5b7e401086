"""The page, its JSON and the plain text: whole, alike and safe."""

import json
import random
import re
from dataclasses import replace
from itertools import pairwise

import css_inline
import pytest
from lxml import html

from svwatch.errors import InputError
from svwatch.publish.digest import Digest
from svwatch.publish.inputs import StoredCopy
from svwatch.publish.render import read_json, render_html, render_json
from svwatch.publish.text import render_text

from .invented import FAILED, build, event, health, rich_day, rich_digest, rich_health, said, stored, untagged_day
from .test_links import HOSTILE_ADDRESSES

PAYLOADS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "{{7*7}}",
    "{% include 'x' %}",
    "${7*7}",
    "%s%n",
    "</title><style>*{display:none}</style>",
    "&lt;b&gt;",
    "' onmouseover='alert(1)",
    "<!--",
    "]]>",
    "\u202egnp.exe",
    "<base href=//evil.example>",
    "<form action=//evil.example><input>",
    "<meta http-equiv=refresh>",
]
NOT_FOR_READERS = [
    "score",
    "classifier",
    "model",
    "annotat",
    "threshold",
    "probab",
    "predict",
    "confidence",
    "dataset",
    "label",
    "corpus",
    "gold",
    "tagger",
    "None",
]


def hostile_digest(payload: str, address: str = "https://a.example/") -> Digest:
    """A digest that carries the payload wherever text from outside can stand."""
    about = said(
        topics=[("cuts", payload)],
        about=["kent"],
        events=[event("judicial_review", "kent", evidence=payload, date=payload, solicitor=payload)],
    )
    copies = [StoredCopy(payload, payload, address)]
    return build(
        [
            stored(payload, publisher=payload, url=address, annotation=about, copies=copies, correct_url=address),
            stored(payload, publisher=payload, url=address, note=payload),
            replace(stored(payload, publisher=payload, url=address), annotation=None),
        ],
        health(1, (payload, payload)),
        title=payload,
    )


def html_links(page: str) -> set[str]:
    return {link for link in html.fromstring(page).xpath("//@href") if not link.startswith("#")}


def text_links(text: str) -> set[str]:
    return set(re.findall(r"https?://\S+", text))


@pytest.mark.parametrize("payload", PAYLOADS)
def test_hostile_text_is_shown_and_does_nothing(payload: str) -> None:
    """No element, attribute or sum comes of it (S23)."""
    page = html.fromstring(render_html(hostile_digest(payload)))
    plain = html.fromstring(render_html(hostile_digest("plain")))
    assert [element.tag for element in page.iter()] == [element.tag for element in plain.iter()]
    assert [sorted(element.attrib) for element in page.iter()] == [sorted(element.attrib) for element in plain.iter()]
    assert page.xpath("string(//*[@class='headline'])") == payload.replace("\u202e", "")


@pytest.mark.parametrize("address", HOSTILE_ADDRESSES)
def test_hostile_addresses_are_text_in_every_form(address: str) -> None:
    """Shown, so that a reader can ask; never followed (S20)."""
    digest = hostile_digest("title", address)
    assert html_links(render_html(digest)) == set()
    assert "its address is not one we link to" in render_text(digest)


@pytest.mark.parametrize("seed", range(50))
def test_page_and_text_carry_the_same_links(seed: int) -> None:
    """On fifty different days (U17)."""
    chance = random.Random(seed)
    digest = build(chance.sample([*rich_day(), *untagged_day()], k=chance.randrange(30)), rich_health())
    assert html_links(render_html(digest)) == text_links(render_text(digest))


def test_the_page_loads_nothing_and_runs_nothing() -> None:
    """No script, image, font, frame or sheet from anywhere (U19)."""
    page = html.fromstring(render_html(rich_digest()))
    assert page.xpath("//script | //img | //link | //iframe | //form | //object | //@src | //@style") == []
    assert "url(" not in render_html(rich_digest())
    assert page.get("lang") == "en-GB"


def test_headings_go_down_one_level_at_a_time() -> None:
    """One main heading; a council under it."""
    levels = [
        int(heading.tag[1]) for heading in html.fromstring(render_html(rich_digest())).xpath("//h1 | //h2 | //h3")
    ]
    assert levels[0] == 1
    assert all(below <= above + 1 for above, below in pairwise(levels))


def test_each_line_says_everything_about_its_article() -> None:
    """Headline, publisher, day, topic, other councils, evidence, where else, and where to correct it (U22)."""
    page = html.fromstring(render_html(rich_digest()))
    (kent,) = (line for line in page.xpath("//li[@class='line']") if "sixth formers" in line.text_content())
    words = " ".join(kent.text_content().split())
    for part in (
        "Kent Online",
        "Friday 15 May 2026",
        "Cuts to support",
        "Councils named: Medway",
        "“From September",
        "Wrong tag?",
    ):
        assert part in words


def test_the_box_tells_what_happened() -> None:
    """Council, what, when, how much, in which words, where."""
    page = html.fromstring(render_html(rich_digest()))
    (norfolk,) = (entry for entry in page.xpath("//*[@id='events']//li") if "Norfolk" in entry.text_content())
    words = " ".join(norfolk.text_content().split())
    for part in (
        "Norfolk: Payments held back by the government",
        "14 May 2026 · £6.2 million",
        "“The Department",
        "Schools Week",
    ):
        assert part in words


def test_styles_can_be_written_into_the_elements() -> None:
    """What mail readers need; the dark colours stay in the sheet."""
    inlined = css_inline.inline(render_html(rich_digest()), keep_at_rules=True)
    assert "prefers-color-scheme: dark" in inlined
    assert html.fromstring(inlined).xpath("//h1/@style")


def test_the_words_are_for_readers() -> None:
    """None of the maker's own words, on any kind of day (U16)."""
    for digest in (rich_digest(), build([], health(96, *FAILED[:2])), build(untagged_day()), build([], health(0))):
        words = render_text(digest).casefold()
        assert [word for word in NOT_FOR_READERS if word.casefold() in words] == []


def syllables(word: str) -> int:
    found = len(re.findall(r"[aeiouy]+", re.sub(r"(?<=[^aeiouyl])e(s|d)?$", "", word.lower())))
    return max(found, 1)


def reading_age(text: str) -> float:
    """Flesch and Kincaid's school grade, plus five years."""
    sentences = [part for part in re.split(r"[.!?:]\s|\n", text) if re.search(r"[A-Za-z]", part)]
    words = re.findall(r"[A-Za-z']+", text)
    return 0.39 * len(words) / len(sentences) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59 + 5


def test_our_own_words_can_be_read_at_twelve() -> None:
    """A quiet day holds nothing but our own words (U16)."""
    assert reading_age(render_text(build([], health(100)))) <= 12


def test_a_json_digest_reads_back_as_it_was() -> None:
    """Nothing is lost in the public form."""
    digest = rich_digest()
    assert read_json(render_json(digest)) == digest


def test_json_says_its_version_and_holds_web_addresses_only() -> None:
    """A program may follow every `url`."""
    public = json.loads(render_json(hostile_digest("x", "javascript:alert(1)")))
    assert public["version"] == 1
    assert public["headline_only"][0]["url"] is None


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "not a digest"),
        ("[]", "not a digest"),
        ("{}", "version None"),
        ('{"version": 2}', "version 2"),
        ('{"version": 1}', "damaged"),
    ],
)
def test_json_that_is_no_digest_is_refused(text: str, message: str) -> None:
    """With what is wrong and what to do."""
    with pytest.raises(InputError, match=message):
        read_json(text)


def test_text_lines_are_short_save_for_addresses() -> None:
    """Fit for a terminal and a mail."""
    lines = render_text(rich_digest()).splitlines()
    assert [line for line in lines if len(line) > 76 and "https://" not in line] == []
