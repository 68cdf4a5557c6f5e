"""What names a person and where the name ends; sample texts are invented."""

import pytest

from extractors.entities import resolve
from extractors.naming.givennames import goes_by
from tests.quoting import Parsed


def named(parsed: Parsed, text: str, label: str) -> set[str]:
    _, entities = resolve(*parsed(text))
    return {entity.name for entity in entities if entity.label == label}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        pytest.param("Det Sgt Imran Sayle spoke.", {"Imran Sayle"}, id="ranks"),
        pytest.param(
            "Detective Chief Inspector Ann Loxley spoke.", {"Ann Loxley"}, id="a long rank"
        ),
        pytest.param("Librarian Fern Dubois said no.", {"Fern Dubois"}, id="a trade"),
        pytest.param(
            "Nurse Thandeka Mokoena resigned.", {"Thandeka Mokoena"}, id="held for a body"
        ),
        pytest.param("Mum Shanice Afolabi said no.", {"Shanice Afolabi"}, id="kin"),
        pytest.param("Dad Reece said no.", {"Reece"}, id="kin before a lone first name"),
        pytest.param("The mayor met Crispin Lake KC.", {"Crispin Lake"}, id="letters behind it"),
        pytest.param(
            "The authority’s leader, Rohan Mistry, denied that.", {"Rohan Mistry"}, id="a leader"
        ),
        pytest.param("Commissioner Hub Tandy said no.", {"Hub Tandy"}, id="an office"),
        pytest.param(
            "Fenella Drabble, who chairs the committee, said no.", {"Fenella Drabble"}, id="who"
        ),
        pytest.param(
            "Ifeoma Castell last night claimed she would have settled the dispute.",
            {"Ifeoma Castell"},
            id="she",
        ),
        pytest.param(
            "Office cat-lover Bet Harkness, 63, has run the harbour.", {"Bet Harkness"}, id="an age"
        ),
    ],
)
def test_a_person_is_named_without_what_goes_before(parsed: Parsed, text: str, names: set[str]):
    assert named(parsed, text, "PERSON") == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        pytest.param(
            "COLBURN, Wis. (Interlake Press) — Northfield Dairy recalled cheese on Friday.",
            {"COLBURN", "Wisconsin"},
            id="a dateline",
        ),
        pytest.param(
            "The leader told a packed hall in Ellemouth to wait.", {"Ellemouth"}, id="behind in"
        ),
    ],
)
def test_a_place_is_no_person(parsed: Parsed, text: str, names: set[str]):
    assert named(parsed, text, "PLACE") == names
    assert not named(parsed, text, "PERSON")


def test_a_notice_in_capitals_is_no_dateline(parsed: Parsed):
    assert not named(parsed, "EXCLUSIVE – The bridge is shut.", "PLACE")


def test_labels_of_a_transcript_mean_the_person_named_in_full(parsed: Parsed):
    found = named(
        parsed,
        "GUS FARRADAY, HOST: The bridge is moving.\n\nFARRADAY: And what if somebody is inside?",
        "PERSON",
    )

    assert found == {"GUS FARRADAY"}


@pytest.mark.parametrize(
    ("name", "forms"),
    [
        pytest.param(
            'Robert C. "Bobby" Okafor', ("Bobby Okafor", "Robert C. Okafor"), id="straight marks"
        ),
        pytest.param("Ada (Addie) Lind", ("Addie Lind", "Ada Lind"), id="brackets"),
        pytest.param("Dwayne “The Boat” Lind", None, id="two words are no first name"),
        pytest.param("Robert Okafor", None, id="no nickname"),
    ],
)
def test_somebody_goes_by_the_nickname_in_the_name(name: str, forms: tuple[str, str] | None):
    assert goes_by(name) == forms


def test_a_nickname_in_marks_joins_all_forms_of_the_name(parsed: Parsed):
    article, parse = parsed(
        'Rep. Robert C. "Bobby" Scott spoke. Later Robert Scott left, and Scott smiled.'
    )

    _, entities = resolve(article, parse)

    assert [(entity.name, entity.aliases) for entity in entities] == [
        ("Bobby Scott", ('Robert C. "Bobby" Scott', "Robert Scott", "Scott"))
    ]


@pytest.mark.parametrize("text", ["Tom “Bobby” Reed said no.", "“No,” said Tom (Bobby) Reed."])
def test_a_nickname_in_marks_is_part_of_one_mention(parsed: Parsed, text: str):
    mentions, (entity, *_) = resolve(*parsed(text))

    assert [len(mention.text.split()) for mention in mentions] == [3]
    assert entity.name == "Bobby Reed"


def test_a_nickname_in_marks_is_the_same_person_in_two_articles(parsed: Parsed):
    _, (one, *_) = resolve(*parsed('Rep. Robert C. "Bobby" Scott spoke.'))
    _, (other, *_) = resolve(*parsed("Bobby Scott spoke."))

    assert one.entity == other.entity


@pytest.mark.parametrize(
    ("text", "names"),
    [
        pytest.param(
            "Marine Holm Backs Lind\n\nMarine Holm, the mayor, backed the ferry on Monday.",
            {"Marine Holm"},
            id="a verb in a headline",
        ),
        pytest.param(
            "The Interlake Press’s Laura Holm left on Monday.",
            {"Laura Holm"},
            id="an outlet before it",
        ),
        pytest.param(
            "“It is late,” said Marine Holm - Lind's friend of old.",
            {"Marine Holm"},
            id="a dash behind it",
        ),
        pytest.param(
            "Helena Voss-Tarrant smiled at us on Monday.", {"Helena Voss-Tarrant"}, id="a hyphen"
        ),
    ],
)
def test_a_name_ends_where_the_sentence_goes_on(parsed: Parsed, text: str, names: set[str]):
    assert names <= named(parsed, text, "PERSON")


def test_a_name_with_and_without_accents_is_one_person(parsed: Parsed):
    found = named(parsed, "François Laurent spoke. Mr. Francois Laurent left.", "PERSON")

    assert found == {"François Laurent"}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        pytest.param(
            "Sinéad O'Connor-Walsh spoke. “We won,” said Ms O'Connor-Walsh.",
            "Sinéad O'Connor-Walsh",
            id="straight",
        ),
        pytest.param(
            "Sinéad O’Connor-Walsh spoke. “We won,” said Ms O’Connor-Walsh.",
            "Sinéad O’Connor-Walsh",
            id="curly",
        ),
        pytest.param(
            "Mary O’Neill spoke in Cork. “We won,” said Mrs O'Neill.", "Mary O’Neill", id="mixed"
        ),
        pytest.param(
            "“WE HAVE NO CHOICE,” SAID ANNA BELL, THE MAYOR. “WE WON,” BELL SAID.",
            "ANNA BELL",
            id="a verb in capitals",
        ),
        pytest.param(
            "Laura Lind‘s friends met on Monday. Later Lind said no.",
            "Laura Lind",
            id="a turned mark",
        ),
    ],
)
def test_a_name_with_marks_in_it_is_one_person(parsed: Parsed, text: str, name: str):
    found = named(parsed, text, "PERSON")

    assert {one for one in found if one.endswith(name[-3:])} == {name}


@pytest.mark.parametrize(
    "label", ["ADA QUILL (ENGINEER)", "10:04 ADA QUILL", "[10:04] ADA QUILL", "ADA QUILL, HOST"]
)
def test_the_label_of_a_transcript_names_its_speaker_alone(parsed: Parsed, label: str):
    found = named(
        parsed,
        f"{label}: Morning all of you.\n\nBO EK (PILOT): Good morning.\n\n{label}: We are late.",
        "PERSON",
    )

    assert "ADA QUILL" in found
    assert not any("QUILL" in name for name in found - {"ADA QUILL"})
