"""Which names of one article mean the same; sample texts are invented."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.entities import resolve
from extractors.identity import Label
from extractors.naming.canonical import meanings_of
from extractors.naming.names import entity_id
from extractors.naming.variants import id_of_name
from extractors.quotes import quotes_in
from extractors.speakers import attributed
from tests.quoting import Parsed


def clusters(label: Label, names: Sequence[str], **abbreviations: str) -> set[frozenset[str]]:
    """Return `names` grouped by what they mean."""
    groups: dict[str, set[str]] = {}
    for (_, name), meaning in meanings_of([(label, one) for one in names], abbreviations).items():
        groups.setdefault(meaning.key, set()).add(name)
    return set(map(frozenset, groups.values()))


@pytest.mark.parametrize(
    ("label", "names"),
    [
        pytest.param("PERSON", ["Charles III", "Charles"], id="a king without his number"),
        pytest.param("PERSON", ["Pedro Varela Ibáñez", "Varela"], id="the first of two surnames"),
        pytest.param("PERSON", ["Pedro Varela Ibáñez", "Ibanez"], id="the second, unaccented"),
        pytest.param("PERSON", ["Anne-Marie Lovas-Berg", "Lovas"], id="half a double surname"),
        pytest.param("PERSON", ["Ayman al-Okari", "Al-Okari", "Okari"], id="an Arabic article"),
        pytest.param("PERSON", ["Wei Jianhong", "Wei"], id="the family name first"),
        pytest.param("PERSON", ["Joseph Okafor", "J. Okafor"], id="an initial"),
        pytest.param("PERSON", ["Karl Erik Brandt", "Karl E. Brandt"], id="an initial between"),
        pytest.param("PERSON", ["John Kofi Mbeki", "J.K. Mbeki"], id="initials alone"),
        pytest.param("PERSON", ["Ada Lindqvist", "Lindqwist"], id="a slip in a surname"),
        pytest.param(
            "PERSON", ["Kristin Okafor", "Kristen Okafor", "Okafor"], id="in a given name"
        ),
        pytest.param("ORG", ["Acme Inc.", "Acme", "Acme Incorporated"], id="a legal form"),
        pytest.param("ORG", ["Acme Rail Ltd", "Acme Rail"], id="a legal form of two words"),
        pytest.param("ORG", ["Department of Trade", "Trade Department"], id="a ministry turned"),
        pytest.param(
            "ORG", ["U.S. Department of Trade", "United States Trade Department"], id="and its land"
        ),
        pytest.param("ORG", ["U.S. Office of Rail Safety", "ORS"], id="initials without the land"),
        pytest.param("ORG", ["Norwegian Harbour Board", "Harbour Board"], id="of what country"),
        pytest.param("ORG", ["Harbour Court of Appeal", "Harbour Court"], id="what stands ahead"),
        pytest.param("ORG", ["New Rail Party", "New Rails Party", "NRP"], id="a plural"),
        pytest.param("ORG", ["Harbour Rovers FC", "Harbour Rovers"], id="a club"),
        pytest.param("ORG", ["Harbour Rovers", "Rovers"], id="the last word of a name"),
        pytest.param("ORG", ["NASA", "Administration"], id="the last word of a long name"),
        pytest.param("PLACE", ["South Korea", "Korea", "South"], id="the half of a land"),
        pytest.param("PLACE", ["California", "Calif."], id="a state's abbreviation"),
        pytest.param("GROUP", ["Danish", "danish"], id="a people"),
        pytest.param("GROUP", ["Houthi", "Houthis"], id="its plural"),
    ],
)
def test_names_of_one_are_one(label: Label, names: list[str]):
    assert clusters(label, names) == {frozenset(names)}


@pytest.mark.parametrize(
    ("label", "names"),
    [
        pytest.param("PERSON", ["Karl Brandt", "Karl Brandt Jr.", "Brandt"], id="father and son"),
        pytest.param("PERSON", ["Ada Okafor", "Okafors"], id="a family"),
        pytest.param("PERSON", ["Daniel Okafor", "Daniela Okafor"], id="he and she"),
        pytest.param("PERSON", ["Erik Okafor", "Eric Okafor"], id="short given names"),
        pytest.param("PERSON", ["Lars Erik Holm", "Erik"], id="a middle name"),
        pytest.param("PERSON", ["Joseph Okafor", "Jane Okafor", "J. Okafor"], id="two of a letter"),
        pytest.param("ORG", ["Acme Inc.", "Acme plc", "Acme"], id="two legal forms and none"),
        pytest.param("ORG", ["Oslo", "Oslo Post"], id="a place for its rulers, and a paper"),
        pytest.param(
            "ORG", ["Oslo Police Board", "Bergen Police Board", "Police Board"], id="two boards"
        ),
        pytest.param("ORG", ["European Council", "European Council on Rail"], id="an area's body"),
        pytest.param("PLACE", ["South Korea", "North Korea", "Korea"], id="two halves"),
        pytest.param("PLACE", ["South Carolina", "South"], id="a state is no half"),
        pytest.param("PLACE", ["Mexico", "New Mexico"], id="a name within a name"),
    ],
)
def test_names_of_several_are_several(label: Label, names: list[str]):
    assert clusters(label, names) == {frozenset([name]) for name in names}


def test_a_danish_minister_is_no_part_of_denmark_but_of_its_country():
    meanings = meanings_of([("GROUP", "Danish"), ("PLACE", "Denmark")], {})

    assert {one.country for one in meanings.values()} == {"DK"}
    assert len({(one.label, one.key) for one in meanings.values()}) == 2


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        pytest.param(
            "Anna Lind spoke in Oslo. Lind was tired. Carl Lind, a teacher, was there too. "
            "Lind left at noon.",
            ["Anna Lind", "Anna Lind", "Carl Lind", "Anna Lind"],
            id="the one who was called so before the other came",
        ),
        pytest.param(
            "Anna Lind married Carl Lind in Oslo. Mr. Lind teaches. Ms. Lind writes.",
            ["Anna Lind", "Carl Lind", "Carl Lind", "Anna Lind"],
            id="the one whom the title fits",
        ),
        pytest.param(
            "Anna Lind and Carl Lind met in Oslo. Lind left early.",
            ["Anna Lind", "Carl Lind", "Lind"],
            id="nobody where either may be meant",
        ),
        pytest.param(
            "Anna Lind spoke in Oslo. Ms. Lind was tired. Her husband came late; Mr. Lind drove.",
            ["Anna Lind", "Anna Lind", "Mr. Lind"],
            id="another whom the article never names in full",
        ),
        pytest.param(
            "Anna Lind spoke in Oslo. Later Mr. Lind drove home.",
            ["Anna Lind", "Anna Lind"],
            id="a first name alone decides nothing",
        ),
    ],
)
def test_a_surname_that_two_bear_means_one_of_them(parsed: Parsed, text: str, meant: list[str]):
    mentions, entities = resolve(*parsed(text))

    called = {entity.entity: entity.name for entity in entities}
    assert [called[one.entity] for one in mentions if one.label == "PERSON" and one.entity] == meant


@pytest.mark.parametrize(
    ("text", "name", "aliases"),
    [
        pytest.param(
            "Acme Inc. opened a mill in Oslo. Later, Acme Inc. said that Acme was hiring.",
            "Acme Inc.",
            ("Acme",),
            id="the legal form",
        ),
        pytest.param(
            "Anna Lind spoke. Lind was tired. Carl Lind spoke. Lind left.",
            "Anna Lind",
            ("Lind",),
            id="a surname that two bear",
        ),
    ],
)
def test_the_fullest_name_is_the_entity_s(parsed: Parsed, text: str, name: str, aliases: tuple):
    _, entities = resolve(*parsed(text))

    assert {entity.name: entity.aliases for entity in entities}[name] == aliases


_SENTENCES = [
    "Acme Inc. sued Acme plc, and Acme was silent.",
    "Leaders of the North Atlantic Treaty Organization (NATO) met.",
    "NATO and the World Health Organisation agreed, the WHO said.",
    'Robert C. "Bobby" Okafor said: “We will build the bridge.”',
    "“I am tired,” Mr. Okafor told the BBC.",
    "Ada Okafor told reporters that the train was late.",
    "Okafor said “the Danes will pay for it”.",
    "President Obama met Danish and British ministers in the U.S.",
    "Danes, Houthis and Muslims agreed, said Lind.",
    "“No,” she said. “Not in South Korea.” The South had it first, said he.",
    "Mr. Lindqvist met Mrs. Lindqvist; Kristin Lindqvist, he said, was well.",
    "OKAFOR: We go. LIND: We stay.",
    "(( ’’ “ Okafor ” said “ Lind Lind Jr. Inc. & Co.",
    "Kristin Lindqvist wrote to Kristen Lindqvist. Lindqwist said so.",
]


@given(st.lists(st.sampled_from(_SENTENCES), max_size=6, unique=True), st.sampled_from(" \n"))
def test_quotes_and_mentions_have_the_entities_of_their_article(
    parsed: Parsed, sentences: list[str], gap: str
):
    article, parse = parsed(f"{gap}{gap}".join(sentences))
    mentions, entities = resolve(article, parse)

    quotes = attributed(quotes_in(article, parse), article, parse, mentions, entities)

    ids = [entity.entity for entity in entities]
    assert len(ids) == len(set(ids))
    assert {one.entity for one in mentions if one.entity} == set(ids)
    assert {one.speaker_id for one in quotes if one.speaker_id} <= set(ids)
    called = {entity.entity: entity.name for entity in entities}
    assert all(one.speaker == called[one.speaker_id] for one in quotes if one.speaker_id)
    for one in entities:
        local = entity_id(one.label, one.name, within=article.article_id)
        assert one.entity in {id_of_name(one.label, one.name), local}
        assert one.name not in one.aliases
