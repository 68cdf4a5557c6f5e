"""Which words are names and of what type, rule by rule; sample texts are invented."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractors.analysed import ANALYSED_ROLES
from extractors.entities import resolve
from extractors.naming.recognition import RULES
from tests.quoting import Parsed


def found(parsed: Parsed, text: str, *labels: str) -> list[tuple[str, str]]:
    mentions, _ = resolve(*parsed(text))
    return [(one.text, one.label) for one in mentions if one.label in labels]


def names(parsed: Parsed, text: str) -> list[tuple[str, str]]:
    return found(parsed, text, "PERSON", "ORG", "PLACE")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "The poll was made by Harbour University/Oslo Gazette in May.",
            [("Harbour University", "ORG"), ("Oslo Gazette", "ORG")],
            id="a slash parts two bodies",
        ),
        pytest.param(
            "Officials met Marie-Louise Okafor-Brandt in Norway.",
            [("Marie-Louise Okafor-Brandt", "PERSON"), ("Norway", "PLACE")],
            id="hyphens join given names and surnames",
        ),
        pytest.param(
            "The Oslo-based group and pro-Warsaw writers met in Norway.",
            [("Norway", "PLACE")],
            id="a part of a compound is no name",
        ),
        pytest.param(
            "The minister met Chung Tae-won, and the Danish-led force left Norway.",
            [("Chung Tae-won", "PERSON"), ("Norway", "PLACE")],
            id="a given name in two parts is none",
        ),
        pytest.param(
            "“It is late,” said Ada Okafor‘s lawyer in Norway.",
            [("Ada Okafor", "PERSON"), ("Norway", "PLACE")],
            id="a possessive with its mark turned",
        ),
        pytest.param(
            "Shares of Brandt Okafor Lines NV rose. Analysts praised Okafor on Friday.",
            [("Brandt Okafor Lines NV", "ORG"), ("Okafor", "ORG")],
            id="a legal form makes a company and its parts one",
        ),
        pytest.param(
            "He had an account with Banco Oceano in Lisbon.",
            [("Banco Oceano", "ORG"), ("Lisbon", "PLACE")],
            id="a bank by its first word",
        ),
        pytest.param(
            "Troops left the Philippines on Monday.",
            [("Philippines", "PLACE")],
            id="a country that reads like a people",
        ),
        pytest.param(
            "The Defense Secretary and the Minister for Justice went to Norway.",
            [("Norway", "PLACE")],
            id="an office names no body",
        ),
    ],
)
def test_names_begin_and_end_where_they_do(parsed: Parsed, text: str, expected):
    assert names(parsed, text) == expected


HEADLINES = (
    "OKAFOR SEES NORWAY PACT WITHIN WEEKS AS TALKS GO ON\n\n"
    "Ada Okafor said on Friday that Norway would sign the pact within weeks.\n\n"
    "“We have done what we could,” she told reporters after the talks in Bergen.\n\n"
    "The ministers will meet again next month, an official said.\n"
)


def test_a_line_in_capitals_has_the_names_of_the_other_lines(parsed: Parsed):
    article, parse = parsed(f"Ferry talks to resume.\n\nThe talks went on.\n\n{HEADLINES}")

    mentions, _ = resolve(article, parse)

    line = next(one for one in article.paragraphs if article.text.startswith("OKAFOR", one.start))
    inside = [(one.text, one.label) for one in mentions if line.start <= one.start < line.end]
    assert inside == [("OKAFOR", "PERSON"), ("NORWAY", "PLACE")]


MATCH = (
    "OSLO, Aug 24 (Interlake Press) —\n"
    "Boston beat Cleveland 2-1 in the northern league on Saturday with two late goals.\n"
    "“We deserved the match,” said Boston coach Roy Eastwood in Cleveland.\n"
    "The striker scored twice.\n"
    "Bradford 1 Swindon 2\n"
    "Queens Park Rangers 18 7 5 6 22\n"
    "Ada Okafor (Norway) beat 7-Marie Brandt (Denmark) 6-4 6-2\n"
)


def test_cities_that_play_are_teams_and_those_where_they_play_are_not(parsed: Parsed):
    assert names(parsed, MATCH)[-12:] == [
        ("Boston", "ORG"),
        ("Cleveland", "ORG"),
        ("Boston", "ORG"),
        ("Roy Eastwood", "PERSON"),
        ("Cleveland", "PLACE"),
        ("Bradford", "ORG"),
        ("Swindon", "ORG"),
        ("Queens Park Rangers", "ORG"),
        ("Ada Okafor", "PERSON"),
        ("Norway", "PLACE"),
        ("Marie Brandt", "PERSON"),
        ("Denmark", "PLACE"),
    ]


def test_cities_that_win_in_other_reports_are_places(parsed: Parsed):
    text = "Boston beat Cleveland to the grant for new trams, officials said on Friday."

    assert names(parsed, text) == [("Boston", "PLACE"), ("Cleveland", "PLACE")]


def test_the_rules_have_names_of_their_own():
    assert len({rule.name for rule in RULES}) == len(RULES)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_any_rule_can_be_left_out(parsed: Parsed, rule):
    article, parse = parsed(f"{HEADLINES}\n{MATCH}")

    mentions, _ = resolve(article, parse, rules=[one for one in RULES if one is not rule])

    assert mentions


_LINES = st.sampled_from(
    [
        "(Photo by Karl Brandt/Harbour Images)",
        "Photograph: Karl Brandt/Harbour Images",
        "Ada Okafor leaves the court in Oslo. (Lind Pictures)",
        "HARBOUR ROVERS 14 8 4 2",
        "OSLO, May 3 (Interlake Press) —",
        "Ada Okafor",
        "of Harbour Bank Ltd said Prime Minister",
        "Maria Lindqvist told the Harbour Bank (HB)",
        "in Norway that Okafor would win.",
        "By Karl Brandt",
        "Sign up for our newsletter",
        "COUNCIL SAYS LINDQVIST MUST GO TO NORWAY NOW",
    ]
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.tuples(_LINES, st.sampled_from(["\n", "\n\n", "\r\n", "\u2028", "\x0b", " "])),
        min_size=1,
        max_size=8,
    )
)
def test_names_stand_on_one_line_and_never_in_captions_or_credits(parsed: Parsed, lines):
    article, parse = parsed("".join(line + gap for line, gap in lines))

    mentions, _ = resolve(article, parse)

    read = [one for one in article.paragraphs if one.role in ANALYSED_ROLES]
    for one in mentions:
        assert len(one.text.splitlines()) == 1
        assert any(line.start <= one.start and one.end <= line.end for line in read)
