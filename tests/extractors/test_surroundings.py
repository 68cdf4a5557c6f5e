"""What is looked at around an utterance, before anybody is chosen to have said it."""

import pytest

from extractors.entities import resolve
from extractors.quotes import quotes_in
from extractors.speakers import utterance_of
from extractors.speech.portraits import Cast
from extractors.speech.scene import Heard, Scene
from extractors.speech.surroundings import Memory, Setting, setting_of
from extractors.speech.syntax import Tree
from tests.quoting import Parsed


def cast_of(parsed: Parsed, text: str) -> Cast:
    article, parse = parsed(text)
    mentions, _ = resolve(article, parse)
    return Cast(Scene(article, Tree(parse), list(quotes_in(article, parse)), mentions))


def last_setting(parsed: Parsed, text: str, *heard: Heard) -> Setting:
    """Return what is around the last quotation of `text`."""
    article, parse = parsed(text)
    cast = cast_of(parsed, text)
    quotes = list(quotes_in(article, parse))
    parts = [quote for quote in quotes if quote.utterance == quotes[-1].utterance]
    return setting_of(utterance_of(parts, cast.scene), cast, heard)


def token_of(cast: Cast, word: str, number: int = 0) -> int:
    tokens = range(cast.scene.tree.size)
    return [token for token in tokens if cast.scene.text(token) == word][number]


@pytest.mark.parametrize(
    ("text", "side"),
    [
        pytest.param("“We will rebuild the bridge,” Anna Lind said.", "after", id="behind"),
        pytest.param("Anna Lind said: “We will rebuild the bridge.”", "before", id="before"),
        pytest.param(
            "Anna Lind came to the town.\n\n“We will rebuild the bridge.”", "bare", id="nowhere"
        ),
        pytest.param(
            "That is all Anna Lind said.\n\n“We will rebuild the bridge.”",
            "bare",
            id="in another paragraph",
        ),
    ],
)
def test_a_reporting_verb_counts_on_the_side_where_it_stands_close_by(
    parsed: Parsed, text: str, side: str
):
    assert last_setting(parsed, text).cued == side


@pytest.mark.parametrize(
    ("text", "is_alone"),
    [
        ("Anna Lind came to the town.\n\n“We will rebuild the bridge.”", True),
        ("Anna Lind came to the town. “We will rebuild the bridge.”", False),
    ],
    ids=["a paragraph of its own", "behind a sentence"],
)
def test_an_utterance_is_alone_if_its_paragraph_holds_nothing_else(
    parsed: Parsed, text: str, is_alone: bool
):
    assert last_setting(parsed, text).is_alone is is_alone


def test_the_source_of_a_participle_is_the_subject_of_the_verb_above(parsed: Parsed):
    text = "Anna Lind walked onto the bridge, shouting, “We will rebuild it this year.”"
    lind = token_of(cast_of(parsed, text), "Lind")

    setting = last_setting(parsed, text)

    assert {link.source for link in setting.links if link.side == "lead"} == {lind}


def test_the_agent_of_the_verb_above_the_words_is_its_source(parsed: Parsed):
    text = "The bridge was described by Anna Lind as “a gift to the whole town” on Monday."
    lind = token_of(cast_of(parsed, text), "Lind")

    setting = last_setting(parsed, text)

    assert {link.source for link in setting.links if link.side == "anchor"} == {lind}


@pytest.mark.parametrize(
    ("between", "joint"),
    [
        pytest.param(" And ", 'sorts CCONJ "', id="and"),
        pytest.param("\n\n", "paragraph 1", id="the next paragraph"),
        pytest.param(" It was late in the evening then: ", "same=False gap=3", id="far"),
    ],
)
def test_what_joins_an_utterance_to_the_one_before_is_told(
    parsed: Parsed, between: str, joint: str
):
    text = f"Anna Lind spoke of the bridge.{between}“The new road will lead to the sea.”"
    cast = cast_of(parsed, text)
    heard = Heard(speaker=token_of(cast, "Lind"), first=0, end=token_of(cast, ".") + 1)

    assert last_setting(parsed, text, heard).joint == joint


def test_nothing_joins_the_first_utterance(parsed: Parsed):
    assert last_setting(parsed, "“We will rebuild the bridge,” Anna Lind said.").joint == "none"


def test_a_name_is_remembered_with_how_often_and_how_lately_it_was_heard(parsed: Parsed):
    cast = cast_of(parsed, "Anna Lind met Peter Holm. Lind spoke first, and then Holm left.")
    lind, holm, again = (token_of(cast, *each) for each in (("Lind",), ("Holm",), ("Lind", 1)))

    memory = Memory(
        cast, [Heard(speaker=token, first=token, end=token) for token in (lind, holm, again)]
    )

    name = cast.portrait(lind).name
    assert (memory.times(name), memory.ago(name)) == (2, 1)
    assert memory.ago(cast.portrait(holm).name) == 2
    assert memory.last == again


def test_one_who_stands_before_the_last_speaker_is_past(parsed: Parsed):
    cast = cast_of(parsed, "Anna Lind met Peter Holm on the bridge.")
    lind, holm = token_of(cast, "Lind"), token_of(cast, "Holm")

    memory = Memory(cast, [Heard(speaker=holm, first=holm, end=holm)])

    assert memory.is_past(cast.portrait(lind).name, lind)
    assert not memory.is_past(cast.portrait(holm).name, holm)


def test_only_so_many_utterances_are_remembered(parsed: Parsed):
    cast = cast_of(parsed, "Anna Lind met Peter Holm on the bridge.")
    lind, holm = token_of(cast, "Lind"), token_of(cast, "Holm")
    heard = [Heard(speaker=token, first=token, end=token) for token in (lind, *[holm] * 12)]

    assert Memory(cast, heard).times(cast.portrait(lind).name) == 0


def test_a_phrase_is_looked_at_once(parsed: Parsed):
    cast = cast_of(parsed, "Anna Lind met Peter Holm on the bridge.")
    token = token_of(cast, "Lind")

    assert cast.portrait(token) is cast.portrait(token)
