"""Roles, ages and pronouns that must not, or only just, mean somebody named; texts are invented."""

import pytest

from tests.quoting import Parsed, quotes_of

BRIDGE = "“The old bridge will stay open until the spring,”"


def first_speaker(parsed: Parsed, text: str) -> str | None:
    return quotes_of(parsed, text)[0].speaker


@pytest.mark.parametrize(
    ("story", "role"),
    [
        pytest.param("Sen. Tom Reed spoke.", "the other senator", id="another by word"),
        pytest.param("Tom Reed, a witness, came.", "the second witness", id="by number"),
        pytest.param("Acme Corp. will buy a firm.", "the smaller company", id="by comparison"),
        pytest.param("President Tom Reed spoke in Harrow.", "the French president", id="people"),
        pytest.param("President Tom Reed spoke.", "the president of France", id="country"),
        pytest.param("President Tom Reed spoke.", "the president of the rowing club", id="club"),
        pytest.param("President Tom Reed spoke.", "the former president", id="one before him"),
        pytest.param("Mayor Anna Bell of Harrow spoke.", "the Saxby mayor", id="town"),
        pytest.param("Coach Dan Hill of Harrow was glad.", "the Saxby coach", id="team"),
        pytest.param("Anna Bell, the mayor of Harrow, spoke.", "the deputy mayor", id="rank"),
        pytest.param("Acme Corp. and Nordvik will merge.", "the Danish company", id="company"),
        pytest.param("Harrow University will close.", "the university of Saxby", id="body"),
        pytest.param("Tom Reed wrote to the president.", "the president", id="one told of"),
        pytest.param("Sen. Tom Reed met Sen. Anna Bell.", "the senator", id="either of two"),
        pytest.param("Democratic Sen. Anna Bell spoke.", "the Republican senator", id="party"),
        pytest.param("Attorney General Anna Bell spoke.", "the general", id="half an office"),
        pytest.param("Lt. Gov. Anna Bell spoke.", "the governor", id="the one above"),
        pytest.param("Rep. Anna Bell, R-Ohio, met us.", "the Ohio Republican", id="one of a party"),
        pytest.param(
            "President Tom Reed flew to Paris to meet the French president.",
            "the French president",
            id="whom he meets",
        ),
    ],
)
def test_a_role_of_somebody_else_keeps_its_phrase(parsed: Parsed, story: str, role: str):
    found = first_speaker(parsed, f"{story} {BRIDGE} {role} said.")

    assert found == role


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        pytest.param(
            f"Tom Reed met a senator on Monday. {BRIDGE} the senator said.",
            "a senator",
            id="a role first told of without a name",
        ),
        pytest.param(
            f"Anna Bell is mayor of Harrow and Tom Reed is mayor of Saxby. "
            f"{BRIDGE} the mayor of Saxby said.",
            "Tom Reed",
            id="the town tells which mayor",
        ),
        pytest.param(
            f"Anna Bell became mayor of Harrow in May. {BRIDGE} the mayor said.",
            "Anna Bell",
            id="a place behind a title bears none",
        ),
        pytest.param(
            f"Sen. Anna Bell opposed the bill. {BRIDGE} the senator from Ohio said.",
            "Anna Bell",
            id="where nothing else is told of her",
        ),
        pytest.param(
            f"Mayor Anna Bell of Harrow was glad. {BRIDGE} the Harrow mayor said.",
            "Anna Bell",
            id="the town beside the name",
        ),
        pytest.param(
            f"The Department of Transport will pay. {BRIDGE} the department said.",
            "Department of Transport",
            id="what a body is before of",
        ),
        pytest.param(
            f"French President Anna Bell met President Tom Reed. "
            f"{BRIDGE} the president of France said.",
            "Anna Bell",
            id="a people tells the country",
        ),
        pytest.param(
            f"Lt. Gov. Anna Bell spoke. {BRIDGE} the lieutenant governor said.",
            "Anna Bell",
            id="a rank written short",
        ),
        pytest.param(
            f"The council met. {BRIDGE} a man called Tom Reed said.", "Tom Reed", id="a man called"
        ),
        pytest.param(
            f"The drivers met on Monday. {BRIDGE} one of the drivers said.",
            "one of the drivers",
            id="one of several",
        ),
        pytest.param(
            f"Foreign officials met on Monday. {BRIDGE} one of them said.",
            "one of them",
            id="one of them",
        ),
    ],
)
def test_a_phrase_stands_for_whom_the_article_calls_so(parsed: Parsed, text: str, speaker: str):
    found = first_speaker(parsed, text)

    assert found == speaker


@pytest.mark.parametrize(
    ("story", "speaker"),
    [
        pytest.param("Tom Reed, 54, met Dan Hill, 61.", "Tom Reed", id="one of that age"),
        pytest.param("Tom Reed, 54, met Dan Hill, 54.", "the 54-year-old", id="two of that age"),
        pytest.param(
            "Tom Reed, a 54-year-old farmer, met Dan Hill.", "Tom Reed", id="age beside a trade"
        ),
        pytest.param(
            "The 54-year-old farmer Tom Reed met Dan Hill.", "Tom Reed", id="age before the name"
        ),
        pytest.param("Tom Reed met Dan Hill, 61.", "the 54-year-old", id="nobody of that age"),
    ],
)
def test_an_age_means_the_one_person_who_has_it(parsed: Parsed, story: str, speaker: str):
    found = first_speaker(parsed, f"{story} {BRIDGE} the 54-year-old said.")

    assert found == speaker


@pytest.mark.parametrize(
    ("pronoun", "following", "speaker"),
    [
        pytest.param("she", "Anna Bell, the mayor, walked home.", "Anna Bell", id="the only name"),
        pytest.param("she", "Anna Bell met Tom Reed.", "Anna Bell", id="the only woman"),
        pytest.param("she", "Anna Bell and Laura Lind walked home.", None, id="two women"),
        pytest.param("he", "Anna Bell walked home.", None, id="a woman for he"),
        pytest.param("she", "Quillon Zhao walked home.", None, id="gender unknown"),
    ],
)
def test_a_pronoun_before_all_names_means_the_one_it_announces(
    parsed: Parsed, pronoun: str, following: str, speaker: str | None
):
    found = first_speaker(parsed, f"{BRIDGE} {pronoun} said on Monday.\n\n{following}")

    assert found == speaker


def test_a_pronoun_behind_a_noun_announces_nobody(parsed: Parsed):
    text = f"{BRIDGE} said the mayor. “We have to close it,” she said.\n\nAnna Bell met Tom Reed."

    rows = quotes_of(parsed, text)

    assert [row.speaker for row in rows] == ["the mayor", "the mayor"]


@pytest.mark.parametrize(
    ("story", "pronoun", "speaker"),
    [
        ("Narendra Patel spoke to Sunita Rao.", "she", "Sunita Rao"),
        ("Chidi Okeke spoke to Ngozi Eze.", "she", "Ngozi Eze"),
        ("Ayşe Kaya met Mehmet Yıldız.", "he", "Mehmet Yıldız"),
        ("Fatima al-Sayed met Khalid bin Rashid.", "he", "Khalid bin Rashid"),
    ],
)
def test_first_names_of_many_countries_tell_he_from_she(
    parsed: Parsed, story: str, pronoun: str, speaker: str
):
    found = first_speaker(parsed, f"{story} {BRIDGE} {pronoun} said.")

    assert found == speaker


def test_namesakes_of_whom_as_much_is_told_share_no_lone_surname(parsed: Parsed):
    found = first_speaker(
        parsed, f"Tom Reed and his brother Carl Reed own the shop. {BRIDGE} Reed said."
    )

    assert found == "Reed"


@pytest.mark.parametrize(
    "text",
    [
        "HARROW, Ohio (AP) — Anna Bell, the mayor, said that the bridge would close in May.",
        "LONDON, May 3 (Interlake) - Prime Minister Anna Bell said that the bridge would close.",
    ],
)
def test_the_place_of_a_dateline_says_nothing(parsed: Parsed, text: str):
    found = first_speaker(parsed, text)

    assert found == "Anna Bell"
