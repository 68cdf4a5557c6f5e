"""Whom pronouns, surnames and descriptions mean; sample texts are invented."""

import pytest

from tests.quoting import Parsed, last_speaker

BRIDGE = "“The old bridge will stay open until the spring,”"


@pytest.mark.parametrize(
    ("paragraphs", "speaker"),
    [
        pytest.param(
            (
                "Laura Bennett and her brother, Thomas Bennett, run the ferry.",
                f"{BRIDGE} Ms. Bennett said.",
            ),
            "Laura Bennett",
            id="a title tells which of two",
        ),
        pytest.param(
            (
                "Laura Bennett has run the ferry for years. Bennett hired ten people.",
                "Her brother Thomas Bennett keeps the books.",
                "Bennett bought a second boat in May.",
                f"{BRIDGE} Bennett said.",
            ),
            "Laura Bennett",
            id="the surname stays with whom it was given to first",
        ),
        pytest.param(
            (
                "Laura Bennett has run the ferry for years.",
                "Her brother Thomas Bennett keeps the books. Bennett disagreed with the council.",
                f"{BRIDGE} he said.",
            ),
            "Thomas Bennett",
            id="he tells which of two",
        ),
    ],
)
def test_a_shared_surname_means_the_bearer_spoken_of(
    parsed: Parsed, paragraphs: tuple[str, ...], speaker: str
):
    found = last_speaker(parsed, *paragraphs)

    assert found == speaker


@pytest.mark.parametrize(
    ("paragraphs", "speaker"),
    [
        pytest.param(
            (
                "Peter Holm said Martin Vance had promised a new bridge last year.",
                f"{BRIDGE} he said.",
            ),
            "Peter Holm",
            id="whoever reports, not whoever is reported on",
        ),
        pytest.param(
            (
                "Peter Holm, who met Martin Vance on Monday, praised the plan.",
                f"{BRIDGE} he said.",
            ),
            "Peter Holm",
            id="the main subject",
        ),
        pytest.param(
            (
                "“We are ready,” said Peter Holm, who once worked for Martin Vance.",
                f"{BRIDGE} he added.",
            ),
            "Peter Holm",
            id="whoever spoke last",
        ),
        pytest.param(
            (
                "Peter Holm opened an inn on Monday.",
                f"As for Martin Vance, the news came late. {BRIDGE} he said.",
            ),
            "Martin Vance",
            id="as for somebody",
        ),
        pytest.param(
            (
                "Terry Lind runs the ferry. Lind said she would not sell it.",
                "Lind said last year that she was calm.",
                "Peter Holm runs the inn.",
                f"{BRIDGE} she said.",
            ),
            "Terry Lind",
            id="pronouns outweigh a first name",
        ),
        pytest.param(
            (
                "Peter Holm met Martin Vance on Monday.",
                "“Holm will keep the old bridge open until the spring,” he said.",
            ),
            "Martin Vance",
            id="not whom the quotation speaks of",
        ),
    ],
)
def test_a_pronoun_means_whom_the_story_is_about(
    parsed: Parsed, paragraphs: tuple[str, ...], speaker: str
):
    found = last_speaker(parsed, *paragraphs)

    assert found == speaker


def test_a_pronoun_never_means_a_person_known_to_be_of_the_other_gender(parsed: Parsed):
    found = last_speaker(parsed, "Mr. Peter Holm runs the inn.", f"{BRIDGE} she said.")

    assert found is None


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        pytest.param(
            f"Jean Moreau won on Friday. {BRIDGE} he said. Tom Reed came second.",
            "Jean Moreau",
            id="a name of men and women",
        ),
        pytest.param(
            f"Joan Morrow won on Friday. {BRIDGE} he said.",
            "Joan Morrow",
            id="nobody else is named",
        ),
        pytest.param(
            f"Mary Holt left in May. Her son was with her. {BRIDGE} he said outside.",
            "Her son",
            id="somebody without a name",
        ),
        pytest.param(
            f"Police are hunting a man. Anna Bell was hurt. {BRIDGE} he said.",
            None,
            id="a noun that ends the sentence before is no title",
        ),
        pytest.param(
            f"Her teacher Franz Gruber remembers a girl. Yuja Lin moved to Graz. {BRIDGE} he says.",
            "Franz Gruber",
            id="a known man before an unknown name",
        ),
        pytest.param(
            f"The court freed the men. Lady Justice Cole wept. {BRIDGE} he said outside.",
            None,
            id="a title tells more than a first name",
        ),
        pytest.param(
            f"Baroness Cole met Robin Reed. {BRIDGE} he said.", "Robin Reed", id="a title of rank"
        ),
    ],
)
def test_a_first_name_is_a_guess_and_a_title_is_not(parsed: Parsed, text: str, speaker: str | None):
    assert last_speaker(parsed, text) == speaker


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        pytest.param(
            f"Carl Bell and his wife Denise were home. {BRIDGE} Mrs Bell said.",
            "Mrs Bell",
            id="his wife",
        ),
        pytest.param(
            f"Tom and Anna Reed were at home. {BRIDGE} Mr Reed said.", "Mr Reed", id="her husband"
        ),
    ],
)
def test_a_title_never_means_somebody_of_another_gender(parsed: Parsed, text: str, speaker: str):
    assert last_speaker(parsed, text) == speaker


@pytest.mark.parametrize(
    "phrase",
    [
        pytest.param("Her daughter, the novelist Clara Ashdown,", id="behind another noun"),
        pytest.param("The driver, identified as Clara Ashdown,", id="identified"),
        pytest.param("The boss, a former sailor named Clara Ashdown,", id="named"),
        pytest.param("Clara Ashdown MP", id="letters behind the name"),
    ],
)
def test_a_noun_is_whoever_stands_in_apposition_to_it(parsed: Parsed, phrase: str):
    assert last_speaker(parsed, f"{phrase} said the bridge would stay open.") == "Clara Ashdown"


def test_who_stands_for_the_person_an_apposition_explains(parsed: Parsed):
    found = last_speaker(
        parsed,
        "The council met with Peter Holm, now the mayor of the town, who said "
        "“the old bridge will stay open until the spring.”",
    )

    assert found == "Peter Holm"


@pytest.mark.parametrize(
    ("paragraphs", "speaker"),
    [
        pytest.param(
            (
                "Ellen Baird runs the inn. The town knows her well.",
                "Said Ellen Baird: “The old bridge will stay open until the spring.”",
            ),
            "Ellen Baird",
            id="a verb before the name is no part of it",
        ),
        pytest.param(
            ("Amelize Baird runs the inn by the bridge.", f"{BRIDGE} said Baird."),
            "Amelize Baird",
            id="a rare first name is part of it",
        ),
    ],
)
def test_a_speaker_has_the_whole_name_and_nothing_else(
    parsed: Parsed, paragraphs: tuple[str, ...], speaker: str
):
    found = last_speaker(parsed, *paragraphs)

    assert found == speaker


def test_a_long_list_of_namesakes_is_resolved(parsed: Parsed):
    names = ("Anna", "Peter", "Martin", "Laura", "Ellen", "Thomas", "David", "Sarah") * 3
    story = [f"{name} Holm runs the inn of village {number}." for number, name in enumerate(names)]

    found = last_speaker(parsed, *story, f"{BRIDGE} Holm said.")

    assert found is not None
    assert found.endswith("Holm")
