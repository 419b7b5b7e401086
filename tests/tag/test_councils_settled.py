"""What a name, its rank and the words beside it settle before any classifier is asked."""

import pytest

from svwatch.gazetteer import load_councils
from svwatch.tag.mentions import MentionFinder, settled
from svwatch.tag.text import sentences


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        pytest.param("Dudley MBC met.", True, id="initials of a metropolitan borough"),
        pytest.param("Hampshire CC met.", True, id="initials of a county council"),
        pytest.param("Rochdale CC won by six wickets.", None, id="a town has no county council"),
        pytest.param("The borough of Newham met.", True, id="borough of"),
        pytest.param("LB Bexley met.", True, id="LB for London borough"),
        pytest.param("Islington London Borough Council met.", True, id="London borough behind the name"),
        pytest.param("Somerset County Council met.", True, id="the old rank of a county that went on"),
        pytest.param("North-East Lincolnshire Council met.", True, id="a hyphened compass point"),
        pytest.param("Sandwell Children's Trust met.", True, id="a trust that runs its children's services"),
        pytest.param("Kent council tax rose.", None, id="council tax is no council"),
        pytest.param("South Norfolk Council met.", False, id="a district named for a part of the county"),
        pytest.param("West Lancashire Borough Council met.", False, id="a borough in a county"),
        pytest.param("East Herts Council met.", False, id="a district with the county's short name"),
        pytest.param("Newcastle-under-Lyme met.", False, id="a longer place name"),
        pytest.param("Sutton-in-Ashfield met.", False, id="another longer place name"),
        pytest.param("City of Bristol College met.", None, id="a college named for a city"),
        pytest.param("Mr Kent spoke.", False, id="a person with a title"),
        pytest.param("Cllr Bolton spoke.", False, id="a councillor's surname"),
        pytest.param("The MP for Bolton spoke.", False, id="a constituency"),
        pytest.param("The MP for Penrith, Cumberland, spoke.", False, id="the county of a constituency"),
        pytest.param("The University of Reading spoke.", False, id="a university"),
        pytest.param("Essex Police spoke.", False, id="a police force"),
        pytest.param("Bury FC spoke.", False, id="a club"),
        pytest.param("A school in Camden, New Jersey, spoke.", False, id="a place abroad"),
        pytest.param("Kent spoke.", None, id="a bare name stays open"),
    ],
)
def test_what_stands_beside_a_name_settles_it(finder: MentionFinder, text: str, *, verdict: bool | None) -> None:
    [mention] = finder.find(text, sentences(text))
    assert settled(mention, load_councils()[mention.slug]) is verdict


@pytest.mark.parametrize(
    ("text", "slug", "words"),
    [
        pytest.param("So K&C agreed.", "kensington-and-chelsea", "K&C", id="K&C"),
        pytest.param("The IoW agreed.", "isle-of-wight", "IoW", id="mixed capitals"),
        pytest.param("NE Lincs agreed.", "north-east-lincolnshire", "NE Lincs", id="NE"),
        pytest.param("TELFORD & WREKIN AGREED", "telford-and-wrekin", "TELFORD & WREKIN", id="capitals and ampersand"),
        pytest.param("Kent/Medway agreed.", "kent", "Kent", id="a slash"),
        pytest.param(
            "The Royal Borough of Kingston agreed.", "kingston-upon-thames", "Royal Borough of Kingston", id="royal"
        ),
        pytest.param(
            "The Metropolitan Borough of Wirral.", "wirral", "Metropolitan Borough of Wirral", id="metropolitan"
        ),
    ],
)
def test_the_press_s_short_and_old_names_are_found(finder: MentionFinder, text: str, slug: str, words: str) -> None:
    mention = finder.find(text, sentences(text))[0]
    assert (mention.slug, text[mention.start : mention.end]) == (slug, words)
