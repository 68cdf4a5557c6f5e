"""Whom a role or a noun means: "the senator", "he" behind "a spokesman"; texts are invented."""

import pytest

from tests.quoting import Parsed, last_speaker

BRIDGE = "“The old bridge will stay open until the spring,”"


@pytest.mark.parametrize(
    ("story", "role", "speaker"),
    [
        pytest.param("Sen. Maria Lind met us.", "the senator", "Maria Lind", id="abbreviated"),
        pytest.param(
            "Defense Secretary Adrienne Lisle met us.",
            "the secretary",
            "Adrienne Lisle",
            id="title",
        ),
        pytest.param(
            "Paul Reyes, a spokesman for the ferry, met us.",
            "the spokesman",
            "Paul Reyes",
            id="apposition",
        ),
        pytest.param(
            "The prosecutor, Helena Lind, met us.",
            "the prosecutor",
            "Helena Lind",
            id="the role first",
        ),
        pytest.param("Tom Pell is the mayor.", "the mayor", "Tom Pell", id="is"),
        pytest.param(
            "Skipper Tom Pell met us.", "the captain", "Tom Pell", id="another word for it"
        ),
        pytest.param(
            "Peter Holm denies three counts of fraud.", "the defendant", "Peter Holm", id="accused"
        ),
        pytest.param(
            "Tom Pell asked for time after the match.",
            "the manager",
            "Tom Pell",
            id="nobody else is named",
        ),
        pytest.param(
            "Northfield Dairy recalled its cheese.",
            "the company",
            "Northfield Dairy",
            id="a company",
        ),
        pytest.param(
            "The Harbour Council met on Monday.", "the council", "Harbour Council", id="a body"
        ),
        pytest.param(
            "Mayor Tom Pell spoke. Mayor Laura Lind met us.",
            "the mayor",
            "Laura Lind",
            id="the nearest",
        ),
        pytest.param(
            "Prime Minister Laura Lind met transport minister Tom Pell.",
            "the prime minister",
            "Laura Lind",
            id="words that narrow it",
        ),
    ],
)
def test_a_role_means_whom_the_article_gives_it_to(
    parsed: Parsed, story: str, role: str, speaker: str
):
    assert last_speaker(parsed, story, f"{BRIDGE} {role} said.") == speaker


@pytest.mark.parametrize(
    ("story", "role"),
    [
        pytest.param("Tom Pell met us.", "the judge", id="a word that renames nobody"),
        pytest.param("Mayor Tom Pell met us.", "the captain", id="of another post"),
        pytest.param("Vice President Tom Pell met us.", "the president", id="a lower post"),
        pytest.param("Sen. Maria Lind met us.", "a senator", id="not definite"),
        pytest.param("Former mayor Tom Pell met us.", "the mayor", id="no longer"),
    ],
)
def test_a_role_that_fits_nobody_stays_a_phrase(parsed: Parsed, story: str, role: str):
    assert last_speaker(parsed, story, f"{BRIDGE} {role} said.") == role


@pytest.mark.parametrize(
    ("paragraphs", "speaker"),
    [
        pytest.param(
            ("A company spokesman had no figure for the cost.", f"{BRIDGE} he said."),
            "A company spokesman",
            id="a noun is taken up",
        ),
        pytest.param(
            (
                "Tom Pell runs the ferry.",
                "A spokeswoman for Pell would not explain the delay.",
                f"{BRIDGE} she said.",
            ),
            "A spokeswoman for Pell",
            id="a name in its phrase is no rival",
        ),
        pytest.param(
            (
                "A company spokesman had no figure. Peter Holm was less shy.",
                f"{BRIDGE} he said.",
            ),
            "Peter Holm",
            id="a name behind it is nearer",
        ),
        pytest.param(
            ("A harbour insider saw it.", f"{BRIDGE} the insider said."),
            "A harbour insider",
            id="the noun again",
        ),
    ],
)
def test_who_has_no_name_is_called_by_the_fullest_phrase(
    parsed: Parsed, paragraphs: tuple[str, ...], speaker: str
):
    assert last_speaker(parsed, *paragraphs) == speaker
